import type { BackgroundTasks, ChatOptions, TaskDispatcher, Tool } from "./chat-options.ts";
import { isDispatched } from "./dispatched-tasks.ts";

/** A chat's background tasks by name, and the dispatcher that runs them, if any. */
export function getBackgroundTasks({ backgroundTasks }: Pick<ChatOptions<unknown>, "backgroundTasks">): {
  tasks: Record<string, Tool>;
  dispatcher: TaskDispatcher | undefined;
} {
  if (isDispatched(backgroundTasks)) return backgroundTasks as BackgroundTasks;
  return { tasks: (backgroundTasks ?? {}) as Record<string, Tool>, dispatcher: undefined };
}
