import { isDeepStrictEqual } from "node:util";
import { type Comparison, narrows, widens } from "./change.ts";
import type { Node } from "./document.ts";

/** Keywords that limit a value: whether increasing, decreasing or any change of them narrows the allowed values. */
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

/** The types that a schema allows; `number` allows integers. */
function listTypes(schema: Node): string[] | undefined {
  const values = listValues(schema);
  if (schema.type === undefined && !values) return undefined;
  const named = schema.type === undefined ? values?.map(getType) : [schema.type].flat().map(String);
  const types = [...new Set(named)].sort();
  return types.includes("number") ? [...types, "integer"] : types;
}

export function compareTypes(old: Node, now: Node, path: string, { direction, report }: Comparison): void {
  const [before, after] = [listTypes(old), listTypes(now)];
  if (isDeepStrictEqual(before, after)) return;
  const lost = after && (before?.filter((type) => !after.includes(type)) ?? ["any"]);
  const gained = before && (after?.filter((type) => !before.includes(type)) ?? ["any"]);
  if (lost?.length) report(narrows(direction), path, `is no longer ${lost.join(" or ")}`);
  if (gained?.length) report(widens(direction), path, `may also be ${gained.join(" or ")}`);
}

const getType = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** The values a schema is limited to. */
function listValues(schema: Node): unknown[] | undefined {
  if ("const" in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(", ");

export function compareEnums(old: Node, now: Node, path: string, { direction, report }: Comparison): void {
  const [before, after] = [listValues(old), listValues(now)];
  if (!before && after) report(narrows(direction), path, `takes only ${list(after)}`);
  if (before && !after) report(widens(direction), path, `takes any value, before only ${list(before)}`);
  if (!before || !after) return;
  const lost = before.filter((value) => !after.includes(value));
  const gained = after.filter((value) => !before.includes(value));
  if (lost.length > 0) report(narrows(direction), path, `no longer ${list(lost)}`);
  if (gained.length > 0) report(widens(direction), path, `also ${list(gained)}`);
}

/** Readers don't rely on the limits of what they receive, so in a response a limit is documentation. */
export function compareBounds(old: Node, now: Node, path: string, { direction, report }: Comparison): void {
  for (const [keyword, narrowing] of Object.entries(bounds)) {
    const [before, after] = [getBound(old, keyword), getBound(now, keyword)];
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

/** The effective limit; for an integer, an exclusive limit is the next inclusive one. */
function getBound(schema: Node, keyword: string): unknown {
  const value = schema[keyword];
  if (value === false || (value === 0 && /^min[A-Z]/.test(keyword))) return undefined;
  if (schema.type !== "integer") return value;
  if (keyword.startsWith("exclusive")) return undefined;
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  if (keyword === "minimum" && typeof exclusiveMinimum === "number")
    return Math.max(exclusiveMinimum + 1, Number(value ?? Number.NEGATIVE_INFINITY));
  if (keyword === "maximum" && typeof exclusiveMaximum === "number")
    return Math.min(exclusiveMaximum - 1, Number(value ?? Number.POSITIVE_INFINITY));
  return value;
}

/** Keywords that restrict values in ways that are not compared in detail. */
const constraints = [
  ...["not", "if", "then", "else", "contains", "minContains", "maxContains", "prefixItems", "unevaluatedItems"],
  ...["patternProperties", "propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedProperties"],
];

export function compareConstraints(old: Node, now: Node, path: string, { direction, report }: Comparison): void {
  for (const keyword of constraints) {
    const [before, after] = [old[keyword], now[keyword]];
    if (isDeepStrictEqual(before, after)) continue;
    if (before === undefined) report(narrows(direction), path, `${keyword} is new`);
    else if (after === undefined) report(widens(direction), path, `${keyword} is gone`);
    else report("breaking", path, `another ${keyword}`);
  }
  if (now.readOnly && !old.readOnly) report(direction === "request" ? "breaking" : "documentation", path, "is only received now");
  if (now.writeOnly && !old.writeOnly) report(direction === "request" ? "documentation" : "breaking", path, "is only sent now");
  if ((old.readOnly && !now.readOnly) || (old.writeOnly && !now.writeOnly)) report("additive", path, "is sent and received now");
}
