import type { JsonSchema, Schema, SchemaValidator, Validated } from "../schema.ts";
import { extractJson } from "./extract-json.ts";
import { isTooDeep, maxDepth } from "./limits.ts";
import { parseNestedJson } from "./nested-json.ts";
import type { StrictSchema } from "./strict-schema.ts";
import { validateWith } from "./validate.ts";
import { type RootedSchema, unwrapRoot } from "./wrap-root.ts";

export interface OutputReader {
  readonly schema: Schema;
  /** Of `schema`. */
  readonly jsonSchema: JsonSchema;
  readonly rooted: RootedSchema;
  /** What the model was asked with, where that was a strict schema. */
  readonly strict: StrictSchema | undefined;
  readonly validator: SchemaValidator | undefined;
}

/**
 * Reads the value from a model's text, or from the arguments of the output tool. The user's schema decides: of the ways to take what the
 * model wrote (with or without wrapping, arrays and objects written as strings) the first counts that it accepts.
 */
export async function readOutput(text: string, reader: OutputReader): Promise<Validated> {
  const extracted = extractJson(text);
  if (!extracted.found) return complain(text.trim() === "" ? "is empty" : "contains no complete, valid JSON");
  if (isTooDeep(extracted.value)) return complain(`must not be nested more than ${maxDepth} levels deep`);
  let complaints: Validated | undefined;
  for (const value of readings(extracted.value, reader)) {
    const validated = await validateWith(reader.schema, value, reader.validator, "output");
    if (!validated.issues) return validated;
    complaints ??= validated;
  }
  return complaints ?? complain("contains no value");
}

/** The values that the JSON may stand for, the likeliest first. */
function* readings(json: unknown, { jsonSchema, rooted, strict }: OutputReader): Generator<unknown> {
  const clean = (value: unknown) => strict?.removeAddedNulls(value) ?? value;
  const candidates = unwrapRoot(json, rooted);
  for (const value of candidates) yield clean(value);
  for (const value of candidates) {
    const parsed = parseNestedJson(value, jsonSchema);
    if (JSON.stringify(parsed) !== JSON.stringify(value)) yield clean(parsed);
  }
}

function complain(message: string): Validated {
  return { issues: [{ path: "", message }] };
}
