import type { SchemaIssue } from "../schema.ts";

/** Maximum nesting of arrays and objects in a value. Parsing and validation recurse, so deeper values are rejected. */
export const maxDepth = 500;

/** Maximum number of issues. A model doesn't correct more at once, and thousands would fill its context. */
const maxIssues = 20;
const maxMessageLength = 300;

/** Maximum length of an error message from a schema library or validator. */
export const maxReasonLength = 500;

const maxPathLength = 200;

/** Whether a value is nested more than `levels` deep. Recurses no deeper than that, and allocates nothing. */
export function isTooDeep(value: unknown, levels = maxDepth): boolean {
  if (!isContainer(value)) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (isTooDeep(value[index], levels - 1)) return true;
    return false;
  }
  for (const name in value) if (isTooDeep(value[name], levels - 1)) return true;
  return false;
}

/** Returns the first issues, each truncated to a readable length, and how many more there are. */
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

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
