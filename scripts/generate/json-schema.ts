/** Component schemas of an OpenAPI document as plain JSON Schema, small enough to ship. */

export type Schema = Record<string, unknown>;

export const isObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

/** Keywords that say nothing about validity. */
const annotations = new Set(["description", "example", "examples", "deprecated", "externalDocs"]);

/** Keywords whose value maps names to schemas: a property may be called "description". */
const schemaMaps = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]);

/** Keywords whose value is data, not a schema. */
const dataKeywords = new Set(["const", "enum", "default", "required"]);

/** A schema without its annotations, its references pointing into `$defs`. */
export function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([keyword]) => !annotations.has(keyword) && !keyword.startsWith("x-"))
      .map(([keyword, value]) => [keyword, keywordValue(keyword, value)]),
  );
}

function keywordValue(keyword: string, value: unknown): unknown {
  if (keyword === "$ref") return String(value).replace("#/components/schemas/", "#/$defs/");
  // ajv rejects `mapping`; the branches name their own values.
  if (keyword === "discriminator" && isObject(value)) return { propertyName: value.propertyName };
  if (dataKeywords.has(keyword)) return value;
  if (schemaMaps.has(keyword) && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, toJsonSchema(schema)]));
  }
  return toJsonSchema(value);
}
