import type { Logs } from "../../index.ts";
import { createStatusLine } from "../status-line.ts";
import type { Terminal } from "../terminal.ts";
import { fieldLines } from "./log-fields.ts";

/** Prints logs in full; waits for each that has not appeared yet. */
export async function showLogs(
  logs: Logs,
  ids: readonly string[],
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
  terminal: Terminal,
): Promise<void> {
  const status = createStatusLine(terminal);
  for (const [index, id] of ids.entries()) {
    status.show(terminal.style.dim(`Waiting up to ${waitMs / 1_000} s for log ${id} …`));
    const log = await logs.get(id, { waitMs, signal }).finally(status.clear);
    if (terminal.json) terminal.print(JSON.stringify(log));
    else terminal.print(`${index > 0 ? "\n" : ""}${fieldLines(log, terminal.outStyle).join("\n")}`);
  }
}
