import { UsageError } from "../usage-error.ts";
import type { FileJob } from "./job.ts";
import type { Recorded } from "./output-file.ts";
import { type InputFile, readJobs } from "./read-jobs.ts";

/** The plan of a run, made before anything is sent, so that an invalid line or a repeated id doesn't end it halfway. */
export interface BatchPlan {
  total: number;
  /** Ids of jobs to run. */
  pending: ReadonlySet<string>;
  /** Number of jobs that succeeded in an earlier run, with the same request. */
  succeeded: number;
  /** Jobs that failed in an earlier run and are skipped, by error code. */
  failed: ReadonlyMap<string, number>;
  /** The first job to run. */
  first: FileJob | undefined;
  /** For the jobs to run, at four characters of prompt per token. */
  estimatedTokens: number;
}

export async function planBatch(
  input: InputFile,
  recorded: ReadonlyMap<string, Recorded>,
  retryFailed: boolean,
): Promise<BatchPlan> {
  const ids = new Set<string>();
  const pending = new Set<string>();
  const failed = new Map<string, number>();
  let first: FileJob | undefined;
  let succeeded = 0;
  let characters = 0;
  for await (const job of readJobs(input)) {
    if (ids.has(job.id)) throw new UsageError(`The id ${JSON.stringify(job.id)} is there twice; ids must be unique.`);
    ids.add(job.id);
    const before = recorded.get(job.id);
    if (before?.hash === job.hash && before.error === undefined) succeeded++;
    else if (before?.hash === job.hash && before.error !== undefined && !retryFailed) count(failed, before.error);
    else {
      pending.add(job.id);
      first ??= job;
      characters += promptLength(job);
    }
  }
  return { total: ids.size, pending, succeeded, failed, first, estimatedTokens: Math.ceil(characters / 4) };
}

const promptLength = ({ chat: { prompt, messages, system } }: FileJob): number =>
  (prompt?.length ?? JSON.stringify(messages ?? "").length) + (system === undefined ? 0 : JSON.stringify(system).length);

export const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
