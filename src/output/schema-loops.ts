import type { NormalNode, NormalSchema } from "./normal-schema.ts";
import { isRecord, subschemas } from "./schema-keywords.ts";

/** Keywords whose subschemas apply to the same value. */
const inPlace = /^\/(?:allOf|anyOf|oneOf|not|if|then|else|dependentSchemas)\b/;

/** Throws if validation would never end because a schema refers to itself without descending into the value. */
export function assertFinite(root: NormalSchema): void {
  if (typeof root === "boolean") return;
  const finite = new Set<unknown>();
  const open = new Set<unknown>();

  const visit = (node: unknown) => {
    if (!isRecord(node) || finite.has(node)) return;
    if (open.has(node)) throw new Error("it refers to itself without end");
    open.add(node);
    if (typeof node.$ref === "string") visit(resolve(node.$ref));
    for (const [pointer, inner] of subschemas(node)) if (inPlace.test(pointer)) visit(inner);
    open.delete(node);
    finite.add(node);
    for (const [pointer, inner] of subschemas(node)) if (!inPlace.test(pointer)) enqueue(inner);
  };
  /** Subschemas of deeper values, which are not part of a loop. */
  const pending: unknown[] = [];
  const enqueue = (node: unknown) => pending.push(node);
  const resolve = (reference: string) => root.$defs?.[reference.slice("#/$defs/".length)];

  visit(root satisfies NormalNode);
  while (pending.length > 0) visit(pending.pop());
}
