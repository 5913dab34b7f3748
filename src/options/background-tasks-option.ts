import type { BackgroundTasks, ChatOptions, TaskDispatcher, Tool } from "./chat-options.ts";

/** Whether background tasks come with a dispatcher, rather than as a plain object of tools. */
export function isDispatched(value: unknown): value is { tasks: unknown; dispatcher: { dispatch: unknown } } {
  if (typeof value !== "object" || value === null || !("tasks" in value) || !("dispatcher" in value)) return false;
  return typeof value.dispatcher === "object" && value.dispatcher !== null;
}

/** The background tasks of a chat by name, and the dispatcher that takes them over. */
export function backgroundTasksOf({ backgroundTasks }: Pick<ChatOptions<unknown>, "backgroundTasks">): {
  tasks: Record<string, Tool>;
  dispatcher: TaskDispatcher | undefined;
} {
  if (isDispatched(backgroundTasks)) return backgroundTasks as BackgroundTasks;
  return { tasks: (backgroundTasks ?? {}) as Record<string, Tool>, dispatcher: undefined };
}
