export interface Inbox<T> {
  put(message: T): void;
  /** The next message, in order of arrival. There is a single consumer. */
  take(): Promise<T>;
}

/** A queue with a single consumer. Unlike `Promise.race`, it leaves no callbacks on promises that are still pending. */
export function createInbox<T>(): Inbox<T> {
  const messages: T[] = [];
  let deliver: ((message: T) => void) | undefined;
  return {
    put(message) {
      if (deliver === undefined) messages.push(message);
      else deliver(message);
      deliver = undefined;
    },
    take() {
      return new Promise((resolve) => {
        if (messages.length > 0) resolve(messages.shift() as T);
        else deliver = resolve;
      });
    },
  };
}
