import type { LogFilter, LogRecord, Logs } from "../../index.ts";
import { createStatusLine } from "../status-line.ts";
import { type Terminal, write } from "../terminal.ts";
import { createTable, type LogTable, tabSeparated } from "./log-table.ts";

/** The API's largest page. */
const pageSize = 50;

/** Prints the newest logs that meet the conditions. No page is requested after the limit is reached. */
export async function listLogs(
  logs: Logs,
  conditions: NonNullable<LogFilter["filters"]>,
  limit: number,
  terminal: Terminal,
): Promise<void> {
  const filter = { per_page: Math.min(limit, pageSize), ...(conditions.length > 0 ? { filters: conditions } : {}) };
  const status = createStatusLine(terminal);
  const printer = createPrinter(terminal, status.clear);
  let count = 0;
  status.show(terminal.style.dim("Reading the logs …"));
  try {
    for await (const log of logs.list(filter)) {
      await printer.add(log);
      if (++count === limit) break;
    }
    await printer.end();
  } finally {
    status.clear();
  }
  if (count === 0 && !terminal.json) terminal.note(conditions.length > 0 ? noMatch : noLogs);
}

const noMatch = "No log matches.";
const noLogs = "There are no logs. A log appears 30 to 60 seconds after its request.";

interface Printer {
  add(log: LogRecord): Promise<void>;
  end(): Promise<void>;
}

function createPrinter(terminal: Terminal, beforePrinting: () => void): Printer {
  const print = (line: string) => {
    beforePrinting();
    return write(terminal.stdout, `${line}\n`);
  };
  if (terminal.json) return { add: (log) => print(JSON.stringify(log)), end: async () => {} };
  if (!terminal.stdout.isTTY) return { add: (log) => print(tabSeparated(log)), end: async () => {} };
  return createTablePrinter(terminal, print);
}

/** Prints page by page, with the widths of the first page. */
function createTablePrinter({ stdout: { columns = 80 }, outStyle }: Terminal, print: (line: string) => Promise<void>): Printer {
  let table: LogTable | undefined;
  let page: LogRecord[] = [];
  const flush = async () => {
    const rows = page;
    page = [];
    if (rows.length === 0) return;
    if (!table) {
      table = createTable(rows, columns);
      await print(table.head(outStyle));
    }
    for (const log of rows) await print(table.row(log, outStyle));
  };
  return {
    async add(log) {
      if (page.push(log) === pageSize) await flush();
    },
    end: flush,
  };
}
