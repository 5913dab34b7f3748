import { neverAllowed, notAllowed } from "../issue-messages.ts";
import type { NormalNode, NormalSchema } from "../normal-schema.ts";
import { isRecord } from "../schema-keywords.ts";
import { arrayChecks, toSchemas } from "./arrays.ts";
import { type Check, type Compile, checkMember, createEvaluated, isObject, merge, passes, report } from "./check.ts";
import { isSchema, objectChecks } from "./objects.ts";
import { valueChecks } from "./values.ts";

/** Compiles a schema to a validating function. No code is generated, so it also works where that is forbidden. */
export function compileSchema(root: NormalSchema): Check {
  const definitions = new Map<unknown, Check>();
  const $defs = typeof root === "object" ? (root.$defs ?? {}) : {};
  const compile: Compile = (schema) =>
    typeof schema === "boolean" ? checkBoolean(schema) : compileNode(schema, compile, lookUp);
  /** A definition is compiled when it is first used, so that it may be recursive. */
  const lookUp = (reference: unknown): Check => {
    let check = definitions.get(reference);
    if (!check) {
      check = compile($defs[String(reference).slice("#/$defs/".length)] ?? true);
      definitions.set(reference, check);
    }
    return check;
  };
  return compile(root);
}

function checkBoolean(allowed: boolean): Check {
  return (_value, run) => allowed || report(run, neverAllowed);
}

function compileNode(node: NormalNode, compile: Compile, lookUp: (reference: unknown) => Check): Check {
  const { $ref, unevaluatedItems, unevaluatedProperties } = node;
  const checks = [
    ...valueChecks(node),
    ...objectChecks(node, compile),
    ...arrayChecks(node, compile),
    ...combiningChecks(node, compile),
  ];
  if ($ref !== undefined) checks.push((value, run, evaluated) => lookUp($ref)(value, run, evaluated));
  // These depend on what all other keywords have evaluated.
  const last: Check[] = [];
  if (isSchema(unevaluatedItems)) last.push(checkOtherItems(compile(unevaluatedItems)));
  if (isSchema(unevaluatedProperties)) last.push(checkOtherMembers(compile(unevaluatedProperties), unevaluatedProperties));

  return (value, run, evaluated) => {
    const own = last.length > 0 ? createEvaluated() : evaluated;
    let valid = true;
    for (const check of checks) if (!check(value, run, own)) valid = false;
    for (const check of last) if (!check(value, run, own)) valid = false;
    if (evaluated && own && own !== evaluated) merge(evaluated, own);
    return valid;
  };
}

/** The keywords that apply other schemas to the same value. */
function* combiningChecks(node: NormalNode, compile: Compile): Generator<Check> {
  const { not, dependentSchemas } = node;
  yield* toSchemas(node.allOf).map(compile);
  const anyOf = toSchemas(node.anyOf).map(compile);
  if (anyOf.length > 0) yield checkAnyOf(anyOf);
  const oneOf = toSchemas(node.oneOf).map(compile);
  if (oneOf.length > 0) yield checkOneOf(oneOf);
  if (isSchema(not)) {
    const check = compile(not);
    yield (value, run) => !passes(check, value, run, undefined) || report(run, "must NOT be valid");
  }
  if (isSchema(node.if)) yield checkIf(node, node.if, compile);
  if (!isRecord(dependentSchemas)) return;
  for (const [key, schema] of Object.entries(dependentSchemas)) {
    if (!isSchema(schema)) continue;
    const check = compile(schema);
    yield (value, run, evaluated) => !isObject(value) || !Object.hasOwn(value, key) || check(value, run, evaluated);
  }
}

function checkAnyOf(checks: readonly Check[]): Check {
  return (value, run, evaluated) => {
    const before = run.issues.length;
    let valid = false;
    for (const check of checks) {
      const own = evaluated && createEvaluated();
      if (!check(value, run, own)) continue;
      valid = true;
      if (!own) break;
      merge(evaluated, own);
    }
    if (!valid) return report(run, "must match a schema in anyOf");
    run.issues.length = before;
    return true;
  };
}

function checkOneOf(checks: readonly Check[]): Check {
  return (value, run, evaluated) => {
    const before = run.issues.length;
    let count = 0;
    for (const check of checks) {
      const own = evaluated && createEvaluated();
      if (!check(value, run, own)) continue;
      count += 1;
      if (own) merge(evaluated, own);
    }
    if (count > 0) run.issues.length = before;
    return count === 1 || report(run, "must match exactly one schema in oneOf");
  };
}

function checkIf(node: NormalNode, condition: NormalSchema, compile: Compile): Check {
  const check = compile(condition);
  const onTrue = isSchema(node.then) ? compile(node.then) : undefined;
  const onFalse = isSchema(node.else) ? compile(node.else) : undefined;
  return (value, run, evaluated) => {
    const branch = passes(check, value, run, evaluated) ? onTrue : onFalse;
    return branch === undefined || branch(value, run, evaluated);
  };
}

function checkOtherItems(check: Check): Check {
  return (value, run, evaluated) => {
    if (!Array.isArray(value)) return true;
    let valid = true;
    for (const [index, item] of value.entries()) {
      if (evaluated?.indexes.has(index)) continue;
      evaluated?.indexes.add(index);
      if (!checkMember(check, item, index, run)) valid = false;
    }
    return valid;
  };
}

function checkOtherMembers(check: Check, schema: NormalSchema): Check {
  return (value, run, evaluated) => {
    if (!isObject(value)) return true;
    let valid = true;
    for (const [key, member] of Object.entries(value)) {
      if (evaluated?.keys.has(key)) continue;
      evaluated?.keys.add(key);
      const fits = schema === false ? report(run, notAllowed, key) : checkMember(check, member, key, run);
      if (!fits) valid = false;
    }
    return valid;
  };
}
