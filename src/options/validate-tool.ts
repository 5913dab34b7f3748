import { checkJson } from "./json-value.ts";
import {
  boolean,
  type Check,
  callable,
  expect,
  isObject,
  milliseconds,
  type OptionProblem,
  plainObject,
  string,
  toOptionProblem,
} from "./validators.ts";

/** What the fields of a tool must be, besides its parameters. */
const fields: Readonly<Record<string, Check>> = {
  description: string,
  execute: callable,
  timeout: milliseconds,
  validate: boolean,
  needsApproval: expect("a boolean or a function", (value) => typeof value === "boolean" || typeof value === "function"),
  wire: (value) => plainObject(value) ?? checkJson(value),
};

/** What is wrong with the definition of a tool, which may have been written without `tool()`. `option` is its place in errors. */
export function checkToolFields(definition: Readonly<Record<string, unknown>>, option: string): OptionProblem[] {
  return Object.entries(fields).flatMap(([field, check]) => {
    const value = definition[field];
    const problem = value === undefined ? undefined : check(value);
    return problem ? [toOptionProblem(`${option}.${field}`, problem)] : [];
  });
}

/** What is wrong with the argument of `tool()`. */
export function checkToolDefinition(definition: unknown): OptionProblem[] {
  if (!isObject(definition)) return [{ option: "tool", message: "must be called with { parameters, … }" }];
  const { parameters } = definition;
  const missing = 'is missing: pass a schema; for no arguments, { type: "object", properties: {} }';
  const problems = parameters === undefined || parameters === null ? [{ option: "tool.parameters", message: missing }] : [];
  return [...problems, ...checkToolFields(definition, "tool")];
}
