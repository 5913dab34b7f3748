import { parseArgs } from "node:util";
import { suggestName } from "../options/suggest-option.ts";
import type { Command, CommandArguments, OptionSpecs } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** Options of every command. */
export const globalOptions = {
  json: { type: "boolean", help: "Print JSON on stdout, including errors" },
  "no-color": { type: "boolean", help: "Disable colors, as NO_COLOR does" },
  help: { type: "boolean", short: "h", help: "Show this help" },
} as const satisfies OptionSpecs;

/** Parses a command's arguments strictly. Throws a UsageError that names the argument and suggests an option. */
export function parseArguments<T extends OptionSpecs>(argv: readonly string[], command: Command<T>): CommandArguments<T> {
  const specs: OptionSpecs = { ...command.options, ...globalOptions };
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: specs,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === "option") checkOption(token, command.name, specs);
  checkPositionals(positionals, command);
  return { values: values as CommandArguments<T>["values"], positionals };
}

function checkOption(
  {
    name,
    rawName,
    value,
    inlineValue,
  }: { name: string; rawName: string; value: string | undefined; inlineValue?: boolean | undefined },
  command: string,
  specs: OptionSpecs,
): void {
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  if (!spec) throw unknownOption(name, rawName, command, specs);
  if (spec.type === "boolean") {
    if (inlineValue) throw new UsageError(`${rawName} takes no value.`);
    return;
  }
  // An option instead of a value, not a negative number or `-` for stdin.
  const isOption = !inlineValue && value !== undefined && /^-[^\d.]/.test(value);
  if (value === undefined || value === "" || isOption)
    throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.placeholder ?? "VALUE"}.`);
}

function unknownOption(name: string, rawName: string, command: string, specs: OptionSpecs): UsageError {
  if (/token$|api-?key|secret/i.test(name)) {
    const variable = /api-?token/i.test(name) ? "CLOUDFLARE_API_TOKEN" : "CLOUDFLARE_GATEWAY_TOKEN";
    return new UsageError(`${rawName} is not an option: tokens come from the environment. Set ${variable}.`);
  }
  const suggestion = name.length > 1 ? suggestOption(name, specs) : undefined;
  return new UsageError(
    `Unknown option ${rawName}.${suggestion ? ` Did you mean ${suggestion}?` : ""}`,
    `Try ${command} --help.`,
  );
}

/** Options of a chat that `--set` takes. */
const settable = ["temperature", "maxTokens", "topP", "stop", "seed", "reasoningEffort", "maxTurns", "maxRetries", "fallbacks"];

function suggestOption(name: string, specs: OptionSpecs): string | undefined {
  const option = suggestName(name, Object.keys(specs), {});
  if (option !== undefined) return `--${option}`;
  const setting = "set" in specs ? suggestName(name, settable, {}) : undefined;
  return setting === undefined ? undefined : `--set ${setting}=…`;
}

function checkPositionals(given: readonly string[], { name, positionals }: Command<OptionSpecs>): void {
  const missing = positionals.filter(({ optional }) => !optional)[given.length];
  if (missing) throw new UsageError(`${missing.name} is missing: ${missing.help}.`, `Try ${name} --help.`);
  const takesMore = positionals.at(-1)?.name.endsWith("…") ?? false;
  const surplus = takesMore ? undefined : given[positionals.length];
  if (surplus !== undefined) throw new UsageError(`Unexpected argument ${JSON.stringify(surplus)}.`, `Try ${name} --help.`);
}
