import { runBatch } from "../../batch/index.ts";
import type { Gateway, JsonSchema } from "../../index.ts";
import { createStatusLine } from "../status-line.ts";
import type { Terminal } from "../terminal.ts";
import type { FileJob } from "./job.ts";
import { answerLine, appendLine, openOutput } from "./output-file.ts";
import type { BatchPlan } from "./plan-batch.ts";
import { countError, newTally, progressLine, type Tally } from "./progress.ts";
import { type InputFile, readJobs } from "./read-jobs.ts";

export interface FileBatch {
  gateway: Gateway;
  input: InputFile;
  output: string;
  plan: BatchPlan;
  schema: JsonSchema | undefined;
  concurrency: number | undefined;
  maxCost: number | undefined;
}

export interface BatchOutcome {
  tally: Tally;
  /** Interrupted by Ctrl-C. */
  isInterrupted: boolean;
  /** The error that ended it early, such as `maxCost`. */
  error?: unknown;
}

/**
 * Runs the pending jobs and appends a line for each answer as it completes. After the first Ctrl-C no more jobs are started and running ones
 * finish; the second one aborts them.
 */
export async function runFileBatch(batch: FileBatch, terminal: Terminal): Promise<BatchOutcome> {
  const { gateway, input, output, plan, schema, concurrency, maxCost } = batch;
  const controller = new AbortController();
  let isInterrupted = false;
  const unsubscribe = terminal.onInterrupt(() => {
    if (isInterrupted) controller.abort();
    else terminal.note(terminal.style.dim("\nFinishing running requests. Press Ctrl-C again to abort them."));
    isInterrupted = true;
  });
  const running = new Map<string, FileJob>();
  async function* pendingJobs() {
    for await (const job of readJobs(input)) {
      if (isInterrupted) return;
      if (!plan.pending.has(job.id)) continue;
      running.set(job.id, job);
      yield { id: job.id, chat: schema ? { ...job.chat, output: schema } : job.chat };
    }
  }
  const tally = newTally();
  const status = createStatusLine(terminal);
  const started = performance.now();
  const file = await openOutput(output);
  try {
    const answers = runBatch(gateway, pendingJobs(), { concurrency, maxCost, signal: controller.signal });
    for await (const answer of answers) {
      const job = running.get(answer.id);
      if (job === undefined) continue;
      running.delete(answer.id);
      // No later job could succeed, and all their lines would have to be retried.
      if ("error" in answer && answer.error.code === "authentication" && answer.error.origin === "gateway") throw answer.error;
      await appendLine(file, output, answerLine(answer, job));
      addToTally(tally, answer);
      status.show(progressLine(tally, plan.pending.size, performance.now() - started, terminal.style));
    }
    return { tally, isInterrupted };
  } catch (error) {
    return controller.signal.aborted ? { tally, isInterrupted } : { tally, isInterrupted, error };
  } finally {
    status.clear();
    unsubscribe();
    await file.close();
  }
}

function addToTally(tally: Tally, answer: Parameters<typeof answerLine>[0]): void {
  tally.done++;
  const usage = "error" in answer ? answer.error.partial?.usage : answer.result.usage;
  tally.tokens += usage?.totalTokens ?? 0;
  tally.cost += usage?.cost ?? 0;
  if ("error" in answer) countError(tally, answer.error.code);
  else if (answer.result.gateway.cacheStatus === "HIT") tally.cacheHits++;
}
