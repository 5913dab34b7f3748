import { type StreamEvent, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../../local-gateway.ts";

const local = useLocalGateway();
const parameters = z.object({});

describe.each(modes)("generator tools, with %s", (mode) => {
  const getResult = async (execute: () => unknown) => {
    local.reply({ toolCalls: [{ name: "work", args: {} }] }, { text: "Done." });
    const { turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { work: tool({ parameters, execute }) } });
    return turns[0]?.toolResults[0];
  };

  it("result in the returned value, or else the last yielded one", async () => {
    const returning = await getResult(async function* () {
      yield "half";
      return "whole";
    });
    const yielding = await getResult(async function* () {
      yield "half";
      yield "whole";
    });
    const synchronous = await getResult(function* () {
      yield "half";
      yield "whole";
    });
    const later = await getResult(async () =>
      (async function* () {
        yield "whole";
      })(),
    );
    for (const each of [returning, yielding, synchronous, later]) expect(each).toMatchObject({ result: "whole", isError: false });
    expect(await getResult(async function* () {})).toMatchObject({ result: undefined, isError: false });
  });

  it("become a tool error when they throw", async () => {
    const failing = await getResult(async function* () {
      yield "half";
      throw new Error("broken");
    });
    expect(failing).toMatchObject({ isError: true, result: "work failed: broken" });
  });

  it("are closed when the chat is aborted, running their finally blocks", async () => {
    const controller = new AbortController();
    let ended: () => void = () => {};
    const cleanedUp = new Promise<void>((resolve) => {
      ended = resolve;
    });
    local.reply({ toolCalls: [{ name: "work", args: {} }] });
    const work = tool({
      parameters,
      async *execute() {
        try {
          yield 1;
          controller.abort(new Error("left"));
          yield 2;
          yield 3;
        } finally {
          ended();
        }
      },
    });
    const chat = ask(mode, local.client(), { prompt: "Go.", tools: { work }, signal: controller.signal });
    await expect(chat).rejects.toThrow("left");
    await cleanedUp;
  });

  it("time out like other tools, even if they keep yielding values", async () => {
    local.reply({ toolCalls: [{ name: "work", args: {} }] }, { text: "Done." });
    const work = tool({
      parameters,
      timeout: 20,
      async *execute() {
        for (let count = 0; ; count++) {
          await new Promise(setImmediate);
          yield count;
        }
      },
    });
    const { turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { work } });
    expect(turns[0]?.toolResults[0]?.result).toBe("work failed: it took longer than 20 ms");
  });
});

describe("tool-progress", () => {
  const getProgress = async (work: ReturnType<typeof tool>) => {
    local.reply({ toolCalls: [{ name: "work", args: {} }] }, { text: "Done." });
    const events: StreamEvent[] = [];
    const stream = local.client().stream({ prompt: "Go.", tools: { work } });
    for await (const event of stream)
      if (event.type.startsWith("tool-") && !event.type.startsWith("tool-call-")) events.push(event);
    return events;
  };

  it("events carry a generator's yielded values and what progress() reports, before the result", async () => {
    const yielded = await getProgress(
      tool({
        parameters,
        async *execute() {
          yield { percent: 50 };
          return "whole";
        },
      }),
    );
    const [call] = yielded;
    expect(yielded).toMatchObject([
      { type: "tool-call" },
      { type: "tool-progress", name: "work", id: call && "id" in call ? call.id : "", value: { percent: 50 } },
      { type: "tool-result", result: "whole" },
    ]);
    const reported = await getProgress(
      tool({
        parameters,
        execute: (_, { progress }) => {
          progress(1);
          progress(2);
          return "whole";
        },
      }),
    );
    expect(reported.map((event) => ("value" in event ? event.value : event.type))).toEqual(["tool-call", 1, 2, "tool-result"]);
  });

  it("has no effect once the tool has ended, or in chat()", async () => {
    let report: (value: unknown) => void = () => {};
    const work = tool({
      parameters,
      execute: (_, { progress }) => {
        report = progress;
        progress("early");
        return "whole";
      },
    });
    local.reply({ toolCalls: [{ name: "work", args: {} }] }, { text: "Done." });
    const values: unknown[] = [];
    for await (const event of local.client().stream({ prompt: "Go.", tools: { work } })) {
      if (event.type === "tool-result") report("late");
      if (event.type === "tool-progress") values.push(event.value);
    }
    expect(values).toEqual(["early"]);
    local.reply({ toolCalls: [{ name: "work", args: {} }] }, { text: "Done." });
    expect((await local.client().chat({ prompt: "Go.", tools: { work } })).text).toBe("Done.");
  });

  it("keeps a generator from running ahead of the reader", async () => {
    let produced = 0;
    const work = tool({
      parameters,
      *execute() {
        for (; produced < 1_000; produced++) yield produced;
        return "whole";
      },
    });
    local.reply({ toolCalls: [{ name: "work", args: {} }] }, { text: "Done." });
    const ahead: number[] = [];
    for await (const event of local.client().stream({ prompt: "Go.", tools: { work } })) {
      if (event.type !== "tool-progress") continue;
      await new Promise(setImmediate);
      ahead.push(produced - Number(event.value));
      if (ahead.length === 5) break;
    }
    expect(Math.max(...ahead)).toBeLessThan(3);
  });
});
