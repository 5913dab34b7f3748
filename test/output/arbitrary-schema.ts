import fc from "fast-check";
import type { JsonSchema } from "../../src/schema.ts";

// Few names and values, so that values often match the schemas.
const key = fc.constantFrom("a", "b", "c", "constructor", "a/b~", "é");
const text = fc.constantFrom("", "a", "ab", "abc", "é", "😀", "a-b", "2026-02-03", "a@example.com", "__proto__", "toString");
const number = fc.oneof(
  fc.integer({ min: -3, max: 5 }),
  fc.constantFrom(0.1, 0.3, 19.99, 1e300, -0, 1.5, 2 ** 53, Number.POSITIVE_INFINITY),
);
const scalar = fc.oneof(fc.constant(null), fc.boolean(), number, text);

/** Small, similar JSON values. */
export const arbitraryValue = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthIdentifier: "value" },
    scalar,
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(key, fc.constant("__proto__")), tie("any"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;

const type = fc.constantFrom("null", "boolean", "object", "array", "number", "integer", "string");
const pattern = fc.constantFrom("^a", "^\\p{L}+$", "^[\\w-.]+$", "\\-", "^.$", "b$", "^\\:");
const format = fc.constantFrom("date", "email", "int32", "uri-reference", "regex", "no-such-format", "constructor");
const count = fc.nat(4);
const names = fc.uniqueArray(key, { maxLength: 3 });
const reference = fc.constantFrom("#", "#/$defs/a", "#/$defs/b", "#anchor", "#/definitions/a", "#/$defs/a/properties/b");

type Node = Record<string, unknown>;

/** The groups of keywords; a schema has some of them. */
function keywordGroups(schema: fc.Arbitrary<JsonSchema>): fc.Arbitrary<Node>[] {
  const schemas = fc.array(schema, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(key, schema, { maxKeys: 3, noNullPrototype: true });
  const record = (model: Record<string, fc.Arbitrary<unknown>>) => fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Node>;
  return [
    record({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })), nullable: fc.boolean() }),
    record({ properties: map, required: names, additionalProperties: schema }),
    record({ patternProperties: fc.dictionary(pattern, schema, { maxKeys: 2, noNullPrototype: true }), propertyNames: schema }),
    record({ minProperties: count, maxProperties: count, dependentRequired: fc.dictionary(key, names, { maxKeys: 2 }) }),
    record({ dependentSchemas: map, dependencies: fc.dictionary(key, fc.oneof(names, schema), { maxKeys: 2 }) }),
    record({ prefixItems: schemas, items: schema, minItems: count, maxItems: count, uniqueItems: fc.boolean() }),
    record({ items: fc.oneof(schema, fc.array(schema, { maxLength: 2 })), additionalItems: schema }),
    record({ contains: schema, minContains: count, maxContains: count }),
    record({ unevaluatedItems: schema, unevaluatedProperties: schema }),
    record({ minimum: number, maximum: number, multipleOf: fc.constantFrom(0.01, 0.1, 2, 1.5, 1e-300) }),
    record({
      exclusiveMinimum: fc.oneof(number, fc.boolean()),
      exclusiveMaximum: fc.oneof(number, fc.boolean()),
      minimum: number,
    }),
    record({ minLength: count, maxLength: count, pattern, format }),
    fc.oneof(record({ enum: fc.array(arbitraryValue, { minLength: 1, maxLength: 4 }) }), record({ const: arbitraryValue })),
    record({ allOf: schemas, anyOf: schemas }),
    record({ oneOf: schemas, not: schema }),
    // biome-ignore lint/suspicious/noThenProperty: `then` is a JSON Schema keyword.
    record({ if: schema, then: schema, else: schema }),
    record({ $ref: reference }),
    record({ $dynamicRef: fc.constant("#anchor"), title: text, default: arbitraryValue, id: text }),
  ];
}

const { node } = fc.letrec<{ node: JsonSchema }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthIdentifier: "schema", withCrossShrink: true },
    fc.oneof(
      fc.boolean(),
      type.map((name) => ({ type: name })),
      scalar.map((value) => ({ const: value })),
    ),
    fc
      .array(fc.nat(17), { minLength: 1, maxLength: 3 })
      .chain((groups) => {
        const all = keywordGroups(tie("node"));
        return fc.tuple(...groups.map((index) => all[index] ?? fc.constant({})));
      })
      .map((parts) => Object.assign({}, ...parts) as Node),
  ),
}));

/** JSON Schemas with every keyword that the validators support, including old dialects and recursion. */
export const arbitrarySchema: fc.Arbitrary<JsonSchema> = fc.tuple(node, node, node, node).map(([root, a, b, c]) =>
  typeof root === "boolean"
    ? root
    : {
        ...root,
        $defs: { a, b, named: { $dynamicAnchor: "anchor", type: ["object", "string", "null"] } },
        definitions: { a: c },
      },
);
