import type { Choices } from "./choices.ts";
import { isSchemaObject, namesIn, resolveReference, type SchemaObject, toList } from "./schema-object.ts";

/** Beyond this depth, a sample ends as soon as its schema allows. */
export const maxPlainDepth = 4;

/**
 * The schemas that a value must satisfy all at once: references followed, `allOf` opened, one branch of each union taken. `undefined`
 * if one of them is `false`.
 */
export function collectSchemas(
  given: readonly unknown[],
  root: unknown,
  depth: number,
  choices: Choices,
): SchemaObject[] | undefined {
  const open = [...given];
  const flat: SchemaObject[] = [];
  const followed = new Set<unknown>();
  for (let schema = open.shift(); schema !== undefined; schema = open.shift()) {
    if (schema === false) return undefined;
    if (!isSchemaObject(schema) || flat.includes(schema)) continue;
    flat.push(schema);
    for (const reference of [schema.$ref, schema.$dynamicRef]) {
      if (typeof reference !== "string") continue;
      const target = resolveReference(reference, root);
      if (!followed.has(target)) open.push(target ?? {});
      followed.add(target);
    }
    open.push(...toList(schema.allOf));
    for (const union of [schema.anyOf, schema.oneOf]) {
      if (Array.isArray(union) && union.length > 0) open.push(chooseBranch(union, root, depth, choices));
    }
    if (schema.if !== undefined) open.push(...conditional(schema, choices));
  }
  return flat;
}

/** The first branch that is not null or, at depth, the one that ends soonest, so that recursive schemas terminate. */
function chooseBranch(union: readonly unknown[], root: unknown, depth: number, choices: Choices): unknown {
  const ranked = union.map((branch) => ({ branch, height: measureHeight(branch, root) }));
  const possible = ranked.filter(({ height }) => Number.isFinite(height));
  const lowest = Math.min(...possible.map(({ height }) => height));
  const shallowest = depth > maxPlainDepth ? possible.filter(({ height }) => height === lowest) : possible;
  const branches = (shallowest.length > 0 ? shallowest : ranked).map(({ branch }) => branch);
  if (choices.vary) return choices.pick(branches);
  return branches.find((branch) => !(isSchemaObject(branch) && branch.type === "null")) ?? branches[0];
}

function conditional(schema: SchemaObject, choices: Choices): unknown[] {
  const met = [schema.if, schema.then ?? true];
  const unmet = [schema.else ?? true];
  return choices.vary ? choices.pick([met, unmet]) : met;
}

/** The depth of the shallowest value of a schema; infinite if it can't terminate. */
export function measureHeight(schema: unknown, root: unknown, followed: readonly unknown[] = []): number {
  if (!isSchemaObject(schema)) return schema === false ? Infinity : 0;
  if (followed.includes(schema)) return Infinity;
  if ("const" in schema || "enum" in schema) return 0;
  const of = (each: unknown) => measureHeight(each, root, [...followed, schema]);
  const parts = toList(schema.allOf).map(of);
  for (const reference of [schema.$ref, schema.$dynamicRef])
    if (typeof reference === "string") parts.push(of(resolveReference(reference, root)));
  for (const union of [schema.anyOf, schema.oneOf]) if (Array.isArray(union)) parts.push(Math.min(...union.map(of)));
  const types = typeof schema.type === "string" ? [schema.type] : namesIn(schema.type);
  const isLeaf = types.some((type) => type !== "object" && type !== "array");
  if (!isLeaf) {
    const properties = isSchemaObject(schema.properties) ? schema.properties : {};
    for (const name of namesIn(schema.required)) parts.push(1 + of(properties[name] ?? true));
    if (Number(schema.minItems ?? 0) > 0) parts.push(1 + of(schema.items ?? true));
  }
  return Math.max(0, ...parts);
}
