import type { JsonSchema } from "../schema.ts";

export type SchemaObject = Record<string, unknown>;

export interface RootedSchema {
  /** An object schema, as `response_format` and tool parameters need it. */
  readonly schema: SchemaObject;
  /** Whether the value asked for sits under the key `value`. */
  readonly wrapped: boolean;
  /** Takes the value out of its wrapping. `growing`: of a value that is still being written, undefined until it has begun. */
  unwrap(value: unknown, growing?: boolean): unknown;
}

/** Keywords that OpenAI refuses at the root of a schema, beside those that make it no object. */
const notAtRoot = ["$ref", "anyOf", "oneOf", "allOf", "not", "enum", "const"];

/** The schema with an object at its root: any other root becomes the property `value` of one. References are kept intact. */
export function wrapRoot(schema: JsonSchema): RootedSchema {
  if (typeof schema === "object") {
    const { $schema: _, $id: __, "~standard": ___, ...own } = schema;
    const type = own.type ?? (own.properties ? "object" : undefined);
    if (type === "object" && !notAtRoot.some((keyword) => keyword in own)) {
      return { schema: { ...own, type }, wrapped: false, unwrap: (value) => value };
    }
    return { schema: wrap(own), wrapped: true, unwrap };
  }
  return { schema: wrap(schema), wrapped: true, unwrap };
}

function wrap(root: SchemaObject | boolean): SchemaObject {
  const { $defs, definitions, ...own } = typeof root === "object" ? root : {};
  let name = "root";
  while (isObject($defs) && name in $defs) name += "_";
  let recursive = false;
  const moved = (reference: string) => {
    if (!/^#(?!\/(?:\$defs|definitions)\/)(?:\/|$)/.test(reference)) return reference;
    recursive = true;
    return `#/$defs/${name}${reference.slice(1)}`;
  };
  const inner = typeof root === "object" ? mapReferences(own, moved) : root;
  const defs = {
    ...(isObject($defs) ? (mapReferences($defs, moved) as SchemaObject) : undefined),
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
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" ? map(value) : mapReferences(value, map),
    ]),
  );
}

// A weak model may leave the wrapping away; then the value is taken as it is, and the user's schema judges it.
function unwrap(value: unknown, growing = false): unknown {
  if (!isObject(value)) return value;
  if (growing) return value.value;
  return Object.hasOwn(value, "value") && Object.keys(value).length === 1 ? value.value : value;
}

export function isObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
