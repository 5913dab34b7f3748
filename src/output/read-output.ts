import type { JsonSchema, Schema, SchemaValidator, Validated } from "../schema.ts";
import { extractJson } from "./extract-json.ts";
import { isTooDeep, maxDepth } from "./limits.ts";
import { parseNestedJson } from "./nested-json.ts";
import type { StrictSchema } from "./strict-schema.ts";
import { validateWith } from "./validate.ts";
import { type RootedSchema, unwrapRoot } from "./wrap-root.ts";

export interface OutputReader {
  readonly schema: Schema;
  /** The JSON Schema of `schema`. */
  readonly jsonSchema: JsonSchema;
  readonly rooted: RootedSchema;
  /** The strict schema in the request, if there was one. */
  readonly strict: StrictSchema | undefined;
  readonly validator: SchemaValidator | undefined;
}

/**
 * Reads the value from a model's text or from the arguments of the output tool. Of the possible interpretations (with or without the
 * wrapper, strings parsed as arrays or objects), the first one that the user's schema accepts is used.
 */
export async function readOutput(text: string, reader: OutputReader): Promise<Validated> {
  const extracted = extractJson(text);
  if (!extracted.found) return invalid(text.trim() === "" ? "is empty" : "contains no complete, valid JSON");
  if (isTooDeep(extracted.value)) return invalid(`must not be nested more than ${maxDepth} levels deep`);
  let firstFailure: Validated | undefined;
  for (const value of readings(extracted.value, reader)) {
    const validated = await validateWith(reader.schema, value, reader.validator, "output");
    if (!validated.issues) return validated;
    firstFailure ??= validated;
  }
  return firstFailure ?? invalid("contains no value");
}

/** Yields possible interpretations of the JSON, likeliest first. */
function* readings(json: unknown, { jsonSchema, rooted, strict }: OutputReader): Generator<unknown> {
  const clean = (value: unknown) => strict?.removeAddedNulls(value) ?? value;
  const candidates = unwrapRoot(json, rooted);
  for (const value of candidates) yield clean(value);
  for (const value of candidates) {
    const parsed = parseNestedJson(value, jsonSchema);
    if (JSON.stringify(parsed) !== JSON.stringify(value)) yield clean(parsed);
  }
}

function invalid(message: string): Validated {
  return { issues: [{ path: "", message }] };
}
