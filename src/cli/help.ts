import type { Command, CommandEntry, OptionSpecs } from "./command.ts";
import { globalOptions } from "./parse-arguments.ts";
import type { Style } from "./style.ts";

type Row = readonly [term: string, help: string];

export function programHelp(commands: readonly CommandEntry[], version: string, style: Style): string {
  return [
    `${style.bold("cf-ai-gateway")} ${version}: Cloudflare AI Gateway on the command line`,
    section("Usage", ["cf-ai-gateway COMMAND [options]"], style),
    section("Commands", rows(commands.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary])), style),
    section("Options", rows([...optionRows(globalOptions), ["    --version", "Show the version"]]), style),
    `Ids and tokens are read from CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_GATEWAY_ID, CLOUDFLARE_GATEWAY_TOKEN\nand CLOUDFLARE_API_TOKEN. Run ${style.bold("cf-ai-gateway COMMAND --help")} for the options of a command.`,
  ].join("\n\n");
}

export function commandHelp(command: Command, style: Style): string {
  const { name, description, positionals, options, examples } = command;
  const usage = [
    "cf-ai-gateway",
    name,
    ...positionals.map((each) => (each.optional ? `[${each.name}]` : each.name)),
    "[options]",
  ];
  return [
    description,
    section("Usage", [usage.join(" ")], style),
    ...(positionals.length > 0 ? [section("Arguments", rows(positionals.map((each) => [each.name, each.help])), style)] : []),
    section("Options", rows([...optionRows(options), ...optionRows(globalOptions)]), style),
    ...(examples.length > 0 ? [section("Examples", examples, style)] : []),
  ].join("\n\n");
}

const section = (title: string, lines: readonly string[], style: Style): string =>
  [style.bold(title), ...lines.map((line) => `  ${line}`)].join("\n");

const optionRows = (options: OptionSpecs): Row[] =>
  Object.entries(options).map(([name, { short, type, placeholder = "VALUE", help }]) => [
    `${short ? `-${short}, ` : "    "}--${name}${type === "string" ? ` ${placeholder}` : ""}`,
    help,
  ]);

/** Terms in one column, their help in the next. */
function rows(entries: readonly Row[]): string[] {
  const width = Math.max(...entries.map(([term]) => term.length));
  return entries.map(([term, help]) => `${term.padEnd(width)}  ${help}`);
}
