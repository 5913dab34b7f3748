import { checkJson } from "./json-value.ts";
import type { ModelRule, ProviderProfile } from "./provider-profile.ts";
import { suggestName } from "./suggest-option.ts";
import {
  arrayOf,
  boolean,
  type Check,
  identifier,
  isObject,
  nonEmptyString,
  type OptionProblem,
  oneOf,
  ownEntry,
  plainObject,
  plainObjectOf,
  plainObjectWith,
  toOptionProblem,
  within,
} from "./validators.ts";

export const strategies = ["json-schema", "tool", "json-object", "prompt"] as const;

/** A check of an object that has only known fields. */
/* @__NO_SIDE_EFFECTS__ */
function fields(checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  const known = plainObjectOf((field, entry) => {
    const check = ownEntry(checks, field);
    if (!check) return { path: `.${field}`, message: unknownField(field, Object.keys(checks)) };
    return entry === undefined ? undefined : within(`.${field}`, check(entry));
  });
  const complete = plainObjectWith((value) => {
    const missing = required.find((field) => value[field] === undefined);
    return missing === undefined ? undefined : { path: `.${missing}`, message: "is missing" };
  });
  return (value) => known(value) ?? complete(value);
}

function unknownField(field: string, known: readonly string[]): string {
  const suggestion = suggestName(field, known);
  return `is not a field${suggestion ? `; did you mean "${suggestion}"?` : `; the fields are ${known.join(", ")}`}`;
}

const names = arrayOf("an array of option names", nonEmptyString);

const wireNames = plainObjectOf((option, name) => within(`.${option}`, nonEmptyString(name)));

const bodyFields: Check = (value) => plainObject(value) ?? checkJson(value);

const pattern: Check = (value) => {
  const problem = nonEmptyString(value);
  if (problem) return problem;
  try {
    new RegExp(String(value));
    return undefined;
  } catch {
    return { path: "", message: "must be the source of a regular expression" };
  }
};

const modelRule = fields(
  {
    model: pattern,
    unsupported: names,
    rename: wireNames,
    set: bodyFields,
    withTools: fields({ unsupported: names, set: bodyFields }),
  } satisfies Record<keyof ModelRule, Check>,
  ["model"],
);

const profile = fields({
  compat: identifier,
  rest: identifier,
  models: arrayOf("an array of model rules", modelRule),
  outputStrategies: arrayOf("an array of strategies", oneOf(strategies)),
  toolsWithOutput: boolean,
  maxTokensField: oneOf(["max_tokens", "max_completion_tokens"]),
  unsupported: names,
} satisfies Record<keyof ProviderProfile, Check>);

/** Checks the caller's rows of the provider table. */
export function checkProviders(providers: unknown): OptionProblem[] {
  const problem = plainObject(providers);
  if (problem || !isObject(providers)) return problem ? [toOptionProblem("providers", problem)] : [];
  return Object.entries(providers).flatMap(([provider, row]) => {
    const wrong = profile(row);
    return wrong ? [toOptionProblem(`providers.${provider}`, wrong)] : [];
  });
}
