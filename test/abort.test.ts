import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { abortable, whenAborted } from "../src/abort.ts";

const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;
const never = new Promise<never>(() => {});
const nextTask = () => new Promise((resolve) => setImmediate(resolve));

describe("callbacks on a signal", () => {
  it("share one listener, which is removed with the last of them", () => {
    const { signal } = new AbortController();
    const unsubscribe = [whenAborted(signal, () => {}), whenAborted(signal, () => {})];
    expect(listeners(signal)).toBe(1);
    unsubscribe[0]?.();
    expect(listeners(signal)).toBe(1);
    unsubscribe[1]?.();
    expect(listeners(signal)).toBe(0);
  });

  it("are called on abort, but not after they have unsubscribed", () => {
    const controller = new AbortController();
    const called: string[] = [];
    whenAborted(controller.signal, () => called.push("stays"));
    whenAborted(controller.signal, () => called.push("goes"))();
    controller.abort();
    expect(called).toEqual(["stays"]);
  });
});

describe("a wait that can be aborted", () => {
  it("leaves no listener behind when the promise settles", async () => {
    const { signal } = new AbortController();
    await abortable(Promise.resolve(1), signal);
    await abortable(Promise.reject(new Error("no")), signal).catch(() => {});
    expect(listeners(signal)).toBe(0);
  });

  it("rejects with the signal's reason even if the promise never settles", async () => {
    const controller = new AbortController();
    const waiting = abortable(never, controller.signal);
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
  });

  it("passes on a late result, and leaves no late rejection unhandled", async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    const controller = new AbortController();
    const late: unknown[] = [];
    let resolve: (value: string) => void = () => {};
    const promise = new Promise<string>((done) => void (resolve = done));
    const waiting = abortable(promise, controller.signal, (value) => {
      late.push(value);
      throw new Error("discarding failed");
    });
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    resolve("late");
    await nextTask();
    process.off("unhandledRejection", onUnhandled);
    expect(late).toEqual(["late"]);
    expect(unhandled).toEqual([]);
  });
});
