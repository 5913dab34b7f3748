import { isRecord } from "../output/schema-keywords.ts";
import { followPointer } from "../output/schema-references.ts";
import type { SchemaObject } from "../output/wrap-root.ts";
import type { SchemaLimits } from "../request/schema-limits.ts";
import { mapSchemas } from "./modernize-schema.ts";

/** Characters that a description spends on a keyword whose value is long, such as a whole schema. */
const maxShown = 200;
/** References within references that are followed before a schema counts as recursive. */
const maxReferences = 6;

/** Keywords that leave no words in the description: they say nothing about the value, or their replacement says it all. */
const silent: ReadonlySet<string> = new Set([
  ...["$id", "$anchor", "$dynamicAnchor", "$comment", "$defs", "deprecated", "readOnly", "writeOnly"],
  ...["$ref", "oneOf", "allOf"],
]);

/** What stands in for a refused keyword: fields of the schema that mean the same, or as much of it as can be said. */
const replacements: Readonly<Record<string, (value: unknown, node: SchemaObject) => SchemaObject>> = {
  const: (value) => (typeof value === "string" ? { type: "string", enum: [value] } : withType(value)),
  oneOf: (value, { anyOf }) => (anyOf === undefined ? { anyOf: value } : {}),
  allOf: (value, node) => (Array.isArray(value) ? mergeSchemas([node, ...value]) : {}),
  prefixItems: (value, { items, maxItems }) => {
    if (!Array.isArray(value)) return {};
    const kinds = new Map([...value, ...(isRecord(items) ? [items] : [])].map((item) => [JSON.stringify(item), item]));
    const [first, ...others] = kinds.values();
    const length = isRecord(items) ? {} : { maxItems: maxItems ?? value.length };
    return { items: others.length === 0 ? first : { anyOf: [first, ...others] }, ...length };
  },
};

/**
 * Rewrites a schema to what a provider accepts: a keyword that it refuses gives way to one that means the same, where there is one, or moves
 * into the description. The user's own schema still validates what the model writes.
 */
export function fitSchema(schema: SchemaObject, limits: SchemaLimits): SchemaObject {
  const inlined = limits.refused.includes("$ref") ? inlineReferences(schema, schema, []) : schema;
  return mapSchemas(inlined, (node) => fitNode(node, limits)) as SchemaObject;
}

function fitNode(node: SchemaObject, { refused, formats, protobuf }: SchemaLimits): SchemaObject {
  const isRefused = (name: string) =>
    refused.includes(name) || (name === "format" && formats !== undefined && !formats.includes(String(node.format)));
  const names = Object.keys(node).filter(isRefused);
  if (names.length === 0) return protobuf ? toProtobuf(node) : node;
  const fitted = Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));
  for (const name of names) {
    const replacement = Object.hasOwn(replacements, name) ? replacements[name]?.(node[name], node) : undefined;
    for (const [key, value] of Object.entries(replacement ?? {})) if (!refused.includes(key)) fitted[key] = value;
  }
  const described = names.filter(
    (name) =>
      !silent.has(name) &&
      // A closed object or tuple: what is not listed is not written anyway.
      node[name] !== false &&
      !(name === "const" && typeof node.const === "string") &&
      // The format says what its own pattern says, in a word.
      !(name === "pattern" && "format" in node),
  );
  return protobuf ? toProtobuf(describe(fitted, node, described)) : describe(fitted, node, described);
}

function withType(value: unknown): SchemaObject {
  if (value === null) return { type: "null" };
  return typeof value === "object" ? {} : { type: typeof value };
}

/** The members of an `allOf` and the schema around them as one. */
function mergeSchemas(schemas: readonly unknown[]): SchemaObject {
  const merged: SchemaObject = {};
  const properties: SchemaObject = {};
  const required = new Set<unknown>();
  for (const schema of schemas.filter(isRecord)) {
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "properties" && isRecord(value)) Object.assign(properties, value);
      else if (keyword === "required" && Array.isArray(value)) for (const name of value) required.add(name);
      else if (keyword !== "allOf") merged[keyword] ??= value;
    }
  }
  if (Object.keys(properties).length > 0) merged.properties = properties;
  return required.size > 0 ? { ...merged, required: [...required] } : merged;
}

/** Puts what the schema had to do without into its description. */
function describe(schema: SchemaObject, source: SchemaObject, names: readonly string[]): SchemaObject {
  if (names.length === 0) return schema;
  const words = names.map((name) => `${name}: ${show(source[name])}`).join(", ");
  return { ...schema, description: [schema.description, `(${words})`].filter(Boolean).join(" ") };
}

function show(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

/** Google's schemas are protocol buffers: a type is a single one, an enum holds strings, and `anyOf` stands alone. */
function toProtobuf(node: SchemaObject): SchemaObject {
  const { type, enum: allowed, ...others } = node;
  if (Array.isArray(allowed) && !allowed.every((value) => typeof value === "string")) {
    const strings = allowed.filter((value) => typeof value === "string");
    const nullable = allowed.includes(null) ? { nullable: true } : {};
    const isStrings = strings.length > 0 && strings.length === allowed.filter((value) => value !== null).length;
    if (isStrings) return toProtobuf({ ...others, type: "string", enum: strings, ...nullable });
    return toProtobuf(describe({ ...others, ...(type === undefined ? {} : { type }) }, node, ["enum"]));
  }
  if (Array.isArray(type)) {
    const types = type.filter((each) => each !== "null");
    const { description, ...constraints }: SchemaObject = types.length < type.length ? { ...node, nullable: true } : node;
    const described = description === undefined ? {} : { description };
    if (types.length === 1) return { ...constraints, ...described, type: types[0] };
    return toProtobuf({ ...described, anyOf: types.map((each) => ({ ...constraints, type: each })) });
  }
  const { anyOf, description, ...constraints } = node;
  if (!Array.isArray(anyOf)) return node;
  const members = anyOf.map((each) => ({ ...constraints, ...(isRecord(each) ? each : {}) }));
  const isDescribed = description === undefined || members.every((each) => "description" in each);
  return { anyOf: isDescribed ? members : members.map((each) => ({ description, ...each })) };
}

/** Puts what each reference leads to in its place; recursion ends in an object that any value fits. */
function inlineReferences(schema: unknown, root: SchemaObject, open: readonly string[]): unknown {
  if (!isRecord(schema)) return schema;
  const { $defs: _, ...own } = schema;
  return mapSchemas(own, ({ $ref, ...node }) => {
    if (typeof $ref !== "string") return node;
    const isRecursive = open.includes($ref) || open.length >= maxReferences;
    if (isRecursive) return { type: "object", ...node, description: `(again: ${$ref.replace(/^.*\//, "") || "the root"})` };
    const target = inlineReferences(followPointer(root, decodeURIComponent($ref.slice(1))), root, [...open, $ref]);
    return isRecord(target) ? { ...target, ...node } : node;
  });
}
