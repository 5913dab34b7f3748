import type { ChatDefaults } from "./chat-options.ts";
import { isObject } from "./validators.ts";

const mergedByKey = { gateway: true, headers: true, timeout: true, extraBody: true } as const;

/** Merges options over defaults: `gateway`, `headers`, `timeout` and `extraBody` key by key; `undefined` removes a default. */
export function mergeOptions<T extends ChatDefaults>(defaults: ChatDefaults, options: T): T {
  // V8 turns a literal with two spreads into a dictionary ten times the size.
  const merged: Record<string, unknown> = {};
  Object.assign(merged, defaults, options);
  let option: keyof typeof mergedByKey;
  for (option in mergedByKey) {
    const base = defaults[option];
    const given = options?.[option];
    // Anything other than a plain object is kept, for the check to reject.
    if (isPlain(base) && isPlain(given))
      merged[option] = option === "headers" ? { ...lowerCased(base), ...lowerCased(given) } : { ...base, ...given };
  }
  return merged as T;
}

/** Excludes arrays, and `Headers` and `Map`, whose entries are not properties. */
const isPlain = (value: unknown): value is object => isObject(value) && !(Symbol.iterator in value);

/** Header names are case-insensitive. */
const lowerCased = (headers: object): object =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
