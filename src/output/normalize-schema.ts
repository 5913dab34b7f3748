import { describeThrown } from "../options/json-value.ts";
import type { JsonSchema } from "../schema.ts";
import { isKnownFormat } from "./formats.ts";
import { escapePointer } from "./json-pointer.ts";
import { getKeyword } from "./keyword-checks.ts";
import { maxReasonLength } from "./limits.ts";
import type { NormalNode, NormalSchema } from "./normal-schema.ts";
import { isRecord } from "./schema-keywords.ts";
import { assertFinite } from "./schema-loops.ts";
import { compilePattern } from "./schema-pattern.ts";
import { documentUri, indexReferences, type References } from "./schema-references.ts";

const maxProblems = 5;

/**
 * Checks a schema and rewrites it to a form that both validators interpret in the same way. Older dialects are translated: draft-07 tuples,
 * `dependencies` and `definitions`, the boolean `exclusiveMinimum` of draft-04, `nullable` of OpenAPI 3.0. Throws an error that lists the
 * problems of the schema.
 */
export function normalizeSchema(schema: JsonSchema): NormalSchema {
  const document = copyJson(schema);
  const normalizer = new Normalizer(indexReferences(document));
  const { normal, problems, $defs } = normalizer.normalizeDocument(document);
  if (problems.length > 0) {
    const more = problems.length > maxProblems ? [`${problems.length - maxProblems} more problems`] : [];
    throw new Error([...problems.slice(0, maxProblems), ...more].join("; "));
  }
  const result = typeof normal === "object" && Object.keys($defs).length > 0 ? { ...normal, $defs } : normal;
  assertFinite(result);
  return result;
}

function copyJson(schema: JsonSchema): unknown {
  let text: string | undefined;
  try {
    text = JSON.stringify(schema);
  } catch (error) {
    if (error instanceof RangeError) throw new Error("it is nested too deeply");
    throw new Error(`it can't be written as JSON: ${describeThrown(error, maxReasonLength)}`);
  }
  if (text === undefined) throw new Error("it can't be written as JSON");
  return JSON.parse(text);
}

interface Position {
  /** JSON Pointer for messages. */
  readonly pointer: string;
  readonly base: string;
}

class Normalizer {
  readonly problems: string[] = [];
  readonly $defs: Record<string, NormalSchema> = {};
  readonly #references: References;
  /** Names of the definitions, by the location they were referenced at. */
  readonly #names = new Map<string, string>();
  readonly #pending: (() => void)[] = [];

  constructor(references: References) {
    this.#references = references;
  }

  normalizeDocument(document: unknown) {
    const normal = this.#normalize(document, { pointer: "", base: documentUri });
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) next();
    return { normal, problems: this.problems, $defs: this.$defs };
  }

  #normalize(schema: unknown, { pointer, base }: Position): NormalSchema {
    if (typeof schema === "boolean") return schema;
    if (!isRecord(schema)) {
      this.problems.push(`${pointer || "/"} must be a schema (an object or a boolean)`);
      return true;
    }
    const position = { pointer, base: this.#references.resolveBase(schema, base) };
    const node: NormalNode = {};
    for (const [keyword, value] of Object.entries(schema)) this.#copyKeyword(node, keyword, value, position);
    if (schema.$async) this.problems.push(`${pointer || "/"} is asynchronous ($async), which is not supported`);
    translateBounds(node);
    return schema.nullable === true ? admitNull(node) : node;
  }

  #copyKeyword(node: NormalNode, keyword: string, value: unknown, position: Position): void {
    const known = getKeyword(keyword);
    if (!known) return;
    const pointer = `${position.pointer}/${keyword}`;
    if (!known.accepts(value)) {
      this.problems.push(`${pointer} must be ${known.expected}`);
      return;
    }
    const at = (key: string | number) => ({ ...position, pointer: `${pointer}/${escapePointer(String(key))}` });
    const inner = { ...position, pointer };
    if (Array.isArray(value) && (keyword === "items" || known.kind === "schemas")) {
      const schemas = value.map((each, index) => this.#normalize(each, at(index)));
      if (keyword !== "items") node[keyword] = schemas;
      else if (schemas.length > 0) node.prefixItems = schemas;
    } else if (keyword === "additionalItems") {
      // Only has an effect after a tuple.
      node.additionalItems = this.#normalize(value, inner);
    } else if (known.kind === "schema") {
      node[keyword] = this.#normalize(value, inner);
    } else if (known.kind === "schema-map" && isRecord(value)) {
      this.#copyMap(node, keyword, value, at);
    } else if (keyword === "dependencies" && isRecord(value)) {
      this.#splitDependencies(node, value, at);
    } else if (known.kind === "assertion") {
      this.#copyAssertion(node, keyword, value, inner);
    }
  }

  #copyMap(node: NormalNode, keyword: string, map: Record<string, unknown>, at: (key: string) => Position): void {
    const entries = Object.entries(map).map(([key, each]): [string, NormalSchema] => {
      const position = at(key);
      if (keyword === "patternProperties") this.#checkPattern(key, position.pointer);
      if (key === "__proto__") this.problems.push(`${position.pointer} has a name that is not supported`);
      return [key, this.#normalize(each, position)];
    });
    // A reference gets its own definition.
    if (keyword !== "$defs" && keyword !== "definitions") node[keyword] = Object.fromEntries(entries);
  }

  #splitDependencies(node: NormalNode, map: Record<string, unknown>, at: (key: string) => Position): void {
    const required: Record<string, unknown> = {};
    const schemas: Record<string, NormalSchema> = {};
    for (const [key, each] of Object.entries(map)) {
      if (!Array.isArray(each)) schemas[key] = this.#normalize(each, at(key));
      else if (each.every((name) => typeof name === "string")) required[key] = each;
      else this.problems.push(`${at(key).pointer} must be a schema or an array of strings`);
    }
    node.dependentRequired = { ...required, ...(isRecord(node.dependentRequired) ? node.dependentRequired : undefined) };
    node.dependentSchemas = { ...schemas, ...(isRecord(node.dependentSchemas) ? node.dependentSchemas : undefined) };
  }

  #copyAssertion(node: NormalNode, keyword: string, value: unknown, position: Position): void {
    if (keyword === "pattern") this.#checkPattern(String(value), position.pointer);
    if (keyword === "nullable" || (keyword === "format" && !isKnownFormat(String(value)))) return;
    if (keyword === "$ref" || keyword === "$dynamicRef" || keyword === "$recursiveRef") {
      const reference = { $ref: this.#define(String(value), position) };
      if (keyword === "$ref") node.$ref = reference.$ref;
      else node.allOf = [...(Array.isArray(node.allOf) ? node.allOf : []), reference];
      return;
    }
    node[keyword] = value;
  }

  #checkPattern(pattern: string, pointer: string): void {
    try {
      compilePattern(pattern);
    } catch {
      this.problems.push(`${pointer} is not a valid regular expression`);
    }
  }

  /** Turns the target of a reference into a definition, once. */
  #define(reference: string, { pointer, base }: Position): string {
    try {
      const { schema, base: targetBase, location } = this.#references.resolve(reference, base);
      let name = this.#names.get(location);
      if (name === undefined) {
        name = String(this.#names.size);
        this.#names.set(location, name);
        const defined = name;
        this.#pending.push(() => {
          this.$defs[defined] = this.#normalize(schema, { pointer: reference, base: targetBase });
        });
      }
      return `#/$defs/${name}`;
    } catch (error) {
      this.problems.push(`${pointer}: ${describeThrown(error, maxReasonLength)}`);
      return "#/$defs/none";
    }
  }
}

/** Translates constraints that older dialects express with two keywords. */
function translateBounds(node: NormalNode): void {
  const { prefixItems, additionalItems } = node;
  delete node.additionalItems;
  if (prefixItems !== undefined && additionalItems !== undefined && !("items" in node)) node.items = additionalItems;
  for (const [exclusive, inclusive] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof node[exclusive] !== "boolean") continue;
    const isExclusive = node[exclusive] && node[inclusive] !== undefined;
    delete node[exclusive];
    if (!isExclusive) continue;
    node[exclusive] = node[inclusive];
    delete node[inclusive];
  }
}

/** `nullable` adds null to the values that a schema allows. */
function admitNull(node: NormalNode): NormalNode {
  const { type, ...constraints } = node;
  const others = ["$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if"];
  if (type !== undefined && !others.some((keyword) => keyword in constraints)) return { ...node, type: [type, "null"].flat() };
  return { anyOf: [{ type: "null" }, node] };
}
