import type { Choices } from "./choices.ts";

/** Where in a sample a value is being made. */
export interface Place {
  /** The whole document, for references. */
  root: unknown;
  depth: number;
  choices: Choices;
  /** Makes a value that satisfies all schemas, or `impossible`. */
  sample(schemas: readonly unknown[], place: Place): unknown;
}

/** There is no value, or the choices do not lead to one. */
export const impossible = Symbol("impossible");
