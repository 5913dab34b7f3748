/** Whether background tasks come with a dispatcher, rather than as a plain object of tools. */
export function isDispatched(value: unknown): value is { tasks: unknown; dispatcher: { dispatch: unknown } } {
  if (typeof value !== "object" || value === null || !("tasks" in value) || !("dispatcher" in value)) return false;
  return typeof value.dispatcher === "object" && value.dispatcher !== null;
}
