import { firstChoices, seededChoices } from "./choices.ts";
import { collectSchemas } from "./conjunction.ts";
import { type Compile, impossible, type Place } from "./place.ts";
import { sameJson } from "./same-json.ts";
import { sampleArray } from "./sample-array.ts";
import { sampleNumber } from "./sample-number.ts";
import { sampleObject } from "./sample-object.ts";
import { sampleString } from "./sample-string.ts";
import { isSchemaObject, namesIn, type SchemaObject } from "./schema-object.ts";

const maxAttempts = 300;

/**
 * Creates a value that satisfies a JSON Schema: the plainest one, always the same. Schemas that restrict a value from several sides
 * (`not`, `oneOf`, `if`) are solved by trial; if nothing matches, the first attempt is returned.
 */
export function valueForSchema(schema: unknown, compile: Compile): unknown {
  const isValid = isSchemaObject(schema) ? compile(schema) : () => schema !== false;
  let first: unknown = null;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const choices = attempt === 0 ? firstChoices : seededChoices(attempt);
    const value = sampleValue([schema], { root: schema, depth: 0, choices, compile, sample: sampleValue });
    if (value === impossible) continue;
    if (isValid(value)) return value;
    if (attempt === 0) first = value;
  }
  return first;
}

let compiling: Promise<Compile> | undefined;

/** The built-in validator; a schema that does not compile accepts every value. */
export function loadCompile(): Promise<Compile> {
  compiling ??= import("#validator").then(({ createValidator }) => {
    const validator = createValidator();
    return (schema) => {
      try {
        const validate = validator.compile(schema);
        return (value) => validate(value).length === 0;
      } catch {
        return () => true;
      }
    };
  });
  return compiling;
}

/** A value that satisfies all schemas. */
function sampleValue(given: readonly unknown[], place: Place): unknown {
  const schemas = collectSchemas(given, place.root, place.depth, place.choices);
  if (!schemas || place.depth > 60) return impossible;
  const listed = allowedValues(schemas);
  const types = allowedTypes(schemas);
  if (listed) {
    const fitting = listed.filter((value) => types.some((type) => isOfType(value, type)));
    if (fitting.length === 0) return impossible;
    return place.choices.vary ? place.choices.pick(fitting) : (fitting.find((value) => value !== null) ?? null);
  }
  const possible = types.filter((type) => type !== "null");
  const [plainest] = possible.length > 0 ? possible : types;
  if (plainest === undefined) return impossible;
  return ofType(place.choices.vary ? place.choices.pick(types) : plainest, schemas, place);
}

function ofType(type: string, schemas: readonly SchemaObject[], place: Place): unknown {
  switch (type) {
    case "object":
      return sampleObject(schemas, place);
    case "array":
      return sampleArray(schemas, place);
    case "string":
      return sampleString(schemas, place) ?? impossible;
    case "boolean":
      return place.choices.pick([true, false]);
    case "null":
      return null;
    default:
      return sampleNumber(schemas, type === "integer", place.choices) ?? impossible;
  }
}

/** The values that every `const` and `enum` lists; `undefined` if there is neither. */
function allowedValues(schemas: readonly SchemaObject[]): readonly unknown[] | undefined {
  const lists = schemas.flatMap((schema) => [
    ...("const" in schema ? [[schema.const]] : []),
    ...(Array.isArray(schema.enum) ? [schema.enum as unknown[]] : []),
  ]);
  const [first, ...others] = lists;
  return first?.filter((value) => others.every((list) => list.some((other) => sameJson(other, value))));
}

/** The plainest first: a schema without a type may be anything that its keywords imply, else a string. */
const everyType = ["string", "object", "array", "number", "integer", "boolean", "null"];

const keywordsOfType: Readonly<Record<string, readonly string[]>> = {
  object: [
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "minProperties",
    "maxProperties",
    "propertyNames",
  ],
  array: ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"],
  string: ["minLength", "maxLength", "pattern", "format"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
};

function allowedTypes(schemas: readonly SchemaObject[]): string[] {
  const stated = schemas.flatMap(({ type, nullable }) => {
    const types = typeof type === "string" ? [type] : namesIn(type);
    return types.length > 0 ? [nullable === true ? [...types, "null"] : types] : [];
  });
  const allows = (type: string) =>
    stated.every((types) => types.includes(type) || (type === "integer" && types.includes("number")));
  const [own] = stated;
  if (own) return own.flatMap((type) => (allows(type) ? [type] : type === "number" && allows("integer") ? ["integer"] : []));
  const implied = Object.keys(keywordsOfType).filter((type) =>
    schemas.some((schema) => keywordsOfType[type]?.some((word) => word in schema)),
  );
  return [...new Set([...implied, ...everyType])];
}

function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === "null";
  if (Array.isArray(value)) return type === "array";
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}
