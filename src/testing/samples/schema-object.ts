/** A JSON Schema other than a boolean; keywords are checked when they are read. */
export interface SchemaObject {
  readonly [keyword: string]: unknown;
}

export const isSchemaObject = (value: unknown): value is SchemaObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The entries of a keyword that maps names to schemas; none if it is absent or malformed. */
export const schemasByName = (value: unknown): [name: string, schema: unknown][] =>
  isSchemaObject(value) ? Object.entries(value) : [];

export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const namesIn = (value: unknown): string[] => toList(value).filter((name) => typeof name === "string");

/** The largest number that the schemas have for a keyword. */
export const largest = (schemas: readonly SchemaObject[], keyword: string, otherwise: number): number =>
  Math.max(otherwise, ...schemas.map((schema) => schema[keyword]).filter((value) => typeof value === "number"));

/** The smallest number that the schemas have for a keyword. */
export const smallest = (schemas: readonly SchemaObject[], keyword: string, otherwise: number): number =>
  Math.min(otherwise, ...schemas.map((schema) => schema[keyword]).filter((value) => typeof value === "number"));

/** Resolves `#/pointer`, `#anchor` and the `$id` of a schema within its document; `undefined` if there is nothing. */
export function resolveReference(reference: string, root: unknown): unknown {
  const at = reference.indexOf("#");
  const base = at < 0 ? reference : reference.slice(0, at);
  const fragment = at < 0 ? "" : safelyDecoded(reference.slice(at + 1));
  const document = base === "" ? root : (find(root, (schema) => schema.$id === base) ?? root);
  if (fragment === "") return document;
  if (!fragment.startsWith("/"))
    return find(document, (schema) => schema.$anchor === fragment || schema.$dynamicAnchor === fragment);
  const keys = fragment.slice(1).split("/");
  return keys.reduce<unknown>(
    (value, key) => (Object(value) as SchemaObject)[key.replaceAll("~1", "/").replaceAll("~0", "~")],
    document,
  );
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function find(value: unknown, matches: (schema: SchemaObject) => boolean): SchemaObject | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isSchemaObject(value) && matches(value)) return value;
  for (const each of Object.values(value)) {
    const found = find(each, matches);
    if (found) return found;
  }
  return undefined;
}
