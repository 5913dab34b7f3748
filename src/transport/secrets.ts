import { createRedact, getHeaderSecrets, type Redact } from "../errors/redact.ts";

/** The secrets of a chat's requests, which are redacted from everything that results from them. */
export class Secrets {
  /** Every token is kept until the chat ends: an error may mention an earlier one. */
  #tokens: readonly string[] = none;
  #headersSent: readonly Readonly<Record<string, string>>[] = none;
  #redact: Redact | undefined;

  add(secret: string): void {
    if (this.#tokens.includes(secret)) return;
    this.#tokens = this.#tokens.concat(secret);
    this.#redact = undefined;
  }

  /** Adds the secrets among the caller's headers. */
  addHeaders(headers: Readonly<Record<string, string>>): void {
    this.#headersSent = this.#headersSent.concat(headers);
    this.#redact = undefined;
  }

  /** Most chats have nothing to redact, so the pattern is built on first use. */
  readonly redact: Redact = (value) => {
    this.#redact ??= createRedact([...this.#tokens, ...this.#headersSent.flatMap(getHeaderSecrets)]);
    return this.#redact(value);
  };
}

const none: readonly never[] = [];
