import { createFormatCheck } from "../formats.ts";
import { constMessage, enumMessage, typeMessage } from "../issue-messages.ts";
import { createMembership, isMultipleOf } from "../json-equality.ts";
import type { NormalNode } from "../normal-schema.ts";
import { compilePattern } from "../schema-pattern.ts";
import { type Check, report } from "./check.ts";

/** The keywords for any value, for numbers and for strings. */
export function* valueChecks(node: NormalNode): Generator<Check> {
  if (node.type !== undefined) yield checkType([node.type].flat());
  if ("const" in node) yield checkChoice([node.const], constMessage(node.const));
  if (Array.isArray(node.enum)) yield checkChoice(node.enum, enumMessage(node.enum));
  yield* numberChecks(node);
  yield* stringChecks(node);
}

function checkType(types: unknown[]): Check {
  const message = typeMessage(types);
  return (value, run) => {
    const name = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    // `1e400` is parsed as Infinity.
    if (name === "number" && !Number.isFinite(value)) return report(run, message);
    return types.includes(name) || (Number.isInteger(value) && types.includes("integer")) || report(run, message);
  };
}

function checkChoice(choices: readonly unknown[], message: string): Check {
  const isMember = createMembership(choices);
  return (value, run) => isMember(value) || report(run, message);
}

function* numberChecks(node: NormalNode): Generator<Check> {
  const number = (test: (value: number) => boolean, message: string): Check => {
    return (value, run) => typeof value !== "number" || !Number.isFinite(value) || test(value) || report(run, message);
  };
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = node;
  if (typeof minimum === "number") yield number((value) => value >= minimum, `must be >= ${minimum}`);
  if (typeof maximum === "number") yield number((value) => value <= maximum, `must be <= ${maximum}`);
  if (typeof exclusiveMinimum === "number") yield number((value) => value > exclusiveMinimum, `must be > ${exclusiveMinimum}`);
  if (typeof exclusiveMaximum === "number") yield number((value) => value < exclusiveMaximum, `must be < ${exclusiveMaximum}`);
  if (typeof multipleOf === "number")
    yield number((value) => isMultipleOf(value, multipleOf), `must be multiple of ${multipleOf}`);
}

function* stringChecks(node: NormalNode): Generator<Check> {
  const string = (test: (value: string) => boolean, message: string): Check => {
    return (value, run) => typeof value !== "string" || test(value) || report(run, message);
  };
  const { minLength, maxLength, pattern, format } = node;
  // Characters are code points.
  const length = (value: string) => [...value].length;
  if (typeof minLength === "number")
    yield string((value) => length(value) >= minLength, `must NOT have fewer than ${minLength} characters`);
  if (typeof maxLength === "number")
    yield string((value) => length(value) <= maxLength, `must NOT have more than ${maxLength} characters`);
  if (typeof pattern === "string") {
    const expression = compilePattern(pattern);
    yield string((value) => expression.test(value), `must match pattern "${pattern}"`);
  }
  if (typeof format === "string") {
    const fits = createFormatCheck(format);
    yield (value, run) => fits(value) || report(run, `must match format "${format}"`);
  }
}
