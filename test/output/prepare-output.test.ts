import { describe, expect, it } from "vitest";
import { z } from "zod";
import { makeError } from "../../src/errors/create-error.ts";
import { ConfigurationError } from "../../src/errors/errors.ts";
import type { OutputStrategy } from "../../src/options/provider-profile.ts";
import { prepareOutput } from "../../src/output/prepare-output.ts";
import type { OutputMode } from "../../src/output/structured-output.ts";
import type { Schema } from "../../src/schema.ts";

const all: OutputStrategy[] = ["json-schema", "tool", "json-object", "prompt"];

function prepare(
  schema: Schema,
  strategies: readonly OutputStrategy[] = all,
  more: { toolNames?: string[]; mode?: OutputMode } = {},
) {
  return prepareOutput(schema, { strategies, validator: undefined, toolNames: [], ...more });
}

function refusal(
  body: unknown,
  code: "bad-request" | "not-found" | "rate-limit" | "provider" | "authentication" = "bad-request",
) {
  const message = typeof body === "string" ? body : ((body as { error?: { message?: string } }).error?.message ?? "400");
  return makeError(`The provider rejected the request: ${message}`, {
    code,
    origin: "provider",
    retryable: false,
    hint: "",
    body,
  });
}

const city = z.object({ city: z.string(), days: z.number().optional() });

describe("a request for structured output", () => {
  it("contains a strict JSON Schema, named by its title", async () => {
    const { responseFormat } = (await prepare(city.meta({ title: "Weather in a city?" }))).request();
    expect(responseFormat).toEqual({
      type: "json_schema",
      json_schema: {
        name: "Weather_in_a_city",
        strict: true,
        schema: {
          type: "object",
          properties: { city: { type: "string" }, days: { type: ["number", "null"] } },
          required: ["city", "days"],
          additionalProperties: false,
        },
      },
    });
  });

  it("has strict: false and the original schema when the strict subset cannot express it", async () => {
    const output = await prepare(z.record(z.string(), z.number()));
    expect(output.request().responseFormat).toMatchObject({
      json_schema: { name: "output", strict: false, schema: { type: "object" } },
    });
    expect(await output.read('{"a": 1}')).toEqual({ value: { a: 1 } });
  });

  it("wraps a root that is not an object, with every strategy", async () => {
    for (const strategy of all) {
      const request = (
        await prepare({ type: "array", items: { type: "object", additionalProperties: { type: "string" } } }, [strategy])
      ).request();
      expect(JSON.stringify(request)).toContain(strategy.includes("json-o") || strategy === "prompt" ? '\\"value\\"' : '"value"');
    }
  });

  it("gives the output tool a unique name", async () => {
    const output = await prepare(city, ["tool"], { toolNames: ["output", "output_2"] });
    expect(output.toolName).toBe("output_3");
    expect(output.request()).toEqual({
      tool: {
        type: "function",
        function: expect.objectContaining({ name: "output_3", parameters: expect.objectContaining({ type: "object" }) }),
      },
    });
  });

  it("has the schema and the word JSON in the instruction of the weaker strategies", async () => {
    const object = (await prepare(city, ["json-object"])).request();
    expect(object.responseFormat).toEqual({ type: "json_object" });
    expect(object.instruction).toMatch(/JSON[\s\S]*"city"/);
    expect((await prepare(city, ["prompt"])).request()).toEqual({ instruction: object.instruction });
  });

  it("is not sent with a schema that does not compile", async () => {
    await expect(prepare({ type: "strin" })).rejects.toBeInstanceOf(ConfigurationError);
  });
});

describe("reading structured output", () => {
  it("validates with the user's own schema once the added nulls are removed", async () => {
    const schema = z
      .object({ at: z.iso.date().transform((text) => new Date(text)), note: z.string().optional() })
      .refine(({ at }) => at.getFullYear() > 2000, "too old");
    const output = await prepare(schema);
    expect(await output.read('{"at": "2026-02-03", "note": null}')).toEqual({ value: { at: new Date("2026-02-03") } });
    expect(await output.read('{"at": "1990-02-03", "note": null}')).toEqual({ issues: [{ path: "", message: "too old" }] });
  });

  it.each(all)("unwraps any root with %s", async (strategy) => {
    for (const [schema, value] of [
      [z.array(z.string()), ["a"]],
      [z.enum(["a", "b"]), "b"],
      [z.string().nullable(), null],
      [z.union([z.number(), z.object({ n: z.number() })]), { n: 1 }],
    ] as const) {
      const output = await prepare(schema, [strategy]);
      expect(await output.read(JSON.stringify({ value }))).toEqual({ value });
    }
  });

  it("accepts a value that the model did not wrap", async () => {
    expect(await (await prepare(z.array(z.number()), ["prompt"])).read("```json\n[1, 2]\n```")).toEqual({ value: [1, 2] });
  });

  it.each(all)("finds JSON in a fence or in prose with %s", async (strategy) => {
    const output = await prepare(city, [strategy]);
    for (const text of [
      'Here:\n```json\n{"city": "Paris"}\n```',
      'The city is {"city": "Paris"}, I think.',
      '{"city": "Paris"}\n</tool_call>',
    ]) {
      expect(await output.read(text)).toEqual({ value: { city: "Paris" } });
    }
    expect(await output.read('{"city": "```js\\nx\\n```"} is all.')).toEqual({ value: { city: "```js\nx\n```" } });
  });

  it.each(all)("reads arrays and objects that the model wrote as strings, with %s", async (strategy) => {
    const schema = z.object({ cities: z.array(city), note: z.string(), home: city.optional() });
    const output = await prepare(schema, [strategy]);
    const value = { cities: [{ city: "Rome" }], note: "[1]", home: { city: "Bonn" } };
    const written = { ...value, cities: JSON.stringify(value.cities), home: JSON.stringify(value.home) };
    expect(await output.read(JSON.stringify(written))).toEqual({ value });
    expect(await output.read(JSON.stringify(JSON.stringify(written)))).toEqual({ value });
  });

  it("removes added nulls even if the model omitted the wrapper", async () => {
    const output = await prepare(z.array(city));
    expect(await output.read('[{"city": "Rome", "days": null}]')).toEqual({ value: [{ city: "Rome" }] });
  });

  it("accepts an object whose only member is called value, wrapped or not", async () => {
    const schema = z.union([z.object({ value: z.string() }), z.object({ other: z.number() })]);
    const output = await prepare(schema);
    expect(await output.read('{"value": {"value": "x"}}')).toEqual({ value: { value: "x" } });
    expect(await output.read('{"value": "x"}')).toEqual({ value: { value: "x" } });
  });

  it.each(all)("never completes truncated JSON with %s", async (strategy) => {
    const output = await prepare(z.object({ name: z.string() }), [strategy]);
    for (const text of ["", '{"name": "A', '{"name": "A long t"', "```json\n{"])
      expect((await output.read(text)).issues).toHaveLength(1);
  });

  it("reads content that is a number or an object as JSON", async () => {
    expect(await (await prepare(z.number(), ["prompt"])).read("42")).toEqual({ value: 42 });
    expect(await (await prepare(city)).read(JSON.stringify({ city: "Rome" }))).toEqual({ value: { city: "Rome" } });
  });

  it("reports issues to the model with paths into the value as it wrote it", async () => {
    const output = await prepare(z.array(z.number()));
    const { issues = [] } = await output.read('{"value": [1, "x"]}');
    expect(output.correction(issues)).toMatch(/^The answer is not valid:\n- \/value\/1: .*number[\s\S]*JSON\.$/);
    expect((await prepare(city, ["tool"])).correction(issues)).toContain("Call output again");
  });
});

it("reports thousands of invalid items briefly", async () => {
  const values = Array.from({ length: 1000 }, (_, index) => `country-${index}`);
  const output = await prepare({ type: "array", items: { enum: values } }, ["prompt"]);
  const { issues = [] } = await output.read(JSON.stringify(Array.from({ length: 3000 }, () => "x".repeat(100))));
  expect(issues).toHaveLength(21);
  expect(issues.at(-1)).toEqual({ path: "", message: "has 2980 more issues" });
  expect(output.correction(issues).length).toBeLessThan(10_000);
});

describe("partial values of structured output", () => {
  it("show the elements of a root array one by one, unwrapped and without added nulls", async () => {
    const partial = (await prepare(z.array(city))).createPartial();
    const shown: unknown[] = [];
    for (const character of '{"value": [{"city": "Rome", "days": null}, {"city": "Bonn", "days": 2}]}')
      if (partial.push(character)) shown.push(partial.value);
    expect(shown[0]).toEqual([]);
    expect(shown).toContainEqual([{ city: "Rome" }, { city: "Bo" }]);
    expect(shown).not.toContainEqual([expect.objectContaining({ days: null })]);
    expect(partial.value).toEqual([{ city: "Rome" }, { city: "Bonn", days: 2 }]);
  });

  it.each(all)("skip prose and code-fence markers with %s", async (strategy) => {
    const partial = (await prepare(city, [strategy])).createPartial();
    expect(partial.push('Sure, [1] says:\n```json\n{"city": "Ro')).toBe(true);
    expect(partial.value).toEqual({ city: "Ro" });
  });

  it("yield each element of an array once it is complete", async () => {
    for (const text of [
      '{"value": [{"city": "Rome", "days": null}, {"city": "Bonn"',
      '[{"city": "Rome", "days": null}, {"city": "Bonn"',
    ]) {
      const partial = (await prepare(z.array(city))).createPartial();
      const taken: unknown[] = [];
      for (const character of text) {
        partial.push(character);
        taken.push(...partial.takeElements());
      }
      expect(taken).toEqual([{ city: "Rome" }]);
      partial.push("}]");
      expect(partial.takeElements()).toEqual([{ city: "Bonn" }]);
      expect(partial.takeElements()).toEqual([]);
    }
  });
});

/** What providers responded to each strategy. The sources are in src/output/unsupported-strategy.ts. */
const unsupported: [provider: string, strategy: OutputStrategy, body: unknown][] = [
  [
    "openai",
    "json-schema",
    {
      error: {
        message:
          "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide",
        type: "invalid_request_error",
        param: null,
      },
    },
  ],
  [
    "openai",
    "json-object",
    {
      error: {
        message: "Invalid parameter: 'response_format' of type 'json_object' is not supported with this model.",
        param: "response_format",
      },
    },
  ],
  [
    "azure",
    "json-schema",
    { error: { message: "Response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later" } },
  ],
  [
    "groq",
    "json-schema",
    {
      error: {
        message:
          "This model does not support response format `json_schema`. See supported models at https://console.groq.com/docs/structured-outputs",
        type: "invalid_request_error",
      },
    },
  ],
  [
    "groq",
    "json-schema",
    { error: { message: "'response_format.type' : value is not one of the allowed values ['text','json_object']" } },
  ],
  [
    "groq",
    "json-object",
    {
      error: {
        message: "response_format` json_object cannot be combined with tool/function calling",
        type: "invalid_request_error",
      },
    },
  ],
  [
    "deepseek",
    "json-schema",
    {
      error: {
        message: "This response_format type is unavailable now",
        type: "invalid_request_error",
        param: null,
        code: "invalid_request_error",
      },
    },
  ],
  [
    "deepseek",
    "json-schema",
    "Failed to deserialize the JSON body into the target type: response_format: response_format.type `json_schema` is unavailable now at line 1 column 12440",
  ],
  [
    "deepseek",
    "tool",
    { error: { message: "deepseek-reasoner does not support Function Calling", type: "invalid_request_error" } },
  ],
  ["deepseek", "tool", { error: { message: "deepseek-reasoner does not support this tool_choice" } }],
  [
    "xai",
    "json-schema",
    {
      code: "Client specified an invalid argument",
      error: "The response_format parameter is unsupported at the moment. Leave it unset.",
    },
  ],
  ["xai", "json-schema", { error: "The model does not support formatted output but some have been specified in the request." }],
  [
    "google-ai-studio",
    "json-schema",
    [
      {
        error: {
          code: 400,
          message: "Function calling with a response mime type: 'application/json' is unsupported",
          status: "INVALID_ARGUMENT",
        },
      },
    ],
  ],
  ["google-ai-studio", "json-object", { error: { message: "Json mode is not enabled for models/gemini-pro" } }],
  [
    "anthropic",
    "tool",
    { error: { type: "invalid_request_error", message: "Thinking may not be enabled when tool_choice forces tool use." } },
  ],
  [
    "mistral",
    "tool",
    {
      object: "Error",
      message: [{ type: "extra_forbidden", loc: ["body", "tools"], msg: "Extra inputs are not permitted", input: [] }],
    },
  ],
  [
    "cohere",
    "json-schema",
    "invalid request: response_format validation: invalid 'json_schema' provided: missing required field 'type'",
  ],
  [
    "perplexity",
    "json-object",
    {
      error: {
        message:
          "[\"At body -> response_format -> ResponseFormatText -> type: Input should be 'text'\", \"At body -> response_format -> ResponseFormatJSONSchema -> type: Input should be 'json_schema'\"]",
        type: "bad_request",
      },
    },
  ],
  [
    "openrouter",
    "json-schema",
    {
      error: {
        message:
          "No endpoints found that can handle the requested parameters. To learn more about provider routing, visit: https://openrouter.ai/docs/provider-routing",
        code: 404,
      },
    },
  ],
  [
    "openrouter",
    "tool",
    {
      error: {
        message:
          "No endpoints found that support tool use. To learn more about provider routing, visit: https://openrouter.ai/docs",
        code: 404,
      },
    },
  ],
  [
    "openrouter",
    "json-schema",
    {
      error: {
        message: "Provider returned error",
        code: 400,
        metadata: { raw: '{"error":{"message":"This response_format type is unavailable now"}}' },
      },
    },
  ],
  ["workers-ai", "json-schema", { errors: [{ code: 5025, message: "AiError: 5025: This model doesn't suuport JSON Schema." }] }],
  [
    "together",
    "json-schema",
    { error: { message: "meta-llama/Llama-Vision-Free is not supported for JSON mode/function calling" } },
  ],
  [
    "volcengine",
    "json-schema",
    {
      error: {
        code: "InvalidParameter",
        message:
          "The parameter `response_format.type` specified in the request are not valid: invalid value: `json_schema`, supported values are: `json_object` and `text`.",
        param: "response_format.type",
      },
    },
  ],
  [
    "qwen",
    "tool",
    {
      error: {
        message:
          "<400> InternalError.Algo.InvalidParameter: The tool_choice parameter does not support being set to required or object in thinking mode",
      },
    },
  ],
  [
    "deepinfra",
    "tool",
    { error: { message: "Tool calling is not supported for model: NousResearch/Hermes-3-Llama-3.1-405B", param: "tools" } },
  ],
];

const otherwise: [why: string, strategy: OutputStrategy, body: unknown][] = [
  [
    "a complaint about the schema",
    "json-schema",
    {
      error: {
        message: "Invalid schema for response_format 'x': In context=('properties', 'a'), 'minLength' is not permitted.",
        param: "response_format",
      },
    },
  ],
  [
    "another one",
    "json-schema",
    {
      error: {
        message: "invalid schema for response format: response_format/json_schema/next_step: minItems is not supported",
        type: "invalid_request_error",
      },
    },
  ],
  [
    "one behind OpenRouter",
    "json-schema",
    {
      error: {
        message: "Provider returned error",
        metadata: {
          raw: '{"error": {"message": "Invalid schema for response_format \'default\': In context=(), \'additionalProperties\' is required to be supplied and to be false."}}',
        },
      },
    },
  ],
  [
    "one of Anthropic's",
    "json-schema",
    { error: { message: "output_config.format.schema: For 'number' type, properties maximum, minimum are not supported" } },
  ],
  [
    "one about the tool's schema",
    "tool",
    {
      error: {
        message: "Invalid schema for function 'output': 'format' is not permitted.",
        param: "tools[0].function.parameters",
      },
    },
  ],
  [
    "another one about the tool's schema",
    "tool",
    { error: { message: "tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12" } },
  ],
  [
    "a rejected sampling option",
    "json-schema",
    { error: { message: "Unsupported parameter: 'temperature' is not supported with this model.", param: "temperature" } },
  ],
  [
    "rejected tools with a supported schema",
    "json-schema",
    { error: { message: "No endpoints found that support tool use.", code: 404 } },
  ],
  [
    "refused parallel calls",
    "tool",
    { error: { message: "Unsupported value: 'parallel_tool_calls' is not supported with this model." } },
  ],
  [
    "a missing model",
    "json-schema",
    { error: { message: "The model `gpt-6` does not exist or you do not have access to it.", code: "model_not_found" } },
  ],
  [
    "a forgotten word",
    "json-object",
    {
      error: { message: "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'." },
    },
  ],
  [
    "a failed generation",
    "json-object",
    { error: { message: "Failed to generate JSON. Please adjust your prompt.", code: "json_validate_failed" } },
  ],
  [
    "a tool that was not called",
    "tool",
    { error: { message: "Tool choice is required, but model did not call a tool", code: "tool_use_failed" } },
  ],
];

describe("falling back to the next strategy", () => {
  it.each(unsupported)("happens when %s does not support %s", async (_, strategy, body) => {
    const output = await prepare(city, [strategy, "prompt"]);
    expect(output.fallBack(refusal(body), { withTools: false })).toEqual({
      code: "strategy-fallback",
      option: "outputStrategy",
      message: expect.stringContaining(`"${strategy}" here; "prompt"`),
    });
    expect(output.strategy).toBe("prompt");
    expect(output.request()).toEqual({ instruction: expect.any(String) });
  });

  it.each(otherwise)("does not happen for %s with %s", async (_, strategy, body) => {
    const output = await prepare(city, [strategy, "prompt"]);
    expect(output.fallBack(refusal(body), { withTools: false })).toBeUndefined();
    expect(output.strategy).toBe(strategy);
  });

  it("happens for a 400, a 404 and an error inside a 200 only", async () => {
    const text = "response_format is not supported";
    expect((await prepare(city)).fallBack(refusal(text, "not-found"), { withTools: false })).toBeDefined();
    expect((await prepare(city)).fallBack(refusal(text, "provider"), { withTools: false })).toBeDefined();
    expect((await prepare(city)).fallBack(refusal(text, "rate-limit"), { withTools: false })).toBeUndefined();
    expect((await prepare(city)).fallBack(refusal(text, "authentication"), { withTools: false })).toBeUndefined();
  });

  it("is impossible after the last strategy", async () => {
    const output = await prepare(city, ["json-schema"]);
    expect(output.fallBack(refusal("response_format is not supported"), { withTools: false })).toBeUndefined();
  });

  it("starts with the learned mode", async () => {
    const output = await prepare(city, all, { mode: { strategy: "json-object", toolsFirst: false } });
    expect(output.strategy).toBe("json-object");
    expect(await output.read('Sure: {"city": "Rome"}')).toEqual({ value: { city: "Rome" } });
  });
});

/** Messages of providers that reject tools together with a response format. */
const exclusions: [provider: string, strategy: "json-schema" | "json-object", message: string][] = [
  ["cerebras", "json-schema", '"tools" is incompatible with "response_format"'],
  ["groq", "json-object", "response_format` json_object cannot be combined with tool/function calling"],
  ["google-ai-studio", "json-schema", "Function calling with a response mime type: 'application/json' is unsupported"],
  ["another provider", "json-schema", "`tools` and `response_format` cannot be used together."],
  ["another provider", "json-schema", "response_format is not supported when tools are provided"],
  ["another provider", "json-object", "JSON mode and tools are mutually exclusive"],
];

describe("tools together with structured output", () => {
  it.each(exclusions)("run first when %s rejects both with %s", async (_, strategy, message) => {
    const modes: OutputMode[] = [];
    const config = { strategies: [strategy, "prompt"] as const, validator: undefined, toolNames: [] };
    const output = await prepareOutput(city, { ...config, onFallback: (mode) => modes.push(mode) });
    const refused = refusal({ error: { message } });
    expect(output.fallBack(refused, { withTools: true })).toMatchObject({ code: "strategy-fallback" });
    expect(output).toMatchObject({ strategy, toolsFirst: true });
    expect(modes).toEqual([{ strategy, toolsFirst: true }]);
  });

  it("are not the cause of an error when the request had none", async () => {
    const output = await prepare(city, ["json-object", "prompt"]);
    output.fallBack(refusal("json_object cannot be combined with tool/function calling"), { withTools: false });
    expect(output).toMatchObject({ strategy: "prompt", toolsFirst: false });
  });
});

it("omits propertyNames, which OpenAI rejects, and keeps a property with that name", async () => {
  const schema = z.object({
    scores: z.partialRecord(z.enum(["a", "b"]), z.number()),
    propertyNames: z.record(z.string(), z.string()),
  });
  const output = await prepare(schema, ["json-schema"]);
  const { json_schema: sent } = output.request().responseFormat as { json_schema: { schema: Record<string, unknown> } };
  expect(sent.schema).toMatchObject({
    properties: {
      scores: { type: "object", description: '(property names: {"enum":["a","b"]})' },
      propertyNames: { type: "object" },
    },
  });
  expect(JSON.stringify(sent)).not.toContain('"propertyNames":{"type":"string"');
  expect(await output.read('{"scores": {"c": 1}, "propertyNames": {}}')).toMatchObject({ issues: [{}] });
});
