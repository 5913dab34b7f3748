import { escapePointer } from "./json-pointer.ts";

/** What a keyword with subschemas contains: a schema, a list of schemas, or a map of schemas. */
export type SubschemaKind = "schema" | "schemas" | "schema-map";

/** The keywords with subschemas of 2020-12, and those of older drafts that are still supported. */
const subschemaKinds: Readonly<Record<string, SubschemaKind>> = {
  additionalItems: "schema",
  additionalProperties: "schema",
  contains: "schema",
  else: "schema",
  if: "schema",
  items: "schema",
  not: "schema",
  propertyNames: "schema",
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: "schema",
  unevaluatedItems: "schema",
  unevaluatedProperties: "schema",
  allOf: "schemas",
  anyOf: "schemas",
  oneOf: "schemas",
  prefixItems: "schemas",
  $defs: "schema-map",
  definitions: "schema-map",
  dependentSchemas: "schema-map",
  patternProperties: "schema-map",
  properties: "schema-map",
};

export function getSubschemaKind(keyword: string): SubschemaKind | undefined {
  return Object.hasOwn(subschemaKinds, keyword) ? subschemaKinds[keyword] : undefined;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Yields the direct subschemas of a schema, each with its relative JSON Pointer. */
export function* subschemas(node: Record<string, unknown>): Generator<[pointer: string, schema: unknown]> {
  for (const [name, value] of Object.entries(node)) {
    const kind = getSubschemaKind(name);
    const isList = Array.isArray(value);
    if (isList && (kind === "schemas" || name === "items"))
      for (const [index, each] of value.entries()) yield [`/${name}/${index}`, each];
    else if (kind === "schema" && !isList) yield [`/${name}`, value];
    else if ((kind === "schema-map" || name === "dependencies") && isRecord(value))
      for (const [key, each] of Object.entries(value)) if (!Array.isArray(each)) yield [`/${name}/${escapePointer(key)}`, each];
  }
}

/** Copies a schema, mapping each direct subschema. */
export function mapSubschemas(node: Record<string, unknown>, map: (schema: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(node).map(([name, value]): [string, unknown] => {
    const kind = getSubschemaKind(name);
    if (Array.isArray(value)) return [name, kind === "schemas" || name === "items" ? value.map(map) : value];
    if (kind === "schema") return [name, map(value)];
    if (kind !== "schema-map" || !isRecord(value)) return [name, value];
    return [name, Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each)]))];
  });
  return Object.fromEntries(entries);
}
