/** Milliseconds. Timers of the platforms hold 31 bits; beyond that they would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** Those who wait for a signal. They share one listener, for runtimes warn of a leak when a signal has many, as with many tools at once. */
class Waiting extends Set<() => void> {
  handleEvent(): void {
    for (const callback of this) callback();
  }
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/** Calls back once when the signal aborts, at once if it has; returns what calls that off. */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  let those = waiting.get(signal);
  if (those === undefined) {
    those = new Waiting();
    waiting.set(signal, those);
    signal.addEventListener("abort", those, { once: true });
  }
  those.add(callback);
  return () => {
    those.delete(callback);
    if (those.size > 0) return;
    // Node keeps a composite signal alive for as long as somebody listens to it.
    signal.removeEventListener("abort", those);
    waiting.delete(signal);
  };
}

/**
 * Rejects with the signal's reason as soon as it aborts, whether or not the promise ever settles. What it resolves with after all is given
 * to `forsake`.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal, forsake?: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const letGo = whenAborted(signal, () => {
      reject(signal.reason);
      if (forsake) promise.then(forsake).catch(() => {});
    });
    promise.then(resolve, reject).then(letGo);
  });
}

/** Waits; an abort ends the wait with the signal's reason and leaves no timer behind. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await abortable(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.min(milliseconds, longestTimer));
      }),
      signal,
    );
  } finally {
    clearTimeout(timer);
  }
}
