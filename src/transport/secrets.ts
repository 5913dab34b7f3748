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
  let tokens: readonly string[] = [];
  let headersSent: readonly Readonly<Record<string, string>>[] = [];
  let redact: Redact | undefined;
  return {
    add(secret) {
      if (tokens.includes(secret)) return;
      tokens = [...tokens, secret];
      redact = undefined;
    },
    addHeaders(headers) {
      headersSent = [...headersSent, headers];
      redact = undefined;
    },
    // Most chats have nothing to redact, so the secrets are looked for when there is.
    redact: (value) => {
      redact ??= createRedact([...tokens, ...headersSent.flatMap(secretsOfHeaders)]);
      return redact(value);
    },
  };
}
