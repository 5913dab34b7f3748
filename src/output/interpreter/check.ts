import type { SchemaIssue } from "../../schema.ts";
import { escapePointer } from "../json-pointer.ts";
import type { NormalSchema } from "../normal-schema.ts";

/** The state of a validation: the current path, and the issues found so far. */
export interface Run {
  readonly path: (string | number)[];
  readonly issues: SchemaIssue[];
}

/** The members that a schema's keywords have evaluated, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Evaluated {
  readonly keys: Set<string>;
  readonly indexes: Set<number>;
}

/** Validates a value, reports its issues to the run, and adds the members it evaluated to `evaluated`. */
export type Check = (value: unknown, run: Run, evaluated: Evaluated | undefined) => boolean;

export type Compile = (schema: NormalSchema) => Check;

export function report({ path, issues }: Run, message: string, key?: string): false {
  const keys = key === undefined ? path : [...path, key];
  issues.push({ path: keys.map((each) => `/${escapePointer(String(each))}`).join(""), message });
  return false;
}

/** Validates a member of the value. */
export function checkMember(check: Check, member: unknown, key: string | number, run: Run): boolean {
  run.path.push(key);
  const valid = check(member, run, undefined);
  run.path.pop();
  return valid;
}

/** Validates without reporting issues. `evaluated` only grows if the value is valid. */
export function passes(check: Check, value: unknown, run: Run, evaluated: Evaluated | undefined): boolean {
  const before = run.issues.length;
  const own = evaluated && createEvaluated();
  const valid = check(value, run, own);
  if (valid && own) merge(evaluated, own);
  run.issues.length = before;
  return valid;
}

export const createEvaluated = (): Evaluated => ({ keys: new Set(), indexes: new Set() });

export function merge(into: Evaluated, from: Evaluated): void {
  for (const key of from.keys) into.keys.add(key);
  for (const index of from.indexes) into.indexes.add(index);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
