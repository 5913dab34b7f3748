import { type ChatResult, type Gateway, GatewayError, RateLimitError, SpendLimitError } from "../index.ts";
import type { BatchAnswer, BatchJob, BatchOptions, BatchProgress } from "./batch-options.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { createPace, type Pace } from "./pace.ts";
import { isAbortSignal, validateBatch, validateJob } from "./validate-batch.ts";

const defaultConcurrency = 8;

/** How many times a job is restarted after its own retries ended with a rate limit. */
const maxRequeues = 5;

interface Attempt {
  readonly job: BatchJob;
  readonly requeues: number;
}

type Message =
  | { kind: "job"; step: IteratorResult<BatchJob> }
  | { kind: "settled"; attempt: Attempt; result?: ChatResult<unknown>; error?: unknown }
  | { kind: "failed"; error: unknown }
  | { kind: "resumed" };

interface Batch {
  readonly gateway: Gateway;
  readonly source: Iterator<BatchJob> | AsyncIterator<BatchJob>;
  readonly maxCost: number;
  readonly pace: Pace;
  readonly inbox: Inbox<Message>;
  readonly progress: BatchProgress;
  readonly ids: Set<string>;
  /** Jobs that were read but not started, or that will be restarted. */
  readonly waiting: Attempt[];
  /** Aborts the running chats. */
  readonly controller: AbortController;
  running: number;
  isReading: boolean;
  isExhausted: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Runs many chats with limited concurrency and yields each answer when it is complete. `jobs` is read only as fast as jobs are run, so it
 * may be a generator over a large file. After a rate limit all workers wait, and concurrency is halved until it recovers. A failed chat is
 * an answer with `error`. Stopping the iteration early aborts running chats.
 *
 * ```ts
 * for await (const answer of runBatch(gateway, jobs, { concurrency: 4 })) {
 *   if ("error" in answer) console.error(answer.id, answer.error.code);
 *   else console.log(answer.id, answer.result.text);
 * }
 * ```
 *
 * @throws ConfigurationError for invalid options or an id that is missing or repeated; SpendLimitError for `maxCost`; whatever `jobs`, a hook
 * or `onProgress` throws; the reason of a job's own signal
 */
export async function* runBatch(
  gateway: Gateway,
  jobs: Iterable<BatchJob> | AsyncIterable<BatchJob>,
  options: BatchOptions = {},
): AsyncGenerator<BatchAnswer, void> {
  validateBatch(gateway, jobs, options);
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const batch = createBatch(gateway, jobs, options);
  const onAbort = () => {
    batch.controller.abort(signal?.reason);
    batch.inbox.put({ kind: "failed", error: signal?.reason });
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    advance(batch);
    while (isActive(batch)) {
      const answer = receive(batch, await batch.inbox.take());
      if (answer) onProgress?.({ ...batch.progress });
      // Before the answer is yielded, so that a slow consumer doesn't keep the workers idle.
      advance(batch);
      if (answer) yield answer;
    }
    if (isOverBudget(batch) && (batch.waiting.length > 0 || !batch.isExhausted)) throw budgetError(batch);
  } finally {
    clearTimeout(batch.timer);
    signal?.removeEventListener("abort", onAbort);
    batch.controller.abort(new DOMException("The batch has ended.", "AbortError"));
    await closeSource(batch);
  }
}

function createBatch(
  gateway: Gateway,
  jobs: Iterable<BatchJob> | AsyncIterable<BatchJob>,
  { concurrency = defaultConcurrency, maxCost = Number.POSITIVE_INFINITY }: BatchOptions,
): Batch {
  const total = Array.isArray(jobs) ? jobs.length : jobs instanceof Set ? jobs.size : undefined;
  return {
    gateway,
    source: Symbol.asyncIterator in jobs ? jobs[Symbol.asyncIterator]() : jobs[Symbol.iterator](),
    maxCost,
    pace: createPace(concurrency),
    inbox: createInbox(),
    progress: { done: 0, failed: 0, tokens: 0, cost: 0, ...(total === undefined ? {} : { total }) },
    ids: new Set(),
    waiting: [],
    controller: new AbortController(),
    running: 0,
    isReading: false,
    isExhausted: false,
    timer: undefined,
  };
}

/** Closes the source. One that is being read closes when that read ends, which may be never. */
async function closeSource({ source, isExhausted, isReading }: Batch): Promise<void> {
  if (isExhausted) return;
  const closing = Promise.resolve(source.return?.());
  if (isReading) closing.catch(() => {});
  else await closing;
}

const isOverBudget = ({ progress, maxCost }: Batch): boolean => progress.cost >= maxCost;

const isActive = (batch: Batch): boolean =>
  batch.running > 0 || batch.isReading || (batch.waiting.length > 0 && !isOverBudget(batch));

/** Starts as many jobs as the pace and the budget allow, and reads the next one. */
function advance(batch: Batch): void {
  const { pace, inbox, waiting, source } = batch;
  if (isOverBudget(batch)) return;
  const pauseMs = pace.pauseMs(Date.now());
  if (pauseMs > 0) {
    batch.timer ??= setTimeout(() => {
      batch.timer = undefined;
      inbox.put({ kind: "resumed" });
    }, pauseMs);
    return;
  }
  while (batch.running < pace.limit) {
    const attempt = waiting.shift();
    if (attempt === undefined) break;
    batch.running++;
    void runJob(batch, attempt).then((outcome) => inbox.put({ kind: "settled", attempt, ...outcome }));
  }
  if (batch.running >= pace.limit || batch.isReading || batch.isExhausted) return;
  batch.isReading = true;
  Promise.resolve(source.next()).then(
    (step) => inbox.put({ kind: "job", step }),
    (error: unknown) => inbox.put({ kind: "failed", error }),
  );
}

/** Handles a message; returns the answer that it completes. Throws an error that ends the batch. */
function receive(batch: Batch, message: Message): BatchAnswer | undefined {
  switch (message.kind) {
    case "failed":
      throw message.error;
    case "resumed":
      return undefined;
    case "job":
      batch.isReading = false;
      if (message.step.done) batch.isExhausted = true;
      else batch.waiting.push({ job: validateJob(message.step.value, batch.ids), requeues: 0 });
      return undefined;
    case "settled":
      batch.running--;
      return settle(batch, message);
  }
}

function settle(
  { waiting, progress, pace }: Batch,
  { attempt: { job, requeues }, result, error }: Extract<Message, { kind: "settled" }>,
): BatchAnswer | undefined {
  // Also of a chat that will be restarted: its earlier turns were billed.
  const usage = result?.usage ?? (GatewayError.is(error) ? error.partial?.usage : undefined);
  progress.tokens += usage?.totalTokens ?? 0;
  progress.cost += usage?.cost ?? 0;
  if (error instanceof RateLimitError && requeues < maxRequeues) {
    waiting.unshift({ job, requeues: requeues + 1 });
    return undefined;
  }
  progress.done++;
  if (result) {
    pace.speedUp();
    return { id: job.id, result };
  }
  // Anything else is an error of the caller's code, or an abort.
  if (!GatewayError.is(error)) throw error;
  progress.failed++;
  return { id: job.id, error };
}

/** Runs one chat; never rejects. Rate limits during its own retries slow down the whole batch. */
async function runJob(
  { gateway, pace, controller }: Batch,
  { job }: Attempt,
): Promise<{ result: ChatResult<unknown> } | { error: unknown }> {
  const noteRateLimit = (error: unknown, waitMs?: number) => {
    if (error instanceof RateLimitError) pace.slowDown(Date.now(), error.retryAfterMs ?? waitMs);
  };
  try {
    const options = job.chat;
    // An invalid signal is left for chat() to reject.
    const { signal = controller.signal } = options;
    const result = await gateway.chat<unknown>({
      ...options,
      signal: isAbortSignal(options.signal) ? AbortSignal.any([controller.signal, options.signal]) : signal,
      async onRetry(retry) {
        noteRateLimit(retry.error, retry.delayMs);
        await options.onRetry?.(retry);
      },
    });
    return { result };
  } catch (error) {
    noteRateLimit(error);
    return { error };
  }
}

function budgetError({ progress, maxCost }: Batch): SpendLimitError {
  const hint = "Raise maxCost to go on with the remaining jobs.";
  const message = `The batch has cost $${progress.cost.toFixed(4)}, which reaches maxCost ($${maxCost}); ${progress.done} jobs are done. ${hint}`;
  return new SpendLimitError(message, { code: "spend-limit", origin: "client", retryable: false, hint });
}
