import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "./local-gateway.ts";
import { transcriptProblems } from "./transcript.ts";

const local = useLocalGateway();
const anything = z.object({}).loose();
/** A tool that waits until it is told to end. */
function gate() {
  const waiting: ((value: unknown) => void)[] = [];
  const log: string[] = [];
  const waited = tool({
    parameters: z.object({ n: z.number() }),
    execute: ({ n }) => {
      log.push(`start ${n}`);
      return new Promise((resolve) => waiting.push((value) => resolve(value)));
    },
  });
  return { waited, waiting, log };
}
const three = { toolCalls: [1, 2, 3].map((n) => ({ name: "waited", args: { n } })) };

describe.each(modes)("tools, with %s", (mode) => {
  it("run at the same time, and answer in the order of the calls", async () => {
    const { waited, waiting, log } = gate();
    local.reply(three, { text: "Done." });
    const order: string[] = [];
    const result = ask(mode, local.gateway(), {
      prompt: "Go.",
      tools: { waited },
      onToolCall: ({ args }) => {
        order.push(JSON.stringify(args));
        // Only when the last one has been asked about can any of them be let go.
        if (order.length === 3) setImmediate(() => waiting.reverse().forEach((end, index) => void end(`answer ${3 - index}`)));
      },
    });
    const { turns, messages } = await result;
    expect(log).toEqual(["start 1", "start 2", "start 3"]);
    expect(turns[0]?.toolResults.map(({ result }) => result)).toEqual(["answer 1", "answer 2", "answer 3"]);
    const ids = turns[0]?.toolCalls.map(({ id }) => id);
    expect(turns[0]?.toolResults.map(({ toolCallId }) => toolCallId)).toEqual(ids);
    expect(local.sent().slice(-3)).toEqual(
      ids?.map((id, index) => ({ role: "tool", tool_call_id: id, content: `answer ${index + 1}` })),
    );
    expect(transcriptProblems(messages)).toEqual([]);
  });

  it("run at most toolConcurrency at a time", async () => {
    let running = 0;
    let most = 0;
    const counted = tool({
      parameters: anything,
      execute: async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
      },
    });
    const replies = [{ toolCalls: Array.from({ length: 7 }, () => ({ name: "counted", args: {} })) }, { text: "Done." }];
    for (const [toolConcurrency, expected] of [
      [1, 1],
      [3, 3],
      [undefined, 7],
    ]) {
      most = 0;
      local.reply(...replies);
      const { turns } = await ask(mode, local.gateway(), { prompt: "Go.", tools: { counted }, toolConcurrency });
      expect(most).toBe(expected);
      expect(turns[0]?.toolResults).toHaveLength(7);
    }
  });

  it("tell the model of a throw, synchronous or not, and of a time-out", async () => {
    local.reply({ toolCalls: ["sync", "async", "slow", "text"].map((name) => ({ name, args: {} })) }, { text: "Sorry." });
    const aborted: unknown[] = [];
    const { turns, text } = await ask(mode, local.gateway({ toolTimeout: 60_000 }), {
      prompt: "Go.",
      tools: {
        sync: tool({
          parameters: anything,
          execute: () => {
            throw new Error("the disk is full");
          },
        }),
        async: tool({ parameters: anything, execute: () => Promise.reject(new TypeError("no such city")) }),
        slow: tool({
          parameters: anything,
          timeout: 5,
          execute: (_, { signal }) => {
            signal.addEventListener("abort", () => aborted.push(signal.reason));
            return new Promise(() => {});
          },
        }),
        text: tool({ parameters: anything, execute: () => Promise.reject("plain text") }),
      },
    });
    expect(text).toBe("Sorry.");
    expect(turns[0]?.toolResults.map(({ isError, result }) => [isError, result])).toEqual([
      [true, "sync failed: the disk is full"],
      [true, "async failed: no such city"],
      [true, "slow failed: it took longer than 5 ms"],
      [true, "text failed: plain text"],
    ]);
    expect(turns[0]?.toolResults.every(({ durationMs }) => durationMs >= 0)).toBe(true);
    expect(aborted).toHaveLength(1);
    expect(
      local
        .sent()
        .slice(-4)
        .map(({ content }) => content),
    ).toEqual(turns[0]?.toolResults.map(({ result }) => result));
  });

  it("take toolTimeout unless they have a time-out of their own", async () => {
    local.reply({ toolCalls: [{ name: "slow", args: {} }] }, { text: "Sorry." });
    const slow = tool({ parameters: anything, execute: () => new Promise(() => {}) });
    const { turns } = await ask(mode, local.gateway(), { prompt: "Go.", tools: { slow }, toolTimeout: 5 });
    expect(turns[0]?.toolResults[0]?.result).toBe("slow failed: it took longer than 5 ms");
  });

  it("are not run with arguments that do not fit: the model is told which", async () => {
    const ran: unknown[] = [];
    const weather = tool({
      parameters: z.object({ city: z.string().min(2), days: z.number().optional() }),
      execute: (args) => void ran.push(args),
    });
    local.reply(
      { toolCalls: [{ name: "weather", args: { city: 7, days: "two" } }] },
      { toolCalls: [{ name: "weather", args: { city: "Rome" } }] },
      { text: "Done." },
    );
    const { turns } = await ask(mode, local.gateway(), { prompt: "Go.", tools: { weather } });
    expect(ran).toEqual([{ city: "Rome" }]);
    const [told] = turns[0]?.toolResults ?? [];
    expect(told).toMatchObject({ isError: true, args: { city: 7, days: "two" } });
    expect(told?.result).toMatch(/^The arguments do not fit the parameters of weather: \/city: .*string.*; \/days: .*number/);
  });

  it("are checked by plain JSON Schema as well", async () => {
    const ran: unknown[] = [];
    const parameters = { type: "object", properties: { city: { type: "string", format: "email" } }, required: ["city"] } as const;
    local.reply({ toolCalls: [{ name: "mail", args: { city: "Rome" } }] }, { text: "Done." });
    const { turns } = await ask(mode, local.gateway(), {
      prompt: "Go.",
      tools: { mail: tool({ parameters, execute: (args) => void ran.push(args.city) }) },
    });
    expect(ran).toEqual([]);
    expect(turns[0]?.toolResults[0]?.result).toContain('/city: must match format "email"');
  });

  it("get what the schema makes of the arguments, while the turn shows what the model wrote", async () => {
    local.reply({ toolCalls: [{ name: "plan", args: { on: "2026-03-01" } }] }, { text: "Done." });
    const got: unknown[] = [];
    const plan = tool({
      parameters: z.object({ on: z.iso.date().transform((text) => new Date(text)), days: z.number().default(3) }),
      execute: (args) => void got.push(args),
    });
    const { turns } = await ask(mode, local.gateway(), { prompt: "Go.", tools: { plan } });
    expect(got).toEqual([{ on: new Date("2026-03-01"), days: 3 }]);
    expect(turns[0]?.toolCalls[0]?.args).toEqual({ on: "2026-03-01" });
    expect(turns[0]?.toolResults[0]?.args).toEqual({ on: new Date("2026-03-01"), days: 3 });
  });

  it.each(["constructor", "__proto__", "toString", "weahter"])(
    "answer a call of the unknown name %s with what there is",
    async (name) => {
      local.reply({ toolCalls: [{ name, args: {} }] }, { text: "Sorry." });
      const tools = {
        weather: tool({ parameters: anything, execute: () => "sunny" }),
        time: tool({ parameters: anything, execute: () => "noon" }),
      };
      const { turns, text } = await ask(mode, local.gateway(), { prompt: "Go.", tools });
      expect(text).toBe("Sorry.");
      expect(turns[0]?.toolResults).toMatchObject([
        { name, isError: true, result: `There is no tool "${name}". Available: weather, time.` },
      ]);
    },
  );

  it("get the signal of the call, their id, and the conversation up to the call", async () => {
    local.reply({ text: "Let me see.", toolCalls: [{ name: "look", args: {} }] }, { text: "Done." });
    const controller = new AbortController();
    let seen: unknown;
    let aborts: boolean | undefined;
    const look = tool({
      parameters: anything,
      execute: (_, { signal, toolCallId, messages }) => {
        seen = { toolCallId, roles: messages.map(({ role }) => role), aborted: signal.aborted };
        aborts = signal instanceof AbortSignal;
      },
    });
    const { turns } = await ask(mode, local.gateway(), {
      prompt: "Go.",
      system: "Be brief.",
      tools: { look },
      signal: controller.signal,
    });
    expect(seen).toEqual({ toolCallId: turns[0]?.toolCalls[0]?.id, roles: ["system", "user", "assistant"], aborted: false });
    expect(aborts).toBe(true);
  });

  it("are aborted with the call, which rejects with the signal's own reason though a tool never ends", async () => {
    local.reply({
      toolCalls: [
        { name: "hang", args: {} },
        { name: "hang", args: {} },
      ],
    });
    const controller = new AbortController();
    const reason = new Error("the user left");
    const told: unknown[] = [];
    const hang = tool({
      parameters: anything,
      execute: (_, { signal }) => {
        signal.addEventListener("abort", () => told.push(signal.reason));
        if (told.push("started") === 2) controller.abort(reason);
        return new Promise(() => {});
      },
    });
    const call = ask(mode, local.gateway(), { prompt: "Go.", tools: { hang }, signal: controller.signal });
    await expect(call).rejects.toBe(reason);
    expect(told).toEqual(["started", "started", reason, reason]);
    expect(local.requests).toHaveLength(1);
  });

  it("that never look at the signal do not keep a check of their arguments waiting either", async () => {
    local.reply({ toolCalls: [{ name: "hang", args: {} }] });
    const controller = new AbortController();
    const hang = tool({
      parameters: z.object({}).refine(() => {
        controller.abort(new Error("enough"));
        return new Promise<boolean>(() => {});
      }),
      execute: () => "never",
    });
    await expect(ask(mode, local.gateway(), { prompt: "Go.", tools: { hang }, signal: controller.signal })).rejects.toThrow(
      "enough",
    );
  });
});

describe("results", () => {
  const circular: Record<string, unknown> = { name: "loop", count: 3 };
  circular.self = circular;
  class Locked {
    get secret(): string {
      throw new Error("locked");
    }
    toJSON() {
      throw new Error("locked");
    }
  }
  const results: [what: string, result: unknown, content: unknown][] = [
    ["a text as it is", "sunny", "sunny"],
    ["an empty text", "", ""],
    ["an object as JSON", { c: 21, list: [1, null] }, '{"c":21,"list":[1,null]}'],
    ["a number", 21.5, "21.5"],
    ["false", false, "false"],
    ["null", null, "null"],
    ["a list", ["a", 1], '["a",1]'],
    ["nothing", undefined, "Done; there is no result."],
    ["a BigInt as its digits", { id: 12345678901234567890n }, '{"id":"12345678901234567890"}'],
    ["a bare BigInt", 5n, '"5"'],
    ["a date", new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ["a function", () => 1, "Done; the result is a function."],
    ["a symbol", Symbol("x"), "Done; the result is a symbol."],
    ["a circular object", circular, "Done; the result can't be written as JSON: { name: loop, count: 3, self: … }"],
    ["an object that refuses to be read", new Locked(), "Done; the result can't be written as JSON."],
    ["an error that was returned", new RangeError("too far"), "RangeError: too far"],
    ["a map", new Map([["a", 1]]), '[["a",1]]'],
    ["a set", new Set(["a", "b"]), '["a","b"]'],
    [
      "text parts",
      [
        { type: "text", text: "one" },
        { type: "text", text: "two" },
      ],
      [
        { type: "text", text: "one" },
        { type: "text", text: "two" },
      ],
    ],
    [
      "an image part, which OpenAI accepts from the user alone",
      [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }],
      [
        { type: "text", text: expect.stringContaining("Media returned by tool call") },
        { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
      ],
    ],
    ["a list that only looks like parts", [{ type: "text" }], '[{"type":"text"}]'],
    ["an empty list", [], "[]"],
  ];

  it.each(results)("reach the model: %s", async (_, result, content) => {
    local.reply({ toolCalls: [{ name: "get", args: {} }] }, { text: "Done." });
    const get = tool({ parameters: anything, execute: () => result });
    const { turns } = await local.gateway().chat({ prompt: "Go.", tools: { get } });
    expect(local.sent().at(-1)?.content).toEqual(content);
    expect(turns[0]?.toolResults[0]).toMatchObject({ isError: false });
    expect(turns[0]?.toolResults[0]?.result).toBe(result);
  });

  it("that are circular do not hide the error of a later turn", async () => {
    local.reply({ toolCalls: [{ name: "get", args: {} }] }, { error: { status: 400 } });
    const get = tool({ parameters: anything, execute: () => circular });
    const call = local.gateway().chat({ prompt: "Go.", tools: { get } });
    await expect(call).rejects.toMatchObject({ code: "bad-request", partial: { turns: [{ toolResults: [{ name: "get" }] }] } });
  });
});

describe("the events of a stream", () => {
  it("tell of calls, and of results as they come, before the next turn begins", async () => {
    const { waited, waiting } = gate();
    local.reply(three, { text: "Done." });
    const told: string[] = [];
    for await (const event of local.gateway().stream({ prompt: "Go.", tools: { waited } })) {
      if (event.type === "tool-call") told.push(`call ${JSON.stringify(event.args)}`);
      else if (event.type === "tool-result") told.push(`result ${event.result}, ${event.durationMs >= 0}`);
      else if (event.type.startsWith("turn") || event.type === "finish") told.push(event.type);
      if (told.at(-1) === 'call {"n":3}') setImmediate(() => waiting[2]?.("third"));
      if (event.type === "tool-result" && event.result === "third") waiting[0]?.("first");
      if (event.type === "tool-result" && event.result === "first") waiting[1]?.("second");
    }
    expect(told).toEqual([
      "turn-start",
      'call {"n":1}',
      'call {"n":2}',
      'call {"n":3}',
      "result third, true",
      "result first, true",
      "result second, true",
      "turn-end",
      "turn-start",
      "turn-end",
      "finish",
    ]);
  });
});
