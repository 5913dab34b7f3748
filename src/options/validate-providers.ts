import type { ProviderProfile } from "./chat-options.ts";
import { type Check, entryOf, flag, kindOf, name, type OptionProblem, object, strategies, text } from "./validators.ts";

const listOf =
  (kind: string, holds: (entry: unknown) => boolean): Check =>
  (value) =>
    Array.isArray(value) && value.every(holds) ? undefined : `must be a list of ${kind}, not ${kindOf(value)}`;

const concreteStrategies = strategies.filter((strategy) => strategy !== "auto");

const profileFields: Record<keyof ProviderProfile, Check> = {
  models: () => undefined,
  compat: name,
  rest: name,
  outputStrategies: listOf(`strategies (${concreteStrategies.join(", ")})`, (entry) =>
    concreteStrategies.includes(entry as string),
  ),
  toolsWithOutput: flag,
  maxTokensField: (value) =>
    value === "max_tokens" || value === "max_completion_tokens"
      ? undefined
      : `must be "max_tokens" or "max_completion_tokens", not ${kindOf(value)}`,
  unsupported: listOf("names of options", (entry) => text(entry) === undefined),
};

/** What is wrong with the user's own rows of the provider table. */
export function checkProviders(providers: unknown): OptionProblem[] {
  const wrong = object(providers);
  if (wrong) return [{ option: "providers", message: wrong }];
  const problems: OptionProblem[] = [];
  for (const [provider, profile] of Object.entries(providers as object)) {
    const option = `providers.${provider}`;
    const problem = object(profile);
    if (problem) problems.push({ option, message: problem });
    else
      for (const [field, value] of Object.entries(profile as object)) {
        const known = entryOf(profileFields, field);
        const message = known
          ? value !== undefined && known(value)
          : `is not a field: known are ${Object.keys(profileFields).join(", ")}`;
        if (message) problems.push({ option: `${option}.${field}`, message });
      }
  }
  return problems;
}
