import { seededChoices } from "./choices.ts";
import { maxPlainDepth, measureHeight } from "./conjunction.ts";
import { impossible, type Place } from "./place.ts";
import { compileRegex } from "./regex-syntax.ts";
import { samplePattern } from "./sample-pattern.ts";
import { isSchemaObject, largest, namesIn, type SchemaObject, schemasByName, smallest } from "./schema-object.ts";

/** An object with the properties that all schemas require; `impossible` if the choices lead to none. */
export function sampleObject(given: readonly SchemaObject[], place: Place): object | typeof impossible {
  const schemas = [...given];
  const names = new Set(schemas.flatMap(({ required }) => namesIn(required)));
  addOptional(names, schemas, place);
  addDependents(names, schemas);
  addMissing(names, schemas, place);
  const entries: [string, unknown][] = [];
  const isRequired = new Set(schemas.flatMap(({ required }) => namesIn(required)));
  for (const name of names) {
    const value = place.sample(propertySchemas(schemas, name), { ...place, depth: place.depth + 1 });
    if (value !== impossible) entries.push([name, value]);
    else if (isRequired.has(name)) return impossible;
  }
  return Object.fromEntries(entries);
}

/** Optional properties: all in a plain sample, unless it is deep or they never terminate; some in a varied one. */
function addOptional(names: Set<string>, schemas: readonly SchemaObject[], { root, depth, choices }: Place): void {
  const most = smallest(schemas, "maxProperties", Infinity);
  for (const name of new Set(schemas.flatMap(({ properties }) => schemasByName(properties).map(([name]) => name)))) {
    if (names.has(name) || names.size >= most || depth > maxPlainDepth) continue;
    const canEnd = propertySchemas(schemas, name).every((schema) => Number.isFinite(measureHeight(schema, root)));
    if (canEnd && (!choices.vary || choices.pick([true, false]))) names.add(name);
  }
}

/** What other properties require: `dependentRequired`, `dependentSchemas`, and draft-07's `dependencies`. */
function addDependents(names: Set<string>, schemas: SchemaObject[]): void {
  for (const name of names) {
    for (const schema of [...schemas]) {
      for (const keyword of [schema.dependentRequired, schema.dependentSchemas, schema.dependencies]) {
        const dependent = isSchemaObject(keyword) && Object.hasOwn(keyword, name) ? keyword[name] : undefined;
        for (const each of namesIn(dependent)) names.add(each);
        if (!isSchemaObject(dependent) || schemas.includes(dependent)) continue;
        schemas.push(dependent);
        for (const each of namesIn(dependent.required)) names.add(each);
      }
    }
  }
}

/** Additional properties, up to `minProperties`; an open record gets one. */
function addMissing(names: Set<string>, schemas: readonly SchemaObject[], place: Place): void {
  const least = largest(schemas, "minProperties", 0);
  const isRecord = schemas.some(({ additionalProperties, patternProperties }) =>
    isSchemaObject(additionalProperties ?? patternProperties),
  );
  const shows = isRecord && names.size === 0 && place.depth <= maxPlainDepth && smallest(schemas, "maxProperties", 1) > 0;
  const targetCount = Math.max(least, shows ? 1 : 0);
  const patterns = schemas.flatMap(({ patternProperties }) => schemasByName(patternProperties).map(([pattern]) => pattern));
  const rules = schemas.flatMap(({ propertyNames }) => (propertyNames === undefined ? [] : [propertyNames]));
  for (let attempt = 0; names.size < targetCount && attempt < 100; attempt++) {
    const name = nameFor(rules, patterns, attempt, place);
    if (name !== undefined && !propertySchemas(schemas, name).includes(false)) names.add(name);
  }
}

function nameFor(rules: readonly unknown[], patterns: readonly string[], attempt: number, place: Place): string | undefined {
  if (rules.length > 0) {
    const choices = attempt === 0 ? place.choices : seededChoices(attempt);
    const name = place.sample([{ type: "string" }, ...rules], { ...place, choices });
    return typeof name === "string" ? name : undefined;
  }
  const pattern = patterns[attempt % (patterns.length + 1)];
  if (pattern !== undefined) return samplePattern(pattern, attempt, place.choices);
  return attempt === 0 ? "property" : `property${attempt + 1}`;
}

/** All schemas of the property with that name. */
function propertySchemas(schemas: readonly SchemaObject[], name: string): unknown[] {
  const evaluated = schemas.flatMap((schema) => {
    const own = isSchemaObject(schema.properties) && Object.hasOwn(schema.properties, name) ? [schema.properties[name]] : [];
    const byPattern = schemasByName(schema.patternProperties).flatMap(([pattern, each]) =>
      compileRegex(pattern).test(name) ? [each] : [],
    );
    const found = [...own, ...byPattern];
    return found.length === 0 && schema.additionalProperties !== undefined ? [schema.additionalProperties] : found;
  });
  if (evaluated.length > 0) return evaluated;
  return schemas.map((schema) => schema.unevaluatedProperties).filter((schema) => schema !== undefined);
}
