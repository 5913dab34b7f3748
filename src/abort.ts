/** Milliseconds. A platform's timers hold 31 bits; a longer delay would fire at once. */
export const maxTimerMs = 2 ** 31 - 1;

/**
 * Cancels a chat: an abort controller that calls its listeners itself. Adding and removing a DOM listener for each wait costs more than
 * everything else that a small chat does, and runtimes warn of a leak when a signal has many.
 */
export class Cancellation {
  readonly #controller = new AbortController();
  /** Replaced rather than pushed to for the first listener: most waits have one, and a grown array reserves room for many. */
  #listeners: (() => void)[] = [];

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get aborted(): boolean {
    return this.#controller.signal.aborted;
  }

  get reason(): unknown {
    return this.#controller.signal.reason;
  }

  /** Aborts the signal with this reason, as it is; only the first call counts. */
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.#controller.abort(reason);
    for (const listener of this.#listeners.splice(0)) listener();
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** Calls back once on abort (immediately if already aborted). Returns an unsubscribe function. */
  onAbort(listener: () => void): () => void {
    if (this.aborted) {
      listener();
      return () => {};
    }
    this.#add(listener);
    return () => this.#remove(listener);
  }

  /**
   * Waits for something that user code or a transport gave. Rejects with the reason as soon as the chat is aborted, whether or not it ever
   * settles; what it resolves with after that goes to `onLateResult`.
   */
  race<T>(foreign: T | PromiseLike<T>, onLateResult?: (late: T) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const promise = Promise.resolve(foreign);
      const giveUp = () => {
        reject(this.reason);
        if (onLateResult) promise.then(onLateResult).catch(ignore);
      };
      if (this.aborted) giveUp();
      else this.#add(giveUp);
      promise.then(
        (value) => {
          this.#remove(giveUp);
          resolve(value);
        },
        (error: unknown) => {
          this.#remove(giveUp);
          reject(error);
        },
      );
    });
  }

  /** Waits so many milliseconds. An abort ends the wait with its reason and leaves no timer behind. */
  sleep(milliseconds: number): Promise<void> {
    if (this.aborted) return Promise.reject(this.reason);
    return new Promise((resolve, reject) => {
      const wake = () => {
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(wake, Math.min(milliseconds, maxTimerMs));
      const unsubscribe = this.onAbort(() => {
        clearTimeout(timer);
        reject(this.reason);
      });
    });
  }

  #add(listener: () => void): void {
    if (this.#listeners.length === 0) this.#listeners = [listener];
    else this.#listeners.push(listener);
  }

  #remove(listener: () => void): void {
    const index = this.#listeners.lastIndexOf(listener);
    if (index === this.#listeners.length - 1) this.#listeners.pop();
    else if (index >= 0) this.#listeners.splice(index, 1);
  }
}

const ignore = () => {};

/** Callbacks that wait for a signal. They share one DOM listener, because runtimes warn of a leak when a signal has many. */
class AbortListeners extends Set<() => void> {
  handleEvent(): void {
    for (const callback of this) callback();
  }
}

const listenersBySignal = new WeakMap<AbortSignal, AbortListeners>();

/** Calls `callback` once on abort (immediately if already aborted). Returns an unsubscribe function. */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  let listeners = listenersBySignal.get(signal);
  if (listeners === undefined) {
    listeners = new AbortListeners();
    listenersBySignal.set(signal, listeners);
    signal.addEventListener("abort", listeners, { once: true });
  }
  const own = listeners;
  own.add(callback);
  return () => {
    own.delete(callback);
    if (own.size > 0) return;
    // Node keeps a composite signal alive for as long as it has a listener.
    signal.removeEventListener("abort", own);
    listenersBySignal.delete(signal);
  };
}

/**
 * Rejects with the signal's reason as soon as it aborts, whether or not the promise ever settles. What it resolves with after that goes to
 * `onLateResult`.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal, onLateResult?: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const unsubscribe = whenAborted(signal, () => {
      reject(signal.reason);
      if (onLateResult) promise.then(onLateResult).catch(ignore);
    });
    promise.then(resolve, reject).then(unsubscribe);
  });
}

/** Waits so many milliseconds. An abort ends the wait with the signal's reason and leaves no timer behind. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await abortable(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.min(milliseconds, maxTimerMs));
      }),
      signal,
    );
  } finally {
    clearTimeout(timer);
  }
}
