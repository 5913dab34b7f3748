import { describe, expect, it } from "vitest";
import { EventQueue } from "../../src/chat/event-queue.ts";
import type { Emit, StreamEvent } from "../../src/chat/stream-event.ts";

const text = (value: string): StreamEvent<unknown> => ({ type: "text-delta", text: value });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A queue whose source runs `work`. */
function createQueue(work: (emit: Emit) => Promise<void>) {
  let cancelled = 0;
  const queue = new EventQueue<unknown>({ run: work, cancel: () => void cancelled++ });
  return { queue, cancelled: () => cancelled };
}

describe("an event queue", () => {
  it("starts its source on the first next(), not before", async () => {
    let started = false;
    const { queue } = createQueue(async () => void (started = true));
    await settle();
    expect(started).toBe(false);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
    expect(started).toBe(true);
  });

  it("blocks its source until a batch has been read", async () => {
    const passed: number[] = [];
    const { queue } = createQueue(async (emit) => {
      for (let batch = 0; batch < 3; batch++) {
        await emit([text(`${batch}a`), text(`${batch}b`)]);
        passed.push(batch);
      }
    });
    await queue.next();
    await settle();
    expect(passed).toEqual([]);
    await queue.next();
    await settle();
    expect(passed).toEqual([]);
    await queue.next();
    expect(passed).toEqual([0]);
  });

  it("yields events that are emitted at the same time one after the other", async () => {
    const { queue } = createQueue(async (emit) => void (await Promise.all([emit([text("a"), text("b")]), emit([text("c")])])));
    const steps = [await queue.next(), await queue.next(), await queue.next(), await queue.next()];
    expect(steps.map(({ value }) => (value?.type === "text-delta" ? value.text : "end"))).toEqual(["a", "b", "c", "end"]);
  });

  it("resolves prefetching next() calls in order", async () => {
    const { queue } = createQueue(async (emit) => {
      await emit([text("a")]);
      await emit([text("b"), text("c")]);
    });
    const steps = await Promise.all([queue.next(), queue.next(), queue.next(), queue.next(), queue.next()]);
    expect(steps.map(({ value }) => (value?.type === "text-delta" ? value.text : "end"))).toEqual(["a", "b", "c", "end", "end"]);
  });

  it("rejects the first pending next() with the source's error, and resolves the others as done", async () => {
    const { queue } = createQueue(() => Promise.reject(new Error("broken")));
    const [first, second] = [queue.next(), queue.next()];
    await expect(first).rejects.toThrow("broken");
    expect(await second).toEqual({ done: true, value: undefined });
  });

  it("cancels its source on an early return(), and waits until it has ended", async () => {
    let ended = false;
    const { queue, cancelled } = createQueue(async (emit) => {
      await emit([text("a"), text("b")]);
      await settle();
      ended = true;
    });
    await queue.next();
    expect(await queue.return()).toEqual({ done: true, value: undefined });
    expect([cancelled(), ended]).toEqual([1, true]);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it("does not treat a return() after finish as an early exit", async () => {
    const { queue, cancelled } = createQueue(async (emit) => void (await emit([{ type: "finish", result: {} as never }])));
    expect((await queue.next()).value?.type).toBe("finish");
    await queue.return();
    expect(cancelled()).toBe(0);
  });
});
