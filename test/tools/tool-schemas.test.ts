import { ConfigurationError, type JsonSchema, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { modelId } from "../../src/request/model-id.ts";
import { offerTools } from "../../src/tools/offer-tools.ts";
import { ask, modes, useLocalGateway } from "../local-gateway.ts";

type Parameters = globalThis.Parameters<typeof tool>[0]["parameters"];

/** The parameters as they are sent to a provider. */
async function sent(parameters: Parameters, provider = "openai", model = "some-model", wire?: object) {
  const target = modelId(provider, model, "compat");
  if ("message" in target) throw new Error(target.message);
  const act = tool(wire ? { parameters, wire } : { parameters });
  const [described] = (await offerTools({ act }, undefined)).describe(target);
  return described?.function.parameters as Record<string, unknown>;
}
const property = async (schema: JsonSchema, provider = "google-ai-studio") => {
  const { properties } = await sent({ type: "object", properties: { p: schema } }, provider);
  return (properties as Record<string, unknown>).p;
};

const local = useLocalGateway();
const shape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("circle"), radius: z.number() }),
  z.object({ kind: z.literal("square"), side: z.number() }),
]);

describe.each(modes)("a tool whose schema's root is not an object, with %s", (mode) => {
  const roots: [root: string, parameters: Parameters, args: unknown][] = [
    ["a union", shape, { kind: "square", side: 2 }],
    [
      "a reference",
      { $ref: "#/$defs/P", $defs: { P: { type: "object", properties: { a: { type: "string" } }, required: ["a"] } } },
      { a: "x" },
    ],
    ["an array", z.array(z.number()), [1, 2]],
    ["a string", { type: "string" }, "x"],
    ["null or a number", z.number().nullable(), null],
    ["an intersection", { allOf: [{ type: "object", properties: { a: { type: "number" } } }] }, { a: 1 }],
  ];

  it.each(roots)("is sent wrapped in an object, and execute gets the unwrapped arguments: %s", async (_, parameters, args) => {
    const got: unknown[] = [];
    const act = tool({ parameters, execute: (given) => void got.push(given) });
    local.reply({ toolCalls: [{ name: "act", args: { value: args } }] }, { text: "Done." });
    const { turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { act } });
    const parametersSent = local.requests[0]?.body.tools[0].function.parameters;
    expect(parametersSent).toMatchObject({ type: "object", required: ["value"] });
    expect(got).toEqual([args]);
    expect(turns[0]?.toolCalls).toMatchObject([{ args, argsText: JSON.stringify({ value: args }) }]);
    expect(local.sentMessages().at(-2)).toMatchObject({
      tool_calls: [{ function: { arguments: JSON.stringify({ value: args }) } }],
    });
  });

  it("accepts arguments that the model did not wrap", async () => {
    const got: unknown[] = [];
    const act = tool({ parameters: shape, execute: (given) => void got.push(given) });
    local.reply({ toolCalls: [{ name: "act", args: { kind: "circle", radius: 1 } }] }, { text: "Done." });
    await ask(mode, local.client(), { prompt: "Go.", tools: { act } });
    expect(got).toEqual([{ kind: "circle", radius: 1 }]);
  });
});

describe("tool parameters", () => {
  it("get an empty properties object if they have none, which OpenAI requires", async () => {
    expect(await sent({ type: "object" })).toEqual({ type: "object", properties: {} });
  });

  it.each(["openai", "google-ai-studio", "anthropic", "a-new-provider"])(
    "are sent without $schema at any level: %s",
    async (provider) => {
      const $schema = "http://json-schema.org/draft-07/schema#";
      const parameters = {
        $schema,
        type: "object",
        properties: { $schema: { type: "string", $schema }, list: { type: "array", items: { type: "number", $schema } } },
      };
      expect(await sent(parameters, provider)).toEqual({
        type: "object",
        properties: { $schema: { type: "string" }, list: { type: "array", items: { type: "number" } } },
      });
    },
  );

  it("keep data and property names that only look like keywords", async () => {
    const properties = { const: { type: "string" }, p: { enum: [{ $schema: "x", items: [1] }] } };
    expect(await sent({ type: "object", properties })).toEqual({ type: "object", properties });
  });

  it("are converted to 2020-12, whatever their dialect", async () => {
    const parameters = {
      type: "object",
      properties: {
        pair: { type: "array", items: [{ type: "number" }, { type: "string" }], additionalItems: false },
        n: { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
        ref: { $ref: "#/definitions/A" },
      },
      dependencies: { n: ["pair"] },
      definitions: { A: { type: "string" } },
    };
    expect(await sent(parameters)).toEqual({
      type: "object",
      properties: {
        pair: { type: "array", prefixItems: [{ type: "number" }, { type: "string" }], items: false },
        n: { type: "number", exclusiveMinimum: 0, maximum: 9 },
        ref: { $ref: "#/$defs/A" },
      },
      dependentRequired: { n: ["pair"] },
      $defs: { A: { type: "string" } },
    });
  });

  it("keep the keywords that OpenAI enforces, without propertyNames", async () => {
    const enforced = { n: { type: "number", exclusiveMinimum: 0 }, s: { type: "string", pattern: "^a", format: "email" } };
    expect(await sent({ type: "object", properties: enforced })).toEqual({ type: "object", properties: enforced });
    expect(await property({ type: "object", propertyNames: { pattern: "^a" } }, "openai")).toEqual({
      type: "object",
      description: '(propertyNames: {"pattern":"^a"})',
    });
  });

  it.each([
    [
      "exclusiveMinimum",
      { type: "integer", exclusiveMinimum: 0, description: "Count" },
      { type: "integer", description: "Count (exclusiveMinimum: 0)" },
    ],
    ["a string const", { const: "circle" }, { type: "string", enum: ["circle"] }],
    ["a number const", { const: 3 }, { type: "number", description: "(const: 3)" }],
    ["propertyNames that say nothing", { type: "object", propertyNames: { type: "string" } }, { type: "object" }],
    [
      "additionalProperties",
      { type: "object", additionalProperties: { type: "number" } },
      { type: "object", description: '(additionalProperties: {"type":"number"})' },
    ],
    [
      "a closed object",
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      { type: "object", properties: { a: { type: "string" } } },
    ],
    [
      "a tuple",
      { type: "array", prefixItems: [{ type: "number" }, { type: "string" }] },
      {
        type: "array",
        items: { anyOf: [{ type: "number" }, { type: "string" }] },
        maxItems: 2,
        description: '(prefixItems: [{"type":"number"},{"type":"string"}])',
      },
    ],
    [
      "a tuple of one kind",
      { type: "array", prefixItems: [{ type: "number" }, { type: "number" }], items: false, minItems: 2 },
      {
        type: "array",
        items: { type: "number" },
        maxItems: 2,
        minItems: 2,
        description: '(prefixItems: [{"type":"number"},{"type":"number"}])',
      },
    ],
    ["oneOf", { oneOf: [{ type: "string" }, { type: "number" }] }, { anyOf: [{ type: "string" }, { type: "number" }] }],
    [
      "allOf",
      {
        allOf: [
          { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
          { properties: { b: { type: "number" } }, required: ["b"] },
        ],
      },
      { type: "object", properties: { a: { type: "string" }, b: { type: "number" } }, required: ["a", "b"] },
    ],
    ["not", { type: "string", not: { enum: ["x"] } }, { type: "string", description: '(not: {"enum":["x"]})' }],
    [
      "a format with its own pattern, once",
      { type: "string", format: "email", pattern: "^.+@.+$" },
      { type: "string", pattern: "^.+@.+$", description: "(format: email)" },
    ],
    ["a format that Gemini takes", { type: "string", format: "date-time" }, { type: "string", format: "date-time" }],
    ["several types", { type: ["string", "null"], minLength: 1 }, { type: "string", nullable: true, minLength: 1 }],
    [
      "a union of types",
      { type: ["string", "number"], description: "Id" },
      {
        anyOf: [
          { description: "Id", type: "string" },
          { description: "Id", type: "number" },
        ],
      },
    ],
    ["an enum of numbers", { type: "number", enum: [1, 2] }, { type: "number", description: "(enum: [1,2])" }],
    ["an enum with null", { enum: ["a", null] }, { type: "string", enum: ["a"], nullable: true }],
  ] as [string, JsonSchema, unknown][])("are adapted to Gemini: %s", async (_, schema, expected) => {
    expect(await property(schema)).toEqual(expected);
  });

  it("have their references inlined for Gemini, recursive ones up to a limit", async () => {
    const parameters = {
      type: "object",
      properties: { tree: { $ref: "#/$defs/node" } },
      $defs: { node: { type: "object", properties: { name: { type: "string" }, next: { $ref: "#/$defs/node" } } } },
    };
    const text = JSON.stringify(await sent(parameters, "google-ai-studio"));
    expect(text).not.toMatch(/\$ref|\$defs/);
    expect(text).toContain('"next":{"type":"object","description":"(again: node)"}');
  });

  it("are adapted to the model's author on OpenRouter", async () => {
    const text = JSON.stringify(await sent(z.object({ n: z.number().positive() }), "openrouter", "google/gemini-2.5-flash"));
    expect(text).not.toContain('"exclusiveMinimum":');
    const other = JSON.stringify(await sent(z.object({ n: z.number().positive() }), "openrouter", "qwen/qwen3"));
    expect(other).toContain('"exclusiveMinimum":0');
  });
});

describe.each(modes)("tool arguments, with %s", (mode) => {
  const run = async (parameters: Parameters, args: unknown, more: object = {}) => {
    local.reset();
    const got: unknown[] = [];
    const act = tool({ parameters, ...more, execute: (given) => void got.push(given) });
    local.reply({ toolCalls: [{ name: "act", args }] }, { text: "Done." });
    const gateway = local.client({ provider: "google-ai-studio", model: "gemini-2.5-flash" });
    const { turns } = await ask(mode, gateway, { prompt: "Go.", tools: { act } });
    return { got, result: turns[0]?.toolResults[0]?.result };
  };

  it("are validated by the original schema, whatever was sent to the provider", async () => {
    const parameters = { type: "object", properties: { n: { type: "number", exclusiveMinimum: 0 } }, required: ["n"] };
    expect((await run(parameters, { n: 1 })).got).toEqual([{ n: 1 }]);
    expect(await run(parameters, { n: 0 })).toMatchObject({ got: [], result: expect.stringMatching(/\/n: must be > 0|greater/) });
  });

  it("reach execute without validation with validate: false, even if the schema would not compile", async () => {
    const parameters = { type: "object", properties: { n: { type: "nmuber" } } };
    expect((await run(parameters, { n: "x" }, { validate: false })).got).toEqual([{ n: "x" }]);
  });

  it("may contain nested values as JSON strings", async () => {
    const parameters = z.object({ tags: z.array(z.string()), at: z.object({ x: z.number() }), text: z.string() });
    const { got } = await run(parameters, { tags: '["a"]', at: '{"x":1}', text: '["stays"]' });
    expect(got).toEqual([{ tags: ["a"], at: { x: 1 }, text: '["stays"]' }]);
    expect(await run(parameters, { tags: "[a", at: { x: 1 }, text: "" })).toMatchObject({ got: [] });
  });

  it("that are invalid produce an error message of bounded length", async () => {
    const values = Array.from({ length: 1_000 }, (_, index) => `country-${index}`);
    const parameters = { type: "object", properties: { list: { type: "array", items: { enum: values } } } };
    const { result } = await run(parameters, { list: Array.from({ length: 3_000 }, () => "x") });
    expect(String(result).length).toBeLessThan(20_000);
  });
});

describe("a tool schema that can't be used", () => {
  it.each([
    ["an unknown type", { type: "object", properties: { a: { type: "interger" } } }],
    ["a dangling reference", { type: "object", properties: { a: { $ref: "#/$defs/none" } } }],
    ["an invalid pattern", { type: "object", properties: { a: { type: "string", pattern: "(" } } }],
  ])("is a ConfigurationError that names its path, before anything is sent: %s", async (_, parameters) => {
    const broken = tool({ parameters, execute: () => 1 });
    const fine = tool({ parameters: { type: "object" }, execute: () => 1 });
    const error = await local
      .client()
      .chat({ prompt: "Go.", tools: { fine, broken } })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).issues).toMatchObject([{ option: "tools.broken.parameters" }]);
    expect(local.requests).toEqual([]);
  });

  it("is reported together with all others, including background tasks", async () => {
    const broken = () => tool({ parameters: { type: "nothing" }, execute: () => 1 });
    const options = { prompt: "Go.", tools: { a: broken() }, backgroundTasks: { b: broken() } };
    await expect(local.client().chat(options)).rejects.toMatchObject({
      issues: [{ option: "tools.a.parameters" }, { option: "backgroundTasks.b.parameters" }],
    });
  });

  it("is rejected before anything is sent when prepareTurn returns it, too", async () => {
    const tools = { a: tool({ parameters: { type: "nothing" }, execute: () => 1 }) };
    await expect(local.client().chat({ prompt: "Go.", prepareTurn: () => ({ tools }) })).rejects.toBeInstanceOf(
      ConfigurationError,
    );
    expect(local.requests).toEqual([]);
  });
});

describe("tool({ wire })", () => {
  const described = async (wire: object, parameters: Parameters = z.object({ a: z.string().optional() })) => {
    const target = modelId("openai", "some-model", "compat");
    if ("message" in target) throw new Error(target.message);
    return (await offerTools({ act: tool({ description: "d", parameters, wire }) }, undefined)).describe(target)[0];
  };

  it("is merged deeply into the tool's object, with strict inside function", async () => {
    const cached = await described({ cache_control: { type: "ephemeral" }, function: { description: "other" } });
    expect(cached).toMatchObject({
      type: "function",
      cache_control: { type: "ephemeral" },
      function: { name: "act", description: "other" },
    });
    const strict = await described({ strict: true });
    expect(strict).not.toHaveProperty("strict");
    expect(strict?.function).toMatchObject({ name: "act", strict: true });
  });

  it("with strict sends the strict form of the schema, and removes its additions from the arguments", async () => {
    const parameters = z.object({ a: z.string().optional(), b: z.number() });
    const act = tool({ parameters, wire: { strict: true }, execute: (args) => args });
    local.reply({ toolCalls: [{ name: "act", args: { a: null, b: 1 } }] }, { text: "Done." });
    const { turns } = await local.client().chat({ prompt: "Go.", tools: { act } });
    expect(local.requests[0]?.body.tools[0].function.parameters).toMatchObject({
      required: ["a", "b"],
      additionalProperties: false,
    });
    expect(turns[0]?.toolResults).toMatchObject([{ args: { b: 1 }, isError: false }]);
  });
});

describe("a tool that prepareTurn adds", () => {
  it("may have the output tool's default name", async () => {
    const output = tool({ parameters: { type: "object" }, execute: () => "printed" });
    const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] } as const;
    local.reply({ toolCalls: [{ name: "output", args: {} }] }, { toolCalls: [{ name: "output_2", args: { a: 1 } }] });
    const options = {
      prompt: "Go.",
      outputStrategy: "tool",
      output: schema,
      prepareTurn: () => ({ tools: { output } }),
    } as const;
    const { turns, output: value } = await local.client().chat(options);
    expect(turns[0]?.toolResults).toMatchObject([{ name: "output", result: "printed" }]);
    expect(value).toEqual({ a: 1 });
  });

  it("causes a ConfigurationError when it has the output tool's name", async () => {
    const output_2 = tool({ parameters: { type: "object" }, execute: () => "printed" });
    const options = {
      prompt: "Go.",
      outputStrategy: "tool",
      output: { type: "object" } as const,
      prepareTurn: () => ({ tools: { output_2 } }),
    } as const;
    await expect(local.client().chat(options)).rejects.toBeInstanceOf(ConfigurationError);
    expect(local.requests).toEqual([]);
  });
});
