export type { BatchAnswer, BatchJob, BatchOptions, BatchProgress } from "./batch-options.ts";
export { runBatch } from "./run-batch.ts";
