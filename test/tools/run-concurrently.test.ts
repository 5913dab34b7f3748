import { describe, expect, it } from "vitest";
import { runAll } from "../../src/tools/run-concurrently.ts";

describe("runAll", () => {
  it("starts the jobs in order, at most so many at a time, and yields results as they come", async () => {
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const jobs = ["a", "b", "c"].map((name, index) => () => {
      log.push(`start ${name}`);
      return new Promise<string>((resolve) => {
        ends[index] = () => resolve(name);
      });
    });
    const results = runAll(jobs, 2);
    const first = results.next();
    await Promise.resolve();
    expect(log).toEqual(["start a", "start b"]);
    ends[1]?.();
    expect((await first).value).toEqual({ index: 1, value: "b" });
    const second = results.next();
    await new Promise(setImmediate);
    expect(log).toEqual(["start a", "start b", "start c"]);
    ends[2]?.();
    expect((await second).value).toEqual({ index: 2, value: "c" });
    ends[0]?.();
    expect((await results.next()).value).toEqual({ index: 0, value: "a" });
    expect((await results.next()).done).toBe(true);
  });

  it("rejects with the first rejection and leaves no other unhandled", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const jobs = ["first", "second"].map((reason) => () => Promise.reject(new Error(reason)));
    await expect(runAll(jobs, 2).next()).rejects.toThrow("first");
    await new Promise(setImmediate);
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  it("has nothing to do without jobs", async () => {
    expect(await runAll([], 5).next()).toEqual({ done: true, value: undefined });
  });
});
