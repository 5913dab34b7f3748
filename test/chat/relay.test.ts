import { describe, expect, it } from "vitest";
import { relay, type Tell } from "../../src/chat/relay.ts";

const asTheyAre = (batch: number[]) => batch;

async function read<U, R>(batches: AsyncGenerator<U[], R>): Promise<{ told: U[][]; result: R }> {
  const told: U[][] = [];
  for (;;) {
    const step = await batches.next();
    if (step.done) return { told, result: step.value };
    told.push(step.value);
  }
}

describe("relay", () => {
  it("hands on what the work tells, in its batches, and returns what the work returns", async () => {
    const work = async (tell: Tell<number>) => {
      await tell([1, 2]);
      await tell([3]);
      return "done";
    };
    expect(await read(relay(work, asTheyAre))).toEqual({ told: [[1, 2], [3]], result: "done" });
  });

  it("lets the work go on only when the next batch is asked for", async () => {
    const steps: string[] = [];
    const batches = relay(async (tell: Tell<number>) => {
      await tell([1]);
      steps.push("after the first");
      await tell([2]);
    }, asTheyAre);
    await batches.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).toEqual([]);
    await batches.next();
    expect(steps).toEqual(["after the first"]);
    await batches.return(undefined);
  });

  it("dresses each batch, skips what comes out empty, and dresses an empty one at the end", async () => {
    const work = async (tell: Tell<number>) => {
      await tell([1]);
      await tell([-1]);
      await tell([2]);
    };
    const dress = (batch: number[]) => (batch.length === 0 ? ["end"] : batch.filter((each) => each > 0).map(String));
    expect((await read(relay(work, dress))).told).toEqual([["1"], ["2"], ["end"]]);
  });

  it("rejects when the work fails, behind what it had told", async () => {
    const batches = relay(async (tell: Tell<number>) => {
      await tell([1]);
      throw new Error("broken");
    }, asTheyAre);
    expect((await batches.next()).value).toEqual([1]);
    await expect(batches.next()).rejects.toThrow("broken");
  });

  it("rejects what the work tells when a batch cannot be dressed", async () => {
    const work = (tell: Tell<number>) => Promise.resolve().then(() => tell([1]));
    const batches = relay(work, () => {
      throw new Error("undressed");
    });
    await expect(batches.next()).rejects.toThrow("undressed");
  });

  it("ends the work when the generator is left, and waits for its end", async () => {
    const steps: unknown[] = [];
    const batches = relay(async (tell: Tell<number>) => {
      try {
        await tell([1]);
      } catch (error) {
        steps.push((error as Error).name);
        throw error;
      } finally {
        await Promise.resolve();
        steps.push("ended");
      }
    }, asTheyAre);
    await batches.next();
    await batches.return(undefined);
    expect(steps).toEqual(["AbortError", "ended"]);
  });
});
