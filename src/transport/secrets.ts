import { createRedact, getHeaderSecrets, type Redact } from "../errors/redact.ts";

/** The secrets of a chat's requests, which are redacted from everything that results from them. */
export interface Secrets {
  add(secret: string): void;
  /** Adds the secrets among the caller's headers. */
  addHeaders(headers: Readonly<Record<string, string>>): void;
  readonly redact: Redact;
}

export function createSecrets(): Secrets {
  // Every token is kept until the chat ends: an error may mention an earlier one.
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
    // Most chats have nothing to redact, so the pattern is built on first use.
    redact: (value) => {
      redact ??= createRedact([...tokens, ...headersSent.flatMap(getHeaderSecrets)]);
      return redact(value);
    },
  };
}
