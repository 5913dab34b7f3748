import { isDeepStrictEqual } from "node:util";
import type { Report } from "./change.ts";
import { type Document, type Operation, toNode } from "./document.ts";

/** Compares the ways to authenticate with an operation: one of them is enough. */
export function compareSecurity(old: Operation, now: Operation, report: Report): void {
  const [before, after] = [listRequirements(old), listRequirements(now)];
  const { name } = old;
  if (before.length === 0 && after.length > 0 && !after.includes("{}")) report("breaking", name, "needs authentication now");
  if (before.length > 0 && after.length > 0 && before.some((way) => !after.includes(way)))
    report("breaking", name, "no longer takes one way to authenticate");
  if (before.length > 0 && after.length === 0) report("additive", name, "needs no authentication");
  if (before.length > 0 && after.some((way) => !before.includes(way)))
    report("additive", name, "takes another way to authenticate");
}

const listRequirements = ({ security }: Operation): string[] =>
  Array.isArray(security) ? security.map((way) => JSON.stringify(way)) : [];

/** A scheme says how the token is sent: everything except its description matters to the client. */
export function compareSecuritySchemes(before: Document, after: Document, report: Report): void {
  const [old, now] = [before, after].map(({ root }) => toNode(toNode(root.components).securitySchemes));
  for (const [name, scheme] of Object.entries(old ?? {})) {
    const path = `security scheme ${name}`;
    const other = now?.[name];
    if (other === undefined) report("breaking", path, "is gone");
    else if (!isDeepStrictEqual(withoutDescription(scheme), withoutDescription(other)))
      report("breaking", path, "is another scheme");
    else if (!isDeepStrictEqual(scheme, other)) report("documentation", path, "another description");
  }
  for (const name of Object.keys(now ?? {})) if (!(name in (old ?? {}))) report("additive", `security scheme ${name}`, "is new");
}

const withoutDescription = (scheme: unknown): unknown => ({ ...toNode(scheme), description: undefined });
