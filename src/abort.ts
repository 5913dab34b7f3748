/** The longest delay of a timer, in milliseconds. Timers hold a signed 32-bit integer; a longer delay would fire immediately. */
export const maxTimerMs = 2 ** 31 - 1;

/**
 * Cancels a chat: an abort controller that calls its listeners itself. Adding and removing a DOM listener for each wait costs more than
 * the rest of a small chat, and runtimes warn about a leak when a signal has many listeners.
 */
export class Cancellation {
  readonly #controller = new AbortController();
  /** The signal's own property has a getter that costs more than a check in every step should. */
  #aborted = false;
  /** The first listeners get a new array rather than a push: most chats have one or two, and pushing reserves space for many. */
  #listeners: (() => void)[] = [];

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#controller.signal.reason;
  }

  /** Aborts the signal with exactly this reason; later calls have no effect. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
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
   * Waits for a promise from user code or a transport. Rejects with the reason as soon as the chat is aborted, even if the promise never
   * settles; a value that arrives later is passed to `onLateResult`.
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

  /** Waits for `milliseconds`. An abort rejects with its reason and clears the timer. */
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
    if (this.#listeners.length < 2) this.#listeners = this.#listeners.concat(listener);
    else this.#listeners.push(listener);
  }

  #remove(listener: () => void): void {
    const index = this.#listeners.lastIndexOf(listener);
    if (index === this.#listeners.length - 1) this.#listeners.pop();
    else if (index >= 0) this.#listeners.splice(index, 1);
  }
}

const ignore = () => {};

/** The callbacks of one signal. They share a DOM listener, because runtimes warn about a leak when a signal has many. */
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
 * Rejects with the signal's reason as soon as it aborts, even if the promise never settles. A value that arrives later is passed to
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

/** Waits for `milliseconds`. An abort rejects with the signal's reason and clears the timer. */
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
