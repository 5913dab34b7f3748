import { type ChatOptions, tool } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { captureError } from "../failures/capture-error.ts";
import { collect, recordingTools, useScriptedChats } from "./scripted-chats.ts";
import { answered, chunk, json, streamed } from "./wire.ts";

const { chat, stream, client, local, sent } = useScriptedChats();
const paris = () => answered({ content: "Paris." });
const parisStream = () => streamed(chunk({ content: "Paris." }), chunk({}, "stop"));

describe("options that OpenAI's reasoning models reject", () => {
  const sampling = { temperature: 0.2, topP: 0.9, frequencyPenalty: 0.1, presencePenalty: 0.1 };
  const reasoning: [string, string][] = [
    ["openai", "o1"],
    ["openai", "o3-mini"],
    ["openai", "o4-mini-2025-04-16"],
    ["openai", "gpt-5"],
    ["openai", "gpt-5-mini"],
    ["openai", "gpt-5.1"],
    ["openai", "gpt-6-nano"],
    ["openrouter", "openai/o3"],
    ["openrouter", "openai/gpt-5.2"],
  ];

  test.each(reasoning)("%s/%s gets max_completion_tokens and no sampling options, with a warning", async (provider, model) => {
    const result = await chat(paris(), { provider, model, maxTokens: 500, seed: 7, ...sampling });
    expect(sent(0)).toEqual({
      model: `${provider}/${model}`,
      messages: [{ role: "user", content: "Hi" }],
      seed: 7,
      max_completion_tokens: 500,
    });
    expect(result.warnings.map(({ code, option }) => `${code} ${option}`).sort()).toEqual([
      "option-dropped frequencyPenalty",
      "option-dropped presencePenalty",
      "option-dropped temperature",
      "option-dropped topP",
      "option-renamed maxTokens",
    ]);
  });

  test("a reasoning model named by its full id, and streamed, gets max_completion_tokens too", async () => {
    const { result } = await stream(parisStream(), {
      provider: undefined,
      model: "openai/o3",
      maxTokens: 500,
      temperature: 0,
    } as never);
    expect(sent(0)).toMatchObject({ model: "openai/o3", max_completion_tokens: 500 });
    expect(sent(0)).not.toHaveProperty("temperature");
    expect(sent(0)).not.toHaveProperty("max_tokens");
    expect(result.warnings).toHaveLength(2);
  });

  test.each([
    ["openai", "gpt-4o-mini"],
    ["openai", "gpt-5-chat-latest"],
    ["openrouter", "openai/gpt-4.1"],
    ["openrouter", "anthropic/claude-opus-4"],
    ["groq", "openai/gpt-oss-120b"],
  ])("%s/%s keeps max_tokens and its sampling options", async (provider, model) => {
    const { warnings } = await chat(paris(), { provider, model, maxTokens: 500, ...sampling });
    expect(sent(0)).toMatchObject({
      max_tokens: 500,
      temperature: 0.2,
      top_p: 0.9,
      frequency_penalty: 0.1,
      presence_penalty: 0.1,
    });
    expect(warnings).toEqual([]);
  });

  test("a reasoning model without sampling options gets no warning", async () => {
    expect((await chat(paris(), { model: "gpt-5" })).warnings).toEqual([]);
  });
});

describe("stream_options", () => {
  const refusals: [string, object, number][] = [
    [
      "Mistral",
      { detail: [{ type: "extra_forbidden", loc: ["body", "stream_options"], msg: "Extra inputs are not permitted" }] },
      422,
    ],
    ["Cohere", { message: "invalid request: unknown field: parameter 'stream_options' is not a valid field" }, 400],
    [
      "OpenAI",
      {
        error: {
          message: "Unknown parameter: 'stream_options.include_usage'.",
          type: "invalid_request_error",
          param: "stream_options",
          code: "unknown_parameter",
        },
      },
      400,
    ],
  ];

  test("a stream always requests usage, and a chat never does", async () => {
    await stream(parisStream());
    await chat(paris());
    expect(sent(0)).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(Object.keys(sent(1))).toEqual(["model", "messages"]);
  });

  test.each(refusals)("when %s rejects stream_options, the request is repeated once without them", async (_, body, status) => {
    local.reply(json(body, status), parisStream());
    const { result } = await collect(client(), { prompt: "Hi" });
    expect(result).toMatchObject({ text: "Paris.", failedAttempts: [] });
    expect(local.requests).toHaveLength(2);
    expect(sent(1)).toEqual({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hi" }], stream: true });
  });

  test("a provider that still rejects the request without stream_options causes an error", async () => {
    const [, body, status] = refusals[0] as (typeof refusals)[number];
    local.reply(json(body, status), json(body, status));
    expect(await captureError(collect(client(), { prompt: "Hi" }))).toMatchObject({ code: "bad-request" });
    expect(local.requests).toHaveLength(2);
  });
});

test.each([
  ["undefined", {}],
  ["empty", { tools: {} }],
  ["empty, with options that are about tools", { tools: {}, toolChoice: "auto", parallelToolCalls: true }],
] as [string, Partial<ChatOptions>][])("with tools %s, the request has no tool fields", async (_, options) => {
  await chat(paris(), options);
  await stream(parisStream(), options);
  expect(Object.keys(sent(0))).toEqual(["model", "messages"]);
  expect(Object.keys(sent(1))).toEqual(["model", "messages", "stream", "stream_options"]);
});

describe("unset options", () => {
  const unset = {
    temperature: undefined,
    maxTokens: undefined,
    topP: undefined,
    stop: undefined,
    seed: undefined,
    frequencyPenalty: undefined,
    presencePenalty: undefined,
    reasoningEffort: undefined,
    parallelToolCalls: undefined,
    toolChoice: undefined,
    tools: undefined,
    output: undefined,
    extraBody: { user: undefined },
  };

  test("unset options are absent from the request", async () => {
    await chat(paris(), unset as never);
    expect(sent(0)).toEqual({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hi" }] });
  });

  test("an option set to undefined removes the default", async () => {
    local.reply(paris());
    await client()
      .with({ temperature: 0.5, seed: 1, stop: "x" })
      .chat({ prompt: "Hi", ...unset } as never);
    expect(Object.keys(sent(0))).toEqual(["model", "messages"]);
  });

  test("options set to 0 are sent", async () => {
    await chat(paris(), { temperature: 0, topP: 0, seed: 0, frequencyPenalty: 0, presencePenalty: 0 });
    expect(sent(0)).toMatchObject({ temperature: 0, top_p: 0, seed: 0, frequency_penalty: 0, presence_penalty: 0 });
  });
});

describe("a strict output schema", () => {
  const output = z.object({
    name: z.string(),
    mail: z.email().optional(),
    born: z.object({ year: z.number().optional(), place: z.string() }),
  });

  test("the schema sent is strict: closed, all properties required, optional ones nullable, unsupported keywords removed", async () => {
    local.reply(answered({ content: '{"name":"Ada","mail":null,"born":{"year":null,"place":"London"}}' }));
    const result = await client().chat({ prompt: "Who?", output });
    const { strict, schema } = sent(0).response_format.json_schema;
    expect(strict).toBe(true);
    expect(schema).toMatchObject({ type: "object", additionalProperties: false, required: ["name", "mail", "born"] });
    expect(schema.properties.born).toMatchObject({ additionalProperties: false, required: ["year", "place"] });
    expect(JSON.stringify(schema)).not.toMatch(/"(format|pattern|\$schema|~standard)"/);
    expect(acceptsNull(schema.properties.mail)).toBe(true);
    expect(acceptsNull(schema.properties.born.properties.year)).toBe(true);
    expect(acceptsNull(schema.properties.name)).toBe(false);
    expect(result.output).toEqual({ name: "Ada", born: { place: "London" } });
  });

  test("the user's own schema validates an output that was requested with the strict one", async () => {
    local.reply(answered({ content: '{"name":"Ada","mail":"not a mail","born":{"year":null,"place":"London"}}' }));
    const error = await captureError(client().chat({ prompt: "Who?", output, outputRetries: 0 }));
    expect(error).toMatchObject({ code: "output-validation", reason: "invalid", issues: [{ path: "/mail" }] });
  });

  test("null in an output stays where the user's schema allows it", async () => {
    local.reply(answered({ content: '{"mail":null}' }));
    expect((await client().chat({ prompt: "Who?", output: z.object({ mail: z.string().nullable() }) })).output).toEqual({
      mail: null,
    });
  });

  function acceptsNull(schema: { type?: unknown; anyOf?: { type?: unknown }[] }): boolean {
    return [schema.type, ...(schema.anyOf ?? []).map(({ type }) => type)].flat().includes("null");
  }
});

describe("tools together with an output schema", () => {
  const output = z.object({ city: z.string() });
  const text = '{"city":"Paris"}';
  const call = { id: "a", type: "function", function: { name: "weather", arguments: "{}" } };

  test.each(["groq", "google-ai-studio", "cohere"])(
    "with %s, which rejects tools together with a schema, the tools run first",
    async (provider) => {
      const { executed, tools } = recordingTools();
      local.reply(
        answered({ content: null, tool_calls: [call] }, "tool_calls"),
        answered({ content: "It is Paris." }),
        answered({ content: text }),
      );
      const result = await client().chat({ prompt: "Where?", provider, model: "some-model", tools, output });
      expect(result.output).toEqual({ city: "Paris" });
      expect(executed).toHaveLength(1);
      const asked = local.requests.map(({ body }) => [body.tools !== undefined, body.response_format?.type]);
      expect(asked).toEqual([
        [true, undefined],
        [true, undefined],
        [false, "json_schema"],
      ]);
    },
  );

  test("with OpenAI, tools and an output schema are sent together", async () => {
    local.reply(answered({ content: text }));
    await client().chat({
      prompt: "Where?",
      tools: { time: tool({ parameters: { type: "object" }, execute: () => "noon" }) },
      output,
    });
    expect(sent(0)).toMatchObject({ tools: [{ type: "function" }], response_format: { type: "json_schema" } });
  });
});
