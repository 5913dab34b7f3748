/** The body of a queue's message: one call of a background task. */
export interface TaskMessage {
  /** Its name among the tasks. */
  task: string;
  /** As the model wrote them. */
  args: unknown;
  /** The call's id in the conversation; the same when a message is delivered twice, so that a task can tell. */
  toolCallId: string;
}

/** What is wrong with a body, or the message that it is. */
export function readTaskMessage(body: unknown): TaskMessage | string {
  if (typeof body !== "object" || body === null) return `it is ${body === null ? "null" : `a ${typeof body}`}, not an object`;
  const { task, args, toolCallId } = body as Partial<Record<keyof TaskMessage, unknown>>;
  if (typeof task !== "string") return "it has no task";
  if (typeof toolCallId !== "string") return "it has no toolCallId";
  return { task, args, toolCallId };
}
