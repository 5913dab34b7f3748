import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Arguments<T extends Options, P extends boolean> = ReturnType<
  typeof parseArgs<{ options: T & { help: { type: "boolean" } }; allowPositionals: P; strict: true }>
>;

/**
 * Reads a script's arguments. `--help` prints the usage and exits; an unknown or malformed argument exits with status 2 and one line on
 * standard error.
 */
export function readArguments<const T extends Options = Record<never, never>, const P extends boolean = false>(
  usage: string,
  options?: T,
  allowPositionals?: P,
): Arguments<T, P> {
  const config = { options: { ...options, help: { type: "boolean" } }, allowPositionals, strict: true };
  let parsed: Arguments<T, P>;
  try {
    parsed = parseArgs(config as ParseArgsConfig) as Arguments<T, P>;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    exitWithUsageError(message.split(". ")[0] ?? message);
  }
  if (process.argv.slice(2).includes("--help")) {
    console.log(usage.trim());
    process.exit(0);
  }
  return parsed;
}

/** Ends the script with status 1 and the message of an error that the user can fix, without its stack. */
export function exitWithFailure(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/** Ends the script with status 2 and one line that describes the invalid argument. */
export function exitWithUsageError(message: string): never {
  console.error(`${message}. Try --help.`);
  process.exit(2);
}
