import type { Document } from "./document.ts";

export type Level = "breaking" | "additive" | "documentation";
export type Direction = "request" | "response";

/** A difference between two documents, classified by its effect on users of a client. */
export interface Change {
  readonly level: Level;
  readonly direction: Direction | undefined;
  /** Where: `ChatCompletionRequest.top_p`, `post /compat/chat/completions`. */
  readonly path: string;
  readonly message: string;
}

export type Report = (level: Level, path: string, message: string) => void;

/** The context of a schema comparison. */
export interface Comparison {
  readonly before: Document;
  readonly after: Document;
  readonly direction: Direction;
  readonly report: Report;
  /** Pairs of schemas of different names that are being compared. */
  readonly pairs?: ReadonlySet<string>;
}

/** A change that allows senders less, or gives readers more cases, breaks code that compiled before. */
export const narrows = (direction: Direction): Level => (direction === "request" ? "breaking" : "additive");
export const widens = (direction: Direction): Level => (direction === "request" ? "additive" : "breaking");

const levels: readonly Level[] = ["documentation", "additive", "breaking"];

export const worst = (changes: readonly Change[]): Level | undefined =>
  levels.filter((level) => changes.some((change) => change.level === level)).at(-1);

/** The next version. Before 1.0, the minor number counts breaking changes. */
export function nextVersion(version: string, level: Level | undefined): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (level === undefined) return version;
  if (level === "breaking") return major > 0 ? `${major + 1}.0.0` : `0.${minor + 1}.0`;
  return level === "additive" && major > 0 ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
