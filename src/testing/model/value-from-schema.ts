import {
  arithmetic,
  currencies,
  email,
  identifier,
  isoDate,
  keyPhrases,
  nameAfter,
  names,
  numbers,
  places,
  quoted,
  sentences,
  sentiment,
  url,
} from "./prompt-facts.ts";
import { textForPattern } from "./text-for-pattern.ts";

/** What the values are made from. */
export interface Source {
  prompt: string;
  /** Values known by name, such as what tools have answered. */
  known: Record<string, unknown>;
  /** Whether optional properties are filled as well. */
  optional: boolean;
}

type Schema = Record<string, unknown>;

interface Place {
  root: unknown;
  source: Source;
  /** Names of the properties that lead here; the last one says what is wanted. */
  name: string;
  depth: number;
  /** Numbers of the prompt that no property has taken yet. */
  unusedNumbers: number[];
}

/** A value that fits the schema, taken from the prompt where it can be. */
export function valueFromSchema(schema: unknown, source: Source): unknown {
  return valueOf(schema, { root: schema, source, name: "", depth: 0, unusedNumbers: numbers(source.prompt) });
}

function valueOf(given: unknown, place: Place): unknown {
  if (typeof given !== "object" || given === null) return "";
  const schema = resolved(given as Schema, place);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return oneOf(schema.enum, place);
  const type = typeOf(schema);
  const known = place.source.known[place.name];
  if (known !== undefined && place.name !== "" && jsonType(known).includes(type) && type !== "object" && type !== "array")
    return known;
  switch (type) {
    case "object":
      return objectOf(schema, place);
    case "array":
      return arrayOf(schema, place);
    case "number":
    case "integer":
      return numberOf(schema, place, type);
    case "boolean":
      return !/negative|spam|error|fail/i.test(place.name);
    case "null":
      return null;
    default:
      return stringOf(schema, place);
  }
}

/** Follows references, and takes one branch of a choice: the first that is not null. */
function resolved(schema: Schema, place: Place): Schema {
  let current = schema;
  for (let steps = 0; steps < 20; steps++) {
    if (typeof current.$ref === "string") {
      const { $ref, ...beside } = current;
      current = { ...referenced($ref as string, place.root), ...beside };
    } else if (Array.isArray(current.allOf)) {
      const { allOf, ...beside } = current;
      current = (allOf as Schema[]).map((part) => resolved(part, place)).reduce(merged, beside);
    } else if (Array.isArray(current.anyOf ?? current.oneOf)) {
      const { anyOf, oneOf, ...beside } = current;
      const branches = ((anyOf ?? oneOf) as Schema[]).map((branch) =>
        typeof branch.$ref === "string" ? { ...referenced(branch.$ref as string, place.root) } : branch,
      );
      // A recursive schema must end somewhere.
      const simple = place.depth > 3 ? branches.find((branch) => branch.type !== "object" && branch.type !== "array") : undefined;
      current = merged(beside, simple ?? branches.find((branch) => branch.type !== "null") ?? {});
    } else return current;
  }
  return current;
}

function referenced(pointer: string, root: unknown): Schema {
  const parts = pointer.replace(/^#\/?/, "").split("/").filter(Boolean);
  const found = parts.reduce<unknown>(
    (value, part) => (value as Schema | undefined)?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")],
    root,
  );
  return typeof found === "object" && found !== null ? (found as Schema) : {};
}

function merged(one: Schema, other: Schema): Schema {
  return {
    ...one,
    ...other,
    ...(one.properties && other.properties
      ? { properties: { ...(one.properties as Schema), ...(other.properties as Schema) } }
      : {}),
    ...(one.required && other.required ? { required: [...(one.required as string[]), ...(other.required as string[])] } : {}),
  };
}

function typeOf(schema: Schema): string {
  const { type } = schema;
  if (Array.isArray(type)) return (type.find((each) => each !== "null") ?? "null") as string;
  if (typeof type === "string") return type;
  if ("properties" in schema || "additionalProperties" in schema) return "object";
  if ("items" in schema || "prefixItems" in schema) return "array";
  return "minimum" in schema || "maximum" in schema ? "number" : "string";
}

function jsonType(value: unknown): string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return Number.isInteger(value) ? ["integer", "number"] : [typeof value];
}

function objectOf(schema: Schema, place: Place): object {
  const properties = (schema.properties ?? {}) as Schema;
  const required = (schema.required ?? []) as string[];
  const deep = place.depth > 3;
  const wanted = [...new Set([...Object.keys(properties), ...required])].filter(
    (name) => required.includes(name) || (place.source.optional && !deep),
  );
  const entries = wanted.map((name): [string, unknown] => [name, valueOf(properties[name] ?? {}, inside(place, name))]);
  const others = schema.additionalProperties;
  const isRecord = Object.keys(properties).length === 0 && typeof others === "object" && others !== null;
  if (isRecord && (place.source.optional || Number(schema.minProperties ?? 0) > 0) && !deep)
    entries.push(["item", valueOf(others, inside(place, "item"))]);
  return Object.fromEntries(entries);
}

const inside = (place: Place, name: string): Place => ({ ...place, name, depth: place.depth + 1 });

function arrayOf(schema: Schema, place: Place): unknown[] {
  const fixed = (schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : [])) as unknown[];
  const values = fixed.map((item) => valueOf(item, { ...place, depth: place.depth + 1 }));
  const items = Array.isArray(schema.items) ? undefined : schema.items;
  const least = Number(schema.minItems ?? 0);
  const most = Number(schema.maxItems ?? 1e3);
  if (items === undefined || items === false) return values.slice(0, most);
  const item = typeof items === "object" && items !== null ? resolved(items as Schema, place) : {};
  if (Array.isArray(item.enum)) values.push(...mentioned(item.enum as unknown[], place.source.prompt));
  else if (typeOf(item) === "string" && !item.format && !item.pattern)
    values.push(...listOf(place).map((text) => fitText(text, item)));
  else if (typeOf(item) === "number" || typeOf(item) === "integer")
    values.push(...place.unusedNumbers.splice(0).map((value) => fitNumber(value, item, typeOf(item))));
  if (values.length === 0 && place.depth > 4) return fillUp(values, least, item, place);
  return fillUp([...new Set(values)].slice(0, most), Math.max(least, Math.min(1, most)), item, place);
}

function fillUp(values: unknown[], least: number, item: Schema, place: Place): unknown[] {
  while (values.length < least) {
    const next = valueOf(item, { ...place, name: singular(place.name), depth: place.depth + 1 });
    values.push(values.includes(next) ? unlike(next, values, item) : next);
  }
  return values;
}

/** Another value of its kind, for lists whose items must differ. */
function unlike(value: unknown, values: unknown[], item: Schema): unknown {
  const count = values.length + 1;
  if (Array.isArray(item.enum)) return item.enum.find((each) => !values.includes(each)) ?? value;
  if (typeof value === "string") return item.pattern || item.format ? value : fitText(`${count} ${value}`, item);
  if (typeof value !== "number") return value;
  const others = [value + count, value - count].map((other) => fitNumber(other, item, typeOf(item)));
  return others.find((other) => !values.includes(other)) ?? value;
}

const singular = (name: string) => name.replace(/ies$/, "y").replace(/s$/, "");

function listOf({ name, source: { prompt } }: Place): string[] {
  if (/cit|place|location|countr|destination/i.test(name)) return places(prompt);
  if (/name|people|person|compan|author|entit/i.test(name)) return names(prompt);
  return keyPhrases(prompt);
}

function oneOf(values: unknown[], place: Place): unknown {
  const felt = sentiment(place.source.prompt);
  const known = place.source.known[place.name];
  if (values.includes(known)) return known;
  return (
    mentioned(values, place.source.prompt)[0] ??
    values.find((value) => String(value).toLowerCase() === felt) ??
    values.find((value) => value !== null) ??
    null
  );
}

const mentioned = (values: unknown[], prompt: string) =>
  values.filter(
    (value) =>
      typeof value === "string" && value !== "" && prompt.toLowerCase().includes(value.toLowerCase().replaceAll("_", " ")),
  );

function numberOf(schema: Schema, place: Place, type: string): number {
  if (/confidence|probability|certainty/i.test(place.name)) return fitNumber(0.98, schema, type);
  if (/score|rating|stars/i.test(place.name) && typeof schema.maximum === "number") {
    const felt = sentiment(place.source.prompt);
    const least = Number(schema.minimum ?? 0);
    return fitNumber(
      felt === "positive" ? schema.maximum : felt === "negative" ? least : (least + schema.maximum) / 2,
      schema,
      type,
    );
  }
  const next = place.unusedNumbers.findIndex((value) => type === "number" || Number.isInteger(value));
  return fitNumber(next === -1 ? Number(schema.minimum ?? 1) : (place.unusedNumbers.splice(next, 1)[0] ?? 1), schema, type);
}

function fitNumber(value: number, schema: Schema, type: string): number {
  const step = typeof schema.multipleOf === "number" ? schema.multipleOf : type === "integer" ? 1 : undefined;
  const least = lowest(schema, step ?? 0.01);
  const most = highest(schema, step ?? 0.01);
  const within = Math.min(Math.max(value, least), most);
  if (step === undefined) return within;
  const rounded = Math.round(within / step) * step;
  const fitted = rounded < least ? rounded + step : rounded > most ? rounded - step : rounded;
  return Number(fitted.toPrecision(12));
}

function lowest(schema: Schema, step: number): number {
  const above = typeof schema.exclusiveMinimum === "number" ? schema.exclusiveMinimum + step : -Infinity;
  return Math.max(above, typeof schema.minimum === "number" ? schema.minimum : -Infinity);
}

function highest(schema: Schema, step: number): number {
  const below = typeof schema.exclusiveMaximum === "number" ? schema.exclusiveMaximum - step : Infinity;
  return Math.min(below, typeof schema.maximum === "number" ? schema.maximum : Infinity);
}

function stringOf(schema: Schema, place: Place): string {
  const { prompt } = place.source;
  const likely =
    typeof schema.format === "string" ? formatted(schema.format, prompt) : fitText(hinted(place.name, prompt), schema);
  return typeof schema.pattern === "string" ? textForPattern(schema.pattern, prompt, [likely]) : likely;
}

function formatted(format: string, prompt: string): string {
  const samples: Record<string, string | undefined> = {
    email: email(prompt) ?? "ada@example.com",
    uri: url(prompt) ?? "https://example.com/",
    date: isoDate(prompt) ?? "2026-11-20",
    "date-time": `${isoDate(prompt) ?? "2026-11-20"}T12:00:00Z`,
    time: "12:00:00Z",
    duration: "P1D",
    uuid: "123e4567-e89b-42d3-a456-426614174000",
    hostname: "example.com",
    ipv4: "192.0.2.1",
    ipv6: "2001:db8::1",
  };
  return samples[format] ?? sentences(prompt)[0] ?? "example";
}

/** What a property's name asks for; the first rule that finds something wins. */
const hints: [RegExp, (prompt: string) => string | undefined][] = [
  [/sentiment|mood|tone/i, sentiment],
  [/expression|formula|equation|calculation/i, arithmetic],
  [/e-?mail|recipient/i, (prompt) => email(prompt) ?? (prompt ? "ada@example.com" : undefined)],
  [/url|link|website/i, (prompt) => url(prompt) ?? "https://example.com/"],
  [/^(from|origin|source|departure)/i, (prompt) => nameAfter(prompt, "from") ?? currencies(prompt)[0]],
  [
    /^(to|destination|target|arrival)/i,
    (prompt) => nameAfter(prompt, "to") ?? email(prompt) ?? currencies(prompt)[1] ?? currencies(prompt)[0],
  ],
  [/currency/i, (prompt) => currencies(prompt)[0] ?? "EUR"],
  [/city|location|place|country|town|capital|region/i, (prompt) => places(prompt)[0]],
  [/date|day|deadline|when/i, (prompt) => isoDate(prompt) ?? "2026-11-20"],
  [/(^|_)id$|Id$|number|code|sku/, (prompt) => identifier(prompt) ?? "1"],
  [/unit/i, () => "celsius"],
  [/language/i, (prompt) => names(prompt).at(-1) ?? "English"],
  [/name|person|author|who|customer|company|product/i, (prompt) => quoted(prompt)[0] ?? names(prompt)[0]],
];

function hinted(name: string, prompt: string): string {
  for (const [pattern, find] of hints) {
    const found = pattern.test(name) ? find(prompt) : undefined;
    if (found !== undefined) return found;
  }
  return quoted(prompt)[0] ?? sentences(prompt)[0] ?? "example";
}

function fitText(text: string, schema: Schema): string {
  const least = Number(schema.minLength ?? 0);
  const most = Number(schema.maxLength ?? Infinity);
  return text.padEnd(least, ".").slice(0, most);
}
