import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ConfigurationError } from "../../src/errors/errors.ts";
import { validateWith } from "../../src/output/validate.ts";
import { createValidator } from "../../src/output/validator-interpreting.ts";
import type { Schema, SchemaIssue, SchemaValidator } from "../../src/schema.ts";

describe("validateWith", () => {
  it.each<[string, Schema]>([
    ["zod", z.object({ "a/b": z.array(z.object({ n: z.number() })) })],
    ["valibot", v.object({ "a/b": v.array(v.object({ n: v.number() })) })],
    ["arktype", type({ "a/b": type({ n: "number" }).array() })],
    ["a JSON Schema", { properties: { "a/b": { items: { properties: { n: { type: "number" } } } } } }],
  ])("reports the path of a wrong value as a JSON Pointer with %s", async (_, schema) => {
    const result = await validateWith(schema, { "a/b": [{ n: 1 }, { n: "x" }] }, undefined);
    expect(result.issues).toMatchObject([{ path: "/a~1b/1/n" }]);
  });

  it.each<[string, Schema]>([
    ["zod", z.object({ n: z.string().transform(Number) })],
    ["valibot", v.object({ n: v.pipe(v.string(), v.transform(Number)) })],
    ["arktype", type({ n: "string.numeric.parse" })],
  ])("returns the transformed output of %s", async (_, schema) => {
    expect(await validateWith(schema, { n: "12" }, undefined)).toEqual({ value: { n: 12 } });
  });

  it("waits for an asynchronous refinement", async () => {
    const schema = z.string().refine(async (value) => value !== "x", "must not be x");
    expect(await validateWith(schema, "x", undefined)).toEqual({ issues: [{ path: "", message: "must not be x" }] });
    expect(await validateWith(schema, "y", undefined)).toEqual({ value: "y" });
  });

  it("waits for a result that is thenable, but no promise", async () => {
    // biome-ignore lint/suspicious/noThenProperty: a promise of another library.
    const thenable = (promise: Promise<unknown>) => ({ then: promise.then.bind(promise) });
    const schema = (validate: () => unknown) => ({ "~standard": { version: 1, vendor: "own", validate } }) as unknown as Schema;
    const settles = schema(() => thenable(Promise.resolve({ value: 5 })));
    expect(await validateWith(settles, 1, undefined)).toEqual({ value: 5 });
    const rejects = schema(() => thenable(Promise.reject(new Error("no"))));
    expect(await validateWith(rejects, 1, undefined)).toEqual({ issues: [{ path: "", message: "validation failed: no" }] });
  });

  it("returns the value itself under a JSON Schema", async () => {
    const value = { a: 1 };
    expect((await validateWith({ type: "object" }, value, undefined)) as { value: unknown }).toEqual({ value });
    expect(await validateWith(false, 1, undefined)).toMatchObject({ issues: [{ path: "" }] });
  });

  it("compiles a schema once for each validator", async () => {
    const compile = vi.fn(() => (): SchemaIssue[] => []);
    const schema = { type: "string" };
    await validateWith(schema, "x", { compile });
    const validator = { compile };
    await validateWith(schema, "x", validator);
    await validateWith(schema, 1, validator);
    expect(compile).toHaveBeenCalledTimes(2);
    expect(await validateWith(schema, 1, createValidator())).toMatchObject({ issues: [{ path: "" }] });
  });

  it("rejects a JSON Schema that does not compile, naming the option", async () => {
    const validate = async () => validateWith({ type: "strin" }, "x", undefined, "tools.a.parameters");
    const error: unknown = await validate().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).message).toMatch(/^tools\.a\.parameters:? is not a valid JSON Schema/);
  });

  it("treats an exception in a Standard Schema as an issue with the value", async () => {
    const schema = z.string().refine((text) => new URL(text).protocol === "https:");
    const result = await validateWith(schema, "no URL", undefined);
    expect(result.issues).toEqual([{ path: "", message: expect.stringMatching(/validation failed: .*URL/) }]);
  });

  it("rejects a value that is nested too deeply, under any schema", async () => {
    const list: Schema = { $defs: { list: { type: "array", items: { $ref: "#/$defs/list" } } }, $ref: "#/$defs/list" };
    for (const depth of [501, 100_000]) {
      const value: unknown = JSON.parse("[".repeat(depth) + "]".repeat(depth));
      for (const schema of [list, z.any()]) {
        expect((await validateWith(schema, value, undefined)).issues).toEqual([
          { path: "", message: "must not be nested more than 500 levels deep" },
        ]);
      }
    }
    expect((await validateWith(list, JSON.parse("[".repeat(500) + "]".repeat(500)), undefined)).issues).toBeUndefined();
  });

  it("bounds the number and the length of issues", async () => {
    const value = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`${"k".repeat(500)}${index}`, 1]));
    const { issues = [] } = await validateWith({ additionalProperties: false }, value, undefined);
    expect(issues).toHaveLength(21);
    expect(JSON.stringify(issues).length).toBeLessThan(12_000);
  });

  it.each<[string, SchemaValidator]>([
    ["no function", { compile: () => "valid" as unknown as () => [] }],
    [
      "a function that throws",
      {
        compile: () => () => {
          throw new Error("out of order");
        },
      },
    ],
    ["a function that returns no array", { compile: () => () => true as unknown as [] }],
  ])("names the option validator when its compile returns %s", async (_, validator) => {
    const call = async () => validateWith({ type: "string" }, "x", validator);
    const error = await call().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).issues).toMatchObject([{ option: "validator" }]);
  });
});
