import { type } from "arktype";
import { ConfigurationError, tool } from "cf-ai-gateway";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { modelId } from "../../src/request/model-id.ts";
import { offerTools } from "../../src/tools/offer-tools.ts";
import type { Tool } from "../../src/tools/tool-types.ts";

/** The tools as they are sent to this provider. */
async function describeTools(tools: Record<string, Tool>, provider = "openai") {
  const target = modelId(provider, "some-model", "compat");
  if ("message" in target) throw new Error(target.message);
  return (await offerTools(tools, undefined)).describe(target);
}

const jsonSchema = {
  type: "object",
  properties: { city: { type: "string" }, days: { type: "integer" } },
  required: ["city"],
} as const;

const kinds: [library: string, definition: Parameters<typeof tool>[0]][] = [
  ["Zod", { parameters: z.object({ city: z.string(), days: z.int().optional() }) }],
  ["Valibot", { parameters: v.object({ city: v.string(), days: v.optional(v.pipe(v.number(), v.integer())) }) }],
  ["ArkType", { parameters: type({ city: "string", "days?": "number.integer" }) }],
  ["plain JSON Schema", { parameters: jsonSchema }],
];

describe("a tool", () => {
  it.each([
    ...kinds,
    [
      "plain JSON Schema that names its dialect",
      { parameters: { $schema: "https://json-schema.org/draft/2020-12/schema", ...jsonSchema } },
    ],
  ] satisfies typeof kinds)("is sent without the $schema of its %s parameters, which Gemini rejects", async (_, definition) => {
    const [described] = await describeTools({ weather: tool(definition) });
    expect(described?.function.parameters).toHaveProperty("properties");
    expect(described?.function.parameters).not.toHaveProperty("$schema");
  });

  it.each(kinds)("is described to the model by the JSON Schema of its %s parameters", async (_, definition) => {
    const [described] = await describeTools({ weather: tool({ description: "The weather.", ...definition }) });
    expect(described).toMatchObject({
      type: "function",
      function: {
        name: "weather",
        description: "The weather.",
        parameters: {
          type: "object",
          properties: { city: { type: "string" }, days: { type: "integer" } },
          required: ["city"],
        },
      },
    });
  });

  it("keeps enums, lists, nullables and the descriptions of its parameters", async () => {
    const parameters = z.object({
      unit: z.enum(["c", "f"]).describe("The unit of the answer"),
      days: z.array(z.number()).describe("Which days"),
      note: z.string().nullable(),
    });
    const [described] = await describeTools({ weather: tool({ parameters }) });
    expect(described?.function.parameters).toMatchObject({
      properties: {
        unit: { type: "string", enum: ["c", "f"], description: "The unit of the answer" },
        days: { type: "array", items: { type: "number" }, description: "Which days" },
        note: { type: ["string", "null"] },
      },
    });
  });

  it("describes the input of a transform, not its output", async () => {
    const parameters = z.object({ on: z.string().transform((text) => new Date(text)), days: z.number().default(1) });
    const [described] = await describeTools({ plan: tool({ parameters }) });
    expect(described?.function.parameters).toMatchObject({ properties: { on: { type: "string" } }, required: ["on"] });
  });

  it("is sent without a description when it has none", async () => {
    const [described] = await describeTools({ weather: tool({ parameters: jsonSchema }) });
    expect(Object.keys(described?.function ?? {})).toEqual(["name", "parameters"]);
  });

  it("is frozen", () => {
    expect(Object.isFrozen(tool({ parameters: jsonSchema }))).toBe(true);
  });

  it.each([
    ["tool.parameters", {}],
    ["tool.parameters", { parameters: null }],
    ["tool.execute", { parameters: jsonSchema, execute: "run" }],
    ["tool.description", { parameters: jsonSchema, description: 7 }],
    ["tool.timeout", { parameters: jsonSchema, timeout: 0 }],
    ["tool.timeout", { parameters: jsonSchema, timeout: "5s" }],
    ["tool.timeout", { parameters: jsonSchema, timeout: Number.NaN }],
    ["tool", undefined],
    ["tool.validate", { parameters: jsonSchema, validate: "no" }],
    ["tool.needsApproval", { parameters: jsonSchema, needsApproval: "always" }],
    ["tool.wire", { parameters: jsonSchema, wire: [] }],
    ["tool.wire.size", { parameters: jsonSchema, wire: { size: Number.NaN } }],
  ])("rejects an invalid %s in %j", (option, definition) => {
    expect(() => tool(definition as never)).toThrow(ConfigurationError);
    expect(() => tool(definition as never)).toThrow(option);
  });

  it("reports every problem of a definition at once", () => {
    const definition = { execute: 1, timeout: -1 } as never;
    expect(() => tool(definition)).toThrow(/3 problems[\s\S]*parameters[\s\S]*execute[\s\S]*timeout/);
  });

  it.each([
    ["inputSchema", "is called parameters here", { inputSchema: jsonSchema }],
    ["input_schema", "is called parameters here", { input_schema: jsonSchema }],
    ["schema", "is called parameters here", { schema: jsonSchema }],
    ["paramters", "is called parameters here", { paramters: jsonSchema }],
    ["handler", "is called execute here", { parameters: jsonSchema, handler: () => "sunny" }],
    ["func", "is called execute here", { parameters: jsonSchema, func: () => "sunny" }],
    ["requiresApproval", "is called needsApproval here", { parameters: jsonSchema, requiresApproval: true }],
    ["name", "its key in tools", { parameters: jsonSchema, name: "weather" }],
    ["strict", "write wire: { strict: true }", { parameters: jsonSchema, strict: true }],
    ["inputSchema", "is not a field of a tool", { parameters: jsonSchema, inputSchema: jsonSchema }],
    ["constructor", "is not a field of a tool", { parameters: jsonSchema, constructor: 1 }],
  ])("rejects the field %s with a message that says what to write instead: %s", (field, message, definition) => {
    expect(() => tool(definition as never)).toThrow(ConfigurationError);
    try {
      tool(definition as never);
    } catch (error) {
      expect((error as ConfigurationError).issues).toEqual([
        { option: `tool.${field}`, message: expect.stringContaining(message) },
      ]);
    }
  });

  it("ignores fields that are undefined", () => {
    expect(() => tool({ parameters: jsonSchema, inputSchema: undefined } as never)).not.toThrow();
  });

  it("rejects a field whose getter throws", () => {
    const unreadable = {
      get parameters(): never {
        throw new Error("thrown by a getter");
      },
    };
    expect(() => tool(unreadable)).toThrow(ConfigurationError);
    expect(() => tool(unreadable)).toThrow(/thrown by a getter/);
  });

  it("rejects a schema that can't be converted to JSON Schema, naming the tool", async () => {
    const tools = { plan: tool({ parameters: z.object({ on: z.date() }) }) };
    await expect(describeTools(tools)).rejects.toThrow(/tools\.plan\.parameters.*date/);
  });
});
