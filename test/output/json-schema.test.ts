import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigurationError } from "../../src/errors/errors.ts";
import { toJsonSchema } from "../../src/output/json-schema.ts";
import type { Schema } from "../../src/schema.ts";

const expected = {
  type: "object",
  properties: { city: { type: "string" }, days: { type: "number" } },
  required: ["city"],
};

describe("toJsonSchema", () => {
  it.each<[string, Schema]>([
    ["zod", z.object({ city: z.string(), days: z.number().optional() })],
    ["valibot", v.object({ city: v.string(), days: v.optional(v.number()) })],
    ["arktype", type({ city: "string", "days?": "number" })],
  ])("converts %s by its own converter, in the dialect 2020-12", async (_, schema) => {
    expect(await toJsonSchema(schema, "output")).toMatchObject({
      ...expected,
      $schema: "https://json-schema.org/draft/2020-12/schema",
    });
  });

  it.each<[string, Schema, unknown]>([
    [
      "zod",
      z.object({ n: z.string().transform(Number), d: z.number().default(1) }),
      { n: { type: "string" }, d: { type: "number" } },
    ],
    [
      "valibot",
      v.object({ n: v.pipe(v.string(), v.transform(Number)), d: v.optional(v.number(), 1) }),
      { n: { type: "string" }, d: { type: "number" } },
    ],
    ["arktype", type({ n: "string.numeric.parse", d: "number = 1" }), { n: { type: "string" }, d: { type: "number" } }],
  ])("describes what goes into %s, before its transforms and defaults", async (_, schema, properties) => {
    const converted = await toJsonSchema(schema, "output");
    expect(converted).toMatchObject({ properties });
    expect((converted as { required: string[] }).required).toEqual(["n"]);
  });

  it("keeps recursion", async () => {
    const node = z.object({
      name: z.string(),
      get children() {
        return z.array(node);
      },
    });
    expect(JSON.stringify(await toJsonSchema(node, "output"))).toContain('"$ref"');
  });

  it("hands a JSON Schema back as it is", async () => {
    expect(await toJsonSchema(expected, "output")).toBe(expected);
    expect(await toJsonSchema(true, "output")).toBe(true);
  });

  it("converts a schema once", async () => {
    const schema = z.object({ a: z.string() });
    expect(await toJsonSchema(schema, "output")).toBe(await toJsonSchema(schema, "tools.a"));
  });

  it("takes the converter methods of libraries without the standard interface", async () => {
    const plain = { "~standard": { version: 1, vendor: "x", validate: (value: unknown) => ({ value }) } } as const;
    const zodLike = { ...plain, toJSONSchema: ({ io }: { io: string }) => ({ title: io }) };
    expect(await toJsonSchema(zodLike, "output")).toEqual({ title: "input" });
    const arkLike = { ...plain, in: { toJsonSchema: () => ({ title: "in" }) }, toJsonSchema: () => ({ title: "whole" }) };
    expect(await toJsonSchema(arkLike, "output")).toEqual({ title: "in" });
    await expect(toJsonSchema(plain, "output")).rejects.toThrow("x does not tell the JSON Schema of a schema");
  });

  it.each<[string, unknown, RegExp]>([
    ["a date in zod", z.object({ at: z.date() }), /Date.*JSON can express/],
    ["a date in valibot", v.object({ at: v.date() }), /date.*JSON can express/i],
    ["an array", [{ type: "string" }], /got an array/],
    ["null", null, /got null/],
    ["a string", "object", /got a string/],
    ["a class instance", new Map(), /instance of Map/],
    ["a function", () => ({}), /got a function/],
    ["a bare object of schemas", { city: z.string() }, /z\.object/],
  ])("refuses %s, naming the option and the mend", async (_, schema, message) => {
    const error: unknown = await toJsonSchema(schema as Schema, "tools.weather.parameters").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).message).toMatch(message);
    expect((error as ConfigurationError).issues).toMatchObject([{ option: "tools.weather.parameters" }]);
  });
});
