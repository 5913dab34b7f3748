import type { JsonSchema } from "../schema.ts";
import { createUndo, type StrictNode } from "./remove-added-nulls.ts";
import { isObject, type SchemaObject, wrapRoot } from "./wrap-root.ts";

export interface StrictSchema {
  readonly schema: Record<string, unknown>;
  /** From a value under the strict schema to one under the schema it was made from: nulls that stand for absence go, the wrapping too. */
  undo(value: unknown): unknown;
  /** The same for the snapshots of a growing value, each call with the next one; what did not change is not looked at again. */
  undoGrowing(): (snapshot: unknown) => unknown;
}

const made = new WeakMap<object, StrictSchema | undefined>();

/**
 * The schema in the subset that providers enforce exactly: objects closed, all properties required, optional ones nullable, any root
 * but an object wrapped. Undefined where the subset can't say it (open maps, tuples, intersections, any value): send `strict: false` then.
 *
 * Source: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas. It allows some keywords that others refuse
 * (Groq: `minItems is not supported`, https://github.com/i-am-bee/beeai-framework/issues/1215; Anthropic: `minimum`, `maximum`), so only
 * what all share is kept; the rest is told in the description, and the user's own schema has the last word anyway.
 */
export function toStrictSchema(schema: JsonSchema): StrictSchema | undefined {
  if (typeof schema === "boolean") return undefined;
  if (!made.has(schema)) made.set(schema, make(schema));
  return made.get(schema);
}

function make(schema: JsonSchema): StrictSchema | undefined {
  const { schema: root, unwrap } = wrapRoot(schema);
  const strict = tighten(root);
  if (!strict) return undefined;
  const addsNulls = [...strict.nullAdded.values()].some(({ size }) => size > 0);
  const undo = addsNulls ? createUndo(strict, false) : (value: unknown) => value;
  return {
    schema: strict.schema as SchemaObject,
    undo: (value) => unwrap(undo(value)),
    undoGrowing() {
      const undoSnapshot = addsNulls ? createUndo(strict, true) : undo;
      return (snapshot) => unwrap(undoSnapshot(snapshot), true);
    },
  };
}

/** Not an error: what the subset can't express. */
const inexpressible = Symbol("inexpressible");

/** Constraints that are told in words. */
const told = [
  ...["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems"],
];

function tighten(
  root: SchemaObject,
): { schema: StrictNode; nullAdded: ReadonlyMap<StrictNode, ReadonlySet<string>> } | undefined {
  const nullAdded = new Map<StrictNode, Set<string>>();
  const names = new Map<string, string>();
  const $defs: Record<string, StrictNode> = {};

  function node(schema: unknown): StrictNode {
    if (!isObject(schema)) throw inexpressible;
    const described = describe(schema);
    if (typeof schema.$ref === "string") {
      if (hasAny(schema, ["properties", "items", "anyOf", "oneOf", "allOf"])) throw inexpressible;
      const reference = { $ref: target(schema.$ref) };
      // OpenAI: "$ref cannot have keywords {'description'}".
      return described.description ? { ...described, anyOf: [reference] } : reference;
    }
    const union = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    if (union !== undefined) {
      if (!Array.isArray(union) || hasAny(schema, ["properties", "items", "prefixItems", "enum", "const"])) throw inexpressible;
      if (["anyOf", "oneOf", "allOf"].filter((keyword) => keyword in schema).length > 1) throw inexpressible;
      if (schema.allOf && union.length > 1) throw inexpressible;
      return { ...described, anyOf: union.map(node) };
    }
    const choices = "const" in schema ? [schema.const] : schema.enum;
    if (choices !== undefined) return { ...described, ...enumeration(choices) };
    const type = schema.type ?? (schema.properties ? "object" : schema.items ? "array" : undefined);
    const types: unknown[] = [type].flat();
    if (type === undefined || "prefixItems" in schema || "patternProperties" in schema) throw inexpressible;
    const result: StrictNode = { type: type as string | string[], ...described };
    if (types.includes("object")) Object.assign(result, members(schema, result));
    if (types.includes("array")) result.items = node(schema.items);
    return result;
  }

  function members(schema: SchemaObject, owner: StrictNode): Partial<StrictNode> {
    const { properties, additionalProperties: more, required = [] } = schema;
    if (!isObject(properties ?? {}) || !Array.isArray(required)) throw inexpressible;
    const entries = Object.entries((properties ?? {}) as SchemaObject);
    const open =
      entries.length > 0 ? isObject(more) && Object.keys(more).length > 0 : more !== false && (more !== undefined || !properties);
    if (open || required.some((key) => !entries.some(([name]) => name === key))) throw inexpressible;
    const added = new Set<string>();
    const closed = entries.map(([key, property]): [string, StrictNode] => {
      const strict = node(property);
      if (required.includes(key) || admitsNull(property, root)) return [key, strict];
      added.add(key);
      return [key, nullable(strict)];
    });
    nullAdded.set(owner, added);
    return { properties: Object.fromEntries(closed), required: closed.map(([key]) => key), additionalProperties: false };
  }

  /** Whatever a reference points to becomes a definition of its own. */
  function target(reference: string): string {
    if (reference === "#") return reference;
    let name = names.get(reference);
    if (name === undefined) {
      name = reference.replace(/^.*\//, "").replace(/[^\w-]+/g, "_") || "definition";
      while (Object.hasOwn($defs, name)) name += "_";
      names.set(reference, name);
      $defs[name] = {};
      $defs[name] = node(resolve(reference, root));
    }
    return `#/$defs/${name}`;
  }

  try {
    const schema = node(root);
    if (names.size > 0) schema.$defs = $defs;
    return { schema, nullAdded };
  } catch (error) {
    if (error === inexpressible) return undefined;
    throw error;
  }
}

function describe(schema: SchemaObject): { description?: string } {
  const limits = told.filter((keyword) => keyword in schema).map((keyword) => `${keyword}: ${schema[keyword]}`);
  const words = [schema.description, limits.length > 0 ? `(${limits.join(", ")})` : undefined].filter(
    (part) => typeof part === "string" && part,
  );
  return words.length > 0 ? { description: words.join(" ") } : {};
}

function enumeration(choices: unknown): StrictNode {
  if (!Array.isArray(choices) || choices.length === 0 || choices.some((choice) => typeof choice === "object" && choice !== null))
    throw inexpressible;
  const types = [...new Set(choices.map((choice): string => (choice === null ? "null" : typeof choice)))];
  return { type: types.length === 1 ? (types[0] as string) : types, enum: choices };
}

function nullable(schema: StrictNode): StrictNode {
  if (schema.anyOf) return { ...schema, anyOf: [...schema.anyOf, { type: "null" }] };
  // An object keeps its identity, which tells which of its nulls were added.
  if (schema.$ref || schema.properties) return { anyOf: [schema, { type: "null" }] };
  return {
    ...schema,
    type: [schema.type as string, "null"].flat(),
    ...(schema.enum ? { enum: [...schema.enum, null] } : undefined),
  };
}

function admitsNull(schema: unknown, root: SchemaObject, seen: readonly unknown[] = []): boolean {
  if (!isObject(schema) || seen.includes(schema)) return false;
  const inner = (each: unknown) => admitsNull(each, root, [...seen, schema]);
  const { type, anyOf, oneOf, allOf } = schema;
  if (typeof schema.$ref === "string") return inner(resolve(schema.$ref, root));
  if ("const" in schema) return schema.const === null;
  if (Array.isArray(schema.enum)) return schema.enum.includes(null);
  if (Array.isArray(allOf)) return allOf.every(inner);
  const union = anyOf ?? oneOf;
  return Array.isArray(union) ? union.some(inner) : type === "null" || (Array.isArray(type) && type.includes("null"));
}

function resolve(reference: string, root: SchemaObject): unknown {
  if (!/^#(\/|$)/.test(reference)) throw inexpressible;
  const keys = reference
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null && Object.hasOwn(at, key) ? (at as SchemaObject)[key] : undefined),
    root,
  );
}

function hasAny(schema: SchemaObject, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => keyword in schema);
}
