import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
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
  ])("converts %s to JSON Schema 2020-12 with its own converter", async (_, schema) => {
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
  ])("describes the input of %s, before transforms and defaults", async (_, schema, properties) => {
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

  it("returns a JSON Schema unchanged", async () => {
    expect(await toJsonSchema(expected, "output")).toBe(expected);
    expect(await toJsonSchema(true, "output")).toBe(true);
  });

  it("converts a schema once", async () => {
    const schema = z.object({ a: z.string() });
    expect(await toJsonSchema(schema, "output")).toBe(await toJsonSchema(schema, "tools.a"));
  });

  it("uses the conversion methods of libraries without the standard interface", async () => {
    const plain = { "~standard": { version: 1, vendor: "x", validate: (value: unknown) => ({ value }) } } as const;
    const zodLike = { ...plain, toJSONSchema: ({ io }: { io: string }) => ({ title: io }) };
    expect(await toJsonSchema(zodLike, "output")).toEqual({ title: "input" });
    const arkLike = { ...plain, in: { toJsonSchema: () => ({ title: "in" }) }, toJsonSchema: () => ({ title: "whole" }) };
    expect(await toJsonSchema(arkLike, "output")).toEqual({ title: "in" });
    await expect(toJsonSchema(plain, "output")).rejects.toThrow("is a schema of x that can't be converted to JSON Schema");
  });

  it("converts Valibot's records, whatever the schema of their keys", async () => {
    const schema = v.record(v.picklist(["a", "b"]), v.number());
    expect(await toJsonSchema(schema, "output")).toMatchObject({
      type: "object",
      propertyNames: { enum: ["a", "b"] },
      additionalProperties: { type: "number" },
    });
  });

  it("converts zod/mini, too", async () => {
    const schema = mini.object({ city: mini.string(), days: mini._default(mini.number(), 1) });
    expect(await toJsonSchema(schema, "output")).toMatchObject({
      properties: { city: { type: "string" }, days: { type: "number" } },
      required: ["city"],
    });
  });

  it.each<[string, Schema]>([
    [
      "a check",
      v.object({
        city: v.pipe(
          v.string(),
          v.check((text) => text.length > 0),
        ),
      }),
    ],
    ["a trim", v.object({ city: v.pipe(v.string(), v.trim()) })],
    [
      "an asynchronous check",
      v.objectAsync({
        city: v.pipeAsync(
          v.string(),
          v.checkAsync(async () => true),
        ),
      }),
    ],
    [
      "a check of two members",
      v.pipe(
        v.object({ city: v.string(), b: v.string() }),
        v.forward(
          v.partialCheck([["city"], ["b"]], ({ city, b }) => city < b),
          ["city"],
        ),
      ),
    ],
  ])("omits from Valibot's JSON Schema what it can't express: %s", async (_, schema) => {
    expect(await toJsonSchema(schema, "output")).toMatchObject({ type: "object", properties: { city: { type: "string" } } });
  });

  it("omits a predicate from ArkType's JSON Schema, and keeps the rest", async () => {
    const schema = type({ city: type("string").narrow((text) => text !== "x") });
    expect(await toJsonSchema(schema, "output")).toMatchObject({ properties: { city: { type: "string" } } });
  });

  it.each<[string, Schema, RegExp]>([
    [
      "a date in zod",
      z.object({ user: z.object({ born: z.date() }) }),
      /z\.date\(\) at user\.born.*z\.iso\.datetime\(\)\.transform/,
    ],
    ["a coerced date in zod", z.array(z.object({ at: z.coerce.date() })), /z\.date\(\) at \[\]\.at/],
    ["a bigint in zod", z.object({ ids: z.array(z.bigint()) }), /z\.bigint\(\) at ids\[\].*BigInt/],
    ["a map in zod", z.map(z.string(), z.string()), /z\.map\(\) at its root/],
    ["an undefined in zod", z.object({ a: z.undefined() }), /z\.undefined\(\) at a/],
    ["a date in zod/mini", mini.object({ at: mini.date() }), /z\.date\(\) at at/],
    ["a date in valibot", v.object({ user: v.object({ born: v.date() }) }), /v\.date\(\) at user\.born.*isoTimestamp/],
    ["a date in arktype", type({ user: { born: "Date" } }), /Date at user\.born.*string\.date\.parse/],
    ["a bigint in arktype", type({ n: "bigint" }), /bigint at n/],
    ["a bigint constant in arktype", type({ n: "1n" }), /1n at n/],
    ["a symbol in arktype", type({ n: "symbol" }), /symbol at n/],
    ["undefined in arktype", type({ n: "undefined" }), /undefined at n/],
    ["a class in arktype", type({ m: type.instanceOf(Map) }), /Map at m/],
  ])("rejects %s with its path and an alternative", async (_, schema, message) => {
    await expect(toJsonSchema(schema, "output")).rejects.toThrow(message);
  });

  it("accepts the suggested alternatives", async () => {
    const at = z.iso.datetime().transform((text) => new Date(text));
    expect(await toJsonSchema(z.object({ at }), "output")).toMatchObject({ properties: { at: { type: "string" } } });
    const isoTimestamp = v.pipe(
      v.string(),
      v.isoTimestamp(),
      v.transform((text) => new Date(text)),
    );
    expect(await toJsonSchema(v.object({ at: isoTimestamp }), "output")).toMatchObject({
      properties: { at: { type: "string" } },
    });
    expect(await toJsonSchema(type({ at: "string.date.parse" }), "output")).toMatchObject({
      properties: { at: { type: "string" } },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ["an array", [{ type: "string" }], /got an array/],
    ["null", null, /got null/],
    ["a string", "object", /got a string/],
    ["a class instance", new Map(), /instance of Map/],
    ["a function", () => ({}), /got a function/],
    ["a bare object of schemas", { city: z.string() }, /z\.object/],
    [
      "a getter that throws",
      {
        get type() {
          throw new Error("no type today");
        },
      },
      /no type today/,
    ],
    [
      "a standard property that throws",
      {
        get "~standard"() {
          throw new Error("no standard today");
        },
      },
      /no standard today/,
    ],
  ])("rejects %s, naming the option", async (_, schema, message) => {
    const error: unknown = await toJsonSchema(schema as Schema, "tools.weather.parameters").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).message).toMatch(message);
    expect((error as ConfigurationError).issues).toMatchObject([{ option: "tools.weather.parameters" }]);
  });
});
