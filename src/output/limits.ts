import type { SchemaIssue } from "../schema.ts";

/** Levels of arrays and objects in a value. Reading and validating recurse, so a deeper one is refused. */
export const maxDepth = 500;

/** Issues that are kept; a model does not correct more at once, and each of thousands would be sent to it. */
const maxIssues = 20;
const maxMessageLength = 300;

/** Characters of the reason that a schema library or a validator gives. */
export const maxReasonLength = 500;

const maxPathLength = 200;

/** Whether a value is nested more than so many levels deep. Recurses no deeper than that, and allocates nothing. */
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

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
