import type { CompletionUsage } from "../wire.ts";
import { isObject, type JsonObject } from "./json.ts";

/** Counts that invalidate an earlier total. */
const parts = ["prompt_tokens", "completion_tokens", "input_tokens", "output_tokens"];

/**
 * Merges the usage reports of an answer. For each count, the last report wins: cumulative reports replace each other, and reports of
 * different counts complement each other. Nothing is summed.
 */
export class UsageReports {
  #usage: JsonObject | undefined;

  get usage(): CompletionUsage | undefined {
    return this.#usage;
  }

  add(report: unknown): void {
    if (!isObject(report)) return;
    const usage = this.#usage ? merge(this.#usage, report) : { ...report };
    const isOutOfDate = typeof report.total_tokens !== "number" && parts.some((field) => typeof report[field] === "number");
    if (isOutOfDate) delete usage.total_tokens;
    this.#usage = usage;
  }
}

/** Merges the later report over the earlier one, including their details; null is ignored. */
function merge(before: JsonObject, report: JsonObject): JsonObject {
  const merged = { ...before };
  for (const field in report) {
    const earlier = before[field];
    const value = report[field];
    if (field === "__proto__" || value === undefined) continue;
    if (value === null) merged[field] ??= null;
    else merged[field] = isObject(earlier) && isObject(value) ? merge(earlier, value) : value;
  }
  return merged;
}
