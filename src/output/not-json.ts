import { isRecord } from "./schema-keywords.ts";

/** Marks the places in a JSON Schema where the library's schema requires values that JSON can't represent. */
const marker = "x-not-json";

export function markNotJson(what: string): Record<string, unknown> {
  return { [marker]: what };
}

/** Finds the first marked place in a converted schema, as a path into the value (`.user.born`, `.dates[]`). */
export function findNotJson(schema: unknown, path = ""): { what: string; path: string } | undefined {
  if (Array.isArray(schema)) {
    for (const each of schema) {
      const found = findNotJson(each, path);
      if (found) return found;
    }
  }
  if (!isRecord(schema)) return undefined;
  const { [marker]: what } = schema;
  if (typeof what === "string") return { what, path };
  for (const [keyword, inner] of Object.entries(schema)) {
    const found = keyword === "properties" ? findInProperties(inner, path) : findNotJson(inner, path + step(keyword));
    if (found) return found;
  }
  return undefined;
}

function findInProperties(properties: unknown, path: string): { what: string; path: string } | undefined {
  if (!isRecord(properties)) return undefined;
  for (const [name, schema] of Object.entries(properties)) {
    const found = findNotJson(schema, `${path}.${name}`);
    if (found) return found;
  }
  return undefined;
}

function step(keyword: string): string {
  if (keyword === "items" || keyword === "prefixItems") return "[]";
  return keyword === "additionalProperties" ? ".*" : "";
}

/** Suggests how to request such a value anyway, depending on its type and the library. */
export function suggestJson(what: string, vendor: string): string {
  if (/date/i.test(what)) {
    if (vendor === "zod") return "Use z.iso.datetime().transform((text) => new Date(text)), which yields a Date.";
    if (vendor === "valibot")
      return "Use v.pipe(v.string(), v.isoTimestamp(), v.transform((text) => new Date(text))), which yields a Date.";
    if (vendor === "arktype") return 'Use type("string.date.parse"), which yields a Date.';
  }
  if (/bigint|^\d+n$/i.test(what)) return "Use a string and transform it with BigInt.";
  return "Use a type that JSON can represent, and a transform that creates the value from it.";
}
