import { type OutputUnit, type Schema as SchemaOfValidator, Validator } from "@cfworker/json-schema";
import type { SchemaIssue, SchemaValidator } from "../schema.ts";

const dialect = "2020-12";

let meta: Validator | undefined;

/** The validator for runtimes that refuse code generation from strings: it walks the schema for each value. */
export function createValidator(): SchemaValidator {
  return {
    compile(schema) {
      // A copy, because the validator writes into the schema.
      const own: SchemaOfValidator = JSON.parse(JSON.stringify(schema));
      meta ??= new Validator(metaSchema, dialect, false);
      const problems = list(meta.validate(own));
      if (problems.length > 0) throw new Error(problems.map(({ path, message }) => `${path || "/"}: ${message}`).join("; "));
      const validator = new Validator(own, dialect, false);
      assertResolved(validator);
      return (value) => list(validator.validate(value));
    },
  };
}

/** What the other validator finds while compiling, this one would meet only in validating a value that leads there. */
function assertResolved(validator: Validator): void {
  const { lookup } = validator as unknown as {
    lookup: Record<string, { $ref?: string; __absolute_ref__?: string; pattern?: string } | boolean>;
  };
  for (const schema of Object.values(lookup)) {
    if (typeof schema === "boolean") continue;
    if (schema.__absolute_ref__ && !(schema.__absolute_ref__ in lookup))
      throw new Error(`can't resolve reference ${schema.$ref}`);
    if (schema.pattern !== undefined) new RegExp(schema.pattern, "u");
  }
}

/** Errors that only say that a deeper one is in the list. */
const following = new Set([
  "$ref",
  "properties",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
  "propertyNames",
  "prefixItems",
  "items",
  "unevaluatedItems",
  "dependentSchemas",
  "allOf",
  "if",
]);

function list({ errors }: { errors: OutputUnit[] }): SchemaIssue[] {
  return errors
    .filter(({ keyword }) => !following.has(keyword))
    .map(({ keyword, instanceLocation, error }) => ({
      path: decodeURIComponent(instanceLocation.slice(1)),
      message: keyword === "false" ? "must not be there: the schema allows no value" : error.replace(/^Instance /, "The value "),
    }));
}

const schemas: SchemaOfValidator = { type: "array", minItems: 1, items: { $ref: "#" } };
const schemaMap: SchemaOfValidator = { type: "object", additionalProperties: { $ref: "#" } };
const strings: SchemaOfValidator = { type: "array", items: { type: "string" } };
const count: SchemaOfValidator = { type: "integer", minimum: 0 };
const typeName: SchemaOfValidator = { enum: ["null", "boolean", "object", "array", "number", "integer", "string"] };

/** The shapes of the 2020-12 keywords that the validator reads; it takes a wrong one for none. */
const metaSchema: SchemaOfValidator = {
  type: ["object", "boolean"],
  properties: {
    $ref: { type: "string" },
    $id: { type: "string" },
    $defs: schemaMap,
    type: { anyOf: [typeName, { type: "array", items: typeName, minItems: 1 }] },
    enum: { type: "array" },
    required: strings,
    properties: schemaMap,
    patternProperties: { ...schemaMap, propertyNames: { format: "regex" } },
    additionalProperties: { $ref: "#" },
    unevaluatedProperties: { $ref: "#" },
    propertyNames: { $ref: "#" },
    dependentRequired: { type: "object", additionalProperties: strings },
    dependentSchemas: schemaMap,
    prefixItems: schemas,
    items: { $ref: "#" },
    unevaluatedItems: { $ref: "#" },
    contains: { $ref: "#" },
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: { $ref: "#" },
    if: { $ref: "#" },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { $ref: "#" },
    else: { $ref: "#" },
    format: { type: "string" },
    pattern: { type: "string", format: "regex" },
    minLength: count,
    maxLength: count,
    minItems: count,
    maxItems: count,
    minProperties: count,
    maxProperties: count,
    minContains: count,
    maxContains: count,
    uniqueItems: { type: "boolean" },
    minimum: { type: "number" },
    maximum: { type: "number" },
    exclusiveMinimum: { type: "number" },
    exclusiveMaximum: { type: "number" },
    multipleOf: { type: "number", exclusiveMinimum: 0 },
  },
};
