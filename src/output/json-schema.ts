import { ConfigurationError } from "../errors/errors.ts";
import { describeThrown } from "../options/json-value.ts";
import { isStandardSchema, type JsonSchema, type Schema, type StandardSchemaV1 } from "../schema.ts";
import { convertSchema } from "./convert-schema.ts";
import { maxReasonLength } from "./limits.ts";
import { findNotJson, suggestJson } from "./not-json.ts";

const cache = new WeakMap<object, JsonSchema>();

/**
 * Returns the JSON Schema (2020-12) for a model: a JSON Schema unchanged, or the input type of a Standard Schema, which is what the model
 * writes, as converted by its library.
 *
 * @param option names the schema in errors
 * @throws ConfigurationError if it is not a schema, or requires values that JSON can't represent
 */
export async function toJsonSchema(schema: Schema, option: string): Promise<JsonSchema> {
  const invalid = (message: string) => new ConfigurationError([{ option, message }]);
  try {
    return isStandardSchema(schema) ? await convertOnce(schema, invalid) : readJsonSchema(schema, invalid);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    // Thrown by a getter or proxy of the schema.
    throw invalid(`can't be read: ${describeThrown(error, maxReasonLength)}`);
  }
}

function readJsonSchema(schema: Schema, invalid: (message: string) => ConfigurationError): JsonSchema {
  if (typeof schema === "boolean") return schema;
  if (!isPlainObject(schema)) throw invalid(`must be a schema, got ${describe(schema)}. ${accepted}`);
  if (Object.values(schema).some(isStandardSchema))
    throw invalid(
      "must be a schema, got an object of schemas. Wrap it in the library's object schema, for example z.object({ … }).",
    );
  return schema;
}

async function convertOnce(schema: StandardSchemaV1, invalid: (message: string) => ConfigurationError): Promise<JsonSchema> {
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const { vendor } = schema["~standard"];
  let converted: unknown;
  try {
    converted = await convertSchema(schema);
  } catch (error) {
    const reason = describeThrown(error, maxReasonLength);
    throw invalid(
      `can't be converted to JSON Schema by ${vendor}: ${reason}. Use types that JSON can represent, or pass a JSON Schema.`,
    );
  }
  if (converted === undefined)
    throw invalid(`is a schema of ${vendor} that can't be converted to JSON Schema. ${suggestConversion(schema)}`);
  if (typeof converted !== "boolean" && !isPlainObject(converted))
    throw invalid(`is converted by ${vendor} to ${describe(converted)} instead of a JSON Schema. ${suggestConversion(schema)}`);
  const notJson = findNotJson(converted);
  if (notJson) {
    const where = notJson.path ? `at ${notJson.path.replace(/^\./, "")}` : "at its root";
    throw invalid(`contains ${notJson.what} ${where}, which JSON can't represent. ${suggestJson(notJson.what, vendor)}`);
  }
  cache.set(schema, converted);
  return converted;
}

const accepted = "Pass a Standard Schema (Zod 4, Valibot, ArkType, …) or a JSON Schema object.";

function suggestConversion(schema: StandardSchemaV1): string {
  const { vendor } = schema["~standard"];
  if (vendor === "valibot") return "Install @valibot/to-json-schema.";
  if (vendor === "zod" && "_zod" in schema)
    return "A zod/mini schema needs the package zod (4 or later) installed where cf-ai-gateway can import it; or pass z.toJSONSchema(schema).";
  if (vendor === "zod") return "Update to Zod 4.2 or later, or pass z.toJSONSchema(schema).";
  return "Update it to a version with the Standard JSON Schema interface, or pass a JSON Schema.";
}

function isPlainObject(value: unknown): value is { readonly [keyword: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of any realm has a prototype that ends the chain.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (Array.isArray(value)) return "an array";
  if (typeof value === "function") return "a function";
  return typeof value === "object" ? `an instance of ${value.constructor?.name ?? "a class"}` : `a ${typeof value}`;
}
