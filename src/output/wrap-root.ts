import type { JsonSchema } from "../schema.ts";
import { isRecord } from "./schema-keywords.ts";

export type SchemaObject = Record<string, unknown>;

export interface RootedSchema {
  /** An object schema, as `response_format` and tool parameters require. */
  readonly schema: SchemaObject;
  /** Whether the requested value is the `value` member of the model's object. */
  readonly wrapped: boolean;
}

/** Keywords that OpenAI rejects at the root of a schema even if it is an object. */
const notAtRoot = ["$ref", "anyOf", "oneOf", "allOf", "not", "enum", "const"];

/** Returns a schema with an object at its root: any other root becomes its property `value`. References still resolve. */
export function wrapRoot(schema: JsonSchema): RootedSchema {
  if (typeof schema === "boolean") return { schema: wrap(schema), wrapped: true };
  const { $schema: _, $id: __, "~standard": ___, ...own } = schema;
  const type = own.type ?? (own.properties ? "object" : undefined);
  if (type === "object" && !notAtRoot.some((keyword) => keyword in own)) return { schema: { ...own, type }, wrapped: false };
  return { schema: wrap(own), wrapped: true };
}

/**
 * Possible interpretations of a model's value, likeliest first: weak models omit the wrapper, and the user's own value may also be an object
 * with the single member `value`. The user's schema decides.
 */
export function unwrapRoot(value: unknown, { wrapped }: { readonly wrapped: boolean }): unknown[] {
  const isWrapper = wrapped && isRecord(value) && Object.hasOwn(value, "value") && Object.keys(value).length === 1;
  return isWrapper ? [value.value, value] : [value];
}

/** The same for a value that is still being generated; undefined until it starts. */
export function unwrapSnapshot(snapshot: unknown, { wrapped }: { readonly wrapped: boolean }): unknown {
  return wrapped && isRecord(snapshot) ? snapshot.value : snapshot;
}

function wrap(root: SchemaObject | boolean): SchemaObject {
  const { $defs, definitions, ...own } = typeof root === "object" ? root : {};
  let name = "root";
  while (isRecord($defs) && name in $defs) name += "_";
  let recursive = false;
  const moved = (reference: string) => {
    if (!/^#(?!\/(?:\$defs|definitions)\/)(?:\/|$)/.test(reference)) return reference;
    recursive = true;
    return `#/$defs/${name}${reference.slice(1)}`;
  };
  const inner = typeof root === "object" ? mapReferences(own, moved) : root;
  const defs = {
    ...(isRecord($defs) ? mapMembers($defs, moved) : undefined),
    ...(recursive ? { [name]: inner } : undefined),
  };
  return {
    type: "object",
    properties: { value: recursive ? { $ref: `#/$defs/${name}` } : inner },
    required: ["value"],
    additionalProperties: false,
    ...(Object.keys(defs).length > 0 ? { $defs: defs } : undefined),
    ...(definitions ? { definitions: mapReferences(definitions, moved) } : undefined),
  };
}

function mapReferences(schema: unknown, map: (reference: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => mapReferences(item, map));
  return isRecord(schema) ? mapMembers(schema, map) : schema;
}

function mapMembers(schema: SchemaObject, map: (reference: string) => string): SchemaObject {
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    return [key, key === "$ref" && typeof value === "string" ? map(value) : mapReferences(value, map)];
  });
  return Object.fromEntries(entries);
}
