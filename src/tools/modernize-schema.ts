import { isRecord, mapSubschemas } from "../output/schema-keywords.ts";
import type { SchemaObject } from "../output/wrap-root.ts";

/** Rewrites every schema of a document, the inner ones first. Data (`const`, `enum`, `default`) and property names are left alone. */
export function mapSchemas(schema: unknown, rewrite: (node: SchemaObject) => SchemaObject): unknown {
  return isRecord(schema) ? rewrite(mapSubschemas(schema, (each) => mapSchemas(each, rewrite))) : schema;
}

/**
 * A schema in the dialect that providers read, 2020-12: tuples, bounds, `definitions`, `dependencies` and `nullable` of older dialects are
 * rewritten, and what only names a dialect or says nothing is left out, at every level.
 */
export function modernizeSchema(schema: SchemaObject): SchemaObject {
  return mapSchemas(schema, modernizeNode) as SchemaObject;
}

function modernizeNode({ $schema: _, "~standard": __, ...node }: SchemaObject): SchemaObject {
  if (Array.isArray(node.items)) {
    const { items, additionalItems, ...others } = node;
    return modernizeNode({ ...others, prefixItems: items, ...(additionalItems === undefined ? {} : { items: additionalItems }) });
  }
  delete node.additionalItems;
  // Zod writes it for every record: property names are strings anyway.
  if (
    isRecord(node.propertyNames) &&
    Object.entries(node.propertyNames).every(([key, value]) => key === "type" && value === "string")
  )
    delete node.propertyNames;
  if (typeof node.$ref === "string") node.$ref = node.$ref.replace(/^#\/definitions\//, "#/$defs/");
  modernizeBound(node, "exclusiveMinimum", "minimum");
  modernizeBound(node, "exclusiveMaximum", "maximum");
  moveInto(node, "definitions", "$defs", () => true);
  moveInto(node, "dependencies", "dependentRequired", Array.isArray);
  moveInto(node, "dependencies", "dependentSchemas", isRecord);
  delete node.dependencies;
  return node;
}

/** Draft-04 has a flag where later drafts have the bound itself. */
function modernizeBound(node: SchemaObject, exclusive: string, inclusive: string): void {
  if (typeof node[exclusive] !== "boolean") return;
  const isExclusive = node[exclusive] === true && node[inclusive] !== undefined;
  delete node[exclusive];
  if (!isExclusive) return;
  node[exclusive] = node[inclusive];
  delete node[inclusive];
}

function moveInto(node: SchemaObject, from: string, to: string, belongs: (value: unknown) => boolean): void {
  const map = node[from];
  if (!isRecord(map)) return;
  const entries = Object.entries(map).filter(([, value]) => belongs(value));
  if (entries.length > 0) node[to] = { ...Object.fromEntries(entries), ...(isRecord(node[to]) ? node[to] : {}) };
  if (from === "definitions") delete node.definitions;
}
