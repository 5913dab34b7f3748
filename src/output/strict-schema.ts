import type { JsonSchema } from "../schema.ts";
import { type NullableProperties, NullRemover, type StrictNode } from "./remove-added-nulls.ts";
import { isRecord } from "./schema-keywords.ts";
import { followPointer } from "./schema-references.ts";
import { type SchemaObject, wrapRoot } from "./wrap-root.ts";

export interface StrictSchema {
  readonly schema: SchemaObject;
  /** Whether the root was wrapped, as by `wrapRoot`. */
  readonly wrapped: boolean;
  /** Removes the nulls of absent properties from an unwrapped value. */
  removeAddedNulls(value: unknown): unknown;
  /** The same for successive snapshots of a growing value. Parts that did not grow are not visited again. */
  createSnapshotCleaner(): (snapshot: unknown) => unknown;
}

const cache = new WeakMap<object, StrictSchema | undefined>();

/**
 * Converts a schema to the subset that providers enforce exactly: closed objects, all properties required, optional ones nullable, a root
 * other than an object wrapped. Undefined if the subset can't express it (open maps, tuples, intersections, any value): use `strict: false`.
 *
 * Source: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas. It allows some keywords that others reject
 * (Groq: `minItems is not supported`, https://github.com/i-am-bee/beeai-framework/issues/1215; Anthropic: `minimum`, `maximum`), so only
 * what all of them support is kept. The rest goes into descriptions, and the user's schema validates the result anyway.
 */
export function toStrictSchema(schema: JsonSchema): StrictSchema | undefined {
  if (typeof schema === "boolean") return undefined;
  if (!cache.has(schema)) cache.set(schema, createStrictSchema(schema));
  return cache.get(schema);
}

function createStrictSchema(schema: JsonSchema): StrictSchema | undefined {
  const { schema: root, wrapped } = wrapRoot(schema);
  const writer = new StrictWriter(root);
  const strict = writer.write();
  if (!strict) return undefined;
  const { nullable } = writer;
  const addsNulls = [...nullable.values()].some(({ size }) => size > 0);
  const createCleaner = (growing: boolean) => {
    const remover = new NullRemover(strict, nullable, growing);
    // The remover expects values in the shape of the strict schema, including the wrapper.
    const clean = (value: unknown) => (wrapped ? remover.remove({ value }, "value") : remover.remove(value));
    return addsNulls ? clean : (value: unknown) => value;
  };
  return {
    schema: strict,
    wrapped,
    removeAddedNulls: createCleaner(false),
    createSnapshotCleaner: () => createCleaner(true),
  };
}

/** Thrown if the subset can't express a schema. */
const inexpressible = Symbol("inexpressible");

/** Constraints that only the description mentions. */
const describedKeywords = [
  ...["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems"],
];

class StrictWriter {
  /** For each object schema, the properties whose null means that they are absent. */
  readonly nullable: NullableProperties = new Map();
  readonly #root: SchemaObject;
  readonly #names = new Map<string, string>();
  readonly #definitions: Record<string, StrictNode> = {};

  constructor(root: SchemaObject) {
    this.#root = root;
  }

  write(): StrictNode | undefined {
    try {
      const schema = this.#node(this.#root);
      if (this.#names.size > 0) schema.$defs = this.#definitions;
      return schema;
    } catch (error) {
      if (error === inexpressible) return undefined;
      throw error;
    }
  }

  #node(schema: unknown): StrictNode {
    if (!isRecord(schema)) throw inexpressible;
    if (schema.nullable === true && !admitsNull({ ...schema, nullable: undefined }, this.#root))
      return addNull(this.#node({ ...schema, nullable: undefined }));
    const described = describe(schema);
    if (typeof schema.$ref === "string") {
      if (hasAny(schema, ["properties", "items", "anyOf", "oneOf", "allOf"])) throw inexpressible;
      const reference = { $ref: this.#define(schema.$ref) };
      // OpenAI: "$ref cannot have keywords {'description'}".
      return described.description ? { ...described, anyOf: [reference] } : reference;
    }
    const unions = [schema.anyOf, schema.oneOf, schema.allOf].filter((union) => union !== undefined);
    if (unions.length > 0) {
      const [union] = unions;
      if (unions.length > 1 || !Array.isArray(union)) throw inexpressible;
      if (hasAny(schema, ["properties", "items", "prefixItems", "enum", "const"])) throw inexpressible;
      if (schema.allOf && union.length > 1) throw inexpressible;
      return { ...described, anyOf: union.map((each) => this.#node(each)) };
    }
    const choices = "const" in schema ? [schema.const] : schema.enum;
    if (choices !== undefined) return { ...described, ...enumeration(choices) };
    return this.#typed(schema, described);
  }

  #typed(schema: SchemaObject, described: { description?: string }): StrictNode {
    const type = schema.type ?? (schema.properties ? "object" : schema.items ? "array" : undefined);
    const types = [type].flat().filter((name) => typeof name === "string");
    if (types.length === 0 || "prefixItems" in schema || "patternProperties" in schema) throw inexpressible;
    const result: StrictNode = { type: types.length === 1 && types[0] ? types[0] : types, ...described };
    if (types.includes("object")) Object.assign(result, this.#members(schema, result));
    if (types.includes("array")) result.items = this.#node(schema.items);
    return result;
  }

  #members(schema: SchemaObject, owner: StrictNode): Partial<StrictNode> {
    const { properties = {}, additionalProperties: more, required = [] } = schema;
    if (!isRecord(properties) || !Array.isArray(required)) throw inexpressible;
    const entries = Object.entries(properties);
    const isOpen =
      entries.length > 0
        ? isRecord(more) && Object.keys(more).length > 0
        : more !== false && (more !== undefined || !schema.properties);
    if (isOpen || required.some((key) => !entries.some(([name]) => name === key))) throw inexpressible;
    const added = new Set<string>();
    const closed = entries.map(([key, property]): [string, StrictNode] => {
      const strict = this.#node(property);
      if (required.includes(key) || admitsNull(property, this.#root)) return [key, strict];
      added.add(key);
      return [key, addNull(strict)];
    });
    this.nullable.set(owner, added);
    return { properties: Object.fromEntries(closed), required: closed.map(([key]) => key), additionalProperties: false };
  }

  /** Turns the target of a reference into a definition. */
  #define(reference: string): string {
    if (reference === "#") return reference;
    let name = this.#names.get(reference);
    if (name === undefined) {
      name = reference.replace(/^.*\//, "").replace(/[^\w-]+/g, "_") || "definition";
      while (Object.hasOwn(this.#definitions, name)) name += "_";
      this.#names.set(reference, name);
      this.#definitions[name] = {};
      this.#definitions[name] = this.#node(resolve(reference, this.#root));
    }
    return `#/$defs/${name}`;
  }
}

function describe(schema: SchemaObject): { description?: string } {
  const limits = describedKeywords.filter((keyword) => keyword in schema).map((keyword) => `${keyword}: ${schema[keyword]}`);
  const words = [schema.description, limits.length > 0 ? `(${limits.join(", ")})` : undefined].filter(
    (part) => typeof part === "string" && part,
  );
  return words.length > 0 ? { description: words.join(" ") } : {};
}

function enumeration(choices: unknown): StrictNode {
  if (!Array.isArray(choices) || choices.length === 0 || choices.some((choice) => typeof choice === "object" && choice !== null))
    throw inexpressible;
  const types = [...new Set(choices.map((choice): string => (choice === null ? "null" : typeof choice)))];
  return { type: types.length === 1 && types[0] ? types[0] : types, enum: choices };
}

function addNull(schema: StrictNode): StrictNode {
  if (schema.anyOf) return { ...schema, anyOf: [...schema.anyOf, { type: "null" }] };
  // An object keeps its identity, by which its added nulls are known.
  if (schema.$ref || schema.properties) return { anyOf: [schema, { type: "null" }] };
  return {
    ...schema,
    type: [schema.type ?? [], "null"].flat(),
    ...(schema.enum ? { enum: [...schema.enum, null] } : undefined),
  };
}

function admitsNull(schema: unknown, root: SchemaObject, seen: readonly unknown[] = []): boolean {
  if (!isRecord(schema) || seen.includes(schema)) return false;
  const inner = (each: unknown) => admitsNull(each, root, [...seen, schema]);
  const { type, anyOf, oneOf, allOf, nullable } = schema;
  if (nullable === true) return true;
  if (typeof schema.$ref === "string") return inner(resolve(schema.$ref, root));
  if ("const" in schema) return schema.const === null;
  if (Array.isArray(schema.enum)) return schema.enum.includes(null);
  if (Array.isArray(allOf)) return allOf.every(inner);
  const union = anyOf ?? oneOf;
  return Array.isArray(union) ? union.some(inner) : type === "null" || (Array.isArray(type) && type.includes("null"));
}

function resolve(reference: string, root: SchemaObject): unknown {
  if (!/^#(\/|$)/.test(reference)) throw inexpressible;
  const target = followPointer(root, decodeURIComponent(reference.slice(1)));
  if (target === undefined) throw inexpressible;
  return target;
}

function hasAny(schema: SchemaObject, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => keyword in schema);
}
