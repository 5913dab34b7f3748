import type { Choices } from "./choices.ts";
import type { SchemaObject } from "./schema-object.ts";

/** Compiles a schema to a check of values. */
export type Compile = (schema: SchemaObject) => (value: unknown) => boolean;

/** The position in a sample. */
export interface Place {
  /** The whole document, for references. */
  root: unknown;
  depth: number;
  choices: Choices;
  /** Compiles a part of the schema, to choose among candidates. */
  compile: Compile;
  /** Creates a value that satisfies all schemas, or `impossible`. */
  sample(schemas: readonly unknown[], place: Place): unknown;
}

/** There is no value, or the choices do not lead to one. */
export const impossible = Symbol("impossible");
