import type { Document } from "./document.ts";

export type Level = "breaking" | "additive" | "documentation";
export type Direction = "request" | "response";

/** One difference between two documents, judged for the users of a client. */
export interface Change {
  readonly level: Level;
  readonly direction: Direction | undefined;
  /** Where: `ChatCompletionRequest.top_p`, `post /compat/chat/completions`. */
  readonly path: string;
  readonly message: string;
}

export type Report = (level: Level, path: string, message: string) => void;

/** What a comparison of schemas needs beside them. */
export interface Comparison {
  readonly before: Document;
  readonly after: Document;
  readonly direction: Direction;
  readonly report: Report;
  /** Pairs of schemas of different names that are being compared. */
  readonly pairs?: ReadonlySet<string>;
}

/** A change that gives the sender less room, or the reader more cases, breaks code that compiled before. */
export const narrows = (direction: Direction): Level => (direction === "request" ? "breaking" : "additive");
export const widens = (direction: Direction): Level => (direction === "request" ? "additive" : "breaking");

const levels: readonly Level[] = ["documentation", "additive", "breaking"];

export const worst = (changes: readonly Change[]): Level | undefined =>
  levels.filter((level) => changes.some((change) => change.level === level)).at(-1);

/** The version that follows. Before 1.0 the minor number stands for what breaks. */
export function nextVersion(version: string, level: Level | undefined): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (level === undefined) return version;
  if (level === "breaking") return major > 0 ? `${major + 1}.0.0` : `0.${minor + 1}.0`;
  return level === "additive" && major > 0 ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
