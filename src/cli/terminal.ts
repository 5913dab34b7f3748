import type { Readable, Writable } from "node:stream";
import { createStyle, type Style, wantsColor } from "./style.ts";

type Input = Readable & { isTTY?: boolean };
type Output = Writable & { isTTY?: boolean; columns?: number };

/** The parts of a process that commands use; tests provide their own. */
export interface ProcessIo {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls the listener on each Ctrl-C until it is unsubscribed. Only the latest subscriber is called. */
  onInterrupt(listener: () => void): () => void;
}

/** Output of a command: stdout is for data, stderr for everything else. */
export interface Terminal extends ProcessIo {
  /** `--json`: data and errors are JSON. */
  readonly json: boolean;
  /** For stdout. */
  readonly outStyle: Style;
  /** For stderr. */
  readonly style: Style;
  /** Prints a line of data. */
  print(line: string): void;
  /** Prints a line for the user. */
  note(line: string): void;
}

export function createTerminal(io: ProcessIo, { json, noColor }: { json: boolean; noColor: boolean }): Terminal {
  return {
    ...io,
    json,
    outStyle: createStyle(!noColor && wantsColor(io.stdout, io.env)),
    style: createStyle(!noColor && wantsColor(io.stderr, io.env)),
    print: (line) => void io.stdout.write(`${line}\n`),
    note: (line) => void io.stderr.write(`${line}\n`),
  };
}

/** Writes text; resolves when a slow stream has drained. */
export const write = (stream: Output, text: string): Promise<void> =>
  new Promise((resolve) => void stream.write(text, () => resolve()));

/** Resolves at the next Ctrl-C. */
export const untilInterrupted = ({ onInterrupt }: Pick<ProcessIo, "onInterrupt">): Promise<void> =>
  new Promise((resolve) => {
    const unsubscribe = onInterrupt(() => {
      unsubscribe();
      resolve();
    });
  });
