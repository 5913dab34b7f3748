import { suggestName } from "../options/suggest-option.ts";
import { version } from "../request/user-agent.ts";
import type { CommandEntry } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCodes } from "./exit-codes.ts";
import { commandHelp, programHelp } from "./help.ts";
import { parseArguments } from "./parse-arguments.ts";
import { reportError } from "./report-error.ts";
import { createTerminal, type ProcessIo, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

type Table = readonly CommandEntry[];

/** Runs the program; resolves with its exit code. */
export async function runCli(argv: readonly string[], io: ProcessIo, table = commands): Promise<number> {
  const before = beforeTerminator(argv);
  const terminal = createTerminal(io, { json: before.includes("--json"), noColor: before.includes("--no-color") });
  let unsubscribe = () => {};
  const interrupted = new Promise<number>((resolve) => {
    unsubscribe = io.onInterrupt(() => resolve(exitCodes.interrupted));
  });
  try {
    return await Promise.race([dispatch(argv, terminal, table), interrupted]);
  } catch (error) {
    return reportError(error, terminal);
  } finally {
    unsubscribe();
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal, table: Table): Promise<number> {
  const at = argv.findIndex((argument) => !argument.startsWith("-"));
  const options = at === -1 ? argv : argv.slice(0, at);
  const rest = at === -1 ? [] : [...options, ...argv.slice(at + 1)];
  const name = argv[at];
  if (name === undefined) return withoutCommand(options, terminal, table);
  const entry = table.find((command) => command.name === name);
  if (name === "help") return help(rest[0], terminal, table);
  if (!entry) throw unknownCommand(name, table);
  const command = await entry.load();
  if (wantsHelp(rest)) {
    terminal.print(commandHelp(command, terminal.outStyle));
    return exitCodes.ok;
  }
  return command.run(parseArguments(rest, command), terminal);
}

function withoutCommand(options: readonly string[], terminal: Terminal, table: Table): number {
  const unknown = options.find((option) => !["--help", "-h", "--version", "-V", "--json", "--no-color"].includes(option));
  if (unknown !== undefined) throw new UsageError(`Unknown option ${unknown}.`, "Try --help.");
  if (options.includes("--version") || options.includes("-V")) {
    terminal.print(version);
    return exitCodes.ok;
  }
  if (terminal.json && !wantsHelp(options)) throw new UsageError("The command is missing.", "Try --help.");
  const text = programHelp(table, version, wantsHelp(options) ? terminal.outStyle : terminal.style);
  if (wantsHelp(options)) terminal.print(text);
  else terminal.note(text);
  return wantsHelp(options) ? exitCodes.ok : exitCodes.usage;
}

async function help(name: string | undefined, terminal: Terminal, table: Table): Promise<number> {
  if (name === undefined) return withoutCommand(["--help"], terminal, table);
  const entry = table.find((command) => command.name === name);
  if (!entry) throw unknownCommand(name, table);
  terminal.print(commandHelp(await entry.load(), terminal.outStyle));
  return exitCodes.ok;
}

function unknownCommand(name: string, table: Table): UsageError {
  const names = table.map((command) => command.name);
  const suggestion = suggestName(name, names, {});
  return new UsageError(
    `Unknown command ${JSON.stringify(name)}.${suggestion ? ` Did you mean ${suggestion}?` : ""}`,
    `The commands are ${names.join(", ")}.`,
  );
}

const wantsHelp = (argv: readonly string[]) => beforeTerminator(argv).some((each) => each === "--help" || each === "-h");

/** Arguments after `--` are not options. */
const beforeTerminator = (argv: readonly string[]) => (argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv);
