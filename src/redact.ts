/** Takes secrets out of what a server or a library handed us, before it can reach an error. */
export type Redact = <T>(value: T) => T;

/** Replaces each secret, also in its JSON-escaped form, in texts at any depth of plain objects and arrays. */
export function createRedact(secrets: Iterable<string>): Redact {
  const forms = [...secrets]
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length > 0);
  const redact = (value: unknown): unknown => {
    if (typeof value === "string") return forms.reduce((text, secret) => text.replaceAll(secret, "[redacted]"), value);
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value !== "object" || value === null || !isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [redact(key), redact(entry)]));
  };
  return redact as Redact;
}

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
