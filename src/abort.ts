/** Timers of the platforms hold 31 bits; beyond that they would fire at once. */
const longest = 2 ** 31 - 1;

/** Rejects with the signal's reason as soon as it aborts, whether or not the promise ever settles. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    promise.then(
      (value) => {
        signal.removeEventListener("abort", onAbort);
        resolve(value);
      },
      (error) => {
        signal.removeEventListener("abort", onAbort);
        reject(error);
      },
    );
  });
}

/** Waits; an abort ends the wait with the signal's reason and leaves no timer behind. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await abortable(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.min(milliseconds, longest));
      }),
      signal,
    );
  } finally {
    clearTimeout(timer);
  }
}
