import type { TaskDispatcher } from "../index.ts";
import type { TaskMessage } from "./task-message.ts";

/** The part of the producer binding of a Cloudflare Queue (`env.TASKS`) that is used here. */
export interface QueueProducer {
  /** Sends a message to the queue; resolves when it is stored. */
  send(body: TaskMessage, options?: { contentType?: "json" }): Promise<unknown>;
}

/**
 * Sends background tasks to a Cloudflare Queue; `handleTasks` runs them in the Worker that consumes it. The tool result says "started"; a
 * message that the queue rejects (the limit is 128 kB) is reported to `onBackgroundTaskError`.
 *
 * ```ts
 * const backgroundTasks = { tasks, dispatcher: queueDispatcher(env.TASKS) };
 * await gateway.chat({ prompt, backgroundTasks });
 * ```
 */
export function queueDispatcher(queue: QueueProducer): TaskDispatcher {
  return {
    async dispatch(task, args, { toolCallId }) {
      await queue.send({ task, args, toolCallId }, { contentType: "json" });
    },
  };
}
