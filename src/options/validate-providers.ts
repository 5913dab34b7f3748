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
  toOptionProblem,
  within,
} from "./validators.ts";

export const strategies = ["json-schema", "tool", "json-object", "prompt"] as const;

/** Checks an object that has only known fields. */
const fields =
  (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value) => {
    const problem = plainObject(value);
    if (problem || !isObject(value)) return problem;
    for (const [field, entry] of Object.entries(value)) {
      const check = ownEntry(checks, field);
      if (!check) return { path: `.${field}`, message: unknownField(field, Object.keys(checks)) };
      const wrong = entry === undefined ? undefined : within(`.${field}`, check(entry));
      if (wrong) return wrong;
    }
    const missing = required.find((field) => value[field] === undefined);
    return missing === undefined ? undefined : { path: `.${missing}`, message: "is missing" };
  };

function unknownField(field: string, known: readonly string[]): string {
  const meant = suggestName(field, known);
  return `is not a field${meant ? `; did you mean "${meant}"?` : `; the fields are ${known.join(", ")}`}`;
}

const names = arrayOf("an array of option names", nonEmptyString);

const wireNames: Check = (value) => {
  const problem = plainObject(value);
  if (problem || !isObject(value)) return problem;
  for (const [option, name] of Object.entries(value)) {
    const wrong = within(`.${option}`, nonEmptyString(name));
    if (wrong) return wrong;
  }
  return undefined;
};

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
  outputStrategies: arrayOf("an array of strategies", oneOf(...strategies)),
  toolsWithOutput: boolean,
  maxTokensField: oneOf("max_tokens", "max_completion_tokens"),
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
