import type { SchemaIssue } from "../../schema.ts";
import { escapePointer } from "../json-pointer.ts";
import type { NormalSchema } from "../normal-schema.ts";

/** One validation: where it is in the value, and what it has found so far. */
export interface Run {
  readonly path: (string | number)[];
  readonly issues: SchemaIssue[];
}

/** What the keywords of a schema have looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Evaluated {
  readonly keys: Set<string>;
  readonly indexes: Set<number>;
}

/** Judges a value, reports what is wrong with it to the run, and notes in `evaluated` which members it has looked at. */
export type Check = (value: unknown, run: Run, evaluated: Evaluated | undefined) => boolean;

export type Compile = (schema: NormalSchema) => Check;

export function report({ path, issues }: Run, message: string, key?: string): false {
  const keys = key === undefined ? path : [...path, key];
  issues.push({ path: keys.map((each) => `/${escapePointer(String(each))}`).join(""), message });
  return false;
}

/** Judges a member of the value. */
export function checkMember(check: Check, member: unknown, key: string | number, run: Run): boolean {
  run.path.push(key);
  const valid = check(member, run, undefined);
  run.path.pop();
  return valid;
}

/** Judges without reporting. `evaluated` only grows if the value is valid. */
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
