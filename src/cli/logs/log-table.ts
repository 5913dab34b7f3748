import type { LogRecord } from "../../index.ts";
import { formatCount } from "../batch/progress.ts";
import type { Style } from "../style.ts";
import { formatLogCost, formatModel, formatTime, plain } from "./log-fields.ts";

interface Column {
  title: string;
  cell(log: LogRecord): string;
  alignsRight?: true;
  /** Left out of a narrow terminal; the lowest number first. */
  optional?: number;
  /** Truncated in a narrow terminal. */
  shrinks?: true;
  paint?(text: string, log: LogRecord, style: Style): string;
}

const countCell = (tokens: number | undefined) => (tokens === undefined ? "-" : formatCount(tokens));

const columns: readonly Column[] = [
  { title: "time (UTC)", cell: (log) => formatTime(log).slice(5, 19).replace("T", " "), paint: (text, _, { dim }) => dim(text) },
  { title: "model", cell: formatModel, shrinks: true },
  {
    title: "status",
    cell: ({ statusCode }) => String(statusCode),
    alignsRight: true,
    paint: (text, { success }, { green, red }) => (success ? green(text) : red(text)),
  },
  { title: "in", cell: ({ tokensIn }) => countCell(tokensIn), alignsRight: true, optional: 3 },
  { title: "out", cell: ({ tokensOut }) => countCell(tokensOut), alignsRight: true, optional: 4 },
  { title: "cost", cell: ({ cost }) => (cost === undefined ? "-" : formatLogCost(cost)), alignsRight: true },
  {
    title: "cache",
    cell: ({ cached }) => (cached ? "hit" : "-"),
    optional: 1,
    paint: (text, { cached }, { cyan, dim }) => (cached ? cyan(text) : dim(text)),
  },
  { title: "took", cell: ({ durationMs }) => `${(durationMs / 1_000).toFixed(1)} s`, alignsRight: true, optional: 2 },
  { title: "id", cell: ({ id }) => plain(id) },
];

const gap = "  ";
const minModelWidth = 16;

export interface LogTable {
  head(style: Style): string;
  row(log: LogRecord, style: Style): string;
}

/** A table whose columns are as wide as these logs need, and that fits into a terminal. */
export function createTable(logs: readonly LogRecord[], terminalWidth: number): LogTable {
  const widths = new Map(
    columns.map((column) => [column, Math.max(column.title.length, ...logs.map((log) => column.cell(log).length))]),
  );
  const getWidth = (column: Column): number => widths.get(column) ?? 0;
  const total = (shown: readonly Column[], width: (column: Column) => number) =>
    shown.reduce((sum, column) => sum + width(column), (shown.length - 1) * gap.length);
  const least = (column: Column) => (column.shrinks ? Math.min(getWidth(column), minModelWidth) : getWidth(column));

  let shown = columns;
  const optional = columns
    .filter((column) => column.optional !== undefined)
    .sort((a, b) => (a.optional ?? 0) - (b.optional ?? 0));
  for (const column of optional) if (total(shown, least) > terminalWidth) shown = shown.filter((each) => each !== column);

  const surplus = Math.max(0, total(shown, getWidth) - terminalWidth);
  const finalWidth = (column: Column) =>
    column.shrinks ? Math.max(least(column), getWidth(column) - surplus) : getWidth(column);
  const pad = (column: Column, text: string): string => {
    const width = finalWidth(column);
    const cut = text.length > width && column.shrinks ? `${text.slice(0, width - 1)}…` : text;
    return column.alignsRight ? cut.padStart(width) : cut.padEnd(width);
  };
  const line = (cell: (column: Column) => string) => shown.map(cell).join(gap).trimEnd();
  return {
    head: ({ bold }) => bold(line((column) => pad(column, column.title))),
    row: (log, style) =>
      line((column) => {
        const text = pad(column, column.cell(log));
        return column.paint ? column.paint(text, log, style) : text;
      }),
  };
}

/** A line for other programs: every column in full, separated by tabs. */
export const tabSeparated = (log: LogRecord): string =>
  [
    formatTime(log),
    formatModel(log),
    log.statusCode,
    log.tokensIn ?? "",
    log.tokensOut ?? "",
    log.cost ?? "",
    log.cached ? "hit" : "",
    log.durationMs,
    plain(log.id),
  ].join("\t");
