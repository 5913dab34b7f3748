import type { Exchange } from "../exchange.ts";

export const time = (iso: string): string => new Date(iso).toTimeString().slice(0, 8);

export function duration(ms: number | undefined): string {
  if (ms === undefined) return "";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export const size = (bytes: number): string => (bytes < 10_000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`);

/** Two significant digits: prices of single requests are small. */
export const cost = (dollars: number | undefined): string =>
  dollars === undefined ? "" : dollars === 0 ? "$0" : `$${dollars.toFixed(Math.max(2, 1 - Math.floor(Math.log10(dollars))))}`;

export function tokens({ inputTokens, outputTokens }: Exchange): string {
  if (inputTokens === undefined && outputTokens === undefined) return "";
  return `${inputTokens ?? "?"} → ${outputTokens ?? "?"}`;
}

/** The status column: the status, and one word about any other failure. */
export function status({ status, state, error }: Exchange): { text: string; tone: "good" | "bad" | "wait" | "soft" } {
  if (state === "waiting") return { text: "Waiting", tone: "wait" };
  if (state === "receiving") return { text: `${status} receiving`, tone: "wait" };
  if (state === "cancelled") return { text: status === undefined ? "Cancelled" : `${status} cancelled`, tone: "soft" };
  if (state === "failed") return { text: status === undefined ? "Reset" : `${status} cut off`, tone: "bad" };
  const isBad = error !== undefined || (status ?? 0) >= 400;
  return { text: error === undefined ? String(status) : `${status} ${error}`, tone: isBad ? "bad" : "good" };
}

export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** JSON, on one line if it is short. */
export function compactJson(text: string): string {
  const pretty = prettyJson(text);
  const line = pretty.replace(/\n\s*/g, " ");
  return line.length <= 72 ? line : pretty;
}
