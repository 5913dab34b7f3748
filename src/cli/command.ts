import type { Terminal } from "./terminal.ts";

export interface OptionSpec {
  type: "string" | "boolean";
  short?: string;
  /** May be given several times; the value is a list. */
  multiple?: true;
  /** Placeholder for the value in the help: `--model NAME`. */
  placeholder?: string;
  help: string;
}

/** Options by their names on the command line, without dashes. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValues<T extends OptionSpecs> = {
  [K in keyof T]?: T[K] extends { type: "boolean" } ? boolean : T[K] extends { multiple: true } ? string[] : string;
};

export interface CommandArguments<T extends OptionSpecs = OptionSpecs> {
  values: OptionValues<T>;
  positionals: string[];
}

export interface Command<T extends OptionSpecs = OptionSpecs> {
  name: string;
  /** A few sentences at the top of the command's help. */
  description: string;
  /** In order; `…` at the end of the last name means any number. */
  positionals: readonly { name: string; optional?: true; help: string }[];
  options: T;
  examples: readonly string[];
  /** Resolves with the exit code; an error it throws is reported and determines the exit code. */
  run(args: CommandArguments<T>, terminal: Terminal): Promise<number>;
}

/** Infers the types of a command's options. */
export const defineCommand = <const T extends OptionSpecs>(command: Command<T>): Command<T> => command;

/** A command as listed in the help; its code is loaded when it is run. */
export interface CommandEntry {
  name: string;
  /** The command's arguments, as shown in the help. */
  usage: string;
  summary: string;
  load(): Promise<Command>;
}
