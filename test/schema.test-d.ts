// Type assertions, checked by the compiler; nothing here runs.
import type { StandardSchemaV1 as Official } from "@standard-schema/spec";
import { type } from "arktype";
import * as v from "valibot";
import { expectTypeOf } from "vitest";
import { z } from "zod";
import type { ChatResult, FromJsonSchema, Gateway, InferOutput, JsonSchema, Schema, StandardSchemaV1 } from "../src/index.ts";

/** Infers the type of a literal schema's values. */
function of<const S extends JsonSchema>(_: S): FromJsonSchema<S> {
  return undefined as FromJsonSchema<S>;
}

export function literals(): void {
  // single types
  expectTypeOf(of({ type: "string" })).toEqualTypeOf<string>();
  expectTypeOf(of({ type: "number", minimum: 0 })).toEqualTypeOf<number>();
  expectTypeOf(of({ type: "integer" })).toEqualTypeOf<number>();
  expectTypeOf(of({ type: "boolean" })).toEqualTypeOf<boolean>();
  expectTypeOf(of({ type: "null" })).toEqualTypeOf<null>();
  expectTypeOf(of({ type: ["string", "null"] })).toEqualTypeOf<string | null>();
  expectTypeOf(of({ type: ["integer", "string"] })).toEqualTypeOf<number | string>();

  // constants and enums
  expectTypeOf(of({ const: "yes" })).toEqualTypeOf<"yes">();
  expectTypeOf(of({ type: "string", enum: ["red", "green"] })).toEqualTypeOf<"red" | "green">();
  expectTypeOf(of({ enum: [1, "two", null] })).toEqualTypeOf<1 | "two" | null>();

  // arrays
  expectTypeOf(of({ type: "array", items: { type: "string" } })).toEqualTypeOf<string[]>();
  expectTypeOf(of({ type: "array" })).toEqualTypeOf<unknown[]>();
  expectTypeOf(of({ type: "array", items: { type: "array", items: { type: "number" } } })).toEqualTypeOf<number[][]>();

  // objects
  expectTypeOf(
    of({
      type: "object",
      properties: { name: { type: "string" }, age: { type: "integer" }, tags: { type: "array", items: { type: "string" } } },
      required: ["name", "tags"],
      additionalProperties: false,
    }),
  ).toEqualTypeOf<{ name: string; tags: string[]; age?: number }>();
  expectTypeOf(of({ properties: { a: { type: "null" } }, required: ["a"] })).toEqualTypeOf<{ a: null }>();
  expectTypeOf<keyof ReturnType<typeof of<{ type: "object"; properties: Record<never, never> }>>>().toEqualTypeOf<never>();
  expectTypeOf(of({ type: "object" })).toEqualTypeOf<{ [key: string]: unknown }>();
  expectTypeOf(of({ type: "object", additionalProperties: { type: "number" } })).toEqualTypeOf<{ [key: string]: number }>();
  expectTypeOf(of({ type: "object", additionalProperties: false })).toEqualTypeOf<{ [key: string]: unknown }>();

  // unions
  expectTypeOf(of({ anyOf: [{ type: "string" }, { type: "number" }] })).toEqualTypeOf<string | number>();
  expectTypeOf(of({ oneOf: [{ const: 1 }, { type: "null" }] })).toEqualTypeOf<1 | null>();
  expectTypeOf(of(false)).toEqualTypeOf<never>();
  expectTypeOf(of(true)).toEqualTypeOf<unknown>();
  expectTypeOf(of({})).toEqualTypeOf<unknown>();
  expectTypeOf(of({ type: "date" })).toEqualTypeOf<unknown>();
}

export function references(): void {
  expectTypeOf(
    of({
      type: "object",
      properties: { home: { $ref: "#/$defs/Address" }, work: { $ref: "#/$defs/Address" } },
      required: ["home"],
      $defs: { Address: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } },
    }),
  ).toEqualTypeOf<{ home: { city: string }; work?: { city: string } }>();

  // a schema that refers to itself
  const tree = of({
    $ref: "#/$defs/Node",
    $defs: {
      Node: {
        type: "object",
        properties: { value: { type: "number" }, children: { type: "array", items: { $ref: "#/$defs/Node" } } },
        required: ["value", "children"],
      },
    },
  });
  expectTypeOf(tree.value).toEqualTypeOf<number>();
  expectTypeOf(tree.children[0]?.children[0]?.value).toEqualTypeOf<number | undefined>();
  const list = of({ type: "object", properties: { next: { $ref: "#" } } });
  expectTypeOf(list.next?.next?.next).toEqualTypeOf<(typeof list)["next"]>();

  // unresolvable references are unknown
  expectTypeOf(of({ $ref: "https://example.com/schema.json" })).toEqualTypeOf<unknown>();
  expectTypeOf(of({ $ref: "#/$defs/Missing", $defs: { Other: {} } })).toEqualTypeOf<unknown>();
  expectTypeOf(of({ $ref: "#/$defs/Missing" })).toEqualTypeOf<unknown>();
}

export function outputs(gateway: Gateway): void {
  const zod = z.object({ n: z.string().transform(Number) });
  const valibot = v.object({ n: v.pipe(v.string(), v.transform(Number)) });
  const ark = type({ n: "string.numeric.parse" });
  expectTypeOf<InferOutput<typeof zod>>().toEqualTypeOf<{ n: number }>();
  expectTypeOf<InferOutput<typeof valibot>>().toEqualTypeOf<{ n: number }>();
  expectTypeOf<InferOutput<typeof ark>>().toEqualTypeOf<{ n: number }>();
  expectTypeOf<InferOutput<JsonSchema>>().toEqualTypeOf<unknown>();

  expectTypeOf(gateway.chat({ prompt: "x", output: zod })).resolves.toEqualTypeOf<ChatResult<{ n: number }>>();
  expectTypeOf(gateway.chat({ prompt: "x", output: valibot })).resolves.toEqualTypeOf<ChatResult<{ n: number }>>();
  expectTypeOf(gateway.chat({ prompt: "x", output: ark })).resolves.toEqualTypeOf<ChatResult<{ n: number }>>();
  expectTypeOf(gateway.chat({ prompt: "x" })).resolves.toEqualTypeOf<ChatResult<undefined>>();
  const answer = gateway.chat({
    prompt: "x",
    output: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  });
  expectTypeOf(answer).resolves.toEqualTypeOf<ChatResult<{ city: string }>>();
  expectTypeOf(gateway.stream({ prompt: "x", output: zod }).result).resolves.toEqualTypeOf<ChatResult<{ n: number }>>();
  expectTypeOf(gateway.stream({ prompt: "x", output: { enum: ["a", "b"] } }).result).resolves.toEqualTypeOf<
    ChatResult<"a" | "b">
  >();
  // a schema that is only known at runtime
  const late: JsonSchema = JSON.parse("{}");
  expectTypeOf(gateway.chat({ prompt: "x", output: late })).resolves.toEqualTypeOf<ChatResult<unknown>>();
  const given = zod as Schema<{ n: number }>;
  expectTypeOf(gateway.chat({ prompt: "x", output: given as StandardSchemaV1<unknown, { n: number }> })).resolves.toEqualTypeOf<
    ChatResult<{ n: number }>
  >();

  // @ts-expect-error a string is not a schema
  void gateway.chat({ prompt: "x", output: "json" });
}

export function standard(): void {
  // Our copy of the interface is mutually assignable with the official one.
  expectTypeOf<Official<string, number>>().toExtend<StandardSchemaV1<string, number>>();
  expectTypeOf<StandardSchemaV1<string, number>>().toExtend<Official<string, number>>();
}
