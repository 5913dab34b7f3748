import {
  AuthenticationError,
  ConfigurationError,
  GatewayError,
  InsufficientCreditsError,
  type Message,
  OutputValidationError,
  ProviderError,
  RateLimitError,
  StreamError,
  tool,
} from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../local-gateway.ts";
import { transcriptProblems } from "./turn-loop/transcript.ts";
import { answer, streamed, wireCall } from "./turn-loop/wire.ts";

/** Faults of [arshai](../../docs/arshai.md) that this client must not repeat: errors returned as text, truncated calls executed, turns not counted, and more. */
const local = useLocalGateway();
const anything = z.object({}).loose();
const calls = (...names: string[]) => ({ toolCalls: names.map((name) => ({ name, args: {} })) });

describe.each(modes)("with %s", (mode) => {
  it("unknown tools, repeated background calls and empty answers all count towards maxTurns", async () => {
    let ran = 0;
    const note = tool({ parameters: anything, execute: () => ran++ });
    const gateway = local.client({ maxTurns: 3 });
    local.reply(...Array.from({ length: 9 }, () => calls("nobody")));
    expect(await ask(mode, gateway, { prompt: "Go.", tools: { look: note } })).toMatchObject({ finishReason: "max-turns" });
    expect(local.requests).toHaveLength(3);
    local.reset();
    local.reply(...Array.from({ length: 9 }, () => calls("note")));
    await ask(mode, gateway, { prompt: "Go.", backgroundTasks: { note } });
    await gateway.settled();
    expect(local.requests).toHaveLength(3);
    expect(ran).toBe(2);
    local.reset();
    local.reply(answer(mode, { content: "" }), answer(mode, { content: "" }));
    expect(await ask(mode, gateway, { prompt: "Go.", tools: { look: note } })).toMatchObject({ text: "", finishReason: "stop" });
    expect(local.requests).toHaveLength(1);
  });

  it("results, failures included, are sent back as tool messages after the calls that they answer", async () => {
    local.reply(
      {
        toolCalls: [
          { name: "good", args: { n: 1 } },
          { name: "bad", args: {} },
        ],
      },
      { text: "Done." },
    );
    const good = tool({ parameters: anything, execute: () => ({ ok: true }) });
    const bad = tool({ parameters: anything, execute: () => Promise.reject(new Error("no network")) });
    await ask(mode, local.client(), { prompt: "Go.", tools: { good, bad } });
    const [, assistant, first, second] = local.sentMessages();
    const ids = assistant?.role === "assistant" ? (assistant.tool_calls ?? []).map(({ id }) => id) : [];
    expect(assistant).toMatchObject({
      tool_calls: [{ function: { name: "good", arguments: '{"n":1}' } }, { function: { name: "bad" } }],
    });
    expect([first, second]).toEqual([
      { role: "tool", tool_call_id: ids[0], content: '{"ok":true}' },
      { role: "tool", tool_call_id: ids[1], content: "bad failed: no network" },
    ]);
  });

  it("errors are thrown with their class, never returned as text", async () => {
    for (const [status, type] of [
      [429, RateLimitError],
      [401, AuthenticationError],
      [402, InsufficientCreditsError],
    ] as const) {
      local.reply({ error: { status } });
      const error = await ask(mode, local.client({ maxRetries: 0 }), { prompt: "Go." }).catch((caught) => caught);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ status });
    }
  });

  it("every sampling option is sent if it is set, and absent otherwise", async () => {
    await ask(mode, local.client({ topP: 0.9, frequencyPenalty: 0.5, presencePenalty: -0.5 }), { prompt: "Go." });
    expect(local.requests[0]?.body).toMatchObject({ top_p: 0.9, frequency_penalty: 0.5, presence_penalty: -0.5 });
    await ask(mode, local.client(), { prompt: "Go." });
    const streaming = mode === "stream" ? ["stream", "stream_options"] : [];
    expect(Object.keys(local.requests[1]?.body)).toEqual(["model", "messages", ...streaming]);
  });

  it("optional, literal, enum and array parameters keep their types and descriptions", async () => {
    const parameters = z.object({
      unit: z.enum(["c", "f"]).describe("Of the temperature"),
      kind: z.literal("daily"),
      days: z.array(z.int()).optional(),
    });
    await ask(mode, local.client(), { prompt: "Hello.", tools: { weather: tool({ parameters }) } });
    expect(local.requests[0]?.body.tools[0].function.parameters).toMatchObject({
      properties: {
        unit: { type: "string", enum: ["c", "f"], description: "Of the temperature" },
        kind: { type: "string", const: "daily" },
        days: { type: "array", items: { type: "integer" } },
      },
      required: ["unit", "kind"],
    });
  });

  it("an output is forced, re-requested with the issues, explained when it fails, and the other calls run", async () => {
    const output = z.object({ title: z.string().min(3), pages: z.number() });
    let ran = 0;
    const save = tool({ parameters: anything, execute: () => ++ran });
    const gateway = local.client({ outputStrategy: "tool" });
    local.reply(calls("output"), {
      toolCalls: [
        { name: "output", args: { title: "A long title", pages: 3 } },
        { name: "save", args: {} },
      ],
    });
    const result = await ask(mode, gateway, { prompt: "Go.", output, tools: { save }, maxTurns: 1 });
    expect(local.requests[0]?.body.tool_choice).toEqual({ type: "function", function: { name: "output" } });
    expect(local.sentMessages().at(-1)?.content).toMatch(/\/title[\s\S]*\/pages/);
    expect(result.output).toEqual({ title: "A long title", pages: 3 });
    local.reply({
      toolCalls: [
        { name: "output", args: { title: "A long title", pages: 3 } },
        { name: "save", args: {} },
      ],
    });
    expect(await ask(mode, gateway, { prompt: "Go.", output, tools: { save } })).toMatchObject({ output: { pages: 3 } });
    expect(ran).toBe(1);
    local.reply(answer(mode, { tool_calls: [wireCall("c", "output", '{"title": "A long t')] }));
    const error = await ask(mode, gateway, { prompt: "Go.", output, outputRetries: 0 }).catch((caught) => caught);
    expect(error).toBeInstanceOf(OutputValidationError);
    expect(error).toMatchObject({ reason: "invalid", text: '{"title": "A long t', issues: [{ path: "" }] });
  });

  it("missing choices, a refusal, a content filter and a truncation are reported distinctly", async () => {
    const gateway = local.client({ maxRetries: 0 });
    if (mode === "chat") {
      local.reply({ status: 200, body: '{"id": "x", "choices": []}' });
      await expect(ask(mode, gateway, { prompt: "Go." })).rejects.toBeInstanceOf(ProviderError);
    } else {
      local.reply({ fault: "truncate" });
      const error = await ask(mode, gateway, { prompt: "Capital of France?" }).catch((caught) => caught);
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ reason: "truncated", partial: { text: expect.stringMatching(/./) } });
    }
    local.reply(answer(mode, { refusal: "I can't." }));
    expect(await ask(mode, gateway, { prompt: "Go." })).toMatchObject({ refusal: "I can't.", text: "" });
    local.reply({ text: "Bad", finishReason: "content_filter" });
    expect(await ask(mode, gateway, { prompt: "Go." })).toMatchObject({ finishReason: "content-filter" });
    local.reply({ text: "Once upon", finishReason: "length" });
    expect(await ask(mode, gateway, { prompt: "Go." })).toMatchObject({ finishReason: "length", text: "Once upon" });
  });

  it("in the last turn no tool runs, and the text next to the calls is kept", async () => {
    let ran = 0;
    const look = tool({ parameters: anything, execute: () => ++ran });
    local.reply(calls("look"), { text: "As far as I know.", ...calls("look") });
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, maxTurns: 2 });
    expect(ran).toBe(1);
    expect(result).toMatchObject({ text: "As far as I know.", finishReason: "max-turns" });
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("conversations can be continued, calls can be cancelled, tools have timeouts, and options are validated", async () => {
    const gateway = local.client();
    const { messages } = await ask(mode, gateway, { prompt: "My name is Ada." });
    const next: Message = { role: "user", content: "Who am I?" };
    await ask(mode, gateway, { messages: [...messages, next] });
    expect(local.sentMessages()).toEqual([...messages, next]);

    const controller = new AbortController();
    local.reply({ fault: "stall" });
    const cancelled = ask(mode, gateway, { prompt: "Go.", signal: controller.signal });
    setImmediate(() => controller.abort(new Error("cancelled")));
    await expect(cancelled).rejects.toThrow("cancelled");

    local.reply(calls("slow"), { text: "It took too long." });
    const slow = tool({ parameters: anything, timeout: 5, execute: () => new Promise(() => {}) });
    const { turns } = await ask(mode, gateway, { prompt: "Go.", tools: { slow } });
    expect(turns[0]?.toolResults[0]).toMatchObject({ isError: true, result: expect.stringContaining("5 ms") });

    for (const options of [{ maxTurns: -1 }, { maxTurns: 0 }, { temperature: 9 }]) {
      await expect(ask(mode, gateway, { prompt: "Go.", ...options })).rejects.toBeInstanceOf(ConfigurationError);
    }
    expect(() => local.client({ accountId: "" })).toThrow(ConfigurationError);
    expect(() => local.client({ gatewayId: "team/" })).toThrow(ConfigurationError);
  });
});

describe("with a stream", () => {
  it("each text event contains only the new text, never the text so far", async () => {
    local.reply({ text: "The quick brown fox jumps." });
    const pieces: string[] = [];
    const stream = local.client().stream({ prompt: "Go." });
    for await (const piece of stream.text) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe("The quick brown fox jumps.");
    expect((await stream.result).text).toBe("The quick brown fox jumps.");
  });

  it("the event loop is not blocked, the tools of a turn overlap, and no background task delays the stream", async () => {
    let together = 0;
    let meet: () => void = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    // Resolves only once the other one has started too.
    const wait = tool({
      parameters: anything,
      execute: () => {
        if (++together === 2) meet();
        return met;
      },
    });
    local.reply(calls("wait", "wait"), { text: "Both." });
    const gateway = local.client();
    expect((await gateway.stream({ prompt: "Go.", tools: { wait } }).result).text).toBe("Both.");

    let end: (value: unknown) => void = () => {};
    const forever = new Promise((resolve) => {
      end = resolve;
    });
    const note = tool({ parameters: anything, execute: () => forever });
    local.reply(calls("note"), { text: "Noted." });
    const result = await gateway.stream({ prompt: "Go.", backgroundTasks: { note } }).result;
    expect(result.text).toBe("Noted.");
    end("later");
    expect(await result.backgroundTasks[0]?.done).toBe("later");
  });

  it("streamed calls run once, with the intended arguments, or not at all", async () => {
    const ran: unknown[] = [];
    const look = tool({ parameters: anything, execute: (args) => void ran.push(args) });
    const piece = (index: number, args: string, more: object = {}) => ({
      tool_calls: [{ index, ...more, function: { arguments: args } }],
    });
    const named = (id: string) => ({ id, function: { name: "look", arguments: "" } });
    const cases: [what: string, deltas: object[], expected: unknown[]][] = [
      ["empty arguments", [{ tool_calls: [{ index: 0, ...named("a") }] }], [{}]],
      [
        "arguments in pieces",
        [{ tool_calls: [{ index: 0, ...named("a") }] }, piece(0, '{"city"'), piece(0, ': "Rome"}')],
        [{ city: "Rome" }],
      ],
      [
        "two ids on one index",
        [
          { tool_calls: [{ index: 0, ...named("a") }] },
          piece(0, '{"n": 1}'),
          { tool_calls: [{ index: 0, ...named("b") }] },
          piece(0, '{"n": 2}'),
        ],
        [{ n: 1 }, { n: 2 }],
      ],
      [
        "a late id",
        [{ tool_calls: [{ index: 0, function: { name: "look", arguments: '{"n": 1}' } }] }, piece(0, "", { id: "late" })],
        [{ n: 1 }],
      ],
      ["malformed arguments", [{ tool_calls: [{ index: 0, ...named("a") }] }, piece(0, '{"n": ')], []],
    ];
    for (const [what, deltas, expected] of cases) {
      ran.length = 0;
      local.reply(streamed(deltas as Record<string, unknown>[], "tool_calls"), { text: "Done." });
      await local.client().stream({ prompt: "Go.", tools: { look } }).result;
      expect(ran, what).toEqual(expected);
    }
  });

  it("usage is requested, and usage that every chunk repeats counts once", async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };
    const chunk = (delta: object, finish_reason: string | null) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }], usage })}\n\n`;
    local.reply({
      status: 200,
      body: `${chunk({ content: "a" }, null)}${chunk({ content: "b" }, null)}${chunk({}, "stop")}data: [DONE]\n\n`,
    });
    const result = await local.client().stream({ prompt: "Go." }).result;
    expect(result.usage).toMatchObject({ inputTokens: 10, outputTokens: 2, totalTokens: 12 });
    expect(local.requests[0]?.body.stream_options).toEqual({ include_usage: true });
  });

  it("every error is a GatewayError", async () => {
    local.reply({ error: { status: 429 } });
    const error = await local
      .client({ maxRetries: 0 })
      .stream({ prompt: "Go." })
      .result.catch((caught) => caught);
    expect(GatewayError.is(error)).toBe(true);
  });
});
