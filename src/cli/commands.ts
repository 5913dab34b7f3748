import type { CommandEntry } from "./command.ts";

/** In the order of the help. A command is a file of `commands/`, loaded when it is called, and its line here. */
export const commands: readonly CommandEntry[] = [];
