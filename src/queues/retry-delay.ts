/** The longest that Cloudflare Queues can put a message off: twelve hours. */
const longest = 43_200;

/** Seconds until the next delivery after so many: `first`, and twice as long each time. */
export const retryDelaySeconds = (attempts: number, first: number): number =>
  Math.min(longest, first * 2 ** Math.max(0, attempts - 1));
