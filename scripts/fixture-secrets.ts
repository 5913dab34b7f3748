/** Finding what must not be in a fixture. Pure. */

/** What the recording knows of itself. */
export interface Known {
  accountId: string;
  gatewayId: string;
  tokens: string[];
}

export interface Secret {
  kind: string;
  text: string;
}

/** Shapes that give a secret away wherever it stands. The group `secret` is what must go; without it, all. */
export const secretPatterns: readonly { kind: string; pattern: RegExp }[] = [
  { kind: "private-key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g },
  { kind: "jwt", pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g },
  { kind: "token", pattern: /\b(?:Bearer|Basic)(?: |%20|\\u0020)+(?<secret>[A-Za-z0-9._~+/=-]{6,})/gi },
  { kind: "api-key", pattern: /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{12,}/g },
  { kind: "api-key", pattern: /\b(?:gsk|csk|hf|r8|tgp|nvapi|pplx|xai|cfat|cfut|cfk)[_-][A-Za-z0-9_-]{16,}/g },
  { kind: "api-key", pattern: /\bAIza[A-Za-z0-9_-]{20,}/g },
  { kind: "api-key", pattern: /\bya29\.[A-Za-z0-9_-]{10,}/g },
  { kind: "api-key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g },
  { kind: "api-key", pattern: /\b(?:gh[pousr]|github_pat|glpat|xox[abprs])[_-][A-Za-z0-9_-]{10,}/g },
  { kind: "request-id", pattern: /\breq(?:uest)?[_-][A-Za-z0-9]{8,}/g },
  { kind: "id", pattern: /\b(?:chatcmpl|cmpl|gen|msg|resp)[_-](?=[A-Za-z-]*\d)[A-Za-z0-9-]{10,}/g },
  { kind: "id", pattern: /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi },
  { kind: "id", pattern: /\b[0-9a-f]{32}\b/gi },
  { kind: "organization", pattern: /\borg[_-][A-Za-z0-9]{6,}/g },
  { kind: "project", pattern: /\bproj[_-][A-Za-z0-9]{6,}/g },
  { kind: "user", pattern: /\b(?:user|acct|team|wrkspc|workspace)[_-](?=[A-Za-z0-9]*\d)[A-Za-z0-9]{8,}/g },
  { kind: "account", pattern: /(?<=\/(?:accounts|v1)\/)[0-9a-f]{32}\b/g },
  { kind: "email", pattern: /[A-Za-z0-9._%+-]{1,64}(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g },
  { kind: "ip", pattern: /\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b/g },
  { kind: "ip", pattern: /\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b/gi },
  { kind: "url-password", pattern: /(?<=\/\/)(?<secret>[^\s/@"\\:]+:[^\s/@"\\]+)@/g },
  {
    kind: "url-parameter",
    pattern:
      /[?&](?:[\w-]*(?:key|token|secret|password|signature|credential)|sig|code|session(?:_?id)?)=(?<secret>[^&\s"'\\<>]+)/gi,
  },
  {
    kind: "cookie",
    pattern: /\b(?:__cf_bm|_cfuvid|cf_clearance|__cflb|session(?:_?id)?|sid|CF_Authorization)=(?<secret>[^;\s"'\\]{6,})/gi,
  },
  { kind: "ray", pattern: /\b[0-9a-f]{16}-[A-Z]{3}\b/g },
];

/** Fields whose text is a secret, by their name. */
const fieldKinds: readonly { kind: string; name: RegExp }[] = [
  { kind: "organization", name: /^(?:organi[sz]ation|org|tenant|company|team|workspace)(?:[_-]?(?:id|name|uuid))?$/i },
  { kind: "project", name: /^project(?:[_-]?(?:id|name|number))?$/i },
  { kind: "account", name: /^account(?:[_-]?(?:id|name|tag))?$/i },
  { kind: "gateway", name: /^gateway[_-]?(?:id|name)$/i },
  { kind: "user", name: /^(?:user|user[_-]?(?:id|name|email)|username|e?mail|safety_identifier|customer(?:[_-]?id)?)$/i },
  {
    kind: "request-id",
    name: /^(?:x-)?(?:request|trace|span|correlation|log|event|session|conversation|response|message)[_-]?(?:id|uuid)$/i,
  },
  { kind: "ray", name: /^(?:cf-)?ray(?:[_-]?id)?$/i },
  { kind: "ip", name: /^(?:client[_-]?)?ip(?:[_-]?address)?$/i },
  {
    kind: "api-key",
    name: /^(?:x-)?(?:api|access|secret|private)[_-]?key(?:[_-]?id)?$|^(?:secret|password|passwd|credentials?)$/i,
  },
  { kind: "token", name: /^(?:authorization|cf-aig-authorization|(?:access|refresh|id|auth|api|bearer|session)[_-]?token)$/i },
  { kind: "cookie", name: /^(?:set-)?cookies?$/i },
];

/** Response headers that are not kept and whose values may stand in the body as well. */
const tellingHeaders =
  /request-id|trace|log-id|event-id|decision-id|organization|project|ray|account|team|user|session|ratelimit-.*-key/i;

const kindOfField = (name: string): string | undefined => fieldKinds.find((each) => each.name.test(name))?.kind;

/** The secrets that known values, headers and the values of telling fields give away. `payloads` are the parsed parts of a body. */
export function secretsOf(known: Known, headers: Headers, payloads: readonly unknown[]): Secret[] {
  const found: Secret[] = [];
  const add = (kind: string, text: string) => {
    if (text !== "") found.push({ kind, text });
  };
  for (const token of known.tokens) add("token", token);
  add("account", known.accountId);
  if (known.gatewayId !== "default") add("gateway", known.gatewayId);
  for (const [name, value] of headers) {
    if (name === "set-cookie") add("cookie", /^[^=]*=([^;]*)/.exec(value)?.[1] ?? "");
    else if (tellingHeaders.test(name)) add(kindOfField(name) ?? "request-id", value);
  }
  for (const payload of payloads) {
    // The completion's own id is what a provider finds the request by.
    const { id } = (payload ?? {}) as { id?: unknown };
    if (typeof id === "string") add("id", id);
    walk(payload, add);
  }
  // Shorter texts may be parts of other words.
  return found.filter(({ text }) => text.length >= 4).sort((a, b) => b.text.length - a.text.length);
}

/** Finds the values of telling fields, also in JSON that stands in a text. */
function walk(value: unknown, add: (kind: string, text: string) => void): void {
  if (typeof value === "string") {
    if (!/^\s*[[{]/.test(value)) return;
    try {
      walk(JSON.parse(value), add);
    } catch {
      // A text that only begins like JSON.
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, entry] of Object.entries(value)) {
      const kind = Array.isArray(value) ? undefined : kindOfField(name);
      if (kind !== undefined && (typeof entry === "string" || typeof entry === "number")) add(kind, String(entry));
      else walk(entry, add);
    }
  }
}

/** Every way in which a text may be written in a body. */
export function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const twice = JSON.stringify(json).slice(1, -1);
  const base64 = Buffer.from(text).toString("base64").replace(/=+$/, "");
  return [...new Set([text, json, ascii, twice, encodeURIComponent(text), base64])].sort((a, b) => b.length - a.length);
}

/** Whether it stands in the text; a short one must stand there alone. */
function isSpelt(text: string, form: string): boolean {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const isAlone = !/[A-Za-z0-9]/.test(text[at - 1] ?? "") && !/[A-Za-z0-9]/.test(text[at + form.length] ?? "");
    if (form.length >= 16 || isAlone) return true;
  }
  return false;
}

/** Kinds of secrets that a text still holds. */
export function secretsIn(text: string, secrets: readonly Secret[]): string[] {
  const spelt = secrets.filter(({ text: secret }) => formsOf(secret).some((form) => isSpelt(text, form)));
  const shaped = secretPatterns.filter(({ pattern }) =>
    [...text.matchAll(pattern)].some((match) => !(match.groups?.secret ?? match[0]).includes("redacted")),
  );
  return [...new Set([...spelt, ...shaped].map(({ kind }) => kind))];
}
