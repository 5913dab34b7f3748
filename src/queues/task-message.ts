/** The body of a queue message: one call of a background task. */
export interface TaskMessage {
  /** The name of the task. */
  task: string;
  /** The model's arguments. */
  args: unknown;
  /** The id of the tool call. It is the same if a message is delivered twice, so that a task can detect that. */
  toolCallId: string;
}

/** Reads the task in the body of a message, or returns the problem with the body. */
export function readTaskMessage(body: unknown): TaskMessage | string {
  if (typeof body !== "object" || body === null) return `it is ${body === null ? "null" : `a ${typeof body}`}, not an object`;
  const { task, args, toolCallId } = body as Partial<Record<keyof TaskMessage, unknown>>;
  if (typeof task !== "string") return "it has no task";
  if (typeof toolCallId !== "string") return "it has no toolCallId";
  return { task, args, toolCallId };
}
