/** Removes secrets from a value before it can reach an error. */
export type Redact = <T>(value: T) => T;

const replacement = "[redacted]";

/** Shorter secrets are redacted only as whole words: `t` is part of most words. */
const minPartialLength = 8;

/**
 * Replaces each secret in strings at any depth of plain objects and arrays, including its JSON-escaped, percent-encoded and base64 forms. Uses
 * a single pass, so that no secret matches inside the replacement of another, and redacted text is not redacted again.
 */
export function createRedact(secrets: Iterable<string>): Redact {
  const pattern = createPattern(secrets);
  if (pattern === undefined) return (value) => value;
  const redactString = (text: string) => text.replace(pattern, replacement);
  return ((value: unknown) => redactDeep(value, redactString, new Map())) as Redact;
}

/** Builds one pattern for all forms of all secrets; undefined if there are none. */
function createPattern(secrets: Iterable<string>): RegExp | undefined {
  const forms = new Set([...secrets].filter((secret) => secret.trim() !== "").flatMap(toForms));
  if (forms.size === 0) return undefined;
  const alternatives = [...forms]
    // Longer forms first: a shorter prefix would leave the rest.
    .sort((a, b) => b.length - a.length)
    .map((form) =>
      form.length < minPartialLength ? `(?<![A-Za-z0-9_])${escapeRegExp(form)}(?![A-Za-z0-9_])` : escapeRegExp(form),
    );
  return new RegExp([escapeRegExp(replacement), ...alternatives].join("|"), "g");
}

/** The forms in which a server may echo a secret. */
function toForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, json, json.replaceAll("/", "\\/"), goJson(json), ...percentForms(secret), ...htmlForms(secret)];
  if (secret.length >= minPartialLength) forms.push(...base64Forms(secret));
  return forms;
}

/** Go's JSON encoder escapes the special characters of HTML. */
const goJson = (json: string): string => json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

function percentForms(secret: string): string[] {
  try {
    const encoded = encodeURIComponent(secret);
    const lower = encoded.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase());
    return [encoded, lower, encoded.replaceAll("%20", "+")];
  } catch {
    // A lone surrogate has no percent-encoding.
    return [];
  }
}

const entities: readonly [RegExp, string][] = [
  [/&/g, "&amp;"],
  [/</g, "&lt;"],
  [/>/g, "&gt;"],
  [/"/g, "&quot;"],
  [/'/g, "&#39;"],
];

const htmlForms = (secret: string): string[] => [
  entities.reduce((text, [character, entity]) => text.replace(character, entity), secret),
];

/**
 * The base64 forms of a secret, alone or inside a longer value such as `user:secret`. Depending on the number of preceding bytes, it is
 * encoded in one of three ways; characters that also encode adjacent bytes are dropped.
 */
function base64Forms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const encoded = btoa(String.fromCharCode(...padded));
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    const own = encoded.slice(start, end);
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** Deeper values (only a tool's result can be one) would overflow the stack. */
const maxDepth = 200;

function redactDeep(value: unknown, redactString: (text: string) => string, copies: Map<object, object>, depth = 0): unknown {
  if (typeof value === "string") return redactString(value);
  if (typeof value !== "object" || value === null) return value;
  try {
    return Array.isArray(value) || isPlain(value) ? redactMembers(value, redactString, copies, depth) : value;
  } catch {
    // A tool's result may have throwing getters, or be a revoked Proxy.
    return "[unreadable]";
  }
}

function redactMembers(
  value: object,
  redactString: (text: string) => string,
  copies: Map<object, object>,
  depth: number,
): unknown {
  if (depth > maxDepth) return "[too deep]";
  // A value may contain itself.
  const known = copies.get(value);
  if (known) return known;
  const copy: object = Array.isArray(value) ? [] : {};
  copies.set(value, copy);
  for (const [key, entry] of Object.entries(value)) {
    const redacted = redactDeep(entry, redactString, copies, depth + 1);
    // An assignment would run the setter of `__proto__`.
    Object.defineProperty(copy, redactString(key), { value: redacted, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

/** The beginning of a text. Redacted before it is truncated, so that no partial token remains at the end. */
export const excerpt = (text: string, redact: Redact): string => redact(text.trim().slice(0, 4_000)).slice(0, 200);

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Request headers whose values are not secret and may appear in an error. */
const safeHeader =
  /^(?:accept|accept-.*|content-.*|user-agent|x-title|http-referer|referer|origin|traceparent|tracestate|x-request-id|cf-aig-(?!authorization$).*)$/i;

/** The secrets in the caller's headers: the value of every header that is not known to be harmless, and each cookie's value. */
export function getHeaderSecrets(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => !safeHeader.test(name))
    .flatMap(([, value]) => [
      value,
      ...value.split(/[;\s,]+/),
      ...value.split(/;\s*/).map((cookie) => cookie.slice(cookie.indexOf("=") + 1)),
    ])
    .filter(({ length }) => length >= minPartialLength);
}
