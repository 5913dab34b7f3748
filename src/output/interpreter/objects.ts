import { notAllowed } from "../issue-messages.ts";
import type { NormalNode, NormalSchema } from "../normal-schema.ts";
import { isRecord } from "../schema-keywords.ts";
import { compilePattern } from "../schema-pattern.ts";
import { type Check, type Compile, checkMember, isObject, passes, report } from "./check.ts";

/** The keywords for objects, except `unevaluatedProperties`. */
export function* objectChecks(node: NormalNode, compile: Compile): Generator<Check> {
  const { minProperties, maxProperties, required, dependentRequired, propertyNames } = node;
  if (typeof minProperties === "number")
    yield (value, run) =>
      !isObject(value) ||
      Object.keys(value).length >= minProperties ||
      report(run, `must NOT have fewer than ${minProperties} properties`);
  if (typeof maxProperties === "number")
    yield (value, run) =>
      !isObject(value) ||
      Object.keys(value).length <= maxProperties ||
      report(run, `must NOT have more than ${maxProperties} properties`);
  if (isStrings(required)) yield checkRequired(required, () => true);
  if (isRecord(dependentRequired))
    for (const [key, names] of Object.entries(dependentRequired))
      if (isStrings(names)) yield checkRequired(names, (value) => Object.hasOwn(value, key));
  if (isSchema(propertyNames)) yield checkNames(compile(propertyNames));
  yield* memberChecks(node, compile);
}

function checkRequired(names: readonly string[], applies: (value: object) => boolean): Check {
  return (value, run) => {
    if (!isObject(value) || !applies(value)) return true;
    const missing = names.filter((name) => !Object.hasOwn(value, name));
    for (const name of missing) report(run, `must have required property '${name}'`);
    return missing.length === 0;
  };
}

function checkNames(check: Check): Check {
  return (value, run) => {
    if (!isObject(value)) return true;
    const wrong = Object.keys(value).filter((key) => !passes(check, key, run, undefined));
    for (const key of wrong) report(run, "property name must be valid", key);
    return wrong.length === 0;
  };
}

/** `properties`, `patternProperties`, `additionalProperties`: the schemas that apply to a member. */
function* memberChecks(node: NormalNode, compile: Compile): Generator<Check> {
  const { additionalProperties } = node;
  const properties = compileMap(node.properties, compile);
  const patterns = [...compileMap(node.patternProperties, compile)].map(
    ([pattern, check]) => [compilePattern(pattern), check] as const,
  );
  const additional = isSchema(additionalProperties) ? compile(additionalProperties) : undefined;
  if (properties.size === 0 && patterns.length === 0 && !additional) return;
  const dependent = additionalProperties === false;
  yield (value, run, evaluated) => {
    if (!isObject(value)) return true;
    let valid = true;
    for (const [key, member] of Object.entries(value)) {
      const own = properties.get(key);
      const checks = own ? [own] : [];
      for (const [pattern, check] of patterns) if (pattern.test(key)) checks.push(check);
      if (checks.length === 0) {
        if (!additional) continue;
        if (dependent) valid = report(run, notAllowed, key);
        else checks.push(additional);
      }
      evaluated?.keys.add(key);
      for (const check of checks) if (!checkMember(check, member, key, run)) valid = false;
    }
    return valid;
  };
}

function compileMap(map: unknown, compile: Compile): Map<string, Check> {
  const checks = new Map<string, Check>();
  if (isRecord(map)) for (const [key, schema] of Object.entries(map)) if (isSchema(schema)) checks.set(key, compile(schema));
  return checks;
}

export function isSchema(value: unknown): value is NormalSchema {
  return typeof value === "boolean" || isRecord(value);
}

const isStrings = (value: unknown): value is string[] => Array.isArray(value);
