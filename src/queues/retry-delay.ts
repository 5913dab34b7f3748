/** The maximum delay of Cloudflare Queues, in seconds: twelve hours. */
export const maxDelay = 43_200;

/** Seconds until the next delivery, after `attempts` deliveries: `first` after one, doubled after each additional one. */
export const retryDelaySeconds = (attempts: number, first: number): number =>
  Math.min(maxDelay, first * 2 ** Math.max(0, attempts - 1));
