/** Milliseconds. Timers of the platforms hold 31 bits; beyond that they would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** Who waits for a signal. They share one listener, for runtimes warn of a leak when a signal has many, as with many tools at once. */
const waiting = new WeakMap<AbortSignal, { callbacks: Set<() => void>; listener: () => void }>();

/** Calls back once when the signal aborts, at once if it has; returns what calls that off. */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const those = waiting.get(signal) ?? listen(signal);
  those.callbacks.add(callback);
  return () => {
    those.callbacks.delete(callback);
    if (those.callbacks.size > 0) return;
    signal.removeEventListener("abort", those.listener);
    waiting.delete(signal);
  };
}

function listen(signal: AbortSignal) {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of callbacks) callback();
  };
  signal.addEventListener("abort", listener, { once: true });
  const those = { callbacks, listener };
  waiting.set(signal, those);
  return those;
}

/** Rejects with the signal's reason as soon as it aborts, whether or not the promise ever settles. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const letGo = whenAborted(signal, () => reject(signal.reason));
    promise.then(
      (value) => {
        letGo();
        resolve(value);
      },
      (error) => {
        letGo();
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
        timer = setTimeout(resolve, Math.min(milliseconds, longestTimer));
      }),
      signal,
    );
  } finally {
    clearTimeout(timer);
  }
}
