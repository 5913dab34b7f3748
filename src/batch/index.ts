export { type BatchAnswer, type BatchJob, type BatchOptions, type BatchProgress, runBatch } from "./run-batch.ts";
