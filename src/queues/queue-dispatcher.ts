import { ConfigurationError, type TaskDispatcher } from "../index.ts";
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
 *
 * @throws ConfigurationError if `queue` is not a producer binding, as when the Worker's configuration lacks it
 */
export function queueDispatcher(queue: QueueProducer): TaskDispatcher {
  if (typeof (queue as QueueProducer | undefined)?.send !== "function") {
    const message = "must be the producer binding of a queue; declare it in queues.producers of the Worker's configuration";
    throw new ConfigurationError([{ option: "queue", message }]);
  }
  return {
    async dispatch(task, args, { toolCallId }) {
      await queue.send({ task, args, toolCallId }, { contentType: "json" });
    },
  };
}
