import { isDeepStrictEqual } from "node:util";
import { type Direction, narrows, type Report, widens } from "./change.ts";
import { type Document, isNode, type Node, resolve, schemaName, toNode } from "./document.ts";

/** What a comparison of schemas needs beside them. */
export interface Comparison {
  readonly before: Document;
  readonly after: Document;
  readonly direction: Direction;
  readonly report: Report;
}

/** Keywords that bound a value: whether a greater value, a smaller one or any change of it narrows what is admitted. */
const bounds: Readonly<Record<string, "greater" | "smaller" | "any">> = {
  minimum: "greater",
  exclusiveMinimum: "greater",
  minLength: "greater",
  minItems: "greater",
  minProperties: "greater",
  maximum: "smaller",
  exclusiveMaximum: "smaller",
  maxLength: "smaller",
  maxItems: "smaller",
  maxProperties: "smaller",
  pattern: "any",
  format: "any",
  multipleOf: "any",
  uniqueItems: "any",
};

const documentation = ["description", "title", "example", "examples", "default", "externalDocs", "deprecated"];

/** Compares two schemas, component schemas that they refer to by name alone: those are compared on their own. */
export function compareSchemas(before: unknown, after: unknown, path: string, comparison: Comparison): void {
  const old = toNode(before);
  const now = toNode(after);
  const { report } = comparison;
  compareDocumentation(old, now, path, report);
  if (schemaName(old) !== undefined && schemaName(old) === schemaName(now)) return;
  const [oldBranches, newBranches] = [branchesOf(comparison.before, old), branchesOf(comparison.after, now)];
  if (oldBranches.length > 1 || newBranches.length > 1) compareBranches(oldBranches, newBranches, path, comparison);
  else if (schemaName(old) !== schemaName(now))
    report("breaking", path, `refers to ${describe(now)}, before to ${describe(old)}`);
  else compareForm(old, now, path, comparison);
}

/** Compares two schemas that are neither references nor unions. */
function compareForm(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { direction, report } = comparison;
  compareTypes(old, now, path, comparison);
  compareEnums(old, now, path, comparison);
  compareBounds(old, now, path, comparison);
  compareProperties(old, now, path, comparison);
  compareOpenness(old, now, path, comparison);
  if (isNode(old.items) && isNode(now.items)) compareSchemas(old.items, now.items, `${path}[]`, comparison);
  else if (!isDeepStrictEqual(old.items, now.items))
    report(old.items === undefined ? narrows(direction) : widens(direction), `${path}[]`, "another schema of the items");
  if (!isDeepStrictEqual(old.contentSchema, now.contentSchema)) report("breaking", path, "another schema of the content");
}

function compareDocumentation(old: Node, now: Node, path: string, report: Report): void {
  for (const keyword of documentation) {
    if (isDeepStrictEqual(old[keyword], now[keyword])) continue;
    report("documentation", path, keyword === "deprecated" && now.deprecated ? "is deprecated" : `another ${keyword}`);
  }
  const extensions = [...Object.keys(old), ...Object.keys(now)].filter((key) => key.startsWith("x-"));
  if (extensions.some((key) => !isDeepStrictEqual(old[key], now[key]))) report("documentation", path, "another extension");
}

/** The types a schema admits; a number admits integers. */
function typesOf(schema: Node): string[] | undefined {
  const values = valuesOf(schema);
  if (schema.type === undefined && !values) return undefined;
  const named = schema.type === undefined ? values?.map(typeOf) : [schema.type].flat().map(String);
  const types = [...new Set(named)].sort();
  return types.includes("number") ? [...types, "integer"] : types;
}

function compareTypes(old: Node, now: Node, path: string, { direction, report }: Comparison): void {
  const [before, after] = [typesOf(old), typesOf(now)];
  if (isDeepStrictEqual(before, after)) return;
  const lost = after && (before?.filter((type) => !after.includes(type)) ?? ["any"]);
  const gained = before && (after?.filter((type) => !before.includes(type)) ?? ["any"]);
  if (lost?.length) report(narrows(direction), path, `is no longer ${lost.join(" or ")}`);
  if (gained?.length) report(widens(direction), path, `may also be ${gained.join(" or ")}`);
}

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** The values a schema is limited to. */
function valuesOf(schema: Node): unknown[] | undefined {
  if ("const" in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(", ");

function compareEnums(old: Node, now: Node, path: string, { direction, report }: Comparison): void {
  const [before, after] = [valuesOf(old), valuesOf(now)];
  if (!before && after) report(narrows(direction), path, `takes only ${list(after)}`);
  if (before && !after) report(widens(direction), path, `takes any value, before only ${list(before)}`);
  if (!before || !after) return;
  const lost = before.filter((value) => !after.includes(value));
  const gained = after.filter((value) => !before.includes(value));
  if (lost.length > 0) report(narrows(direction), path, `no longer ${list(lost)}`);
  if (gained.length > 0) report(widens(direction), path, `also ${list(gained)}`);
}

/** Readers do not rely on the bounds of what they get, so in a response a bound is documentation. */
function compareBounds(old: Node, now: Node, path: string, { direction, report }: Comparison): void {
  for (const [keyword, narrowing] of Object.entries(bounds)) {
    const [before, after] = [old[keyword], now[keyword]];
    if (before === after) continue;
    const narrower =
      after !== undefined &&
      (before === undefined ||
        narrowing === "any" ||
        (narrowing === "greater" ? Number(after) > Number(before) : Number(after) < Number(before)));
    const level = direction === "response" ? "documentation" : narrower ? "breaking" : "additive";
    report(level, path, `${keyword} ${String(after ?? "is gone")}, before ${String(before ?? "none")}`);
  }
}

/** The forms that a value may have: the branches of a union, through references to other unions. */
function branchesOf(document: Document, schema: unknown): Node[] {
  const { oneOf, anyOf } = resolve(document, schema);
  const branches = oneOf ?? anyOf;
  return Array.isArray(branches) ? branches.flatMap((branch) => branchesOf(document, branch)) : [toNode(schema)];
}

/** References are matched by name; other branches by equality, and what is left by type. */
function compareBranches(before: readonly Node[], after: readonly Node[], path: string, comparison: Comparison): void {
  const { direction, report } = comparison;
  const unmatched = (from: readonly Node[], others: readonly Node[]) =>
    from.filter((branch) => !others.some((other) => isSameBranch(branch, other)));
  const gained = unmatched(after, before);
  for (const branch of unmatched(before, after)) {
    const at = gained.findIndex((other) => isSameForm(branch, other));
    if (at < 0) report(narrows(direction), path, `is no longer ${describe(branch)}`);
    else compareForm(branch, gained.splice(at, 1)[0] ?? {}, path, comparison);
  }
  for (const branch of gained) report(widens(direction), path, `may also be ${describe(branch)}`);
}

const isSameBranch = (branch: Node, other: Node): boolean =>
  schemaName(branch) === undefined ? isDeepStrictEqual(branch, other) : schemaName(branch) === schemaName(other);

const isSameForm = (branch: Node, other: Node): boolean =>
  schemaName(branch) === undefined && schemaName(other) === undefined && isDeepStrictEqual(branch.type, other.type);

const describe = (schema: Node): string => schemaName(schema) ?? String(schema.type ?? "another form");

function compareProperties(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { direction, report } = comparison;
  const [before, after] = [toNode(old.properties), toNode(now.properties)];
  const [oldRequired, newRequired] = [requiredOf(old), requiredOf(now)];
  const added = Object.keys(after).filter((name) => !(name in before));
  for (const name of Object.keys(before)) {
    const here = `${path}.${name}`;
    if (name in after) {
      compareSchemas(before[name], after[name], here, comparison);
      if (oldRequired.has(name) && !newRequired.has(name)) report(widens(direction), here, "is optional now");
      if (!oldRequired.has(name) && newRequired.has(name)) report(narrows(direction), here, "is required now");
      continue;
    }
    const renamed = added.find((other) => isDeepStrictEqual(before[name], after[other]));
    if (renamed !== undefined) added.splice(added.indexOf(renamed), 1);
    report("breaking", here, renamed === undefined ? "is gone" : `is renamed to ${renamed}`);
  }
  for (const name of added) {
    const isDemanded = direction === "request" && newRequired.has(name);
    report(isDemanded ? "breaking" : "additive", `${path}.${name}`, isDemanded ? "is new and required" : "is new");
  }
}

const requiredOf = ({ required }: Node): Set<unknown> => new Set(Array.isArray(required) ? required : []);

function compareOpenness(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { report } = comparison;
  const [before, after] = [old.additionalProperties, now.additionalProperties];
  if (isNode(before) && isNode(after)) compareSchemas(before, after, `${path}.*`, comparison);
  else if (!isDeepStrictEqual(before ?? true, after ?? true)) {
    const closes = after === false || (isNode(after) && before !== false);
    report(closes ? "breaking" : "additive", path, closes ? "no longer takes other fields" : "takes other fields as well");
  }
}
