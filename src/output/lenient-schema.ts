import { isRecord, mapSubschemas } from "./schema-keywords.ts";

/** Annotations of other tools, which mean nothing to a model. */
const dropped = ["$schema", "~standard"];

/**
 * Adapts a schema for `response_format` with `strict: false`. OpenAI rejects `propertyNames` even there ("'propertyNames' is not permitted",
 * https://github.com/vercel/ai/issues/9601), and Zod adds it to every record, so its constraints move into the description.
 */
export function toLenientSchema(schema: Record<string, unknown>): Record<string, unknown> {
  const { propertyNames, ...rest } = mapSubschemas(schema, (each) => (isRecord(each) ? toLenientSchema(each) : each));
  for (const keyword of dropped) delete rest[keyword];
  if (!isRecord(propertyNames)) return rest;
  const { type: _, ...constraints } = propertyNames;
  if (Object.keys(constraints).length === 0) return rest;
  const names = `(property names: ${JSON.stringify(constraints)})`;
  return { ...rest, description: typeof rest.description === "string" ? `${rest.description} ${names}` : names };
}
