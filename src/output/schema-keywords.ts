import { escapePointer } from "./json-pointer.ts";

/** What a JSON Schema keyword contains: a schema, a list or map of schemas, an assertion, or an annotation. */
export type KeywordKind = "schema" | "schemas" | "schema-map" | "assertion" | "annotation";

interface Keyword {
  readonly kind: KeywordKind;
  /** Describes the expected value in messages. */
  readonly expected: string;
  accepts(value: unknown): boolean;
}

const isString = (value: unknown) => typeof value === "string";
const isBoolean = (value: unknown) => typeof value === "boolean";
const isNumber = (value: unknown) => typeof value === "number";
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const isStrings = (value: unknown) => Array.isArray(value) && value.every(isString);
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typeNames: readonly unknown[] = ["null", "boolean", "object", "array", "number", "integer", "string"];
const isType = (value: unknown) =>
  Array.isArray(value) ? value.length > 0 && value.every((name) => typeNames.includes(name)) : typeNames.includes(value);

const schema: Keyword = { kind: "schema", expected: "a schema", accepts: (value) => isRecord(value) || isBoolean(value) };
const schemas: Keyword = {
  kind: "schemas",
  expected: "a non-empty array of schemas",
  accepts: (value) => Array.isArray(value) && value.length > 0,
};
const schemaMap: Keyword = { kind: "schema-map", expected: "an object of schemas", accepts: isRecord };
const assertion = (expected: string, accepts: Keyword["accepts"]): Keyword => ({ kind: "assertion", expected, accepts });
const annotation = (expected: string, accepts: Keyword["accepts"]): Keyword => ({ kind: "annotation", expected, accepts });

const count = assertion("a non-negative integer", isCount);
const bound = assertion("a number", isNumber);
const exclusiveBound = assertion("a number", (value) => isNumber(value) || isBoolean(value));
const word = annotation("a string", isString);
const flag = annotation("a boolean", isBoolean);

/**
 * The keywords of 2020-12, and those of older drafts and OpenAPI 3.0 that are still supported. `accepts` rejects what the meta-schema
 * rejects; unknown keywords belong to other tools and are ignored.
 * Source: https://json-schema.org/draft/2020-12/schema
 */
const keywords: Readonly<Record<string, Keyword>> = {
  additionalItems: schema,
  additionalProperties: schema,
  contains: schema,
  else: schema,
  if: schema,
  items: {
    kind: "schema",
    expected: "a schema",
    accepts: (value) => isRecord(value) || isBoolean(value) || Array.isArray(value),
  },
  not: schema,
  propertyNames: schema,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: schema,
  unevaluatedItems: schema,
  unevaluatedProperties: schema,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  prefixItems: schemas,
  $defs: schemaMap,
  definitions: schemaMap,
  dependentSchemas: schemaMap,
  patternProperties: schemaMap,
  properties: schemaMap,
  $dynamicRef: assertion("a string", isString),
  $recursiveRef: assertion("a string", isString),
  $ref: assertion("a string", isString),
  const: assertion("any value", () => true),
  dependencies: assertion("an object", isRecord),
  dependentRequired: assertion(
    "an object of arrays of strings",
    (value) => isRecord(value) && Object.values(value).every(isStrings),
  ),
  enum: assertion("a non-empty array", (value) => Array.isArray(value) && value.length > 0),
  exclusiveMaximum: exclusiveBound,
  exclusiveMinimum: exclusiveBound,
  format: assertion("a string", isString),
  maxContains: count,
  maximum: bound,
  maxItems: count,
  maxLength: count,
  maxProperties: count,
  minContains: count,
  minimum: bound,
  minItems: count,
  minLength: count,
  minProperties: count,
  multipleOf: assertion("a number greater than 0", (value) => isNumber(value) && Number(value) > 0),
  nullable: assertion("a boolean", isBoolean),
  pattern: assertion("a string", isString),
  required: assertion("an array of strings", isStrings),
  type: assertion(`one of ${typeNames.join(", ")}, or a non-empty array of these`, isType),
  uniqueItems: assertion("a boolean", isBoolean),
  $anchor: word,
  $comment: word,
  $dynamicAnchor: word,
  $id: word,
  $schema: word,
  deprecated: flag,
  description: word,
  examples: annotation("an array", Array.isArray),
  readOnly: flag,
  title: word,
  writeOnly: flag,
};

export function getKeyword(name: string): Keyword | undefined {
  return Object.hasOwn(keywords, name) ? keywords[name] : undefined;
}

/** Yields the direct subschemas of a schema, each with its relative JSON Pointer. */
export function* subschemas(node: Record<string, unknown>): Generator<[pointer: string, schema: unknown]> {
  for (const [name, value] of Object.entries(node)) {
    const kind = getKeyword(name)?.kind;
    const isList = Array.isArray(value);
    if (isList && (kind === "schemas" || name === "items"))
      for (const [index, each] of value.entries()) yield [`/${name}/${index}`, each];
    else if (kind === "schema" && !isList) yield [`/${name}`, value];
    else if ((kind === "schema-map" || name === "dependencies") && isRecord(value))
      for (const [key, each] of Object.entries(value)) if (!Array.isArray(each)) yield [`/${name}/${escapePointer(key)}`, each];
  }
}

/** Copies a schema, mapping each direct subschema. */
export function mapSubschemas(node: Record<string, unknown>, map: (schema: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(node).map(([name, value]): [string, unknown] => {
    const kind = getKeyword(name)?.kind;
    if (Array.isArray(value)) return [name, kind === "schemas" || name === "items" ? value.map(map) : value];
    if (kind === "schema") return [name, map(value)];
    if (kind !== "schema-map" || !isRecord(value)) return [name, value];
    return [name, Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each)]))];
  });
  return Object.fromEntries(entries);
}
