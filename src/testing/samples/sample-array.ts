import { seededChoices } from "./choices.ts";
import { maxPlainDepth, measureHeight } from "./conjunction.ts";
import { impossible, type Place } from "./place.ts";
import { canonicalJson } from "./same-json.ts";
import { largest, type SchemaObject, smallest, toList } from "./schema-object.ts";

/** An array with the length and items that all schemas require; `impossible` if the choices lead to none. */
export function sampleArray(schemas: readonly SchemaObject[], place: Place): unknown[] | typeof impossible {
  const { least, most } = readLengths(schemas, place);
  const isUnique = schemas.some(({ uniqueItems }) => uniqueItems === true);
  const contained = schemas.flatMap(({ contains, minContains }) =>
    contains === undefined ? [] : Array.from({ length: typeof minContains === "number" ? minContains : 1 }, () => contains),
  );
  const values: unknown[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < Math.max(least, Math.min(contained.length, most)); at++) {
    const item = [...schemas.flatMap((schema) => itemSchemas(schema, at)), ...contained.slice(at, at + 1)];
    const value = nextValue(item, place, isUnique ? seen : undefined);
    if (value === impossible)
      return values.length >= largest(schemas, "minItems", 0) && contained.length <= at ? values : impossible;
    seen.add(canonicalJson(value));
    values.push(value);
  }
  return values;
}

/** A value that is not in `seen`: a plain one if it is new, else one from varied choices. */
function nextValue(item: readonly unknown[], place: Place, seen: ReadonlySet<string> | undefined): unknown {
  const inside = { ...place, depth: place.depth + 1 };
  const plain = place.sample(item, inside);
  if (!seen || (plain !== impossible && !seen.has(canonicalJson(plain)))) return plain;
  for (let attempt = 1; attempt < 100; attempt++) {
    const varied = place.sample(item, { ...inside, choices: seededChoices(seen.size * 1_000 + attempt) });
    if (varied !== impossible && !seen.has(canonicalJson(varied))) return varied;
  }
  return impossible;
}

/** All items of a tuple; one item of a list in a plain sample, unless it is deep or its items never terminate. */
function readLengths(schemas: readonly SchemaObject[], { root, depth, choices }: Place): { least: number; most: number } {
  const minItems = largest(schemas, "minItems", 0);
  const most = smallest(schemas, "maxItems", Infinity);
  const ofTuple = Math.max(0, ...schemas.map((schema) => getTupleItems(schema).length));
  const canEnd = schemas.every((schema) => itemSchemas(schema, 0).every((item) => Number.isFinite(measureHeight(item, root))));
  const wanted = depth > maxPlainDepth || !canEnd ? 0 : Math.max(ofTuple, choices.vary ? choices.integer(0, 3) : 1);
  return { least: Math.max(minItems, Math.min(wanted, most)), most };
}

/** Draft-07 writes tuples as a list in `items`. */
const getTupleItems = ({ prefixItems, items }: SchemaObject): readonly unknown[] => toList(prefixItems ?? items);

function itemSchemas(schema: SchemaObject, at: number): unknown[] {
  const tuple = getTupleItems(schema);
  if (at < tuple.length) return [tuple[at]];
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  const others = rest ?? schema.unevaluatedItems;
  return others === undefined ? [] : [others];
}
