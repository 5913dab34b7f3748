import { vi } from "vitest";

/** From here on the client's limits run on a time that the test winds forward; sockets and Node's own fetch keep the real one. */
export const windTime = (): void => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });

/** Winds time forward, a little with each turn of the event loop, until the call is over. */
export async function passTime<T>(call: Promise<T>): Promise<T> {
  let over = false;
  const end = () => void (over = true);
  call.then(end, end);
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(5);
  }
  return call;
}
