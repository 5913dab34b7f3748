import type { LogFilter } from "../../index.ts";
import type { OptionSpecs, OptionValues } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/** Options that choose which logs to list. */
export const filterOptions = {
  provider: { type: "string", placeholder: "NAME", help: "Only logs of this provider" },
  model: {
    type: "string",
    short: "m",
    placeholder: "NAME",
    help: "Only logs of this model: gpt-4o-mini, or openai/gpt-4o-mini in full",
  },
  failed: { type: "boolean", help: "Only requests that failed" },
  cached: { type: "boolean", help: "Only requests that the gateway's cache answered" },
  filter: {
    type: "string",
    multiple: true,
    placeholder: "CONDITION",
    help: "Only logs that meet it, such as 'cost gt 0.01'; may be repeated",
  },
} as const satisfies OptionSpecs;

type Condition = NonNullable<LogFilter["filters"]>[number];

/** The conditions that the options state; a log must meet all of them. */
export function readConditions(values: OptionValues<typeof filterOptions>): Condition[] {
  const { provider, model } = splitModel(values.provider, values.model);
  return [
    ...(provider === undefined ? [] : [equals("provider", provider)]),
    ...(model === undefined ? [] : [equals("model", model)]),
    ...(values.failed ? [equals("success", false)] : []),
    ...(values.cached ? [equals("cached", true)] : []),
    ...(values.filter ?? []).map(parseCondition),
  ];
}

const equals = (key: string, value: string | boolean): Condition => ({ key, operator: "eq", value: [value] });

/** Logs have the provider and the model's own name: a full id is split, while OpenRouter's `openai/gpt-4o` and `@cf/…` are names. */
function splitModel(provider: string | undefined, model: string | undefined): { provider?: string; model?: string } {
  const [, prefix, name] = /^([^@/]+)\/(.+)$/.exec(model ?? "") ?? [];
  if (prefix !== undefined && name !== undefined && (provider === undefined || provider === prefix))
    return { provider: prefix, model: name };
  return { ...(provider === undefined ? {} : { provider }), ...(model === undefined ? {} : { model }) };
}

/** Parses `KEY OPERATOR VALUE`. A value that is no number, no boolean and not quoted is a string. */
function parseCondition(text: string): Condition {
  const [, key, operator, value] = /^\s*(\S+)\s+(eq|neq|contains|lt|gt)\s+(.*\S)\s*$/s.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new UsageError(
      `--filter needs 'KEY OPERATOR VALUE', got ${JSON.stringify(text)}.`,
      "The operators are eq, neq, contains, lt and gt: --filter 'cost gt 0.01'.",
    );
  return { key, operator: operator as Condition["operator"], value: [parseValue(value)] };
}

function parseValue(text: string): string | number | boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value) ? (value as string) : text;
  } catch {
    return text;
  }
}
