import type { JsonSchema } from "../schema.ts";
import { isRecord } from "./schema-keywords.ts";
import { followPointer } from "./schema-references.ts";

/**
 * Parses strings that contain JSON where the schema allows an array or object but no string, at any depth: models write `"items": "[1, 2]"`
 * instead of `"items": [1, 2]`. Everything else is kept, and the value is not mutated.
 */
export function parseNestedJson(value: unknown, schema: JsonSchema): unknown {
  const revive = (each: unknown, schemas: readonly unknown[]): unknown => {
    const nodes = schemas.flatMap((candidate) => expandSchema(candidate, schema));
    if (typeof each === "string") {
      const parsed = parseContainer(each, nodes);
      return parsed === undefined ? each : revive(parsed, nodes);
    }
    if (Array.isArray(each))
      return each.map((item, index) =>
        revive(
          item,
          nodes.flatMap((node) => itemSchemas(node, index)),
        ),
      );
    if (!isRecord(each)) return each;
    const members = Object.entries(each).map(([key, member]): [string, unknown] => {
      return [
        key,
        revive(
          member,
          nodes.flatMap((node) => memberSchemas(node, key)),
        ),
      ];
    });
    return Object.fromEntries(members);
  };
  return revive(value, [schema]);
}

/** Parses a string to an array or object, if every schema requires one. */
function parseContainer(text: string, nodes: readonly Record<string, unknown>[]): unknown {
  const types = nodes.map(({ type }) => [type].flat());
  if (types.length === 0 || types.some((names) => names.includes(undefined) || names.includes("string"))) return undefined;
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return types.flat().includes(Array.isArray(parsed) ? "array" : "object") ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Expands a schema to its alternatives, without unions or references. References are resolved against `root`. */
export function expandSchema(
  schema: unknown,
  root: JsonSchema = isRecord(schema) ? schema : {},
  seen: readonly unknown[] = [],
): Record<string, unknown>[] {
  if (!isRecord(schema) || seen.includes(schema)) return [];
  const inner = (each: unknown) => expandSchema(each, root, [...seen, schema]);
  if (typeof schema.$ref === "string") return schema.$ref.startsWith("#") ? inner(followReference(schema.$ref, root)) : [];
  const union = [schema.anyOf, schema.oneOf, schema.allOf].find(Array.isArray);
  return Array.isArray(union) && schema.type === undefined ? union.flatMap(inner) : [schema];
}

function followReference(reference: string, root: JsonSchema): unknown {
  try {
    return followPointer(root, decodeURIComponent(reference.slice(1)));
  } catch {
    return undefined;
  }
}

function itemSchemas({ items, prefixItems }: Record<string, unknown>, index: number): unknown[] {
  const tuple = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  return index < tuple.length ? [tuple[index]] : Array.isArray(items) ? [] : [items];
}

function memberSchemas({ properties, additionalProperties }: Record<string, unknown>, key: string): unknown[] {
  if (isRecord(properties) && Object.hasOwn(properties, key)) return [properties[key]];
  return [additionalProperties];
}
