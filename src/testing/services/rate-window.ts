/** Limits the requests of each gateway in a sliding window. */
export class RateWindow {
  readonly #limit: { requests: number; windowMs: number } | undefined;
  readonly #times = new Map<string, number[]>();

  constructor(limit: { requests: number; windowMs: number } | undefined) {
    this.#limit = limit;
  }

  /** Counts a request. If the limit is reached, returns the milliseconds until the next one is accepted. */
  take(gateway: string): number | undefined {
    if (!this.#limit) return undefined;
    const { requests, windowMs } = this.#limit;
    const now = Date.now();
    const times = (this.#times.get(gateway) ?? []).filter((time) => time > now - windowMs);
    this.#times.set(gateway, times);
    const oldest = times[0];
    if (times.length >= requests) return (oldest ?? now) + windowMs - now;
    times.push(now);
    return undefined;
  }

  clear(): void {
    this.#times.clear();
  }
}
