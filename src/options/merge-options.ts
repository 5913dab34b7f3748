import type { ChatDefaults } from "./chat-options.ts";

/** Lays options over defaults: `gateway`, `headers`, `timeout` and `extraBody` key by key; `undefined` removes a default. */
export function mergeOptions<T extends ChatDefaults>(defaults: ChatDefaults, options: T): T {
  const merged = { ...defaults, ...options } as Record<string, unknown>;
  for (const option of ["gateway", "headers", "timeout", "extraBody"] as const) {
    const standard = defaults[option];
    const given = options?.[option];
    // What is no plain object stays as it is, for the check to refuse.
    if (isObject(standard) && isObject(given))
      merged[option] = option === "headers" ? { ...lowerCased(standard), ...lowerCased(given) } : { ...standard, ...given };
  }
  return merged as T;
}

/** Neither a list nor a `Headers` or a `Map`, whose entries are not its properties. */
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null && !(Symbol.iterator in value);

/** Header names are compared without regard to case. */
const lowerCased = (headers: object): object =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
