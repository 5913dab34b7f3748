import { checkJson } from "./json-value.ts";
import { suggestName, toolFieldNames } from "./suggest-option.ts";
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

/** Checks of a tool's fields other than its parameters. */
const fields: Readonly<Record<string, Check>> = {
  description: string,
  execute: callable,
  timeout: milliseconds,
  validate: boolean,
  needsApproval: expect("a boolean or a function", (value) => typeof value === "boolean" || typeof value === "function"),
  wire: (value) => plainObject(value) ?? checkJson(value),
};

/** Checks a tool definition, which may have been written without `tool()`. Errors refer to it as `option`. */
export function checkToolFields(definition: Readonly<Record<string, unknown>>, option: string): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const field in fields) {
    const value = definition[field];
    const problem = value === undefined ? undefined : fields[field]?.(value);
    if (problem) problems.push(toOptionProblem(`${option}.${field}`, problem));
  }
  return problems;
}

const fieldNames = /* @__PURE__ */ ["parameters"].concat(/* @__PURE__ */ Object.keys(fields));

/** Advice for fields of other SDKs' tools that are not just named differently. */
const fieldAdvice: Readonly<Record<string, string>> = {
  name: "is not set on a tool: its name is its key in tools: { name: tool({ … }) }",
  strict: "goes in wire: write wire: { strict: true }",
  cacheControl: "goes in wire: write wire: { cache_control: { … } }",
  cache_control: "goes in wire: write wire: { cache_control: { … } }",
  type: "is not set on a tool; tools that the provider runs go into providerTools",
};

/**
 * Checks the names of a tool's fields. An object that was not made by `tool()` may have other fields, so it is only checked for aliases
 * of fields that are not set.
 */
export function checkToolFieldNames(
  definition: Readonly<Record<string, unknown>>,
  option: string,
  usesToolHelper: boolean,
): OptionProblem[] {
  const isSet = (field: string) => definition[field] !== undefined;
  return Object.keys(definition).flatMap((field): OptionProblem[] => {
    if (fieldNames.includes(field) || !isSet(field)) return [];
    const suggestion = suggestName(field, fieldNames, toolFieldNames);
    if (suggestion !== undefined && !isSet(suggestion))
      return [{ option: `${option}.${field}`, message: `is called ${suggestion} here` }];
    if (!usesToolHelper) return [];
    const message = ownEntry(fieldAdvice, field) ?? `is not a field of a tool; the fields are ${fieldNames.join(", ")}`;
    return [{ option: `${option}.${field}`, message }];
  });
}

/** Checks the argument of `tool()`. */
export function checkToolDefinition(definition: unknown): OptionProblem[] {
  if (!isObject(definition)) return [{ option: "tool", message: "must be called with { parameters, … }" }];
  const { parameters } = definition;
  const isMisnamed = Object.keys(definition).some(
    (field) => !fieldNames.includes(field) && suggestName(field, fieldNames, toolFieldNames) === "parameters",
  );
  const missing = 'is missing: pass a schema; for no arguments, { type: "object", properties: {} }';
  const isMissing = (parameters === undefined || parameters === null) && !isMisnamed;
  return [
    ...(isMissing ? [{ option: "tool.parameters", message: missing }] : []),
    ...checkToolFieldNames(definition, "tool", true),
    ...checkToolFields(definition, "tool"),
  ];
}
