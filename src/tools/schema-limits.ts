import type { SchemaDialect } from "../request/providers.ts";

/** The limits of a provider's JSON Schema dialect for tool parameters. */
export interface SchemaLimits {
  /** Keywords that it rejects; they are replaced by an equivalent or moved into the description. */
  readonly unsupported: readonly string[];
  /** The only values of `format` that it accepts. */
  readonly formats?: readonly string[];
  /** Its schemas are protocol buffers: a single type, enums of strings, and nothing next to `anyOf`. */
  readonly protobuf?: boolean;
}

/** OpenAI: "Invalid schema for function …: 'propertyNames' is not permitted." */
const openai: SchemaLimits = { unsupported: ["propertyNames"] };

/**
 * Gemini: `Unknown name "const" at 'tools[0].function_declarations[0].parameters…': Cannot find field.` for every keyword that its Schema
 * object lacks (https://ai.google.dev/api/caching#Schema), and "only 'enum' and 'date-time' are supported for STRING type".
 */
const google: SchemaLimits = {
  unsupported: [
    ...["$ref", "$defs", "$id", "$anchor", "$comment", "const", "oneOf", "allOf", "not", "if", "then", "else"],
    ...["exclusiveMinimum", "exclusiveMaximum", "multipleOf", "prefixItems", "uniqueItems", "contains", "minContains"],
    ...["maxContains", "unevaluatedItems", "propertyNames", "patternProperties", "additionalProperties", "unevaluatedProperties"],
    ...["dependentRequired", "dependentSchemas", "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding"],
    ...["contentMediaType", "contentSchema"],
  ],
  formats: ["enum", "date-time", "float", "double", "int32", "int64"],
  protobuf: true,
};

/** The limits of each dialect. */
export const schemaLimits: Readonly<Record<SchemaDialect, SchemaLimits>> = { openai, google, any: { unsupported: [] } };
