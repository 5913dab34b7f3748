import { type Cancellation, maxTimerMs } from "../abort.ts";
import { timeouts } from "../errors/client-failures.ts";
import { type GatewayError, TimeoutError } from "../errors/errors.ts";
import type { ChatOptions } from "../options/chat-options.ts";

type Phase = "first-byte" | "idle";

/**
 * Watches that a wait for the server ends in time. Only waiting counts: while the reader of a stream is busy elsewhere, the clock stands.
 * One timer serves many waits, for arming one for each piece of a stream would cost more than reading it.
 */
export class Clock {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitingSince: number | undefined;
  #phase: Phase = "first-byte";
  readonly #limits: Record<Phase, number>;
  #expire: ((error: GatewayError) => void) | undefined;

  constructor(limits: Record<Phase, number>, expire: (error: GatewayError) => void) {
    this.#limits = limits;
    this.#expire = expire;
  }

  start(phase: Phase): void {
    this.#waitingSince = Date.now();
    if (phase !== this.#phase) this.#disarm();
    this.#phase = phase;
    if (this.#timer === undefined) this.#arm(this.#limits[phase]);
  }

  pause(): void {
    this.#waitingSince = undefined;
  }

  stop(): void {
    this.pause();
    this.#disarm();
    // Node keeps a cleared timer until its old space is collected, and with it all that this holds: a whole answer.
    this.#expire = undefined;
  }

  #arm(delay: number): void {
    if (delay <= maxTimerMs) this.#timer = setTimeout(() => this.#check(), delay);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #check(): void {
    this.#timer = undefined;
    if (this.#waitingSince === undefined) return;
    const limit = this.#limits[this.#phase];
    const left = limit - (Date.now() - this.#waitingSince);
    if (left > 0) this.#arm(left);
    else this.#expire?.(timeoutError(this.#phase, limit));
  }
}

export function timeoutError(phase: Phase | "total", limit: number): GatewayError {
  const row = timeouts[`timeout:${phase}`];
  const what = { "first-byte": "No answer began", idle: "The answer stalled: nothing came", total: "The call was not done" }[
    phase
  ];
  return Object.assign(new TimeoutError(`${what} within ${limit} ms. ${row.hint}`, row), { phase });
}

/** Ends a chat with the caller's signal or when the total time is up. Returns a function that releases both. */
export function limitChat(cancellation: Cancellation, { signal, timeout }: ChatOptions<unknown>): () => void {
  if (signal?.aborted) throw signal.reason;
  const abort = () => cancellation.abort(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const total = timeout?.total;
  const timer =
    total !== undefined && total <= maxTimerMs
      ? setTimeout(() => cancellation.abort(timeoutError("total", total)), total)
      : undefined;
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
}
