import fc from "fast-check";
import { expect, test } from "vitest";
import { createValidator as createAjv } from "../../src/output/validator-ajv.ts";
import { createValidator as createInterpreting } from "../../src/output/validator-interpreting.ts";
import type { JsonSchema, SchemaIssue, SchemaValidator } from "../../src/schema.ts";
import { arbitrarySchema, arbitraryValue } from "./arbitrary-schema.ts";

/** The number of runs; set FUZZ_RUNS to search longer. fast-check prints the seed of a failure. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 150);
const ajv = createAjv();
const interpreting = createInterpreting();

type Compiled = ((value: unknown) => SchemaIssue[]) | string;

function compile(validator: SchemaValidator, schema: JsonSchema): Compiled {
  try {
    return validator.compile(schema);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether the path points to something in the value, or to a missing member. */
function pointsInto(value: unknown, path: string): boolean {
  if (path === "") return true;
  let at = value;
  for (const segment of path.slice(1).split("/")) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}

test(
  "ajv and the interpreting validator give the same verdict on any value under any schema",
  () => {
    fc.assert(
      fc.property(arbitrarySchema, fc.array(arbitraryValue, { minLength: 1, maxLength: 8 }), (schema, values) => {
        const first = compile(ajv, schema);
        const second = compile(interpreting, schema);
        if (typeof first === "string" || typeof second === "string") {
          expect(first).toBe(second);
          return;
        }
        for (const value of values) {
          const issues = first(value);
          const others = second(value);
          expect({ value, valid: others.length === 0 }).toEqual({ value, valid: issues.length === 0 });
          for (const { path, message } of [...issues, ...others]) {
            expect(pointsInto(value, path), path).toBe(true);
            expect(message).not.toBe("");
          }
        }
      }),
      { numRuns },
    );
  },
  60_000 + numRuns * 100,
);
