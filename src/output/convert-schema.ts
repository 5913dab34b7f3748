import type { StandardSchemaV1 } from "../schema.ts";
import { markNotJson } from "./not-json.ts";

const target = { target: "draft-2020-12" } as const;

/** What a Standard Schema may offer for its JSON Schema: the standard interface, and the libraries' own methods. */
interface Convertible extends StandardSchemaV1 {
  readonly "~standard": StandardSchemaV1["~standard"] & {
    readonly jsonSchema?: { input?(options: typeof target): unknown };
  };
  /** Zod 4. */
  toJSONSchema?(options: object): unknown;
  /** ArkType, whose `in` is the type before its morphs. */
  toJsonSchema?(options: object): unknown;
  readonly in?: { toJsonSchema?(options: object): unknown };
}

/**
 * Converts a Standard Schema with its library, as what goes into it, since that is what the model writes. What JSON can't carry is marked.
 * Undefined where the library offers no conversion.
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

/** Codes of ArkType's conversion for values that are not JSON; the others (a predicate, a default) only lose a constraint. */
const arkTypeMarks: ReadonlySet<unknown> = new Set(["unit", "domain", "proto", "date", "symbolKey"]);

function markArkType({ code, base, ...context }: { code: string; base: object; [detail: string]: unknown }): object {
  if (!arkTypeMarks.has(code)) return base;
  if (code === "symbolKey") return markNotJson("a symbol as a key");
  if (code === "date") return markNotJson("Date");
  const { unit, domain, proto } = context;
  const named = typeof proto === "function" ? proto.name : (domain ?? unit);
  return markNotJson(typeof named === "bigint" ? `${named}n` : String(named));
}

/** Zod's types whose values JSON can't carry. */
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
  // zod/mini has no methods; its functions are those of the core.
  let core: typeof import("zod/v4/core");
  try {
    // Within try, so that bundlers accept its absence.
    core = await import("zod/v4/core");
  } catch {
    return undefined;
  }
  return core.toJSONSchema(schema as unknown as Parameters<typeof core.toJSONSchema>[0], options);
}

async function convertValibot(schema: StandardSchemaV1): Promise<unknown> {
  let library: typeof import("@valibot/to-json-schema");
  try {
    // Within try, so that bundlers accept its absence.
    library = await import("@valibot/to-json-schema");
  } catch {
    return undefined;
  }
  return library.toJsonSchema(schema as unknown as Parameters<typeof library.toJsonSchema>[0], {
    ...target,
    typeMode: "input",
    // An action that JSON Schema can't express still runs on the value.
    overrideAction: ({ errors, jsonSchema }) => (errors ? jsonSchema : undefined),
    overrideSchema: ({ errors, valibotSchema }) => (errors ? markNotJson(`v.${valibotSchema.type}()`) : undefined),
  });
}
