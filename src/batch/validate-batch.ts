import { ConfigurationError } from "../index.ts";
import type { BatchJob, BatchOptions } from "./batch-options.ts";

interface Issue {
  option: string;
  message: string;
}

/** Checks a job and that its id is new. */
export function validateJob(job: BatchJob, ids: Set<string>): BatchJob {
  const issues: Issue[] = [];
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

type Check = (value: unknown) => string | undefined;

const checks: Record<keyof BatchOptions, Check> = {
  concurrency: (value) => (Number.isInteger(value) && Number(value) > 0 ? undefined : "must be an integer above 0"),
  maxCost: (value) => (typeof value === "number" && value > 0 ? undefined : "must be a number of US dollars above 0"),
  signal: (value) => (isAbortSignal(value) ? undefined : "must be an AbortSignal"),
  onProgress: (value) => (typeof value === "function" ? undefined : "must be a function"),
};

export function validateBatch(gateway: unknown, jobs: unknown, options: unknown): void {
  const issues: Issue[] = [];
  if (typeof (gateway as { chat?: unknown } | undefined)?.chat !== "function")
    issues.push({ option: "gateway", message: `must be a gateway, got ${describe(gateway)}` });
  const isIterable = typeof jobs === "object" && jobs !== null && (Symbol.asyncIterator in jobs || Symbol.iterator in jobs);
  if (!isIterable) issues.push({ option: "jobs", message: `must be an iterable of { id, chat }, got ${describe(jobs)}` });
  if (typeof options !== "object" || options === null)
    issues.push({ option: "options", message: `must be an object, got ${describe(options)}` });
  for (const [option, value] of Object.entries(options ?? {})) {
    const check = Object.hasOwn(checks, option) ? checks[option as keyof BatchOptions] : undefined;
    const names = Object.keys(checks).join(", ");
    const message = check ? value !== undefined && check(value) : `is not an option of runBatch; the options are ${names}`;
    if (message) issues.push({ option, message: check ? `${message}, got ${describe(value)}` : message });
  }
  if (issues.length > 0) throw new ConfigurationError(issues);
}

export const isAbortSignal = (value: unknown): value is AbortSignal =>
  typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;

const describe = (value: unknown): string =>
  typeof value === "number" || typeof value === "boolean" || value === null ? String(value) : typeof value;
