import { isRecord, mapSubschemas } from "./schema-keywords.ts";

/** Annotations of other tools, which say nothing to a model. */
const dropped = ["$schema", "~standard"];

/**
 * A schema as `response_format` takes it with `strict: false`. OpenAI refuses `propertyNames` there too ("'propertyNames' is not permitted",
 * https://github.com/vercel/ai/issues/9601), which Zod writes for every record; what it says goes into the description.
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
