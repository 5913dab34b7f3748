import { createRedact, type Redact } from "../errors/redact.ts";

/** The secrets in use, to be redacted from whatever a server or a library hands us. */
export interface Secrets {
  keep(secret: string): void;
  readonly redact: Redact;
}

/** Only tokens that functions gave can change; a few are kept, since an error may still mention the last one. */
const maxSecrets = 16;

export function createSecrets(): Secrets {
  const secrets: string[] = [];
  return {
    keep(secret) {
      if (secrets.includes(secret)) return;
      secrets.push(secret);
      if (secrets.length > maxSecrets) secrets.shift();
    },
    redact: (value) => createRedact(secrets)(value),
  };
}

/** Headers of the user's own that hold secrets: those of Cloudflare Access before a custom domain, and the like. */
const secretHeader = /token|secret|cookie|api-?key/i;

/** Keeps the secrets among the caller's headers. */
export function keepSecretHeaders(secrets: Secrets, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) if (secretHeader.test(name)) secretsIn(value).forEach(secrets.keep);
}

/** The value, and of a cookie header the value of each cookie. Short values are no secrets and may be part of any string. */
const secretsIn = (value: string) =>
  [value, ...value.split(/;\s*/).map((cookie) => cookie.slice(cookie.indexOf("=") + 1))].filter(({ length }) => length >= 8);
