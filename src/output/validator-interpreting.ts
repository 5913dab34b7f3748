import type { SchemaIssue, SchemaValidator } from "../schema.ts";
import { compileSchema } from "./interpreter/compile-schema.ts";
import { normalizeSchema } from "./normalize-schema.ts";

/** The validator for runtimes that forbid code generation from strings. */
export function createValidator(): SchemaValidator {
  return {
    compile(schema) {
      const check = compileSchema(normalizeSchema(schema));
      return (value) => {
        const issues: SchemaIssue[] = [];
        check(value, { path: [], issues }, undefined);
        return issues;
      };
    },
  };
}
