import { isRecord, mapSubschemas } from "../output/schema-keywords.ts";
import type { SchemaObject } from "../output/wrap-root.ts";

/** Rewrites every schema in a document, innermost first. Data (`const`, `enum`, `default`) and property names are not touched. */
export function mapSchemas(schema: unknown, rewrite: (node: SchemaObject) => SchemaObject): unknown {
  return isRecord(schema) ? rewrite(mapSubschemas(schema, (each) => mapSchemas(each, rewrite))) : schema;
}

/**
 * Converts a schema to the dialect that providers read, 2020-12: tuples, bounds, `definitions`, `dependencies` and `nullable` of older
 * dialects are rewritten, and keywords without effect are removed, at every level.
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
  // Zod adds this to every record, but property names are always strings.
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

/** In draft-04 this is a flag; in later drafts it is the bound itself. */
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
