import { isDeepStrictEqual } from "node:util";
import { type Comparison, narrows, type Report, widens } from "./change.ts";
import { compareBounds, compareConstraints, compareEnums, compareTypes } from "./compare-values.ts";
import { componentSchemas, type Document, isNode, type Node, resolve, schemaName, toNode } from "./document.ts";
import { flatten, unwrap } from "./flatten.ts";

const documentation = ["description", "title", "example", "examples", "default", "externalDocs", "deprecated"];

/** Compares two schemas. Component schemas with the same name are compared once, not at each reference. */
export function compareSchemas(before: unknown, after: unknown, path: string, comparison: Comparison): void {
  const old = toNode(before);
  const now = toNode(after);
  compareDocumentation(old, now, path, comparison.report);
  if (schemaName(old) !== undefined && schemaName(old) === schemaName(now)) return;
  const [oldBranches, newBranches] = [listBranches(comparison.before, old), listBranches(comparison.after, now)];
  compareDiscriminators(resolve(comparison.before, old), resolve(comparison.after, now), path, comparison);
  if (oldBranches.length > 1 || newBranches.length > 1)
    compareBranches(oldBranches.flatMap(splitNull), newBranches.flatMap(splitNull), path, comparison);
  else compareTargets(oldBranches[0] ?? old, newBranches[0] ?? now, path, comparison);
}

/** Compares two schemas of which at least one may be a reference. */
function compareTargets(old: Node, now: Node, path: string, comparison: Comparison): void {
  if (schemaName(old) === schemaName(now)) {
    if (schemaName(old) === undefined) compareForm(old, now, path, comparison);
    return;
  }
  const { before, after, report, pairs = new Set<string>() } = comparison;
  const pair = `${describe(old)} ${describe(now)}`;
  if (pairs.has(pair)) return;
  report("documentation", path, `refers to ${describe(now)}, before to ${describe(old)}`);
  compareForm(resolve(before, old), resolve(after, now), path, { ...comparison, pairs: new Set([...pairs, pair]) });
}

/** Compares two schemas that are neither references nor unions. */
function compareForm(before: Node, after: Node, path: string, comparison: Comparison): void {
  const { direction, report } = comparison;
  const [old, now] = [flatten(comparison.before, before), flatten(comparison.after, after)];
  compareConstraints(old, now, path, comparison);
  compareTypes(old, now, path, comparison);
  compareEnums(old, now, path, comparison);
  compareBounds(old, now, path, comparison);
  compareProperties(old, now, path, comparison);
  compareOpenness(old, now, path, comparison);
  if (isNode(old.items) && isNode(now.items)) compareSchemas(old.items, now.items, `${path}[]`, comparison);
  else if (!isDeepStrictEqual(old.items, now.items))
    report(old.items === undefined ? narrows(direction) : widens(direction), `${path}[]`, "another schema of the items");
  for (const keyword of ["contentSchema", "contentMediaType", "contentEncoding"])
    if (!isDeepStrictEqual(old[keyword], now[keyword])) report("breaking", path, `another ${keyword}`);
}

function compareDocumentation(old: Node, now: Node, path: string, report: Report): void {
  for (const keyword of documentation) {
    if (isDeepStrictEqual(old[keyword], now[keyword])) continue;
    report("documentation", path, keyword === "deprecated" && now.deprecated ? "is deprecated" : `another ${keyword}`);
  }
  const extensions = [...Object.keys(old), ...Object.keys(now)].filter((key) => key.startsWith("x-"));
  if (extensions.some((key) => !isDeepStrictEqual(old[key], now[key]))) report("documentation", path, "another extension");
}

/** The branches of a union, including those of unions that it references. */
function listBranches(document: Document, schema: unknown): Node[] {
  const { oneOf, anyOf } = unwrap(document, resolve(document, schema));
  const branches = oneOf ?? anyOf;
  return Array.isArray(branches) ? branches.flatMap((branch) => listBranches(document, branch)) : [toNode(schema)];
}

/** A branch whose list of types contains null is two branches. */
function splitNull(branch: Node): Node[] {
  const { type } = branch;
  if (!Array.isArray(type) || !type.includes("null") || type.length < 2) return [branch];
  const others = type.filter((each) => each !== "null");
  return [{ ...branch, type: others.length === 1 ? others[0] : others }, { type: "null" }];
}

/** Matches references by name, other branches by equality, and the rest by type. */
function compareBranches(before: readonly Node[], after: readonly Node[], path: string, comparison: Comparison): void {
  const { direction, report } = comparison;
  const isSame = (old: Node, now: Node) =>
    (schemaName(old) !== undefined && schemaName(old) === schemaName(now)) ||
    isDeepStrictEqual(resolve(comparison.before, old), resolve(comparison.after, now));
  const gained = after.filter((branch) => !before.some((old) => isSame(old, branch)));
  for (const branch of before.filter((old) => !after.some((now) => isSame(old, now)))) {
    const at = gained.findIndex((other) => isSameForm(branch, other));
    if (at < 0) report(narrows(direction), path, `is no longer ${describe(branch)}`);
    else compareForm(branch, gained.splice(at, 1)[0] ?? {}, path, comparison);
  }
  for (const branch of gained) report(widens(direction), path, `may also be ${describe(branch)}`);
}

/** Compares which value selects which branch. */
function compareDiscriminators(old: Node, now: Node, path: string, { direction, report, ...documents }: Comparison): void {
  const [before, after] = [toNode(old.discriminator), toNode(now.discriminator)];
  if (old.discriminator === undefined || now.discriminator === undefined) return;
  if (before.propertyName !== after.propertyName)
    report("breaking", path, `has the discriminator ${after.propertyName}, previously ${before.propertyName}`);
  const [values, others] = [Object.keys(toNode(before.mapping)), Object.keys(toNode(after.mapping))];
  for (const value of values) if (!others.includes(value)) report(narrows(direction), path, `no longer has the kind "${value}"`);
  for (const value of others) if (!values.includes(value)) report(widens(direction), path, `also has the kind "${value}"`);
  for (const value of values.filter((each) => others.includes(each))) {
    const [branch, other] = [before, after].map(({ mapping }) => String(toNode(mapping)[value]).split("/").at(-1) ?? "");
    const [schema, replacement] = [
      componentSchemas(documents.before)[branch ?? ""],
      componentSchemas(documents.after)[other ?? ""],
    ];
    if (branch !== other && !isDeepStrictEqual(schema, replacement))
      report("breaking", path, `the kind "${value}" is ${other} now, before ${branch}`);
  }
}

const isSameForm = (branch: Node, other: Node): boolean =>
  schemaName(branch) === undefined && schemaName(other) === undefined && isDeepStrictEqual(branch.type, other.type);

const describe = (schema: Node): string => schemaName(schema) ?? String(schema.type ?? "another form");

function compareProperties(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { direction, report } = comparison;
  const [before, after] = [toNode(old.properties), toNode(now.properties)];
  const [oldRequired, newRequired] = [listRequired(old), listRequired(now)];
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
  for (const name of newRequired) {
    const isUndescribed = !(String(name) in after) && !(String(name) in before);
    if (isUndescribed && !oldRequired.has(name)) report(narrows(direction), `${path}.${name}`, "is required now");
  }
  for (const name of added) {
    const isRequired = direction === "request" && newRequired.has(name);
    report(isRequired ? "breaking" : "additive", `${path}.${name}`, isRequired ? "is new and required" : "is new");
  }
}

const listRequired = ({ required }: Node): Set<unknown> => new Set(Array.isArray(required) ? required : []);

function compareOpenness(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { report } = comparison;
  const [before, after] = [old.additionalProperties, now.additionalProperties];
  if (isNode(before) && isNode(after)) compareSchemas(before, after, `${path}.*`, comparison);
  else if (!isDeepStrictEqual(before ?? true, after ?? true)) {
    const closes = after === false || (isNode(after) && before !== false);
    report(closes ? "breaking" : "additive", path, closes ? "no longer takes other fields" : "takes other fields as well");
  }
}
