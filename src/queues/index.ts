/**
 * Background tasks on Cloudflare Queues.
 *
 * @module cf-ai-gateway/queues
 */

export {
  type DeadLetter,
  type HandleTasksOptions,
  handleTasks,
  type QueueBatch,
  type QueueMessage,
} from "./handle-tasks.ts";
export { type QueueProducer, queueDispatcher } from "./queue-dispatcher.ts";
export type { TaskMessage } from "./task-message.ts";
