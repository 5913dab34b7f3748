import { ConfigurationError } from "../errors/errors.ts";
import { isStandardSchema, type JsonSchema, type Schema, type StandardSchemaV1 } from "../schema.ts";

const target = { target: "draft-2020-12" } as const;

/** What a Standard Schema may offer for its JSON Schema, from the standard interface to the libraries' own methods. */
interface Convertible extends StandardSchemaV1 {
  readonly "~standard": StandardSchemaV1["~standard"] & {
    readonly jsonSchema?: { input?(options: typeof target): unknown };
  };
  /** Zod 4. */
  toJSONSchema?(options: { io: "input" }): unknown;
  /** ArkType, where `in` is the type before its morphs. */
  toJsonSchema?(): unknown;
  readonly in?: { toJsonSchema?(): unknown };
}

const converted = new WeakMap<object, JsonSchema>();

/**
 * The JSON Schema (2020-12) that a model is shown: a JSON Schema as it is, a Standard Schema by its library's own conversion of what goes
 * in, because that is what the model writes. `option` names the schema's place in errors.
 */
export async function toJsonSchema(schema: Schema, option: string): Promise<JsonSchema> {
  if (!isStandardSchema(schema)) {
    if (typeof schema === "boolean") return schema;
    if (!isPlainObject(schema)) throw complain(option, `expected a schema, got ${describe(schema)}. ${accepted}`);
    if (Object.values(schema).some(isStandardSchema)) {
      throw complain(
        option,
        "got an object that holds schemas. Wrap it in the library's object schema, for example z.object({ … }).",
      );
    }
    return schema;
  }
  const known = converted.get(schema);
  if (known !== undefined) return known;
  const { vendor } = schema["~standard"];
  let result: unknown;
  try {
    result = await convert(schema as Convertible);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw complain(
      option,
      `the ${vendor} schema has no JSON Schema: ${reason}. Use types that JSON can express, or pass a JSON Schema.`,
    );
  }
  if (result === undefined) throw complain(option, `${vendor} does not tell the JSON Schema of a schema. ${mend(vendor)}`);
  if (typeof result !== "boolean" && !isPlainObject(result)) {
    throw complain(option, `${vendor} gave ${describe(result)} as the JSON Schema. ${mend(vendor)}`);
  }
  converted.set(schema, result);
  return result;
}

async function convert(schema: Convertible): Promise<unknown> {
  const standard = schema["~standard"];
  if (standard.jsonSchema?.input) return standard.jsonSchema.input(target);
  if (schema.toJSONSchema) return schema.toJSONSchema({ io: "input" });
  if (schema.in?.toJsonSchema) return schema.in.toJsonSchema();
  if (schema.toJsonSchema) return schema.toJsonSchema();
  if (standard.vendor !== "valibot") return undefined;
  let library: typeof import("@valibot/to-json-schema");
  try {
    // Within try, so that bundlers put up with its absence.
    library = await import("@valibot/to-json-schema");
  } catch {
    return undefined;
  }
  return library.toJsonSchema(schema as unknown as Parameters<typeof library.toJsonSchema>[0], { typeMode: "input", ...target });
}

const accepted = "Pass a Standard Schema (Zod 4, Valibot, ArkType, …) or a JSON Schema object.";

function mend(vendor: string): string {
  if (vendor === "valibot") return "Install @valibot/to-json-schema.";
  if (vendor === "zod") return "Update to Zod 4.2 or later, or pass z.toJSONSchema(schema).";
  return "Update it to a version with the Standard JSON Schema interface, or pass a JSON Schema.";
}

function complain(option: string, message: string): ConfigurationError {
  return new ConfigurationError([{ option, message }]);
}

function isPlainObject(value: unknown): value is { readonly [keyword: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Of any realm: an object's prototype ends the chain.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (Array.isArray(value)) return "an array";
  if (typeof value === "function") return "a function";
  return typeof value === "object" ? `an instance of ${value.constructor?.name ?? "a class"}` : `a ${typeof value}`;
}
