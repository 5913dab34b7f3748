import { ConfigurationError } from "../index.ts";
import type { BatchJob, BatchOptions } from "./batch-options.ts";

/** Checks a job and that its id is new. */
export function validateJob(job: BatchJob, ids: Set<string>): BatchJob {
  const issues: { option: string; message: string }[] = [];
  if (typeof job !== "object" || job === null)
    issues.push({ option: "jobs", message: `must yield { id, chat }, got ${describe(job)}` });
  else if (typeof job.id !== "string" || job.id === "")
    issues.push({ option: "job.id", message: `must be a non-empty string, got ${describe(job.id)}` });
  else if (ids.has(job.id))
    issues.push({ option: "job.id", message: `must be unique within the batch, but "${job.id}" is repeated` });
  else if (typeof job.chat !== "object" || job.chat === null)
    issues.push({ option: `jobs["${job.id}"].chat`, message: `must be the options of chat(), got ${describe(job.chat)}` });
  if (issues.length > 0) throw new ConfigurationError(issues);
  ids.add(job.id);
  return job;
}

export function validateBatchOptions(jobs: unknown, { concurrency, maxCost }: BatchOptions): void {
  const issues: { option: string; message: string }[] = [];
  const isIterable = typeof jobs === "object" && jobs !== null && (Symbol.asyncIterator in jobs || Symbol.iterator in jobs);
  if (!isIterable) issues.push({ option: "jobs", message: `must be an iterable of { id, chat }, got ${describe(jobs)}` });
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0))
    issues.push({ option: "concurrency", message: `must be an integer above 0, got ${describe(concurrency)}` });
  if (maxCost !== undefined && !(typeof maxCost === "number" && maxCost > 0))
    issues.push({ option: "maxCost", message: `must be a number of US dollars above 0, got ${describe(maxCost)}` });
  if (issues.length > 0) throw new ConfigurationError(issues);
}

const describe = (value: unknown): string =>
  typeof value === "number" || typeof value === "boolean" || value === null ? String(value) : typeof value;
