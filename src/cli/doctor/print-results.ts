import { withFlagNames } from "../report-error.ts";
import type { Style } from "../style.ts";
import type { Terminal } from "../terminal.ts";
import type { CheckResult, CheckStatus } from "./check.ts";

const symbols: Readonly<Record<CheckStatus, string>> = { ok: "✔", warn: "!", fail: "✖", skip: "–" };

function symbol(status: CheckStatus, style: Style): string {
  const paint = { ok: style.green, warn: style.yellow, fail: style.red, skip: style.dim }[status];
  return paint(symbols[status]);
}

/** One line for a check; with `isVerbose`, its time and facts below. */
export function printResult(result: CheckResult, titleWidth: number, isVerbose: boolean, terminal: Terminal): void {
  const { outStyle: style } = terminal;
  const { status, title, detail, durationMs, facts = {} } = result;
  const paint = status === "skip" ? style.dim : (text: string) => text;
  terminal.print(`${symbol(status, style)} ${paint(`${title.padEnd(titleWidth)}  ${detail}`)}`);
  if (!isVerbose) return;
  const known = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : `${name} ${value}`));
  terminal.print(style.dim(`  ${" ".repeat(titleWidth)}  ${[`${result.id}, ${durationMs} ms`, ...known].join(", ")}`));
}

/** Prints what to do about each check that did not pass. */
export function printAdvice(results: readonly CheckResult[], { outStyle: style, print }: Terminal): void {
  for (const { status, title, advice } of results) {
    if (advice === undefined) continue;
    print(`\n${symbol(status, style)} ${style.bold(title)}\n  ${withFlagNames(advice)}`);
  }
}

export function summary(results: readonly CheckResult[], ms: number): string {
  const count = (status: CheckStatus) => results.filter((result) => result.status === status).length;
  const parts = [
    `${count("ok")} of ${results.length} checks passed`,
    ...(count("fail") > 0 ? [`${count("fail")} failed`] : []),
    ...(count("warn") > 0 ? [`${count("warn")} with a warning`] : []),
    ...(count("skip") > 0 ? [`${count("skip")} skipped`] : []),
  ];
  return `${parts.join(", ")} (${(ms / 1_000).toFixed(1)} s)`;
}
