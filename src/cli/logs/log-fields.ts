import type { LogRecord } from "../../index.ts";
import { formatCost } from "../chat/print-answer.ts";
import type { Style } from "../style.ts";

/** Replaces control characters, which would move the cursor or break the line. */
export const plain = (text: string): string => text.replace(/\p{Cc}+/gu, " ");

/** The time of the request in ISO 8601; empty if the log has none. */
export const formatTime = ({ createdAt }: LogRecord): string =>
  Number.isNaN(createdAt.getTime()) ? "" : createdAt.toISOString();

/** `{provider}/{model}`, as far as the log names them. */
export const formatModel = ({ provider, model }: LogRecord): string =>
  plain([provider, model].filter((each) => each !== "").join("/"));

/** US dollars; failed and cached requests cost nothing. */
export const formatLogCost = (dollars: number): string => (dollars === 0 ? "$0" : formatCost(dollars));

/** All fields of a log, each on a line. */
export function fieldLines(log: LogRecord, style: Style): string[] {
  const fields = {
    id: log.id,
    time: formatTime(log),
    provider: log.provider,
    model: log.model,
    status: `${log.statusCode}${log.success ? "" : " (failed)"}`,
    "tokens in": log.tokensIn,
    "tokens out": log.tokensOut,
    cost: log.cost === undefined ? undefined : formatLogCost(log.cost),
    cache: log.cached ? "hit" : "no hit",
    duration: `${log.durationMs} ms`,
    step: log.step,
    metadata: log.metadata === undefined ? undefined : JSON.stringify(log.metadata),
  };
  const width = Math.max(...Object.keys(fields).map(({ length }) => length));
  return Object.entries(fields).map(
    ([name, value]) => `${style.dim(name.padEnd(width))}  ${value === undefined || value === "" ? "-" : plain(String(value))}`,
  );
}
