import type { BackgroundTasks, ChatOptions, TaskDispatcher, Tool } from "./chat-options.ts";
import { isDispatched } from "./dispatched-tasks.ts";

/** A chat's background tasks by name, and the dispatcher that runs them, if any. */
export function getBackgroundTasks({ backgroundTasks }: Pick<ChatOptions<unknown>, "backgroundTasks">): {
  readonly tasks: Readonly<Record<string, Tool>>;
  readonly dispatcher: TaskDispatcher | undefined;
} {
  if (backgroundTasks === undefined) return none;
  if (isDispatched(backgroundTasks)) return backgroundTasks as BackgroundTasks;
  return { tasks: backgroundTasks as Record<string, Tool>, dispatcher: undefined };
}

const none = { tasks: {}, dispatcher: undefined };
