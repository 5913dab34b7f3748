import { getSubschemaKind, isRecord, type SubschemaKind } from "./schema-keywords.ts";

interface Keyword {
  /** What it contains: subschemas, a value that asserts something, or an annotation. */
  readonly kind: SubschemaKind | "assertion" | "annotation";
  /** Describes the expected value in messages. */
  readonly expected: string;
  accepts(value: unknown): boolean;
}

const isString = (value: unknown) => typeof value === "string";
const isBoolean = (value: unknown) => typeof value === "boolean";
const isNumber = (value: unknown) => typeof value === "number";
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const isStrings = (value: unknown) => Array.isArray(value) && value.every(isString);

const typeNames: readonly unknown[] = ["null", "boolean", "object", "array", "number", "integer", "string"];
const isType = (value: unknown) =>
  Array.isArray(value) ? value.length > 0 && value.every((name) => typeNames.includes(name)) : typeNames.includes(value);

const withSubschemas: Readonly<Record<SubschemaKind, Keyword>> = {
  schema: { kind: "schema", expected: "a schema", accepts: (value) => isRecord(value) || isBoolean(value) },
  schemas: {
    kind: "schemas",
    expected: "a non-empty array of schemas",
    accepts: (value) => Array.isArray(value) && value.length > 0,
  },
  "schema-map": { kind: "schema-map", expected: "an object of schemas", accepts: isRecord },
};

/** Before 2020-12, an array of schemas was a tuple. */
const items: Keyword = {
  ...withSubschemas.schema,
  accepts: (value) => withSubschemas.schema.accepts(value) || Array.isArray(value),
};

const assertion = (expected: string, accepts: Keyword["accepts"]): Keyword => ({ kind: "assertion", expected, accepts });
const annotation = (expected: string, accepts: Keyword["accepts"]): Keyword => ({ kind: "annotation", expected, accepts });

const count = assertion("a non-negative integer", isCount);
const bound = assertion("a number", isNumber);
const exclusiveBound = assertion("a number", (value) => isNumber(value) || isBoolean(value));
const word = annotation("a string", isString);
const flag = annotation("a boolean", isBoolean);

/**
 * The keywords of 2020-12 without subschemas, and those of older drafts and OpenAPI 3.0 that are still supported. `accepts` rejects what the meta-schema
 * rejects; unknown keywords belong to other tools and are ignored.
 * Source: https://json-schema.org/draft/2020-12/schema
 */
const keywords: Readonly<Record<string, Keyword>> = {
  items,
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

/** How a keyword is checked; undefined for one that JSON Schema does not know. */
export function getKeyword(name: string): Keyword | undefined {
  if (Object.hasOwn(keywords, name)) return keywords[name];
  const kind = getSubschemaKind(name);
  return kind && withSubschemas[kind];
}
