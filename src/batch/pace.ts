/** Pause of the whole batch after a rate limit without a `retry-after`. */
const defaultPauseMs = 1_000;

export interface Pace {
  /** Current limit of concurrent jobs. */
  readonly limit: number;
  /** Milliseconds until jobs may be started again; 0 if they may start now. */
  pauseMs(now: number): number;
  /** Called when a request was rate-limited: all workers wait, and concurrency is reduced. */
  slowDown(now: number, waitMs: number | undefined): void;
  /** Called when a job succeeded. */
  speedUp(): void;
}

/**
 * Additive increase, multiplicative decrease: a rate limit halves the number of concurrent jobs, at most once per pause, and it grows by one
 * after as many successes as there are workers.
 */
export function createPace(concurrency: number): Pace {
  let limit = concurrency;
  let pausedUntil = 0;
  let successes = 0;
  return {
    get limit() {
      return limit;
    },
    pauseMs: (now) => Math.max(0, pausedUntil - now),
    slowDown(now, waitMs = defaultPauseMs) {
      // Requests already in flight are rate-limited too; they count as the same incident.
      if (now >= pausedUntil) {
        limit = Math.max(1, Math.floor(limit / 2));
        successes = 0;
      }
      pausedUntil = Math.max(pausedUntil, now + waitMs);
    },
    speedUp() {
      if (limit === concurrency || ++successes < limit) return;
      successes = 0;
      limit++;
    },
  };
}
