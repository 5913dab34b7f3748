import { vi } from "vitest";

/** Fakes the timers that the client's timeouts use. Sockets and Node's fetch keep the real clock. */
export const useFakeClock = (): void => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });

/** Advances the fake clock by 5 ms per turn of the event loop until the promise settles. */
export async function advanceUntilSettled<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = () => void (isSettled = true);
  promise.then(settle, settle);
  while (!isSettled) {
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(5);
  }
  return promise;
}
