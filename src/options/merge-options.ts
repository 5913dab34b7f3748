import type { ChatDefaults } from "./chat-options.ts";
import { isObject } from "./validators.ts";

/** Lays options over defaults: `gateway`, `headers`, `timeout` and `extraBody` key by key; `undefined` removes a default. */
export function mergeOptions<T extends ChatDefaults>(defaults: ChatDefaults, options: T): T {
  // Not a literal with two spreads, which V8 makes into a dictionary of ten times the size.
  const merged: Record<string, unknown> = {};
  Object.assign(merged, defaults, options);
  for (const option of ["gateway", "headers", "timeout", "extraBody"] as const) {
    const standard = defaults[option];
    const given = options?.[option];
    // Whatever isn't a plain object stays as it is, for the check to refuse.
    if (isPlain(standard) && isPlain(given))
      merged[option] = option === "headers" ? { ...lowerCased(standard), ...lowerCased(given) } : { ...standard, ...given };
  }
  return merged as T;
}

/** Neither an array nor a `Headers` or a `Map`, whose entries are not its properties. */
const isPlain = (value: unknown): value is object => isObject(value) && !(Symbol.iterator in value);

/** Header names are compared without regard to case. */
const lowerCased = (headers: object): object =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
