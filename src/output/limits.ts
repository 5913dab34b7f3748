import type { SchemaIssue } from "../schema.ts";

/** Levels of arrays and objects in a value. Reading and validating recurse, so a deeper one is refused. */
export const maxDepth = 500;

/** Issues that are kept; a model does not correct more at once, and each of thousands would be sent to it. */
const maxIssues = 20;
const maxMessageLength = 300;
const maxPathLength = 200;

/** Whether a value is nested more than `maxDepth` levels deep. Does not recurse. */
export function isTooDeep(value: unknown): boolean {
  let level = isContainer(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= maxDepth) return true;
    const next: object[] = [];
    for (const container of level) for (const member of Object.values(container)) if (isContainer(member)) next.push(member);
    level = next;
  }
  return false;
}

/** The first issues, each cut to a readable length, and how many more there are. */
export function boundIssues(issues: readonly SchemaIssue[]): SchemaIssue[] {
  const bounded = issues.slice(0, maxIssues).map(({ path, message }) => ({
    path: cut(path, maxPathLength),
    message: cut(message, maxMessageLength),
  }));
  const more = issues.length - maxIssues;
  if (more > 0) bounded.push({ path: "", message: `has ${more} more issues` });
  return bounded;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
