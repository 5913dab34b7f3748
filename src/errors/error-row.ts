/** The kind of an error: what to branch on. Each code has one class, named after it. */
export type ErrorCode =
  | "configuration"
  | "authentication"
  | "permission"
  | "insufficient-credits"
  | "rate-limit"
  | "spend-limit"
  | "guardrail"
  | "dlp"
  | "bad-request"
  | "not-found"
  | "provider"
  | "network"
  | "timeout"
  | "stream"
  | "output-validation";

/** Whose fault it is: the caller's code, the gateway, the provider behind it, or the connection. */
export type ErrorOrigin = "client" | "gateway" | "provider" | "network";

/** A kind of failure: the class it becomes, whose fault it is, whether a retry can help, and what to do. */
export interface ErrorRow {
  code: ErrorCode;
  origin: ErrorOrigin;
  retryable: boolean;
  /** What it means, in a sentence. */
  means: string;
  /** What to do about it, and who can: the error's `hint`. */
  hint: string;
  /** Which side a guardrail or a DLP rule blocked. */
  blocked?: "prompt" | "request" | "response";
  /** Which limit of `timeout` was reached. */
  phase?: "first-byte" | "idle" | "chunk" | "total";
  /** What is wrong with a stream, or with structured output. */
  reason?: "truncated" | "malformed" | "error-event" | "empty" | "invalid" | "refusal" | "length" | "content-filter";
}

/** A row that is recognised by what the body says. */
export interface ContentRow extends ErrorRow {
  /** Matches one of the body's `code`, `type`, `status` and `reason` values as a whole. */
  codes?: RegExp;
  /** Matches somewhere in the body's message. */
  words?: RegExp;
  /** Only for errors that come without a status of their own, inside a 200; elsewhere the status says more. */
  inStream?: true;
  /** Not for responses that name a wait or a quota per minute: Google words every quota alike. */
  untimed?: true;
  /** A status that says more than these codes and words. */
  except?: number;
}
