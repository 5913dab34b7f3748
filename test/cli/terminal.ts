import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import { listenForInterrupts } from "../../src/cli/interrupts.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { ProcessIo } from "../../src/cli/terminal.ts";

export interface CliOptions {
  env?: Record<string, string>;
  /** The content of stdin. By default stdin is a terminal without input. */
  stdin?: string;
  /** Whether stdout and stderr are terminals. */
  isTTY?: boolean;
  table?: Parameters<typeof runCli>[2];
}

export interface CliRun {
  /** A running command line; `interrupt` is Ctrl-C. */
  done: Promise<number>;
  interrupt(): void;
  type(text: string): void;
  /** Ctrl-D. */
  end(): void;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when the output contains the text. */
  until(stream: "stdout" | "stderr", text: string | RegExp): Promise<void>;
}

/** Starts the command line in this process, with in-memory streams. */
export function startCli(argv: string[], { env = {}, stdin, isTTY = false, table }: CliOptions = {}): CliRun {
  const signals = new EventEmitter();
  const changes = new EventEmitter();
  const output = { stdout: "", stderr: "" };
  const sink = (name: keyof typeof output) => {
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, _encoding, callback) {
        output[name] += String(chunk);
        changes.emit("change");
        callback();
      },
    });
    return Object.assign(stream, { isTTY, columns: 80 });
  };
  const keyboard = stdin === undefined ? new Readable({ read() {} }) : Readable.from([stdin]);
  const io: ProcessIo = {
    stdin: Object.assign(keyboard, { isTTY: stdin === undefined }),
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    env,
    onInterrupt: listenForInterrupts(signals),
  };
  return {
    done: runCli(argv, io, table),
    interrupt: () => void signals.emit("SIGINT"),
    type: (text) => void keyboard.push(text),
    end: () => void keyboard.push(null),
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    async until(stream, text) {
      const isThere = () => (typeof text === "string" ? output[stream].includes(text) : text.test(output[stream]));
      while (!isThere()) await new Promise((resolve) => changes.once("change", resolve));
    },
  };
}

/** Runs the command line until it exits. */
export async function cli(argv: string[], options?: CliOptions): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = startCli(argv, options);
  const code = await run.done;
  return { code, stdout: run.stdout, stderr: run.stderr };
}
