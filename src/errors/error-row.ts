/** The kind of an error, to branch on. Each code has one class, named after it. */
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

/** Where the error originated: the caller's code, the gateway, the provider, or the network. */
export type ErrorOrigin = "client" | "gateway" | "provider" | "network";

/** A kind of failure: its class, origin, whether a retry can help, and what to do. */
export interface ErrorRow {
  code: ErrorCode;
  origin: ErrorOrigin;
  retryable: boolean;
  /** What the error means, in one sentence. */
  means: string;
  /** What to do about it, and who can do it: the error's `hint`. */
  hint: string;
  /** Which side a guardrail or a DLP rule blocked. */
  blocked?: "prompt" | "request" | "response";
  /** Which limit of `timeout` was reached. */
  phase?: "first-byte" | "idle" | "chunk" | "total";
  /** What is wrong with a stream, or with structured output. */
  reason?: "truncated" | "malformed" | "error-event" | "empty" | "invalid" | "refusal" | "length" | "content-filter";
}

/** A failure that is no error response: its message says what happened in the case at hand. */
export type FailureRow = Omit<ErrorRow, "means">;

/** A row that is recognized by the content of the body. */
export interface ContentRow extends ErrorRow {
  /** Matches one of the body's `code`, `type`, `status` and `reason` values as a whole. */
  codes?: RegExp;
  /** Matches somewhere in the body's message. */
  words?: RegExp;
  /** Only for errors inside a 200, which have no status of their own; otherwise the status is more specific. */
  inStream?: true;
  /** Not for responses that name a wait or a per-minute quota: Google uses the same message for every quota. */
  untimed?: true;
  /** A status that takes precedence over these codes and messages. */
  except?: number;
}
