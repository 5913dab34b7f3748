import { createRedact, type Redact, secretsOfHeaders } from "../errors/redact.ts";

/** The secrets of a chat's requests, to be redacted from whatever comes of them. */
export interface Secrets {
  add(secret: string): void;
  /** Adds the secrets among the caller's headers. */
  addHeaders(headers: Readonly<Record<string, string>>): void;
  readonly redact: Redact;
}

export function createSecrets(): Secrets {
  // All of them are kept as long as the chat: an error may still mention the first token that a function gave.
  const secrets = new Set<string>();
  let redact: Redact | undefined;
  function add(secret: string): void {
    if (secrets.has(secret)) return;
    secrets.add(secret);
    redact = undefined;
  }
  return {
    add,
    addHeaders: (headers) => secretsOfHeaders(headers).forEach(add),
    redact: (value) => {
      redact ??= createRedact(secrets);
      return redact(value);
    },
  };
}
