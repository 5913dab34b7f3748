import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createPartialJson } from "../../src/output/partial-json.ts";
import { type StrictSchema, toStrictSchema } from "../../src/output/strict-schema.ts";
import { createValidator } from "../../src/output/validator-ajv.ts";
import { unwrapRoot, unwrapSnapshot, wrapRoot } from "../../src/output/wrap-root.ts";
import type { JsonSchema } from "../../src/schema.ts";
import { grew } from "./growth.ts";

const validator = createValidator();

/** Converts a value that follows the strict schema to one that follows the original. */
function unwrapped(strict: StrictSchema, value: unknown): unknown {
  return strict.removeAddedNulls(unwrapRoot(value, strict)[0]);
}

function convertToStrict(schema: JsonSchema) {
  const strict = toStrictSchema(schema);
  if (!strict) throw new Error("not expressible");
  return strict;
}

/** Asserts OpenAI's rules for strict schemas, as stated in its error messages. */
function assertStrict(schema: unknown, at = "#"): void {
  const allowed = [
    "type",
    "description",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "anyOf",
    "$ref",
    "$defs",
  ];
  const node = schema as Record<string, unknown>;
  expect(
    Object.keys(node).filter((key) => !allowed.includes(key)),
    at,
  ).toEqual([]);
  if ("$ref" in node) expect(Object.keys(node), at).toEqual(["$ref"]);
  if ("properties" in node) {
    expect(node.additionalProperties, at).toBe(false);
    expect(node.required, at).toEqual(Object.keys(node.properties as object));
    for (const [key, property] of Object.entries(node.properties as object)) assertStrict(property, `${at}/${key}`);
  }
  if ("items" in node) assertStrict(node.items, `${at}/items`);
  for (const [index, each] of ((node.anyOf as unknown[]) ?? []).entries()) assertStrict(each, `${at}/anyOf/${index}`);
  for (const [name, each] of Object.entries((node.$defs as object) ?? {})) assertStrict(each, `#/$defs/${name}`);
}

describe("toStrictSchema", () => {
  it("closes objects, requires all properties, makes optional ones nullable and removes unsupported keywords", () => {
    const schema = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "Person",
      type: "object",
      properties: {
        name: { type: "string", minLength: 1, description: "Full name" },
        email: { type: "string", format: "email" },
        level: { enum: ["low", "high"], default: "low" },
        nick: { type: ["string", "null"] },
        kind: { const: "person" },
      },
      required: ["name", "kind"],
    };
    expect(convertToStrict(schema).schema).toEqual({
      type: "object",
      properties: {
        name: { type: "string", description: "Full name (minLength: 1)" },
        email: { type: ["string", "null"], description: "(format: email)" },
        level: { type: ["string", "null"], enum: ["low", "high", null] },
        nick: { type: ["string", "null"] },
        kind: { type: "string", enum: ["person"] },
      },
      required: ["name", "email", "level", "nick", "kind"],
      additionalProperties: false,
    });
  });

  it("removes the nulls that it added, and only those", () => {
    const strict = convertToStrict(
      z.toJSONSchema(z.object({ a: z.string().optional(), b: z.string().nullable(), c: z.string().nullish() }), { io: "input" }),
    );
    expect(strict.removeAddedNulls({ a: null, b: null, c: null })).toEqual({ b: null, c: null });
    expect(strict.removeAddedNulls({ a: "x", b: "y", c: "z" })).toEqual({ a: "x", b: "y", c: "z" });
  });

  it.each<[string, JsonSchema, unknown]>([
    ["an array", { type: "array", items: { type: "object", properties: { a: { type: "string" } } } }, [{ a: "x" }, {}]],
    ["an enum", { enum: ["a", "b"] }, "a"],
    [
      "a union",
      { oneOf: [{ type: "string" }, { type: "object", properties: { n: { type: "number" } }, required: ["n"] }] },
      { n: 1 },
    ],
    ["a nullable", { type: ["string", "null"] }, null],
    ["a recursive root", { type: "array", items: { $ref: "#" } }, [[], [[]]]],
    [
      "a recursive definition",
      {
        $ref: "#/$defs/node",
        $defs: {
          node: { type: "object", properties: { id: { type: "string" }, next: { $ref: "#/$defs/node" } }, required: ["id"] },
        },
      },
      { id: "a", next: { id: "b" } },
    ],
    [
      "an object that refers to its root",
      { type: "object", properties: { next: { $ref: "#" }, id: { type: "number" } } },
      { id: 1, next: { id: 2 } },
    ],
    [
      "draft-07 definitions",
      { anyOf: [{ $ref: "#/definitions/a" }], definitions: { a: { type: "object", properties: { x: { type: "string" } } } } },
      { x: "y" },
    ],
    [
      "a reference into properties",
      { type: "object", properties: { a: { type: "string" }, b: { $ref: "#/properties/a" } } },
      { a: "x" },
    ],
  ])("wraps %s in a strict object, and unwraps it again", (_, schema, value) => {
    const strict = convertToStrict(schema);
    assertStrict(strict.schema);
    expect(strict.schema).toMatchObject({ type: "object", additionalProperties: false });
    const { wrapped } = wrapRoot(schema);
    const widened = widen(strict.schema, wrapped ? { value } : value);
    expect(validator.compile(strict.schema)(widened)).toEqual([]);
    expect(unwrapped(strict, widened)).toEqual(value);
    expect(validator.compile(wrapRoot(schema).schema)(wrapped ? { value } : value)).toEqual([]);
  });

  it.each<[string, JsonSchema]>([
    ["an open map", { type: "object", additionalProperties: { type: "number" } }],
    ["a map within", { type: "object", properties: { scores: { type: "object", additionalProperties: { type: "number" } } } }],
    ["an object without properties", { type: "object" }],
    [
      "properties by pattern",
      { type: "object", properties: { a: { type: "string" } }, patternProperties: { "^x-": { type: "string" } } },
    ],
    ["a required property that is not described", { type: "object", properties: {}, required: ["a"] }],
    ["any value", { type: "object", properties: { a: {} } }],
    ["a tuple", { type: "array", prefixItems: [{ type: "string" }] }],
    ["an array of anything", { type: "array" }],
    [
      "an intersection",
      {
        allOf: [
          { type: "object", properties: { a: { type: "string" } } },
          { type: "object", properties: { b: { type: "string" } } },
        ],
      },
    ],
    ["a constant object", { const: { a: 1 } }],
    ["a foreign reference", { $ref: "https://example.com/schema" }],
    ["a boolean", true],
  ])("cannot express %s", (_, schema) => {
    expect(toStrictSchema(schema)).toBeUndefined();
  });

  it("chooses the member of a union by the value", () => {
    const strict = convertToStrict({
      anyOf: [
        { type: "object", properties: { kind: { const: "a" }, x: { type: "string" } }, required: ["kind"] },
        { type: "object", properties: { kind: { const: "b" }, x: { type: ["string", "null"] } }, required: ["kind", "x"] },
      ],
    });
    expect(strict.removeAddedNulls({ kind: "a", x: null })).toEqual({ kind: "a" });
    expect(strict.removeAddedNulls({ kind: "b", x: null })).toEqual({ kind: "b", x: null });
  });

  it("converts a schema once", () => {
    const schema = { type: "object", properties: {} };
    expect(toStrictSchema(schema)).toBe(toStrictSchema(schema));
  });

  it("restores every valid value of any schema, complete or partial", () => {
    fc.assert(
      fc.property(schemaAndValue, ({ schema, value }) => {
        const strict = convertToStrict(schema);
        assertStrict(strict.schema);
        const { wrapped } = wrapRoot(schema);
        const widened = widen(strict.schema, wrapped ? { value } : value);
        expect(validator.compile(strict.schema)(widened)).toEqual([]);
        expect(unwrapped(strict, widened)).toStrictEqual(value);

        const json = createPartialJson();
        const clean = strict.createSnapshotCleaner();
        let before: unknown;
        for (const character of JSON.stringify(widened)) {
          if (!json.push(character)) continue;
          const shown = clean(unwrapSnapshot(json.value, strict));
          expect(grew(before, shown)).toBe(true);
          before = shown;
        }
        expect(before).toStrictEqual(value);
      }),
      { numRuns: 100 },
    );
  });

  it("does not revisit parts that did not grow", () => {
    const strict = convertToStrict({
      type: "object",
      properties: { items: { type: "array", items: { type: "object", properties: { a: { type: "string" } } } } },
    });
    const clean = strict.createSnapshotCleaner();
    const json = createPartialJson();
    json.push('{"items": [{"a": null}, {"a": "x"}, {"a": "');
    const earlier = clean(json.value) as { items: unknown[] };
    json.push("y");
    const later = clean(json.value) as { items: unknown[] };
    expect(later).toEqual({ items: [{}, { a: "x" }, { a: "y" }] });
    expect(later.items[0]).toBe(earlier.items[0]);
    expect(later.items[1]).toBe(earlier.items[1]);
  });
});

/** The value that a model would write under the strict schema: absent properties are null. */
function widen(root: Record<string, unknown>, whole: unknown): unknown {
  const visit = (schema: Record<string, unknown>, value: unknown): unknown => {
    if (typeof schema.$ref === "string")
      return visit((schema.$ref === "#" ? root : at(schema.$ref)) as Record<string, unknown>, value);
    if (Array.isArray(schema.anyOf)) {
      for (const each of schema.anyOf) {
        const widened = visit(each, value);
        if (validator.compile(each.$ref === "#" ? root : { ...each, $defs: root.$defs })(widened).length === 0) return widened;
      }
      return value;
    }
    if (Array.isArray(value)) return value.map((item) => visit(schema.items as Record<string, unknown>, item));
    if (typeof value !== "object" || value === null || !schema.properties) return value;
    return Object.fromEntries(
      Object.entries(schema.properties).map(([key, property]) => [
        key,
        key in value ? visit(property, (value as Record<string, unknown>)[key]) : null,
      ]),
    );
  };
  const at = (reference: string) => (root.$defs as Record<string, unknown>)[reference.slice("#/$defs/".length)];
  return visit(root, whole);
}

interface Case {
  schema: Record<string, unknown>;
  value: unknown;
}

const scalar: fc.Arbitrary<Case> = fc.oneof(
  fc.string().map((value) => ({ schema: { type: "string", maxLength: 100 }, value })),
  fc.integer().map((value) => ({ schema: { type: "integer" }, value })),
  fc.boolean().map((value) => ({ schema: { type: "boolean" }, value })),
  fc.constantFrom("red", "green", null).map((value) => ({ schema: { enum: ["red", "green", null] }, value })),
  fc.option(fc.string()).map((value) => ({ schema: { type: ["string", "null"] }, value })),
  fc.string().map((value) => ({ schema: { const: value }, value })),
);

const { any: schemaAndValue } = fc.letrec<{ any: Case; object: Case; array: Case; union: Case }>((tie) => ({
  any: fc.oneof({ maxDepth: 4, depthIdentifier: "schema" }, scalar, tie("object"), tie("array"), tie("union")),
  object: fc
    .dictionary(
      fc.string({ minLength: 1, maxLength: 4 }).filter((key) => key !== "__proto__"),
      fc.record({ of: tie("any"), required: fc.boolean(), present: fc.boolean() }),
      { maxKeys: 4 },
    )
    .map((members) => {
      const entries = Object.entries(members);
      return {
        schema: {
          type: "object",
          properties: Object.fromEntries(entries.map(([key, { of }]) => [key, of.schema])),
          required: entries.filter(([, { required }]) => required).map(([key]) => key),
          additionalProperties: false,
        },
        // An absent property that is itself nullable is restored as null, so these are always present.
        value: Object.fromEntries(
          entries
            .filter(([, { required, present, of }]) => required || present || nullableByItself(of))
            .map(([key, { of }]) => [key, of.value]),
        ),
      };
    }),
  array: fc.tuple(tie("any"), fc.nat(3)).map(([of, length]) => ({
    schema: { type: "array", items: of.schema },
    value: Array.from({ length }, () => of.value),
  })),
  union: fc.tuple(tie("any"), fc.string()).map(([of, tag]) => ({
    // The tag discriminates the members, whatever they contain.
    schema: {
      anyOf: [
        { type: "object", properties: { tag: { const: `${tag}!` }, of: of.schema }, required: ["tag"] },
        {
          type: "object",
          properties: { tag: { const: tag }, of: { anyOf: [of.schema, { type: "null" }] } },
          required: ["tag", "of"],
        },
      ],
    },
    value: { tag, of: of.value },
  })),
}));

function nullableByItself({ schema }: Case): boolean {
  return validator.compile(schema)(null).length === 0;
}
