/**
 * Many chats with bounded concurrency.
 *
 * @module cf-ai-gateway/batch
 */

export type { BatchAnswer, BatchJob, BatchOptions, BatchProgress } from "./batch-options.ts";
export { runBatch } from "./run-batch.ts";
