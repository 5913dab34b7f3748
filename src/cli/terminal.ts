import type { Readable, Writable } from "node:stream";
import { createStyle, type Style, wantsColor } from "./style.ts";

type Input = Readable & { isTTY?: boolean };
type Output = Writable & { isTTY?: boolean; columns?: number };

/** What a process has; tests bring their own. */
export interface ProcessIo {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back at each Ctrl-C until it is unsubscribed. The latest subscriber is called alone. */
  onInterrupt(listener: () => void): () => void;
}

/** What a command writes to: stdout is for data, stderr for everything else. */
export interface Terminal extends ProcessIo {
  /** `--json`: data is JSON, and errors too. */
  readonly json: boolean;
  /** For stdout. */
  readonly outStyle: Style;
  /** For stderr. */
  readonly style: Style;
  /** A line of data. */
  print(line: string): void;
  /** A line for the person who is watching. */
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

/** Resolves at the next Ctrl-C. */
export const untilInterrupted = ({ onInterrupt }: Pick<ProcessIo, "onInterrupt">): Promise<void> =>
  new Promise((resolve) => {
    const unsubscribe = onInterrupt(() => {
      unsubscribe();
      resolve();
    });
  });
