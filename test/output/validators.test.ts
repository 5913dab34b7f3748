import { describe, expect, it } from "vitest";
import { createValidator as createAjv } from "../../src/output/validator-ajv.ts";
import { createValidator as createInterpreting } from "../../src/output/validator-interpreting.ts";
import type { JsonSchema } from "../../src/schema.ts";

const tree: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $ref: "#/$defs/node",
  $defs: {
    node: {
      type: "object",
      properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/node" } } },
      required: ["name"],
    },
  },
};

/** Schema, value, and the paths of the issues: none means valid. */
const table: [name: string, schema: JsonSchema, value: unknown, paths: string[]][] = [
  ["a string where one is required", { type: "string" }, "x", []],
  ["a number where a string is required", { type: "string" }, 1, [""]],
  ["1.0 as an integer", { type: "integer" }, 1.0, []],
  ["a fraction as an integer", { type: "integer" }, 1.5, [""]],
  ["null in a nullable type", { type: ["string", "null"] }, null, []],
  ["anything under true", true, { a: 1 }, []],
  ["anything under false", false, 1, [""]],
  ["a missing property", { type: "object", properties: { a: {} }, required: ["a"] }, {}, [""]],
  ["a missing property called constructor", { type: "object", required: ["constructor"] }, {}, [""]],
  ["an inherited name that is not there", { type: "object", properties: { toString: { type: "string" } } }, {}, []],
  ["an extra property", { type: "object", properties: { a: {} }, additionalProperties: false }, { a: 1, "b/~": 2 }, ["/b~1~0"]],
  [
    "a wrong value under a key with pointer signs",
    { properties: { "a/b~c d%é": { type: "string" } } },
    { "a/b~c d%é": 1 },
    ["/a~1b~0c d%é"],
  ],
  ["two wrong values", { properties: { a: { type: "string" }, b: { type: "string" } } }, { a: 1, b: 2 }, ["/a", "/b"]],
  ["a wrong item", { type: "array", items: { type: "number" } }, [1, "x", 2, null], ["/1", "/3"]],
  ["a tuple", { prefixItems: [{ type: "string" }, { type: "number" }] }, ["x", "y"], ["/1"]],
  ["a value outside of an enum", { enum: ["a", "b"] }, "c", [""]],
  ["another constant", { const: { a: [1] } }, { a: [2] }, [""]],
  ["an equal constant", { const: { a: [1] } }, { a: [1] }, []],
  ["a valid union member", { anyOf: [{ type: "string" }, { type: "number" }] }, 1, []],
  ["two matches of oneOf", { oneOf: [{ type: "number" }, { minimum: 0 }] }, 1, [""]],
  ["a wrong date", { format: "date" }, "2026-02-30", [""]],
  ["a date-time", { format: "date-time" }, "2026-02-20T10:00:00Z", []],
  ["a wrong email", { format: "email" }, "nobody", [""]],
  ["an email", { format: "email" }, "a@example.com", []],
  ["a uuid", { format: "uuid" }, "0b9a5b9e-3b0f-4c58-9d2c-3d8b7a5f2c11", []],
  ["an unknown format", { format: "cuid2" }, "x", []],
  ["an unknown keyword", { "x-label": "Name", type: "string" }, "x", []],
  ["a short string", { type: "string", minLength: 2 }, "é", [""]],
  ["a character outside of the basic plane, counted once", { type: "string", maxLength: 1 }, "😀", []],
  ["a pattern with a Unicode class", { pattern: "^\\p{L}+$" }, "héé", []],
  [
    "a deep wrong value in a recursive schema",
    tree,
    { name: "a", children: [{ name: "b", children: [{}] }] },
    ["/children/0/children/0"],
  ],
  [
    "a deep wrong value in a schema that refers to its root",
    { properties: { next: { $ref: "#" }, n: { type: "number" } } },
    { next: { n: "x" } },
    ["/next/n"],
  ],
  [
    "references by id",
    {
      $id: "https://example.com/a",
      properties: { b: { $ref: "/b" }, next: { $ref: "https://example.com/a" } },
      $defs: { b: { $id: "/b", type: "string" } },
    },
    { b: 1, next: { b: 2 } },
    ["/b", "/next/b"],
  ],
  ["a valid recursive value", tree, { name: "a", children: [{ name: "b" }] }, []],
  // biome-ignore lint/suspicious/noThenProperty: `then` is a JSON Schema keyword.
  ["a failed then", { if: { required: ["a"] }, then: { required: ["b"] } }, { a: 1 }, [""]],
  [
    "draft-07 with definitions, read as 2020-12",
    { $schema: "http://json-schema.org/draft-07/schema#", $ref: "#/definitions/a", definitions: { a: { type: "string" } } },
    1,
    [""],
  ],
  ["a price as a multiple of a cent", { multipleOf: 0.01 }, 19.99, []],
  ["a tenth as a multiple", { multipleOf: 0.1 }, 0.3, []],
  ["half a cent as a multiple of a cent", { multipleOf: 0.01 }, 0.005, [""]],
  ["a huge number as a multiple of a tiny one", { multipleOf: 1e-300 }, 1e300, []],
  ["a number too large, which is read as Infinity", { type: "number" }, JSON.parse("1e400"), [""]],
  ["such a number among multiples", { multipleOf: 2 }, JSON.parse("1e400"), []],
  ["such a number where null is a constant", { const: null }, JSON.parse("1e400"), [""]],
  ["null beside a nullable type", { type: "string", nullable: true }, null, []],
  ["null beside a nullable reference", { $ref: "#/$defs/a", nullable: true, $defs: { a: { type: "string" } } }, null, []],
  ["a wrong value beside nullable", { enum: ["x"], nullable: true }, "y", [""]],
  ["a nullable property", { properties: { a: { anyOf: [{ type: "string" }], nullable: true } } }, { a: null }, []],
  ["the keyword id, which means nothing", { type: "string", id: "my-schema" }, "x", []],
  ["a property named id", { properties: { id: { type: "string" } } }, { id: 1 }, ["/id"]],
  ["a draft-07 tuple", { items: [{ type: "number" }, { type: "string" }] }, [1, 2], ["/1"]],
  ["draft-07 dependencies", { dependencies: { a: ["b"], c: { required: ["d"] } } }, { a: 1, c: 1 }, [""]],
  ["the draft-04 exclusive minimum", { minimum: 0, exclusiveMinimum: true }, 0, [""]],
  ["a draft-04 minimum that is inclusive", { minimum: 0, exclusiveMinimum: false }, 0, []],
  ["a pattern with a needless escape", { pattern: "^\\d{3}\\-\\d{4}$" }, "555-1234", []],
  ["a pattern with an escaped colon", { pattern: "^https\\:\\/\\/" }, "http://a.example", [""]],
  ["a pattern with a hyphen after a class", { pattern: "^[\\w-.]+$" }, "a-b", []],
  ["an anchor", { $ref: "#word", $defs: { a: { $anchor: "word", type: "string" } } }, 1, [""]],
  ["a draft-07 anchor", { $ref: "#word", definitions: { a: { $id: "#word", type: "string" } } }, 1, [""]],
  [
    "a dynamic reference",
    { $dynamicAnchor: "node", properties: { next: { $dynamicRef: "#node" }, n: { type: "number" } } },
    { next: { n: "x" } },
    ["/next/n"],
  ],
  [
    "items that only differ in their order",
    { uniqueItems: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [""],
  ],
  ["equal items with a valueOf of their own", { uniqueItems: true }, [{ valueOf: 1 }, { valueOf: 1 }], [""]],
  ["a constant against a value with a toString of its own", { const: { x: 1 } }, { toString: 1 }, [""]],
  ["an own key __proto__", { additionalProperties: { type: "number" } }, JSON.parse('{"__proto__": "x"}'), ["/__proto__"]],
  ["a key that is no URI encoding", { additionalProperties: false }, { "%zz": 1 }, ["/%zz"]],
  [
    "unevaluated properties behind a branch",
    { anyOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    { a: 1, b: 2 },
    ["/b"],
  ],
  ["unevaluated items beside contains", { contains: { type: "string" }, unevaluatedItems: false }, ["x", 1], ["/1"]],
];

const broken: [name: string, schema: JsonSchema, about: RegExp][] = [
  ["an unknown type", { type: "strin" }, /type/],
  ["a property that is no schema", { properties: { a: "string" } }, /properties\/a/],
  ["a reference into nothing", { $ref: "#/$defs/a" }, /\$defs\/a/],
  ["a wrong regular expression", { type: "string", pattern: "(" }, /pattern|regular/i],
  ["required that is no list", { required: "a" }, /required/],
  ["required with a number", { required: [1] }, /required/],
  ["a negative minLength", { minLength: -1 }, /minLength/],
  ["an empty anyOf", { anyOf: [] }, /anyOf/],
  ["an empty enum", { enum: [] }, /enum/],
  ["multipleOf of zero", { multipleOf: 0 }, /multipleOf/],
  ["a title that is no string", { title: 1 }, /title/],
  ["a broken definition that nothing refers to", { $defs: { a: { type: "x" } } }, /\$defs\/a\/type/],
  ["an asynchronous schema", { $async: true, type: "object" }, /\$async/],
  ["an asynchronous subschema", { properties: { a: { $async: true } } }, /\$async/],
  ["a reference to another document", { $ref: "https://example.com/schema" }, /not loaded/],
  ["a reference to itself", { $ref: "#" }, /without end/],
  [
    "two definitions that refer to each other",
    { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } },
    /without end/,
  ],
  ["a schema that holds itself", cyclic(), /JSON/],
  [
    "a schema with a throwing getter",
    {
      type: "object",
      get properties(): never {
        throw new Error("no properties today");
      },
    },
    /no properties today/,
  ],
  ["3,000 levels of schemas", nested(3000), /deep/],
  ["a property named __proto__", { properties: JSON.parse('{"__proto__": {}}') }, /__proto__/],
];

function cyclic(): JsonSchema {
  const properties: Record<string, unknown> = {};
  const schema = { type: "object", properties };
  properties.self = schema;
  return schema;
}

function nested(levels: number): JsonSchema {
  let schema: JsonSchema = { type: "string" };
  for (let level = 0; level < levels; level++) schema = { type: "object", properties: { a: schema } };
  return schema;
}

describe.each([
  ["ajv", createAjv],
  ["interpreting", createInterpreting],
])("the %s validator", (_, createValidator) => {
  const validator = createValidator();

  it.each(table)("validates %s", (_name, schema, value, paths) => {
    const issues = validator.compile(schema)(value);
    expect([...new Set(issues.map(({ path }) => path))]).toEqual(paths);
    for (const { message } of issues) expect(message).not.toBe("");
  });

  it.each(broken)("rejects the schema with %s", (_name, schema, about) => {
    expect(() => validator.compile(schema)).toThrow(about);
  });

  it("states what was expected", () => {
    const words = (schema: JsonSchema, value: unknown) => validator.compile(schema)(value)[0]?.message;
    expect(words({ type: "string" }, 1)).toContain("string");
    expect(words({ type: ["string", "null"] }, 1)).toMatch(/string.*null/);
    expect(words({ enum: ["red", "green"] }, "x")).toMatch(/"red".*"green"/);
    expect(words({ const: 7 }, "x")).toContain("7");
    expect(words({ required: ["city"] }, {})).toContain("city");
    expect(words({ format: "email" }, "x")).toContain("email");
    expect(words({ minimum: 3 }, 1)).toContain("3");
    expect(words({ additionalProperties: false }, { a: 1 })).toContain("must not be there");
  });

  it("reports an issue once, not again for each level above it", () => {
    const schema = { allOf: [{ properties: { a: { items: { $ref: "#/$defs/s" } } } }], $defs: { s: { type: "string" } } };
    expect(validator.compile(schema)({ a: [1] })).toHaveLength(1);
  });

  it("does not mutate the schema, and accepts a frozen one", () => {
    const schema = Object.freeze({
      type: "object",
      properties: Object.freeze({ a: Object.freeze({ $ref: "#/$defs/s" }) }),
      $defs: { s: { type: "string" } },
    });
    const before = JSON.stringify(schema);
    expect(validator.compile(schema)({ a: 1 })).toHaveLength(1);
    expect(JSON.stringify(schema)).toBe(before);
    expect(Reflect.ownKeys(schema)).toEqual(["type", "properties", "$defs"]);
  });

  it("compiles two schemas with the same $id", () => {
    const id = "https://example.com/schema";
    const first = validator.compile({ $id: id, type: "string" });
    const second = validator.compile({ $id: id, $ref: "#/$defs/n", $defs: { n: { type: "number" } } });
    expect(first("x")).toEqual([]);
    expect(second(1)).toEqual([]);
    expect(second("x")).toHaveLength(1);
  });
});
