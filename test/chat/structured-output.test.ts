import { type } from "arktype";
import {
  BadRequestError,
  type ChatResult,
  ConfigurationError,
  type Gateway,
  type OutputStrategy,
  OutputValidationError,
  tool,
} from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import * as v from "valibot";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { ask, type Mode, modes, useLocalGateway } from "../local-gateway.ts";
import { transcriptProblems } from "./turn-loop/transcript.ts";
import { answer, wireCall } from "./turn-loop/wire.ts";

const local = useLocalGateway();
const city = z.object({ city: z.string(), days: z.number() });
const rome = { city: "Rome", days: 3 };
const json = (value: unknown) => ({ text: JSON.stringify(value) });
const strategies: readonly OutputStrategy[] = ["json-schema", "tool", "json-object", "prompt"];

/** Responses of a provider that does not support a strategy. */
const unsupported: Record<Exclude<OutputStrategy, "prompt">, ScriptedReply> = {
  "json-schema": {
    error: {
      status: 400,
      body: { error: { message: "'response_format' of type 'json_schema' is not supported with this model." } },
    },
  },
  tool: { error: { status: 400, body: { error: { message: "This model does not support tool_choice." } } } },
  "json-object": {
    error: {
      status: 400,
      body: { error: { message: "'response_format' of type 'json_object' is not supported with this model." } },
    },
  },
};

/** The strategy that a request used. */
function getStrategy(index: number): OutputStrategy | "not" {
  const { response_format, tools, tool_choice, messages } = local.requests[index]?.body ?? {};
  if (response_format?.type === "json_schema") return "json-schema";
  if (response_format?.type === "json_object") return "json-object";
  if (tools?.some((each: { function: { name: string } }) => each.function.name === "output"))
    return tool_choice?.function?.name === "output" ? "tool" : "not";
  return /JSON Schema/.test(messages[0]?.content) ? "prompt" : "not";
}

/** A reply that contains the value in the form that the strategy requests. */
const given = (strategy: OutputStrategy, value: unknown): ScriptedReply =>
  strategy === "tool" ? { toolCalls: [{ name: "output", args: value }] } : json(value);

describe.each(modes)("structured output, with %s", (mode) => {
  it("is the validated value, alongside the text that contained it", async () => {
    local.reply(json(rome));
    const result = await ask(mode, local.client(), { prompt: "Where?", output: city });
    expectTypeOf(result).toEqualTypeOf<ChatResult<{ city: string; days: number }>>();
    expect(result).toMatchObject({ output: rome, text: JSON.stringify(rome), finishReason: "stop", warnings: [] });
    expect(getStrategy(0)).toBe("json-schema");
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it.each(strategies)("accepts a schema with any root with the strategy %s", async (outputStrategy) => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const roots: [schema: z.ZodType, value: unknown][] = [
      [z.array(city), [rome]],
      [z.enum(["sun", "rain"]), "rain"],
      [z.union([z.number(), z.object({ n: z.number() })]), { n: 1 }],
      [
        z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b"), b: z.number() })]),
        { kind: "b", b: 1 },
      ],
      [z.string().nullable(), null],
      [z.boolean(), false],
      [tree, { name: "a", children: [{ name: "b", children: [] }] }],
      [z.array(tree), [{ name: "a", children: [] }]],
    ];
    for (const [output, value] of roots) {
      const wrapped = typeof value === "object" && value !== null && !Array.isArray(value) && !(output instanceof z.ZodUnion);
      local.reply(given(outputStrategy, wrapped ? value : { value }));
      const result = await ask(mode, local.client({ outputStrategy }), { prompt: "Go.", output });
      expect(result.output).toEqual(value);
      expect(result.turns).toHaveLength(1);
      local.reset();
    }
  });

  it("accepts schemas of other libraries, and JSON Schema with its formats checked", async () => {
    const gateway = local.client();
    local.reply(json(rome));
    expect(
      (await ask(mode, gateway, { prompt: "Go.", output: v.object({ city: v.string(), days: v.number() }) })).output,
    ).toEqual(rome);
    local.reply(json(rome));
    expect((await ask(mode, gateway, { prompt: "Go.", output: type({ city: "string", days: "number" }) })).output).toEqual(rome);
    const output = { type: "object", properties: { on: { type: "string", format: "date" } }, required: ["on"] } as const;
    local.reply(json({ on: "tomorrow" }), json({ on: "2026-03-01" }));
    const result = await gateway.chat({ prompt: "Go.", output });
    expect(result.output.on).toBe("2026-03-01");
    expect(local.sentMessages().at(-1)?.content).toContain('/on: must match format "date"');
  });

  it("runs the refinements and transforms of the user's own schema", async () => {
    const output = z
      .object({ on: z.iso.date().transform((text) => new Date(text)), note: z.string().optional() })
      .refine(({ on }) => on.getUTCFullYear() === 2026, "it must be this year");
    local.reply(json({ on: "2025-01-01", note: null }), json({ on: "2026-01-01", note: null }));
    const result = await ask(mode, local.client(), { prompt: "When?", output });
    expect(result.output).toEqual({ on: new Date("2026-01-01") });
    expect(local.sentMessages().at(-1)).toMatchObject({ role: "user", content: expect.stringContaining("it must be this year") });
  });

  it("falls back to the next strategy while the provider does not support one, warns, and remembers it", async () => {
    const gateway = local.client();
    local.reply(unsupported["json-schema"], unsupported.tool, unsupported["json-object"], json(rome));
    const result = await ask(mode, gateway, { prompt: "Go.", output: city });
    expect(result.output).toEqual(rome);
    expect([0, 1, 2, 3].map(getStrategy)).toEqual(strategies);
    expect(result.warnings.map(({ code, option }) => [code, option])).toEqual(
      Array(3).fill(["strategy-fallback", "outputStrategy"]),
    );
    expect(result.turns).toMatchObject([{ attempts: 4 }]);
    expect(result.failedAttempts).toEqual([]);
    local.reply(json(rome), json(rome), json(rome));
    await ask(mode, gateway, { prompt: "Go.", output: city });
    await ask(mode, gateway.with({ temperature: 0 }), { prompt: "Go.", output: city });
    expect([4, 5].map(getStrategy)).toEqual(["prompt", "prompt"]);
    await ask(mode, gateway, { prompt: "Go.", output: city, model: "openai/gpt-4o" });
    expect(getStrategy(6)).toBe("json-schema");
  });

  it("throws the provider's error about the user's own schema", async () => {
    const message = "Invalid schema for response_format 'output': In context=(), 'minLength' is not permitted.";
    local.reply({ error: { status: 400, body: { error: { message, param: "response_format" } } } });
    const call = ask(mode, local.client(), { prompt: "Go.", output: city });
    await expect(call).rejects.toBeInstanceOf(BadRequestError);
    expect(local.requests).toHaveLength(1);
  });

  it("uses only the strategy given in outputStrategy", async () => {
    local.reply(unsupported["json-schema"]);
    const call = ask(mode, local.client({ outputStrategy: "json-schema" }), { prompt: "Go.", output: city });
    await expect(call).rejects.toBeInstanceOf(BadRequestError);
    expect(local.requests).toHaveLength(1);
  });

  it.each([
    ["anthropic/claude-haiku-4-5", "tool"],
    ["deepseek/deepseek-chat", "tool"],
    ["perplexity/sonar", "json-schema"],
    ["mistral/mistral-large-latest", "json-schema"],
  ] as const)("begins with the first strategy of the provider's row: %s with %s", async (model, strategy) => {
    local.reply(given(strategy, rome));
    const result = await ask(mode, local.client({ model }), { prompt: "Go.", output: city });
    expect(result.output).toEqual(rome);
    expect(getStrategy(0)).toBe(strategy);
  });

  it("uses the strategies of a row in the providers option", async () => {
    local.reply(json(rome));
    const gateway = local.client({ model: "custom-mine/m", providers: { "custom-mine": { outputStrategies: ["prompt"] } } });
    await ask(mode, gateway, { prompt: "Go.", output: city });
    expect(getStrategy(0)).toBe("prompt");
  });

  const fenced = `Here you are:\n\`\`\`json\n${JSON.stringify(rome)}\n\`\`\``;
  it.each(strategies)("finds JSON in a code fence or between prose with %s", async (outputStrategy) => {
    for (const text of [fenced, `Sure [1]. ${JSON.stringify(rome)} Anything else?`]) {
      local.reply({ text });
      const { output } = await ask(mode, local.client({ outputStrategy, outputRetries: 0 }), { prompt: "Go.", output: city });
      expect(output).toEqual(rome);
    }
  });

  it("rejects a schema that does not compile before anything is sent", async () => {
    const call = ask(mode, local.client(), { prompt: "Go.", output: { type: "strin" } });
    await expect(call).rejects.toBeInstanceOf(ConfigurationError);
    expect(local.requests).toEqual([]);
  });
});

describe.each(modes)("an invalid answer, with %s", (mode) => {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

  it("is re-asked with the issues; both are in turns and usage, but only one counts towards maxTurns", async () => {
    local.reply({ ...json({ city: "Rome", days: "x" }), usage }, { ...json(rome), usage });
    const result = await ask(mode, local.client(), { prompt: "Go.", output: city, maxTurns: 1 });
    expect(result).toMatchObject({ output: rome, text: JSON.stringify(rome), usage: { totalTokens: 30 }, turns: [{}, {}] });
    expect(result.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant"]);
    expect(result.messages[2]?.content).toMatch(/^The answer is not valid:\n- \/days: .*number/);
  });

  it("leaves all turns of maxTurns to the tools when it is re-asked", async () => {
    const look = tool({ parameters: z.object({}), execute: () => "seen" });
    local.reply(json({ city: 1 }), { toolCalls: [{ name: "look", args: {} }] }, json(rome));
    const result = await ask(mode, local.client(), { prompt: "Go.", output: city, tools: { look }, maxTurns: 2 });
    expect(result.output).toEqual(rome);
    expect(result.turns.map(({ toolResults }) => toolResults.length)).toEqual([0, 1, 0]);
  });

  it("is re-asked outputRetries times, and then causes an error", async () => {
    for (const outputRetries of [0, 2]) {
      local.reset();
      local.reply(...Array.from({ length: 5 }, (_, n) => json({ city: n })));
      const call = ask(mode, local.client(), { prompt: "Go.", output: city, outputRetries });
      const error = await call.catch((caught) => caught);
      expect(error).toBeInstanceOf(OutputValidationError);
      expect(error).toMatchObject({
        reason: "invalid",
        text: `{"city":${outputRetries}}`,
        issues: [{ path: "/city" }, { path: "/days" }],
        model: "openai/gpt-4o-mini",
        retryable: false,
        gateway: { logId: expect.any(String) },
      });
      expect(error.partial.turns).toHaveLength(outputRetries + 1);
      expect(local.requests).toHaveLength(outputRetries + 1);
      expect(transcriptProblems(error.partial.messages)).toEqual([]);
    }
  });

  it("of the output tool is re-asked in that call's tool message", async () => {
    local.reply(given("tool", { city: 1 }), given("tool", rome));
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), { prompt: "Go.", output: city });
    expect(result.output).toEqual(rome);
    expect(local.sentMessages().at(-1)).toMatchObject({
      role: "tool",
      content: expect.stringMatching(/\/city: [\s\S]*Call output again/),
    });
    expect(result.messages.at(-1)).toMatchObject({ role: "tool", content: "Received." });
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("that is truncated JSON is never completed", async () => {
    for (const text of ['{"city": "A", "days": 1', '{"city": "A long t', ""]) {
      local.reply({ text });
      const call = ask(mode, local.client({ outputRetries: 0 }), { prompt: "Go.", output: city });
      await expect(call).rejects.toMatchObject({ reason: "invalid", text });
    }
  });

  it.each([
    ["refusal", { refusal: "I won't." }, "stop", "I won't."],
    ["length", { content: '{"city": "Ro' }, "length", '{"city": "Ro'],
    ["content-filter", { content: "" }, "content_filter", ""],
  ] as const)("causes an error with the reason %s, and is not re-asked", async (reason, message, raw, text) => {
    local.reply(answer(mode, message, raw));
    const call = ask(mode, local.client(), { prompt: "Go.", output: city });
    const error = await call.catch((caught) => caught);
    expect(error).toBeInstanceOf(OutputValidationError);
    expect(error).toMatchObject({ reason, text, issues: [], provider: "openai", model: "openai/gpt-4o-mini" });
    expect(local.requests).toHaveLength(1);
  });
});

describe.each(modes)("tools and output together, with %s", (mode) => {
  const look = tool({ parameters: z.object({}).loose(), execute: () => "seen" });
  const calls = (...names: string[]) => ({ toolCalls: names.map((name) => ({ name, args: {} })) });
  const shapes = () =>
    local.requests.map(({ body }) => [
      body.tools?.map((each: { function: { name: string } }) => each.function.name).join(),
      body.response_format?.type,
      body.tool_choice?.function?.name ?? body.tool_choice,
    ]);

  it("are in the same requests when the provider accepts both", async () => {
    local.reply(calls("look"), json(rome));
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, output: city });
    expect(result).toMatchObject({ output: rome, turns: [{}, {}] });
    expect(shapes()).toEqual(Array(2).fill(["look", "json_schema", undefined]));
  });

  it("offer the output tool along with the others, and end the chat when it is called", async () => {
    local.reply(calls("look"), given("tool", rome));
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), { prompt: "Go.", tools: { look }, output: city });
    expect(result).toMatchObject({ output: rome, finishReason: "stop", toolCalls: [] });
    expect(result.turns.map(({ toolCalls }) => toolCalls.map(({ name }) => name))).toEqual([["look"], []]);
    expect(shapes()).toEqual(Array(2).fill(["look,output", undefined, undefined]));
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("run the other calls next to an output call, and add a result for every call", async () => {
    let ran = 0;
    const save = tool({ parameters: z.object({}), execute: () => `saved ${++ran}` });
    const approve = tool({ parameters: z.object({}) });
    local.reply({
      toolCalls: [
        { name: "save", args: {} },
        { name: "output", args: rome },
        { name: "approve", args: {} },
      ],
    });
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), {
      prompt: "Go.",
      tools: { save, approve },
      output: city,
    });
    expect(ran).toBe(1);
    expect(result).toMatchObject({ output: rome, finishReason: "stop", toolCalls: [], turns: [{ finishReason: "stop" }] });
    expect(result.turns[0]?.toolResults).toMatchObject([{ name: "save", result: "saved 1" }]);
    expect(result.messages.slice(-3).map(({ content }) => content)).toEqual([
      "saved 1",
      "Received.",
      "Not executed: the answer is complete.",
    ]);
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("use the first of two output calls, and store neither as a call in the conversation", async () => {
    local.reply({
      toolCalls: [
        { name: "output", args: rome },
        { name: "output", args: { city: "Bonn", days: 1 } },
      ],
    });
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), { prompt: "Go.", output: city });
    expect(result).toMatchObject({ output: rome, turns: [{ toolCalls: [], toolResults: [] }] });
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("force the output tool in the last turn, and accept its call", async () => {
    local.reply(calls("look"), given("tool", rome));
    const options = { prompt: "Go.", tools: { look }, output: city, maxTurns: 2 };
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), options);
    expect(result).toMatchObject({ output: rome, finishReason: "stop" });
    expect(shapes().map(([, , choice]) => choice)).toEqual([undefined, "output"]);
    expect(result.messages.at(-1)).toMatchObject({ role: "tool", content: "Received." });
  });

  it("request the output in the last turn with tools disabled, with json-schema", async () => {
    local.reply(calls("look"), json(rome));
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, output: city, maxTurns: 2 });
    expect(result.output).toEqual(rome);
    expect(shapes()[1]).toEqual(["look", "json_schema", "none"]);
  });

  it("force the output tool after a plain-text answer", async () => {
    local.reply({ text: "It is Rome, for three days." }, given("tool", rome));
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), { prompt: "Go.", tools: { look }, output: city });
    expect(result).toMatchObject({ output: rome, turns: [{ text: "It is Rome, for three days." }, {}] });
    expect(shapes()).toEqual([
      ["look,output", undefined, undefined],
      ["look,output", undefined, "output"],
    ]);
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("recognise the output when the model wrote it as text instead of the forced call", async () => {
    local.reply(json(rome));
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), { prompt: "Go.", output: city });
    expect(result.output).toEqual(rome);
    expect(local.requests).toHaveLength(1);
  });

  it("rename the output tool when a tool or a dispatched task has its name", async () => {
    const dispatcher = { dispatch: async () => {} };
    local.reply({ toolCalls: [{ name: "output_3", args: rome }] });
    const result = await ask(mode, local.client({ outputStrategy: "tool" }), {
      prompt: "Go.",
      tools: { output: look },
      backgroundTasks: { tasks: { output_2: look }, dispatcher },
      output: city,
    });
    expect(result.output).toEqual(rome);
    expect(shapes()[0]?.[0]).toBe("output,output_2,output_3");
  });

  it("return client-side calls to the caller before there is an output", async () => {
    const approve = tool({ parameters: z.object({}) });
    local.reply(calls("approve"));
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { approve }, output: city });
    expect(result).toMatchObject({ finishReason: "tool-calls", toolCalls: [{ name: "approve" }], output: undefined });
  });

  it("have no output when the model still calls a tool in the last turn", async () => {
    local.reply(calls("look"), calls("look"));
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, output: city, maxTurns: 2 });
    expect(result).toMatchObject({ finishReason: "max-turns", output: undefined });
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("spend a turn on the schema when the provider rejects both together, and stay within maxTurns", async () => {
    const gateway = local.client({ model: "google-ai-studio/gemini-2.5-flash" });
    local.reply(calls("look"), json(rome));
    const result = await ask(mode, gateway, { prompt: "Go.", tools: { look }, output: city, maxTurns: 2 });
    expect(result).toMatchObject({ output: rome, turns: [{}, {}] });
    expect(shapes()).toEqual([
      ["look", undefined, undefined],
      [undefined, "json_schema", undefined],
    ]);
  });

  it("exclude the text before the schema turn from result.text", async () => {
    const note = tool({ parameters: z.object({}), execute: () => "noted" });
    const gateway = local.client({ model: "google-ai-studio/gemini-2.5-flash" });
    local.reply({ text: "Noting.", ...calls("note") }, { text: "It is Rome." }, json(rome));
    const result = await ask(mode, gateway, { prompt: "Go.", backgroundTasks: { note }, output: city });
    expect(result.text).toBe(JSON.stringify(rome));
    await gateway.settled();
  });

  it("still send the tools, but disabled, when the answer after them was invalid", async () => {
    local.reply(calls("look"), json({ city: 1 }), json(rome));
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, output: city });
    expect(result.output).toEqual(rome);
    expect(shapes()).toEqual([
      ["look", "json_schema", undefined],
      ["look", "json_schema", undefined],
      ["look", "json_schema", "none"],
    ]);
  });

  it("accept a call of the output tool without an id", async () => {
    local.reply(answer(mode, { tool_calls: [wireCall("", "output", rome)] }, "stop"));
    const result = await ask(mode as Mode, local.client({ outputStrategy: "tool" }), { prompt: "Go.", output: city });
    expect(result.output).toEqual(rome);
    expect(transcriptProblems(result.messages)).toEqual([]);
  });
});

describe.each(modes)("output that the provider itself rejected, with %s", (mode) => {
  const rejected = (failed_generation: string): ScriptedReply => ({
    error: {
      status: 400,
      body: { error: { message: "Failed to validate JSON.", code: "json_validate_failed", failed_generation } },
    },
  });

  it("is re-asked, and the model sees what it wrote and what failed", async () => {
    local.reply(rejected('{"nme": 1}'), json(rome));
    const result = await ask(mode, local.client(), { prompt: "Go.", output: city });
    expect(result).toMatchObject({ output: rome, turns: [{}], failedAttempts: [{ error: { code: expect.any(String) } }] });
    expect(local.requests[1]?.body.messages.slice(-2)).toEqual([
      { role: "assistant", content: '{"nme": 1}' },
      { role: "user", content: expect.stringMatching(/rejected by the provider[\s\S]*corrected JSON/) },
    ]);
  });

  it("causes the provider's error once outputRetries are used up", async () => {
    local.reply(rejected(""), rejected(""));
    const call = ask(mode, local.client({ maxRetries: 0 }), { prompt: "Go.", output: city });
    await expect(call).rejects.toMatchObject({ origin: "provider", partial: { text: "" } });
    expect(local.requests).toHaveLength(2);
  });

  it("is recognised from Workers AI", async () => {
    const body = { success: false, errors: [{ code: 5024, message: "AiError: JSON Mode couldn't be met" }] };
    local.reply({ error: { status: 400, body } }, json(rome));
    const result = await ask(mode, local.client(), { prompt: "Go.", output: city });
    expect(result.output).toEqual(rome);
  });
});

describe.each(modes)("at the turn limit, with %s", (mode) => {
  it("JSON next to a call that is not executed counts as the output", async () => {
    const look = tool({ parameters: z.object({}).loose(), execute: () => "seen" });
    const stray = { text: JSON.stringify(rome), toolCalls: [{ name: "look", args: {} }] };
    local.reply({ toolCalls: [{ name: "look", args: {} }] }, stray);
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, output: city, maxTurns: 2 });
    expect(result).toMatchObject({ output: rome, finishReason: "max-turns" });
    expect(transcriptProblems(result.messages)).toEqual([]);
  });
});

describe.each(modes)("validateOutput: false, with %s", (mode) => {
  it("returns the JSON as text, neither validated nor re-asked", async () => {
    for (const text of [`Here:\n\`\`\`json\n{"city": 1}\n\`\`\``, '{"city": 1}']) {
      local.reply({ text });
      const result = await ask(mode, local.client(), { prompt: "Go.", output: city, validateOutput: false });
      expect(result).toMatchObject({ text: '{"city":1}', output: undefined });
    }
    local.reply({ toolCalls: [{ name: "output", args: { city: 1 } }] });
    const gateway = local.client({ outputStrategy: "tool" });
    const result = await ask(mode, gateway, { prompt: "Go.", output: city, validateOutput: false });
    expect(result).toMatchObject({ text: '{"city":1}', output: undefined });
  });

  it("returns the text unchanged when it contains no JSON", async () => {
    local.reply({ text: "I can't." });
    const result = await ask(mode, local.client(), { prompt: "Go.", output: city, validateOutput: false });
    expect(result).toMatchObject({ text: "I can't.", output: undefined });
  });
});

it("the type of the output includes undefined exactly when the chat may end without one", () => {
  const types = async (gateway: Gateway) => {
    const look = tool({ parameters: z.object({}), execute: () => 1 });
    const options = { prompt: "Go.", output: city };
    type City = { city: string; days: number };
    expectTypeOf((await gateway.chat(options)).output).toEqualTypeOf<City>();
    expectTypeOf((await gateway.chat({ ...options, maxTurns: 2 })).output).toEqualTypeOf<City>();
    expectTypeOf((await gateway.chat({ ...options, tools: { look } })).output).toEqualTypeOf<City | undefined>();
    expectTypeOf((await gateway.chat({ ...options, providerTools: [{}] })).output).toEqualTypeOf<City | undefined>();
    expectTypeOf((await gateway.chat({ ...options, backgroundTasks: { look } })).output).toEqualTypeOf<City | undefined>();
    expectTypeOf((await gateway.chat({ ...options, stopWhen: () => true })).output).toEqualTypeOf<City | undefined>();
    expectTypeOf((await gateway.chat({ ...options, prepareTurn: () => ({}) })).output).toEqualTypeOf<City | undefined>();
    const literal = { prompt: "Go.", output: { type: "array", items: { type: "number" } } } as const;
    expectTypeOf((await gateway.chat(literal)).output).toEqualTypeOf<number[]>();
    expectTypeOf((await gateway.chat({ ...literal, tools: { look } })).output).toEqualTypeOf<number[] | undefined>();
    expectTypeOf(gateway.stream(options).partialOutput).toEqualTypeOf<AsyncIterable<{ city?: string; days?: number }>>();
    expectTypeOf(gateway.stream({ prompt: "Go.", output: z.array(city) }).elements).toEqualTypeOf<AsyncIterable<City>>();
  };
  expectTypeOf(types).toBeFunction();
});
