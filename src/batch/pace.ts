/** How long rate-limited requests without a named wait pause the whole batch. */
const defaultPauseMs = 1_000;

export interface Pace {
  /** How many jobs may run at once now. */
  readonly limit: number;
  /** Milliseconds until jobs may be started again; 0 if they may now. */
  pauseMs(now: number): number;
  /** A request was refused because of a rate limit: every worker waits, and fewer work. */
  slowDown(now: number, waitMs: number | undefined): void;
  /** A job succeeded. */
  speedUp(): void;
}

/**
 * Additive increase, multiplicative decrease: a rate limit halves the number of concurrent jobs, at most once for each pause, and as many
 * successes as there are workers add one.
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
      // Requests that were already on their way are refused too; they are the same incident.
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
