import { checkJson } from "./json-value.ts";
import { suggestName, toolAliases } from "./suggest-option.ts";
import {
  boolean,
  type Check,
  callable,
  expect,
  isObject,
  milliseconds,
  type OptionProblem,
  ownEntry,
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

const fieldNames = ["parameters", ...Object.keys(fields)];

/** Where other SDKs' fields of a tool go that have no counterpart of another name here. */
const elsewhere: Readonly<Record<string, string>> = {
  name: "is not set on a tool: its name is its key in tools: { name: tool({ … }) }",
  strict: "goes on the wire: write wire: { strict: true }",
  cacheControl: "goes on the wire: write wire: { cache_control: { … } }",
  cache_control: "goes on the wire: write wire: { cache_control: { … } }",
  type: "is not set on a tool; tools that the provider runs go into providerTools",
};

/**
 * What is wrong with the names of a tool's fields. An object that was not made by `tool()` may have fields of its own, so that there only
 * those count that stand for a field which isn't set.
 */
export function checkToolFieldNames(
  definition: Readonly<Record<string, unknown>>,
  option: string,
  madeByTool: boolean,
): OptionProblem[] {
  const isSet = (field: string) => definition[field] !== undefined;
  return Object.keys(definition).flatMap((field): OptionProblem[] => {
    if (fieldNames.includes(field) || !isSet(field)) return [];
    const meant = suggestName(field, fieldNames, toolAliases);
    if (meant !== undefined && !isSet(meant)) return [{ option: `${option}.${field}`, message: `is called ${meant} here` }];
    if (!madeByTool) return [];
    const message = ownEntry(elsewhere, field) ?? `is not a field of a tool; the fields are ${fieldNames.join(", ")}`;
    return [{ option: `${option}.${field}`, message }];
  });
}

/** What is wrong with the argument of `tool()`. */
export function checkToolDefinition(definition: unknown): OptionProblem[] {
  if (!isObject(definition)) return [{ option: "tool", message: "must be called with { parameters, … }" }];
  const { parameters } = definition;
  const isMisnamed = Object.keys(definition).some(
    (field) => !fieldNames.includes(field) && suggestName(field, fieldNames, toolAliases) === "parameters",
  );
  const missing = 'is missing: pass a schema; for no arguments, { type: "object", properties: {} }';
  const isMissing = (parameters === undefined || parameters === null) && !isMisnamed;
  return [
    ...(isMissing ? [{ option: "tool.parameters", message: missing }] : []),
    ...checkToolFieldNames(definition, "tool", true),
    ...checkToolFields(definition, "tool"),
  ];
}
