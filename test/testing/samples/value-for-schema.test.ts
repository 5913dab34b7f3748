import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createValidator as createInterpreting } from "../../../src/output/validator-interpreting.ts";
import type { JsonSchema } from "../../../src/schema.ts";
import { loadCompile, valueForSchema } from "../../../src/testing/samples/sample-value.ts";

const compile = await loadCompile();
const createSample = (schema: JsonSchema) => valueForSchema(schema, compile);

function expectValid(schema: JsonSchema): unknown {
  const value = createSample(schema);
  const isValid = typeof schema === "boolean" || compile(schema)(value);
  expect(isValid, `${JSON.stringify(value)} for ${JSON.stringify(schema)}`).toBe(true);
  return value;
}

const formats = [
  "date",
  "time",
  "date-time",
  "iso-time",
  "iso-date-time",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "uri-template",
  "url",
  "uuid",
  "json-pointer",
  "json-pointer-uri-fragment",
  "relative-json-pointer",
  "regex",
  "byte",
] as const;
const patterns = [
  "^[A-Z]{2}-\\d{4}$",
  "^(?:red|green|blue)$",
  "^\\+?[1-9]\\d{1,14}$",
  "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$",
  "foo",
  "^$",
  "^\\p{Lu}\\p{Ll}+$",
  "^(?=.*\\d)(?=.*[a-z])(?=.*[A-Z]).{8,}$",
  "^#(?:[0-9a-f]{3}){1,2}$",
  "^(['\"])x\\1$",
  "^(?<year>\\d{4})-\\k<year>$",
  "^\\u0041\\x42[\\w-]{3}$",
  "^[\\u4e00-\\u9fa5]{2}$",
  "^(?!admin)[a-z]{3,8}$",
  "^v?(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$",
  "\\bword\\b",
  "^a|b$",
  "^\\S{3}\\s\\S{3}$",
] as const;

/** Schemas that some value satisfies: a value is generated first, and each keyword is chosen to accept it. */
const { schema: arbitrarySchema } = fc.letrec<{ schema: JsonSchema; leaf: JsonSchema }>((tie) => {
  const bounds = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 500 }));
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const withoutUndefined = (schema: object): JsonSchema => JSON.parse(JSON.stringify(schema));
  const leaf = fc.oneof(
    fc.constantFrom<JsonSchema>({}, true, { type: "null" }, { type: "boolean" }, { type: ["string", "null"] }),
    fc.jsonValue({ maxDepth: 1 }).map((value): JsonSchema => ({ const: value })),
    fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 4 }).map((values): JsonSchema => ({ enum: values })),
    fc
      .record({ bounds, exclusive: fc.boolean(), type: fc.constantFrom("number", "integer") })
      .map(
        ({ bounds: [low, width], exclusive, type }): JsonSchema =>
          exclusive
            ? { type, exclusiveMinimum: low, exclusiveMaximum: low + width + 2 }
            : { type, minimum: low, maximum: low + width },
      ),
    fc
      .record({ step: fc.constantFrom(0.01, 0.1, 0.25, 0.5, 1, 2, 3, 7, 10, 25), times: fc.integer({ min: -50, max: 50 }) })
      .map(({ step, times }): JsonSchema => ({ type: "number", multipleOf: step, minimum: step * times })),
    fc
      .tuple(fc.nat({ max: 40 }), fc.nat({ max: 20 }))
      .map(([least, more]): JsonSchema => ({ type: "string", minLength: least, maxLength: least + more })),
    fc.constantFrom(...formats).map((format): JsonSchema => ({ type: "string", format })),
    fc.constantFrom(...patterns).map((pattern): JsonSchema => ({ type: "string", pattern })),
  );
  const object = fc
    .record({
      properties: fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), tie("schema"), { maxKeys: 4 }),
      isClosed: fc.boolean(),
      requiresAll: fc.boolean(),
      others: optional(tie("leaf")),
      more: fc.nat({ max: 2 }),
    })
    .map(({ properties, isClosed, requiresAll, others, more }) =>
      withoutUndefined({
        type: "object",
        properties,
        required: requiresAll ? Object.keys(properties) : Object.keys(properties).slice(0, 1),
        additionalProperties: isClosed ? false : others,
        minProperties: isClosed ? undefined : Object.keys(properties).length + more,
      }),
    );
  const array = fc
    .record({
      items: tie("schema"),
      tuple: optional(fc.array(tie("leaf"), { minLength: 1, maxLength: 3 })),
      least: fc.nat({ max: 4 }),
    })
    .map(({ items, tuple, least }) =>
      withoutUndefined({ type: "array", items, prefixItems: tuple, minItems: least, maxItems: least + 3 }),
    );
  const unique = fc
    .tuple(
      fc.constantFrom<JsonSchema>({ type: "integer" }, { type: "string" }, { enum: ["a", "b", "c"] }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([items, least]): JsonSchema => ({ type: "array", items, uniqueItems: true, minItems: least }));
  const union = fc.tuple(fc.constantFrom("anyOf", "oneOf"), fc.array(tie("leaf"), { minLength: 1, maxLength: 3 })).map(
    ([keyword, branches]): JsonSchema =>
      // The branches of `oneOf` are made distinguishable, so that exactly one matches.
      keyword === "anyOf"
        ? { anyOf: branches }
        : {
            oneOf: branches.map((value, at) => ({
              type: "object",
              properties: { kind: { const: at }, value },
              required: ["kind", "value"],
            })),
          },
  );
  return {
    leaf,
    schema: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, leaf, object, array, unique, union),
  };
});

describe("the value generated for a schema", () => {
  it("validates, for arbitrary schemas that some value satisfies", { timeout: 60_000 }, async () => {
    fc.assert(
      fc.property(arbitrarySchema, (schema) => void expectValid(schema)),
      { numRuns: 100 },
    );
  });

  it("validates with the interpreting validator as well", async () => {
    const schema: JsonSchema = {
      type: "object",
      properties: { when: { format: "date-time" }, id: { pattern: "^x\\d{3}$" } },
      required: ["when", "id"],
    };
    const value = expectValid(schema);
    expect(createInterpreting().compile(schema)(value)).toEqual([]);
  });

  it.each(formats)("has the format %s, also with a length when such strings can have one", async (format) => {
    const value = expectValid({ type: "string", format });
    expect(value).toBeTypeOf("string");
  });

  it.each(patterns)("matches the pattern %s", async (pattern) => {
    expectValid({ type: "string", pattern });
  });

  const cases: [title: string, schema: JsonSchema][] = [
    ["a pattern and a length", { type: "string", pattern: "^[a-z]+$", minLength: 12, maxLength: 12 }],
    ["a format and a length", { type: "string", format: "email", minLength: 30, maxLength: 31 }],
    ["a format and a pattern", { type: "string", format: "email", pattern: "@example\\.com$" }],
    [
      "patterns from several sides",
      { allOf: [{ pattern: "^[a-z0-9]+$" }, { pattern: "\\d" }, { minLength: 4 }], type: "string" },
    ],
    ["multiples of several numbers", { allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], type: "integer", minimum: 13 }],
    ["a narrow exclusive interval", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 0.001 }],
    ["money", { type: "number", multipleOf: 0.01, minimum: 9.99, maximum: 12 }],
    ["negative multiples", { type: "integer", multipleOf: 5, maximum: -12 }],
    ["const null", { const: null }],
    ["const an object", { const: { b: 1, a: [2] } }],
    ["enum together with a type", { type: "string", enum: [1, null, "x"] }],
    ["enums from several sides", { allOf: [{ enum: ["a", "b"] }, { enum: ["b", "c"] }] }],
    ["unique items of an enum", { type: "array", items: { enum: ["a", "b", "c"] }, uniqueItems: true, minItems: 3 }],
    ["unique booleans", { type: "array", items: { type: "boolean" }, uniqueItems: true, minItems: 2 }],
    [
      "unique objects",
      {
        type: "array",
        items: { type: "object", properties: { id: { type: "integer" } }, required: ["id"] },
        uniqueItems: true,
        minItems: 4,
      },
    ],
    ["unique formatted strings", { type: "array", items: { type: "string", format: "email" }, uniqueItems: true, minItems: 3 }],
    ["unique uuids", { type: "array", items: { type: "string", format: "uuid" }, uniqueItems: true, minItems: 3 }],
    ["contains", { type: "array", items: { type: "integer" }, contains: { minimum: 100 }, minContains: 2, minItems: 4 }],
    ["a closed tuple", { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false, minItems: 2 }],
    [
      "a draft-07 tuple",
      { type: "array", items: [{ type: "string" }, { type: "boolean" }], additionalItems: false, minItems: 2 },
    ],
    ["a record", { type: "object", additionalProperties: { type: "integer" }, minProperties: 3 }],
    ["property names", { type: "object", propertyNames: { pattern: "^[a-z]{3}$" }, minProperties: 1 }],
    [
      "pattern properties",
      { type: "object", patternProperties: { "^x-": { type: "integer" } }, additionalProperties: false, minProperties: 1 },
    ],
    [
      "dependent properties",
      { type: "object", properties: { card: { type: "string" } }, required: ["card"], dependentRequired: { card: ["address"] } },
    ],
    [
      "dependent schemas",
      {
        type: "object",
        properties: { a: { type: "string" } },
        required: ["a"],
        dependentSchemas: { a: { properties: { b: { type: "integer" } }, required: ["b"] } },
      },
    ],
    [
      "if, then and else",
      {
        type: "object",
        properties: { kind: { enum: ["a", "b"] } },
        required: ["kind"],
        if: { properties: { kind: { const: "a" } } },
        // biome-ignore lint/suspicious/noThenProperty: `then` is a JSON Schema keyword.
        then: { required: ["onlyA"] },
        else: { required: ["onlyB"] },
      },
    ],
    ["not", { type: "integer", minimum: 1, maximum: 3, not: { enum: [1, 3] } }],
    [
      "not a property",
      { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, not: { required: ["a"] } },
    ],
    ["oneOf with overlapping branches", { oneOf: [{ type: "integer" }, { type: "number", minimum: 2 }] }],
    [
      "allOf with closed unions",
      { allOf: [{ anyOf: [{ type: "string" }, { type: "integer" }] }, { anyOf: [{ type: "integer" }, { type: "boolean" }] }] },
    ],
    [
      "unevaluated properties",
      { allOf: [{ properties: { a: { type: "string" } }, required: ["a"] }], unevaluatedProperties: false, type: "object" },
    ],
    ["a reference with siblings", { $ref: "#/$defs/name", minLength: 10, $defs: { name: { type: "string" } } }],
    ["an anchor", { $ref: "#name", $defs: { n: { $anchor: "name", type: "integer" } } }],
    ["an escaped pointer", { $ref: "#/$defs/a~1b%20c", $defs: { "a/b c": { type: "integer" } } }],
    ["draft-07 definitions", { $ref: "#/definitions/n", definitions: { n: { type: "integer", minimum: 7 } } }],
    ["a type that only its keywords tell", { minLength: 30 }],
    ["an empty object", { type: "object", maxProperties: 0 }],
    ["a required property without a schema", { type: "object", required: ["anything"] }],
    [
      "a required property named like a method",
      { type: "object", properties: { constructor: { type: "integer" } }, required: ["constructor", "toString"] },
    ],
    ["nullable", { type: "integer", nullable: true }],
    ["a schema that is true", true],
  ];
  it.each(cases)("validates for %s", async (_, schema) => void expectValid(schema));

  it.each<[string, JsonSchema]>([
    [
      "a tree",
      {
        type: "object",
        properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#" } } },
        required: ["name", "children"],
      },
    ],
    [
      "a list that ends with null",
      { type: "object", properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] } }, required: ["next"] },
    ],
    [
      "an expression",
      {
        $ref: "#/$defs/e",
        $defs: {
          e: {
            anyOf: [
              {
                type: "object",
                properties: { left: { $ref: "#/$defs/e" }, right: { $ref: "#/$defs/e" } },
                required: ["left", "right"],
              },
              { type: "number" },
            ],
          },
        },
      },
    ],
    [
      "mutual recursion",
      {
        $ref: "#/$defs/a",
        $defs: {
          a: { type: "object", properties: { b: { $ref: "#/$defs/b" } } },
          b: { type: "object", properties: { a: { $ref: "#/$defs/a" } }, required: ["a"] },
        },
      },
    ],
    [
      "any JSON",
      {
        $ref: "#/$defs/json",
        $defs: {
          json: {
            anyOf: [
              { type: "object", additionalProperties: { $ref: "#/$defs/json" } },
              { type: "array", items: { $ref: "#/$defs/json" } },
              { type: ["string", "number", "boolean", "null"] },
            ],
          },
        },
      },
    ],
  ])("terminates for %s", async (_, schema) => void expectValid(schema));

  it("is the simplest one, has every optional property, and is always the same", async () => {
    const schema: JsonSchema = {
      type: "object",
      properties: {
        city: { type: "string" },
        unit: { enum: ["celsius", "fahrenheit"] },
        days: { type: "integer", minimum: 3 },
        tags: { type: "array", items: { type: "string" } },
        note: { anyOf: [{ type: "null" }, { type: "string" }] },
      },
      required: ["city"],
    };
    const value = createSample(schema);
    expect(value).toEqual({ city: "text", unit: "celsius", days: 3, tags: ["text"], note: "text" });
    expect(createSample(schema)).toEqual(value);
  });

  it("is null when nothing satisfies the schema", async () => {
    expect(createSample(false)).toBeNull();
  });
});
