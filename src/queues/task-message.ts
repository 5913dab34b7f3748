/** The body of a queue message: one call of a background task. */
export interface TaskMessage {
  /** The name of the task. */
  task: string;
  /** As the model wrote them. */
  args: unknown;
  /** The id of the call in the conversation. It is the same when a message is delivered twice, so a task can recognise that. */
  toolCallId: string;
}

/** The task in the body of a message, or what is wrong with the body. */
export function readTaskMessage(body: unknown): TaskMessage | string {
  if (typeof body !== "object" || body === null) return `it is ${body === null ? "null" : `a ${typeof body}`}, not an object`;
  const { task, args, toolCallId } = body as Partial<Record<keyof TaskMessage, unknown>>;
  if (typeof task !== "string") return "it has no task";
  if (typeof toolCallId !== "string") return "it has no toolCallId";
  return { task, args, toolCallId };
}
