import { createHash } from "node:crypto";

/** Identifies a request: the same options give the same hash, regardless of key order. */
export const hashRequest = (options: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(sorted(options)))
    .digest("hex")
    .slice(0, 16);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, sorted(each)]);
}
