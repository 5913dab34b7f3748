import { Readable } from "node:stream";
import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../../local-gateway.ts";
import { transcriptProblems } from "./transcript.ts";

const local = useLocalGateway();
const anything = z.object({}).loose();
/** A tool that waits until one of `waiting` is called. */
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
  it("run concurrently, and their results are in call order", async () => {
    const { waited, waiting, log } = gate();
    local.reply(three, { text: "Done." });
    const order: string[] = [];
    const result = ask(mode, local.client(), {
      prompt: "Go.",
      tools: { waited },
      onToolCall: ({ args }) => {
        order.push(JSON.stringify(args));
        // None can finish before the last one has started.
        if (order.length === 3) setImmediate(() => waiting.reverse().forEach((end, index) => void end(`answer ${3 - index}`)));
      },
    });
    const { turns, messages } = await result;
    expect(log).toEqual(["start 1", "start 2", "start 3"]);
    expect(turns[0]?.toolResults.map(({ result }) => result)).toEqual(["answer 1", "answer 2", "answer 3"]);
    const ids = turns[0]?.toolCalls.map(({ id }) => id);
    expect(turns[0]?.toolResults.map(({ toolCallId }) => toolCallId)).toEqual(ids);
    expect(local.sentMessages().slice(-3)).toEqual(
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
      const { turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { counted }, toolConcurrency });
      expect(most).toBe(expected);
      expect(turns[0]?.toolResults).toHaveLength(7);
    }
  });

  it("report a throw, synchronous or not, and a timeout to the model", async () => {
    local.reply({ toolCalls: ["sync", "async", "slow", "text"].map((name) => ({ name, args: {} })) }, { text: "Sorry." });
    const aborted: unknown[] = [];
    const { turns, text } = await ask(mode, local.client({ toolTimeout: 60_000 }), {
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
        .sentMessages()
        .slice(-4)
        .map(({ content }) => content),
    ).toEqual(turns[0]?.toolResults.map(({ result }) => result));
  });

  it("use toolTimeout unless they have their own timeout", async () => {
    local.reply({ toolCalls: [{ name: "slow", args: {} }] }, { text: "Sorry." });
    const slow = tool({ parameters: anything, execute: () => new Promise(() => {}) });
    const { turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { slow }, toolTimeout: 5 });
    expect(turns[0]?.toolResults[0]?.result).toBe("slow failed: it took longer than 5 ms");
  });

  it("do not run with invalid arguments: the tool result says what to correct", async () => {
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
    const { turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { weather } });
    expect(ran).toEqual([{ city: "Rome" }]);
    const [seen] = turns[0]?.toolResults ?? [];
    expect(seen).toMatchObject({ isError: true, args: { city: 7, days: "two" } });
    expect(seen?.result).toMatch(/^Invalid arguments for weather: \/city: .*string.*; \/days: .*number/);
  });

  it("have their arguments validated by plain JSON Schema too", async () => {
    const ran: unknown[] = [];
    const parameters = { type: "object", properties: { city: { type: "string", format: "email" } }, required: ["city"] } as const;
    local.reply({ toolCalls: [{ name: "mail", args: { city: "Rome" } }] }, { text: "Done." });
    const { turns } = await ask(mode, local.client(), {
      prompt: "Go.",
      tools: { mail: tool({ parameters, execute: (args) => void ran.push(args.city) }) },
    });
    expect(ran).toEqual([]);
    expect(turns[0]?.toolResults[0]?.result).toContain('/city: must match format "email"');
  });

  it("get the schema's transformed arguments, while the turn shows what the model wrote", async () => {
    local.reply({ toolCalls: [{ name: "plan", args: { on: "2026-03-01" } }] }, { text: "Done." });
    const got: unknown[] = [];
    const plan = tool({
      parameters: z.object({ on: z.iso.date().transform((text) => new Date(text)), days: z.number().default(3) }),
      execute: (args) => void got.push(args),
    });
    const { turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { plan } });
    expect(got).toEqual([{ on: new Date("2026-03-01"), days: 3 }]);
    expect(turns[0]?.toolCalls[0]?.args).toEqual({ on: "2026-03-01" });
    expect(turns[0]?.toolResults[0]?.args).toEqual({ on: new Date("2026-03-01"), days: 3 });
  });

  it.each(["constructor", "__proto__", "toString", "weahter"])(
    "answer a call to the unknown tool %s with the available names",
    async (name) => {
      local.reply({ toolCalls: [{ name, args: {} }] }, { text: "Sorry." });
      const tools = {
        weather: tool({ parameters: anything, execute: () => "sunny" }),
        time: tool({ parameters: anything, execute: () => "noon" }),
      };
      const { turns, text } = await ask(mode, local.client(), { prompt: "Go.", tools });
      expect(text).toBe("Sorry.");
      expect(turns[0]?.toolResults).toMatchObject([
        { name, isError: true, result: `There is no tool "${name}". Available: weather, time.` },
      ]);
    },
  );

  it("get the call's signal and ID, and the conversation up to the call", async () => {
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
    const { turns } = await ask(mode, local.client(), {
      prompt: "Go.",
      system: "Be brief.",
      tools: { look },
      signal: controller.signal,
    });
    expect(seen).toEqual({ toolCallId: turns[0]?.toolCalls[0]?.id, roles: ["system", "user", "assistant"], aborted: false });
    expect(aborts).toBe(true);
  });

  it("are aborted with the chat, which rejects with the signal's reason even if a tool never settles", async () => {
    local.reply({
      toolCalls: [
        { name: "hang", args: {} },
        { name: "hang", args: {} },
      ],
    });
    const controller = new AbortController();
    const reason = new Error("the user left");
    const seen: unknown[] = [];
    const hang = tool({
      parameters: anything,
      execute: (_, { signal }) => {
        signal.addEventListener("abort", () => seen.push(signal.reason));
        if (seen.push("started") === 2) controller.abort(reason);
        return new Promise(() => {});
      },
    });
    const call = ask(mode, local.client(), { prompt: "Go.", tools: { hang }, signal: controller.signal });
    await expect(call).rejects.toBe(reason);
    expect(seen).toEqual(["started", "started", reason, reason]);
    expect(local.requests).toHaveLength(1);
  });

  it.each(["returns", "throws"])("do not start after a synchronous one that aborts the chat and %s", async (how) => {
    local.reply({ toolCalls: ["a", "b", "c"].map((name) => ({ name, args: {} })) });
    const controller = new AbortController();
    const started: string[] = [];
    const stop = (name: string) =>
      tool({
        parameters: anything,
        execute: () => {
          started.push(name);
          controller.abort(new Error("the user left"));
          if (how === "throws") throw new Error("aborted");
        },
      });
    const tools = { a: stop("a"), b: stop("b"), c: stop("c") };
    await expect(ask(mode, local.client(), { prompt: "Go.", tools, signal: controller.signal })).rejects.toThrow("the user left");
    expect(started).toEqual(["a"]);
  });

  it("are aborted while an asynchronous validation of their arguments is pending", async () => {
    local.reply({ toolCalls: [{ name: "hang", args: {} }] });
    const controller = new AbortController();
    const hang = tool({
      parameters: z.object({}).refine(() => {
        controller.abort(new Error("enough"));
        return new Promise<boolean>(() => {});
      }),
      execute: () => "never",
    });
    await expect(ask(mode, local.client(), { prompt: "Go.", tools: { hang }, signal: controller.signal })).rejects.toThrow(
      "enough",
    );
  });
});

describe("tool results", () => {
  const circular: Record<string, unknown> = { name: "loop", count: 3 };
  circular.self = circular;
  let deep: unknown = "bottom";
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  class Locked {
    get secret(): string {
      throw new Error("locked");
    }
    toJSON() {
      throw new Error("locked");
    }
  }
  const results: [what: string, result: unknown, content: unknown][] = [
    ["a string as it is", "sunny", "sunny"],
    ["an empty string", "", ""],
    ["an object as JSON", { c: 21, list: [1, null] }, '{"c":21,"list":[1,null]}'],
    ["a number", 21.5, "21.5"],
    ["false", false, "false"],
    ["null", null, "null"],
    ["a list", ["a", 1], '["a",1]'],
    ["nothing", undefined, "Completed with no return value."],
    ["a BigInt as its digits", { id: 12345678901234567890n }, '{"id":"12345678901234567890"}'],
    ["a bare BigInt", 5n, '"5"'],
    ["a date", new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ["a circular object", circular, '{"name":"loop","count":3,"self":"[circular]"}'],
    ["an object that can't be read", new Locked(), '"[unreadable]"'],
    [
      "the other properties of an object with a getter that throws",
      {
        get a() {
          throw new Error("no");
        },
        b: 1,
      },
      '{"a":"[unreadable]","b":1}',
    ],
    ["an object that is nested too deeply", deep, expect.stringContaining('["[nested too deeply]"]')],
    ["headers", new Headers({ a: "1" }), '{"a":"1"}'],
    [
      "a URL and its parameters",
      { url: new URL("https://a.example/"), query: new URLSearchParams("b=1") },
      '{"url":"https://a.example/","query":"b=1"}',
    ],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ["an object without its methods", { a: 1, save() {} }, '{"a":1}'],
    ["numbers of a typed array", new Float32Array([1, 2.5]), "[1,2.5]"],
    [
      "errors within an object, without their other fields",
      { error: Object.assign(new Error("no"), { token: "x" }) },
      '{"error":"Error: no"}',
    ],
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
    const { turns } = await local.client().chat({ prompt: "Go.", tools: { get } });
    expect(local.sentMessages().at(-1)?.content).toEqual(content);
    expect(turns[0]?.toolResults[0]).toMatchObject({ isError: false });
    expect(turns[0]?.toolResults[0]?.result).toBe(result);
  });

  it("with circular references do not hide the error of a later turn", async () => {
    local.reply({ toolCalls: [{ name: "get", args: {} }] }, { error: { status: 400 } });
    const get = tool({ parameters: anything, execute: () => circular });
    const call = local.client().chat({ prompt: "Go.", tools: { get } });
    await expect(call).rejects.toMatchObject({ code: "bad-request", partial: { turns: [{ toolResults: [{ name: "get" }] }] } });
  });
});

describe("tool results that JSON can't represent", () => {
  const values: [kind: string, make: () => unknown, said: string][] = [
    ["a Response", () => new Response("body"), "a Response. Return its content"],
    ["a Blob", () => new Blob(["bytes"]), "a Blob. Return its text"],
    ["a stream", () => new Blob(["bytes"]).stream(), "a stream. Return its content"],
    ["a stream of Node", () => Readable.from(["bytes"]), "a stream. Return its content"],
    ["bytes", () => new Uint8Array(2_000), "binary data"],
    ["a Buffer", () => Buffer.alloc(2_000), "binary data"],
    ["form data", () => new FormData(), "FormData"],
    ["a function", () => () => 1, "a function"],
    ["a symbol", () => Symbol("x"), "a symbol"],
    ["a promise within an object", () => ({ user: Promise.resolve(1) }), "a promise inside its result. Await it first"],
    ["a Response within an array", () => [{ response: new Response("body") }], "a Response"],
  ];

  it.each(values)("are a tool error that says what to return instead: %s", async (_, make, said) => {
    local.reply({ toolCalls: [{ name: "get", args: {} }] }, { text: "Done." });
    const { turns } = await local.client().chat({ prompt: "Go.", tools: { get: tool({ parameters: anything, execute: make }) } });
    expect(turns[0]?.toolResults).toMatchObject([
      { isError: true, result: expect.stringContaining(`get failed: it returned ${said}`) },
    ]);
    expect(local.sentMessages().at(-1)?.content).toBe(turns[0]?.toolResults[0]?.result);
  });

  it.each([
    ["an object without a prototype", Object.create(null), "get failed: {}"],
    ["a plain object", { code: 7 }, 'get failed: {"code":7}'],
    [
      "an error whose message can't be read",
      Object.defineProperty(new Error("x"), "message", {
        get: () => {
          throw new Error("no");
        },
      }),
      "get failed: an error that can't be read",
    ],
    ["a very long message", new Error("x".repeat(10_000)), expect.stringMatching(/^get failed: x{2000}…$/)],
  ])("are tool errors with a readable message when they are thrown: %s", async (_, thrown, said) => {
    local.reply({ toolCalls: [{ name: "get", args: {} }] }, { text: "Done." });
    const get = tool({
      parameters: anything,
      execute: () => {
        throw thrown;
      },
    });
    const { turns } = await local.client().chat({ prompt: "Go.", tools: { get } });
    expect(turns[0]?.toolResults).toMatchObject([{ isError: true, result: said }]);
  });
});

describe("content parts in tool results", () => {
  const image = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } };
  const contents: [what: string, result: unknown, content: unknown, isError?: boolean][] = [
    ["a single image part", image, [image]],
    ["strings between parts", ["Before:", image], [{ type: "text", text: "Before:" }, image]],
    [
      "an MCP result with text alone, as a string",
      {
        content: [
          { type: "text", text: "one" },
          { type: "text", text: "two" },
        ],
      },
      "one\ntwo",
    ],
    ["an MCP error", { content: [{ type: "text", text: "no such file" }], isError: true }, "no such file", true],
    ["an MCP image", { content: [{ type: "image", data: "AA==", mimeType: "image/png" }] }, [image]],
    [
      "MCP audio",
      { content: [{ type: "audio", data: "AA==", mimeType: "audio/mpeg" }] },
      [{ type: "input_audio", input_audio: { data: "AA==", format: "mp3" } }],
    ],
    ["MCP blocks without the result around them", [{ type: "image", data: "AA==", mimeType: "image/png" }], [image]],
    [
      "an embedded text resource",
      { content: [{ type: "resource", resource: { uri: "file:///a.txt", text: "hello" } }] },
      "hello",
    ],
    [
      "an embedded file",
      { content: [{ type: "resource", resource: { uri: "file:///a.pdf", mimeType: "application/pdf", blob: "AA==" } }] },
      [{ type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AA==" } }],
    ],
    ["a resource link", { content: [{ type: "resource_link", uri: "https://a.example/", name: "A" }] }, "A https://a.example/"],
    ["structured content without blocks", { content: [], structuredContent: { a: 1 } }, '{"a":1}'],
    [
      "data that only has a content",
      { content: [{ type: "text", text: "x" }], title: "T" },
      '{"content":[{"type":"text","text":"x"}],"title":"T"}',
    ],
    ["data with parts of unknown kinds", { content: [{ type: "hologram" }] }, '{"content":[{"type":"hologram"}]}'],
  ];

  it.each(contents)("reaches the model: %s", async (_, result, content, isError = false) => {
    local.reply({ toolCalls: [{ name: "get", args: {} }] }, { text: "Done." });
    const get = tool({ parameters: anything, execute: () => result });
    const { turns, messages } = await local.client().chat({ prompt: "Go.", tools: { get } });
    expect(messages.find(({ role }) => role === "tool")?.content).toEqual(content);
    expect(turns[0]?.toolResults).toMatchObject([{ isError, result }]);
  });
});

describe("onToolCall", () => {
  const run = async (returned: unknown) => {
    local.reset();
    let ran = 0;
    local.reply({ toolCalls: [{ name: "get", args: {} }] }, { text: "Done." });
    const get = tool({ parameters: anything, execute: () => ++ran });
    const onToolCall = () => returned as undefined;
    const chat = local.client().chat({ prompt: "Go.", tools: { get }, onToolCall });
    return {
      error: await chat.then(
        () => undefined,
        (error: unknown) => error,
      ),
      ran,
    };
  };

  it.each([undefined, null, false])("that returns %s changes nothing", async (returned) => {
    expect(await run(returned)).toEqual({ error: undefined, ran: 1 });
  });

  it.each([[true], [{}], ["yes"], [0], [[]]])("that returns %j is a ConfigurationError, not a result", async (returned) => {
    const { error, ran } = await run(returned);
    expect(error).toMatchObject({ code: "configuration", issues: [{ option: "onToolCall" }] });
    expect(ran).toBe(0);
  });
});

describe("the events of a stream", () => {
  it("include the calls, then each result as it completes, before the next turn starts", async () => {
    const { waited, waiting } = gate();
    local.reply(three, { text: "Done." });
    const seen: string[] = [];
    for await (const event of local.client().stream({ prompt: "Go.", tools: { waited } })) {
      if (event.type === "tool-call") seen.push(`call ${JSON.stringify(event.args)}`);
      else if (event.type === "tool-result") seen.push(`result ${event.result}, ${event.durationMs >= 0}`);
      else if (event.type.startsWith("turn") || event.type === "finish") seen.push(event.type);
      if (seen.at(-1) === 'call {"n":3}') setImmediate(() => waiting[2]?.("third"));
      if (event.type === "tool-result" && event.result === "third") waiting[0]?.("first");
      if (event.type === "tool-result" && event.result === "first") waiting[1]?.("second");
    }
    expect(seen).toEqual([
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
