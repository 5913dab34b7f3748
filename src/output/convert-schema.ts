import type { StandardSchemaV1 } from "../schema.ts";
import { markNotJson } from "./not-json.ts";

const target = { target: "draft-2020-12" } as const;

/** How a Standard Schema can be converted to JSON Schema: by the standard interface or a method of its library. */
interface Convertible extends StandardSchemaV1 {
  readonly "~standard": StandardSchemaV1["~standard"] & {
    readonly jsonSchema?: { input?(options: typeof target): unknown };
  };
  /** Zod 4. */
  toJSONSchema?(options: object): unknown;
  /** ArkType; `in` is the type before its morphs. */
  toJsonSchema?(options: object): unknown;
  readonly in?: { toJsonSchema?(options: object): unknown };
}

/**
 * Converts the input type of a Standard Schema, since that is what the model writes, using its library. Values that JSON can't represent
 * are marked. Undefined if the library has no conversion.
 */
export async function convertSchema(schema: StandardSchemaV1): Promise<unknown> {
  const convertible: Convertible = schema;
  const { vendor, jsonSchema } = convertible["~standard"];
  if (vendor === "valibot") return convertValibot(schema);
  if (vendor === "arktype" && convertible.in?.toJsonSchema) return convertible.in.toJsonSchema({ fallback: markArkType });
  if (vendor === "zod" && "_zod" in schema) return convertZod(convertible);
  if (jsonSchema?.input) return jsonSchema.input(target);
  if (convertible.toJSONSchema) return convertible.toJSONSchema({ io: "input" });
  if (convertible.in?.toJsonSchema) return convertible.in.toJsonSchema({});
  return convertible.toJsonSchema?.({});
}

/** Codes of ArkType's conversion for values that are not JSON; the others (a predicate, a default) only drop a constraint. */
const arkTypeMarks: ReadonlySet<unknown> = new Set(["unit", "domain", "proto", "date", "symbolKey"]);

function markArkType({ code, base, ...context }: { code: string; base: object; [detail: string]: unknown }): object {
  if (!arkTypeMarks.has(code)) return base;
  if (code === "symbolKey") return markNotJson("a symbol as a key");
  if (code === "date") return markNotJson("Date");
  const { unit, domain, proto } = context;
  const named = typeof proto === "function" ? proto.name : (domain ?? unit);
  return markNotJson(typeof named === "bigint" ? `${named}n` : String(named));
}

/** Zod types whose values JSON can't represent. */
const zodMarks: ReadonlySet<string> = new Set([
  ...["bigint", "custom", "date", "file", "function", "map", "nan", "promise", "set", "symbol", "transform", "undefined", "void"],
]);

interface ZodOverride {
  zodSchema: { _zod: { def: { type: string } } };
  jsonSchema: Record<string, unknown>;
}

async function convertZod(schema: Convertible): Promise<unknown> {
  const options = {
    ...target,
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }: ZodOverride) {
      const { type } = zodSchema._zod.def;
      if (zodMarks.has(type) && Object.keys(jsonSchema).length === 0) Object.assign(jsonSchema, markNotJson(`z.${type}()`));
    },
  } as const;
  if (schema.toJSONSchema) return schema.toJSONSchema(options);
  // zod/mini schemas have no methods; use the functions of the core.
  let core: typeof import("zod/v4/core");
  try {
    // In a try block, so that bundlers accept that it may be missing.
    core = await import("zod/v4/core");
  } catch {
    return undefined;
  }
  return core.toJSONSchema(schema as unknown as Parameters<typeof core.toJSONSchema>[0], options);
}

async function convertValibot(schema: StandardSchemaV1): Promise<unknown> {
  let library: typeof import("@valibot/to-json-schema");
  try {
    // In a try block, so that bundlers accept that it may be missing.
    library = await import("@valibot/to-json-schema");
  } catch {
    return undefined;
  }
  return library.toJsonSchema(schema as unknown as Parameters<typeof library.toJsonSchema>[0], {
    ...target,
    typeMode: "input",
    // An action that JSON Schema can't represent still validates the value.
    overrideAction: ({ errors, jsonSchema }) => (errors ? jsonSchema : undefined),
    overrideSchema({ errors, jsonSchema, valibotSchema: { type } }) {
      if (!errors) return undefined;
      // It is complete, with the keys as `propertyNames`; the library rejects all but plain strings there.
      return type === "record" ? jsonSchema : markNotJson(`v.${type}()`);
    },
  });
}
