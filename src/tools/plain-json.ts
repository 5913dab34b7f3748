/** Objects nested deeper than this are truncated: far more than a model can use, and far less than `JSON.stringify` can handle. */
const maxDepth = 100;

/** A tool returned a value that JSON can't represent. */
export class UnsupportedValueError extends TypeError {
  /** @param kind names the value and what to return instead */
  constructor(kind: string) {
    super(`it returned ${kind}`);
  }
}

const stream = "a stream. Return its content instead";
const binary = "binary data. Return text, or a content part with a data: URL";
const generator = "a generator inside its result. Return its values instead";
const promise = "a promise inside its result. Await it first";

/** A getter may throw anything, even a Proxy for which `instanceof` throws. */
function isUnsupported(error: unknown): boolean {
  try {
    return error instanceof UnsupportedValueError;
  } catch {
    return false;
  }
}

/** Keyed by `Symbol.toStringTag`, which also recognizes implementations other than the platform's own. */
const unsupported: Readonly<Record<string, string>> = {
  Response: "a Response. Return its content, for example await response.json()",
  Request: "a Request. Return its content instead",
  ReadableStream: stream,
  WritableStream: stream,
  TransformStream: stream,
  Blob: "a Blob. Return its text, or a content part with a data: URL",
  File: "a File. Return its text, or a content part with a data: URL",
  FormData: "FormData. Return a plain object instead",
  Promise: promise,
  Generator: generator,
  AsyncGenerator: generator,
  ArrayBuffer: binary,
  SharedArrayBuffer: binary,
  DataView: binary,
  Int8Array: binary,
  Uint8Array: binary,
  Uint8ClampedArray: binary,
};

/** Values that JSON would write as `{}`, or as an object with numeric keys. */
const conversions: Readonly<Record<string, (value: never) => unknown>> = {
  Map: (value: Map<unknown, unknown>) => [...value],
  Set: (value: Set<unknown>) => [...value],
  Headers: (value: Headers) => Object.fromEntries(value),
  URLSearchParams: String,
  RegExp: String,
  Error: describeError,
  DOMException: describeError,
  BigInt: String,
};

export function describeError({ name, message }: Error): string {
  return `${name}: ${message}`;
}

/**
 * Copies a value as plain JSON. What `JSON.stringify` would lose or reject (a Map, an Error, a BigInt, a cycle, a getter that throws) is
 * converted, so that serializing it never fails.
 *
 * @throws UnsupportedValueError for a Response, a stream, binary data and the like, at any depth
 */
export const toPlainJson = (root: unknown): unknown => convert(root, undefined);

/** The ancestors of a value, innermost first. */
interface Ancestors {
  readonly value: object;
  readonly depth: number;
  readonly outer: Ancestors | undefined;
}

/** Returns undefined for a value that JSON omits. */
function convert(value: unknown, outer: Ancestors | undefined): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (isWithin(value, outer)) return "[circular]";
  const depth = (outer?.depth ?? 0) + 1;
  if (depth > maxDepth) return "[nested too deeply]";
  try {
    return convertObject(value, { value, depth, outer });
  } catch (error) {
    if (isUnsupported(error)) throw error;
    return "[unreadable]";
  }
}

function isWithin(value: object, ancestors: Ancestors | undefined): boolean {
  for (let ancestor = ancestors; ancestor; ancestor = ancestor.outer) if (ancestor.value === value) return true;
  return false;
}

function convertObject(value: object, own: Ancestors): unknown {
  if (Array.isArray(value)) return Array.from(value, (_, index) => read(value, index, own) ?? null);
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  const kind = Object.hasOwn(unsupported, tag) ? unsupported[tag] : undefined;
  if (kind !== undefined) throw new UnsupportedValueError(kind);
  const conversion = Object.hasOwn(conversions, tag) ? conversions[tag] : undefined;
  if (conversion) return convert(conversion(value as never), own);
  if (Symbol.asyncIterator in value) throw new UnsupportedValueError(stream);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, (item) => convert(item, own));
  if ("toJSON" in value && typeof value.toJSON === "function") {
    const json: unknown = value.toJSON();
    return json === value ? copyProperties(value, own) : convert(json, own);
  }
  if ("then" in value && typeof value.then === "function") throw new UnsupportedValueError(promise);
  return isBoxed(value) ? value.valueOf() : copyProperties(value, own);
}

function copyProperties(value: object, own: Ancestors): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const converted = read(value, key, own);
    if (converted !== undefined) setProperty(copy, key, converted);
  }
  return copy;
}

/** Reads one property, so that a getter that throws doesn't hide the others. */
function read(owner: object, key: PropertyKey, own: Ancestors): unknown {
  let value: unknown;
  try {
    value = Reflect.get(owner, key);
  } catch {
    return "[unreadable]";
  }
  return convert(value, own);
}

const isBoxed = (value: object): boolean => value instanceof String || value instanceof Number || value instanceof Boolean;

/** Plain assignment to `__proto__` would set the prototype. */
function setProperty(owner: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") owner[key] = value;
  else Object.defineProperty(owner, key, { value, enumerable: true, writable: true, configurable: true });
}
