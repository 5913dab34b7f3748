import { areUnique } from "../json-equality.ts";
import type { NormalNode, NormalSchema } from "../normal-schema.ts";
import { type Check, type Compile, checkMember, passes, report } from "./check.ts";
import { isSchema } from "./objects.ts";

/** The keywords for arrays, except `unevaluatedItems`. */
export function* arrayChecks(node: NormalNode, compile: Compile): Generator<Check> {
  const { minItems, maxItems, uniqueItems, items, contains } = node;
  const prefix = toSchemas(node.prefixItems).map(compile);
  if (typeof minItems === "number")
    yield (value, run) =>
      !Array.isArray(value) || value.length >= minItems || report(run, `must NOT have fewer than ${minItems} items`);
  if (typeof maxItems === "number")
    yield (value, run) =>
      !Array.isArray(value) || value.length <= maxItems || report(run, `must NOT have more than ${maxItems} items`);
  if (uniqueItems === true)
    yield (value, run) => !Array.isArray(value) || areUnique(value) || report(run, "must NOT have duplicate items");
  if (prefix.length > 0 || isSchema(items)) yield checkItems(prefix, isSchema(items) ? compile(items) : undefined);
  if (isSchema(contains)) yield checkContains(compile(contains), node);
}

function checkItems(prefix: readonly Check[], rest: Check | undefined): Check {
  return (value, run, evaluated) => {
    if (!Array.isArray(value)) return true;
    let valid = true;
    for (const [index, item] of value.entries()) {
      const check = index < prefix.length ? prefix[index] : rest;
      if (!check) break;
      evaluated?.indexes.add(index);
      if (!checkMember(check, item, index, run)) valid = false;
    }
    return valid;
  };
}

function checkContains(check: Check, { minContains, maxContains }: NormalNode): Check {
  const least = typeof minContains === "number" ? minContains : 1;
  const most = typeof maxContains === "number" ? maxContains : Number.POSITIVE_INFINITY;
  return (value, run, evaluated) => {
    if (!Array.isArray(value)) return true;
    let count = 0;
    for (const [index, item] of value.entries()) {
      if (!passes(check, item, run, undefined)) continue;
      count += 1;
      evaluated?.indexes.add(index);
    }
    if (count >= least && count <= most) return true;
    const atMost = Number.isFinite(most) ? ` and no more than ${most}` : "";
    return report(run, `must contain at least ${least}${atMost} valid item(s)`);
  };
}

export function toSchemas(list: unknown): NormalSchema[] {
  return Array.isArray(list) ? list.filter(isSchema) : [];
}
