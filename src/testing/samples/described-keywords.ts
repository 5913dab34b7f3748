import { isSchemaObject } from "./schema-object.ts";

/**
 * Keywords that strict schemas can't have are written into descriptions, as in `The number (pattern: ^INV-\d{4}$, minLength: 8)`. A model
 * reads them there, and so does this.
 */
export function withDescribedKeywords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withDescribedKeywords);
  if (!isSchemaObject(schema)) return schema;
  const own = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, literals.has(name) ? value : withDescribedKeywords(value)]),
  );
  return typeof schema.description === "string" ? { ...describedKeywords(schema.description), ...own } : own;
}

/** Keywords whose value is not a schema. */
const literals = new Set(["const", "enum", "default", "examples"]);

const keywords = [
  ...["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
].join("|");
const group = new RegExp(`\\(((?:${keywords}): .*)\\)$`, "s");
const separator = new RegExp(`, (?=(?:${keywords}): )`);

function describedKeywords(description: string): Record<string, unknown> {
  const [, listed] = group.exec(description) ?? [];
  if (listed === undefined) return {};
  return Object.fromEntries(
    listed.split(separator).map((entry) => {
      const at = entry.indexOf(": ");
      const [name, value] = [entry.slice(0, at), entry.slice(at + 2)];
      return [name, name === "pattern" || name === "format" ? value : parsed(value)];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
