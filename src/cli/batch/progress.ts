import { formatCost } from "../chat/print-answer.ts";
import type { Style } from "../style.ts";
import { count } from "./plan-batch.ts";

/** Counts of a run so far. */
export interface Tally {
  done: number;
  failed: number;
  tokens: number;
  cost: number;
  cacheHits: number;
  errors: Map<string, number>;
}

export const newTally = (): Tally => ({ done: 0, failed: 0, tokens: 0, cost: 0, cacheHits: 0, errors: new Map() });

export function countError(tally: Tally, code: string): void {
  tally.failed++;
  count(tally.errors, code);
}

const barWidth = 20;

/** One line: a progress bar, count, rate, tokens, cost, and estimated time left. */
export function progressLine(tally: Tally, total: number, ms: number, style: Style): string {
  const { done, failed, tokens, cost } = tally;
  const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  const rate = ms > 0 ? (done / ms) * 1_000 : 0;
  const parts = [
    `${done}/${total}`,
    ...(failed > 0 ? [style.red(`${failed} failed`)] : []),
    `${rate.toFixed(1)}/s`,
    `${formatCount(tokens)} tokens`,
    ...(cost > 0 ? [formatCost(cost)] : []),
    ...(rate > 0 && done < total ? [`${formatDuration(((total - done) / rate) * 1_000)} left`] : []),
  ];
  return `${style.cyan("━".repeat(filled))}${style.dim("━".repeat(barWidth - filled))} ${parts.join(" · ")}`;
}

/** The summary of a run: totals, then failures by code. */
export function summaryLines(tally: Tally, ms: number, style: Style): string[] {
  const { done, failed, tokens, cost, cacheHits, errors } = tally;
  const head = [
    `${done - failed} answered`,
    ...(failed > 0 ? [style.red(`${failed} failed`)] : []),
    `${formatCount(tokens)} tokens`,
    ...(cost > 0 ? [formatCost(cost)] : []),
    ...(cacheHits > 0 ? [`${cacheHits} from the cache`] : []),
    formatDuration(ms),
  ];
  const width = Math.max(0, ...[...errors.keys()].map(({ length }) => length));
  const byCode = [...errors].sort(([, a], [, b]) => b - a).map(([code, n]) => `  ${code.padEnd(width)}  ${n}`);
  return [`${failed > 0 ? style.yellow("!") : style.green("✔")} ${head.join(" · ")}`, ...byCode];
}

export const formatCount = (n: number): string =>
  n < 10_000 ? String(n) : n < 1_000_000 ? `${(n / 1_000).toFixed(1)}k` : `${(n / 1_000_000).toFixed(1)}M`;

function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
