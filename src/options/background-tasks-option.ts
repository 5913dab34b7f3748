import type { BackgroundTasks, ChatOptions, TaskDispatcher, Tool } from "./chat-options.ts";
import { isDispatched } from "./dispatched-tasks.ts";

/** The background tasks of a chat by name, and the dispatcher that takes them over. */
export function backgroundTasksOf({ backgroundTasks }: Pick<ChatOptions<unknown>, "backgroundTasks">): {
  tasks: Record<string, Tool>;
  dispatcher: TaskDispatcher | undefined;
} {
  if (isDispatched(backgroundTasks)) return backgroundTasks as BackgroundTasks;
  return { tasks: (backgroundTasks ?? {}) as Record<string, Tool>, dispatcher: undefined };
}
