import { describe, expect, it } from "vitest";
import { runConcurrently } from "../../src/tools/run-concurrently.ts";

/** Jobs that end when `end` or `fail` is called, and a log of what happened. */
function controlledJobs(...names: string[]) {
  const log: string[] = [];
  const end: Record<string, () => void> = {};
  const fail: Record<string, (error: Error) => void> = {};
  const run = (name: string) => {
    log.push(`start ${name}`);
    return new Promise<string>((resolve, reject) => {
      end[name] = () => resolve(name);
      fail[name] = reject;
    });
  };
  return { log, jobs: names, run, end, fail, onResult: (name: string) => void log.push(`end ${name}`) as undefined };
}
const settle = () => new Promise(setImmediate);

describe("runConcurrently", () => {
  it("starts jobs in order, at most `limit` at a time, and reports each result when it is available", async () => {
    const { log, jobs, run, end, onResult } = controlledJobs("a", "b", "c");
    const all = runConcurrently(jobs, run, 2, onResult);
    expect(log).toEqual(["start a", "start b"]);
    end.b?.();
    await settle();
    expect(log).toEqual(["start a", "start b", "end b", "start c"]);
    end.c?.();
    end.a?.();
    await all;
    expect(log.slice(4).sort()).toEqual(["end a", "end c"]);
  });

  it("starts no further job until the consumer has taken the result", async () => {
    const { log, jobs, run, end } = controlledJobs("a", "b");
    let take: () => void = () => {};
    const all = runConcurrently(jobs, run, 1, () => new Promise<void>((resolve) => (take = resolve)));
    end.a?.();
    await settle();
    expect(log).toEqual(["start a"]);
    take();
    await settle();
    expect(log).toEqual(["start a", "start b"]);
    end.b?.();
    await settle();
    take();
    await all;
  });

  it("rejects with the first failure, starts nothing after it, and leaves no rejection unhandled", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const { log, jobs, run, fail, onResult } = controlledJobs("a", "b", "c");
    const all = runConcurrently(jobs, run, 2, onResult);
    fail.a?.(new Error("first"));
    await expect(all).rejects.toThrow("first");
    fail.b?.(new Error("second"));
    await settle();
    process.off("unhandledRejection", note);
    expect(log).toEqual(["start a", "start b"]);
    expect(unhandled).toEqual([]);
  });

  it("starts nothing after a job that throws synchronously, and rejects with its error", async () => {
    const started: string[] = [];
    const run = (name: string) => {
      started.push(name);
      throw new Error(name);
    };
    await expect(runConcurrently(["a", "b", "c"], run, 5, () => undefined)).rejects.toThrow("a");
    expect(started).toEqual(["a"]);
  });

  it("ends immediately without jobs", async () => {
    const { run, onResult } = controlledJobs();
    await expect(runConcurrently([], run, 5, onResult)).resolves.toBeUndefined();
  });
});
