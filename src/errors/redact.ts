/** Takes secrets out of what a server or a library handed us, before it can reach an error. */
export type Redact = <T>(value: T) => T;

/** Replaces each secret, also in its JSON-escaped form, in texts at any depth of plain objects and arrays. */
export function createRedact(secrets: Iterable<string>): Redact {
  const forms = [...secrets]
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length > 0)
    // Of two that begin alike, the longer goes first, or its end would stay.
    .sort((a, b) => b.length - a.length);
  const text = (value: string) => forms.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), value);
  // A tool's result may refer to itself.
  const redact = (value: unknown, copies: Map<object, object>): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null || !(Array.isArray(value) || isPlain(value))) return value;
    const known = copies.get(value);
    if (known) return known;
    const copy: object = Array.isArray(value) ? [] : {};
    copies.set(value, copy);
    for (const [key, entry] of Object.entries(value)) {
      const kept = { value: redact(entry, copies), enumerable: true, writable: true, configurable: true };
      Object.defineProperty(copy, text(key), kept);
    }
    return copy;
  };
  return ((value: unknown) => redact(value, new Map())) as Redact;
}

/** The beginning of a text. Redacted before it is cut, or half a token could stay at its end. */
export const excerpt = (text: string, redact: Redact): string => redact(text.trim().slice(0, 4_000)).slice(0, 200);

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * A copy of a foreign error that is safe to keep as a cause: name, message, code and causes, without the fields by which libraries attach
 * whole requests, headers included.
 */
export function redactCause(cause: unknown, redact: Redact, depth = 0): unknown {
  if (!(cause instanceof Error)) return typeof cause === "object" ? undefined : redact(cause);
  const { code, stack } = cause as Error & { code?: unknown };
  const inner = depth < 4 && cause.cause !== undefined ? redactCause(cause.cause, redact, depth + 1) : undefined;
  const copy = new Error(redact(cause.message), inner === undefined ? undefined : { cause: inner });
  for (const [field, value] of Object.entries({ name: cause.name, stack: redact(stack), code })) {
    if (typeof value === "string") Object.defineProperty(copy, field, { value, configurable: true, writable: true });
  }
  return copy;
}
