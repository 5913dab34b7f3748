import { type Cancellation, maxTimerMs, whenAborted } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import type { GatewayError } from "../errors/errors.ts";
import type { ChatOptions } from "../options/chat-options.ts";

/** Limits in milliseconds. */
export interface ClockLimits {
  /** From sending the request to receiving the response headers. */
  firstByte: number;
  /** Between two reads of the body. */
  idle: number;
  /** Between two chunks of a stream, regardless of other bytes. @default none */
  chunk?: number | undefined;
}

type Phase = "first-byte" | "idle" | "chunk";

/**
 * Enforces the time limits of waiting for the server. It is paused while the consumer of a stream is busy. A request uses one timer for all
 * its waits, since setting one for each read would cost more than reading.
 */
export class Clock {
  readonly #limits: ClockLimits;
  #expire: ((error: GatewayError) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firesAt = 0;
  #phase: "first-byte" | "idle" = "first-byte";
  /** When the current wait started. */
  #waitingSince: number | undefined;
  /** Total duration of earlier waits since the last chunk. */
  #waitedForChunk = 0;

  constructor(limits: ClockLimits, expire: (error: GatewayError) => void) {
    this.#limits = limits;
    this.#expire = expire;
  }

  start(phase: "first-byte" | "idle"): void {
    const now = Date.now();
    this.#waitingSince = now;
    this.#phase = phase;
    const deadline = this.#deadline(now);
    // A timer that fires too early is set again, so that one timer serves both phases.
    if (this.#timer === undefined)
      this.#arm(phase === "first-byte" ? Math.min(deadline, now + this.#limits.idle) : deadline, now);
    else if (deadline < this.#firesAt) {
      this.#disarm();
      this.#arm(deadline, now);
    }
  }

  pause(): void {
    if (this.#waitingSince === undefined) return;
    if (this.#phase === "idle") this.#waitedForChunk += Date.now() - this.#waitingSince;
    this.#waitingSince = undefined;
  }

  /** Called for each chunk. */
  onChunk(): void {
    this.#waitedForChunk = 0;
  }

  stop(): void {
    this.#waitingSince = undefined;
    this.#disarm();
    // Node retains a cleared timer until a full garbage collection, and with it everything this references: a whole answer.
    this.#expire = undefined;
  }

  /** When a wait that started at `since` reaches its first limit. */
  #deadline(since: number): number {
    const { firstByte, idle } = this.#limits;
    return since + (this.#phase === "first-byte" ? firstByte : Math.min(idle, this.#chunkLeft()));
  }

  #chunkLeft(): number {
    const { chunk } = this.#limits;
    return chunk === undefined ? Number.POSITIVE_INFINITY : Math.max(0, chunk - this.#waitedForChunk);
  }

  #arm(deadline: number, now: number): void {
    if (deadline - now > maxTimerMs) return;
    this.#firesAt = deadline;
    this.#timer = setTimeout(() => this.#check(), deadline - now);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #check(): void {
    this.#timer = undefined;
    if (this.#waitingSince === undefined) return;
    const now = Date.now();
    const deadline = this.#deadline(this.#waitingSince);
    if (deadline > now) this.#arm(deadline, now);
    else this.#expire?.(this.#timeoutError());
  }

  #timeoutError(): GatewayError {
    const { firstByte, idle, chunk } = this.#limits;
    if (this.#phase === "first-byte") return timeoutError("first-byte", firstByte);
    return chunk !== undefined && this.#chunkLeft() < idle ? timeoutError("chunk", chunk) : timeoutError("idle", idle);
  }
}

const messages: Readonly<Record<Phase | "total", (limit: number) => string>> = {
  "first-byte": (limit) => `No response within ${limit} ms (timeout.firstByte).`,
  idle: (limit) => `Response stalled: no data for ${limit} ms (timeout.idle).`,
  chunk: (limit) => `Response stalled: no chunk for ${limit} ms (timeout.chunk).`,
  total: (limit) => `Chat timed out after ${limit} ms (timeout.total).`,
};

export const timeoutError = (phase: Phase | "total", limit: number): GatewayError =>
  fail(`timeout:${phase}`, messages[phase](limit));

/** Aborts a chat with the caller's signal or after the total timeout. Returns a function that releases both. */
export function limitChat(cancellation: Cancellation, { signal, timeout }: ChatOptions<unknown>): () => void {
  const total = timeout?.total;
  return signal === undefined && total === undefined ? unlimited : startLimits(cancellation, signal, total);
}

const unlimited = () => {};

function startLimits(cancellation: Cancellation, signal: AbortSignal | undefined, total: number | undefined): () => void {
  const unsubscribe = signal && whenAborted(signal, () => cancellation.abort(signal.reason));
  const timer =
    total !== undefined && total <= maxTimerMs
      ? setTimeout(() => cancellation.abort(timeoutError("total", total)), total)
      : undefined;
  return () => {
    clearTimeout(timer);
    unsubscribe?.();
  };
}
