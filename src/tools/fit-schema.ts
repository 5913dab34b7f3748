import { isRecord } from "../output/schema-keywords.ts";
import { followPointer } from "../output/schema-references.ts";
import type { SchemaObject } from "../output/wrap-root.ts";
import { mapSchemas } from "./modernize-schema.ts";
import type { SchemaLimits } from "./schema-limits.ts";

/** Maximum length of a keyword's value in a description; a value can be a whole schema. */
const maxShown = 200;
/** Depth of nested references at which a schema counts as recursive. */
const maxReferences = 6;

/** Keywords that are not added to the description: they don't constrain the value, or their replacement is equivalent. */
const undescribed: ReadonlySet<string> = new Set([
  ...["$id", "$anchor", "$dynamicAnchor", "$comment", "$defs", "deprecated", "readOnly", "writeOnly"],
  ...["$ref", "oneOf", "allOf"],
]);

/** Replacements for an unsupported keyword, with the same meaning or the closest one available. */
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
 * Rewrites a schema so that a provider accepts it: an unsupported keyword is replaced by an equivalent, if there is one, or moved into the
 * description. The model's output is still validated against the original schema.
 */
export function fitSchema(schema: SchemaObject, limits: SchemaLimits): SchemaObject {
  const inlined = limits.unsupported.includes("$ref") ? inlineReferences(schema, schema, []) : schema;
  return mapSchemas(inlined, (node) => fitNode(node, limits)) as SchemaObject;
}

function fitNode(node: SchemaObject, { unsupported, formats, protobuf }: SchemaLimits): SchemaObject {
  const isUnsupported = (name: string) =>
    unsupported.includes(name) || (name === "format" && formats !== undefined && !formats.includes(String(node.format)));
  const names = Object.keys(node).filter(isUnsupported);
  if (names.length === 0) return protobuf ? toProtobuf(node) : node;
  const fitted = Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));
  for (const name of names) {
    const replacement = Object.hasOwn(replacements, name) ? replacements[name]?.(node[name], node) : undefined;
    for (const [key, value] of Object.entries(replacement ?? {})) if (!unsupported.includes(key)) fitted[key] = value;
  }
  const described = names.filter(
    (name) =>
      !undescribed.has(name) &&
      // A closed object or tuple: models rarely add anything that is not listed.
      node[name] !== false &&
      !(name === "const" && typeof node.const === "string") &&
      // The format already says what its pattern says.
      !(name === "pattern" && "format" in node),
  );
  return protobuf ? toProtobuf(describe(fitted, node, described)) : describe(fitted, node, described);
}

function withType(value: unknown): SchemaObject {
  if (value === null) return { type: "null" };
  return typeof value === "object" ? {} : { type: typeof value };
}

/** Merges the members of an `allOf` with the schema around them. */
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

/** Appends the keywords that were removed to the description. */
function describe(schema: SchemaObject, source: SchemaObject, names: readonly string[]): SchemaObject {
  if (names.length === 0) return schema;
  const constraints = names.map((name) => `${name}: ${show(source[name])}`).join(", ");
  return { ...schema, description: [schema.description, `(${constraints})`].filter(Boolean).join(" ") };
}

function show(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

/** Google's schemas are protocol buffers: a single type, only strings in an enum, and nothing next to `anyOf`. */
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

/** Replaces each reference with its target; a recursive one becomes an unconstrained object. */
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
