import { ConfigurationError } from "../errors/errors.ts";
import { isStandardSchema, type Schema, type SchemaValidator } from "../schema.ts";
import { canonicalJson } from "./json-equality.ts";
import { toJsonSchema } from "./json-schema.ts";
import { expandSchema } from "./nested-json.ts";
import { validateWith } from "./validate.ts";

/** Validates the elements of an array output one by one, while the array is still being generated. */
export interface ElementReader {
  /** Starts a new answer, whose elements may repeat those of a rejected one. */
  restart(): void;
  /** Returns the values of the next elements that match the items' schema and have not been delivered before. */
  read(elements: readonly unknown[]): Promise<unknown[]>;
}

/** Waits for a validation, or rejects as soon as the chat is aborted. */
type Race = <T>(foreign: T | PromiseLike<T>) => Promise<T>;

/** Throws a ConfigurationError if the output is not an array. */
export async function createElementReader(
  schema: Schema | undefined,
  validator: SchemaValidator | undefined,
  race: Race,
): Promise<ElementReader> {
  const invalid = (message: string) => new ConfigurationError([{ option: "output", message }]);
  if (schema === undefined) throw invalid("is required for stream.elements: pass the schema of an array");
  const nodes = expandSchema(await toJsonSchema(schema, "output")).filter(({ type }) => type !== "null");
  const isArray = (node: Record<string, unknown>) =>
    node.type === undefined ? "items" in node || "prefixItems" in node : [node.type].flat().includes("array");
  if (nodes.length === 0 || !nodes.every(isArray))
    throw invalid("must be the schema of an array for stream.elements; use stream.partialOutput for other values");
  const prefixLength = Math.max(...nodes.map(({ prefixItems, items }) => countItems(prefixItems) || countItems(items)));
  return new ArrayElements(schema, validator, prefixLength, race);
}

const countItems = (list: unknown) => (Array.isArray(list) ? list.length : 0);

class ArrayElements implements ElementReader {
  readonly #schema: Schema;
  readonly #validator: SchemaValidator | undefined;
  /** The first items of a tuple have their own schemas, so later elements are validated after them. */
  readonly #prefixLength: number;
  readonly #race: Race;
  #prefix: unknown[] = [];
  /** How often each value has been delivered, and how often it has been received in this answer. */
  readonly #delivered = new Map<string, number>();
  #received = new Map<string, number>();

  constructor(schema: Schema, validator: SchemaValidator | undefined, prefixLength: number, race: Race) {
    this.#schema = schema;
    this.#validator = validator;
    this.#prefixLength = prefixLength;
    this.#race = race;
  }

  restart(): void {
    this.#prefix = [];
    this.#received = new Map();
  }

  async read(elements: readonly unknown[]): Promise<unknown[]> {
    const values: unknown[] = [];
    for (const element of elements) {
      const validated = await this.#validate(element);
      if (validated && this.#isNew(element)) values.push(validated.value);
    }
    return values;
  }

  #isNew(element: unknown): boolean {
    const key = canonicalJson(element);
    const received = (this.#received.get(key) ?? 0) + 1;
    this.#received.set(key, received);
    if (received <= (this.#delivered.get(key) ?? 0)) return false;
    this.#delivered.set(key, received);
    return true;
  }

  async #validate(element: unknown): Promise<{ value: unknown } | undefined> {
    const own = elementSchema(this.#schema);
    if (own) {
      const validated = await this.#race(validateWith(own, element, this.#validator));
      return validated.issues ? undefined : validated;
    }
    const array = [...this.#prefix, element];
    const index = this.#prefix.length;
    if (index < this.#prefixLength) this.#prefix.push(element);
    const validated = await this.#race(validateWith(this.#schema, array, this.#validator));
    // Issues of the array as a whole, such as its length, don't count against the element.
    if (validated.issues)
      return validated.issues.some(({ path }) => isWithin(path, `/${index}`)) ? undefined : { value: element };
    return { value: Array.isArray(validated.value) ? validated.value[index] : element };
  }
}

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}/`);

/** Returns the schema of the elements, if the library stores it in one of the usual places. */
function elementSchema(schema: Schema): Schema | undefined {
  if (!isStandardSchema(schema)) return undefined;
  // Zod, zod/mini, Valibot.
  const candidates: unknown[] = [
    Reflect.get(schema, "element"),
    get(get(Reflect.get(schema, "_zod"), "def"), "element"),
    Reflect.get(schema, "type") === "array" ? Reflect.get(schema, "item") : undefined,
  ];
  return candidates.find((candidate): candidate is Schema => isObject(candidate) && isStandardSchema(candidate));
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const get = (value: unknown, key: string): unknown => (isObject(value) ? Reflect.get(value, key) : undefined);
