import type { Turn } from "../chat/turn.ts";
import type { Warning } from "../chat/warning.ts";
import type { Usage } from "../response/token-usage.ts";
import type { ToolCall } from "../tools/tool-call.ts";
import type { Message } from "../wire.ts";
import { configuration } from "./client-errors.ts";
import type { ErrorCode, ErrorOrigin } from "./error-row.ts";
import type { GatewayMetadata } from "./gateway-metadata.ts";

/** The partial result of a chat that failed or was aborted. */
export interface PartialResult {
  /** The text of the last turn so far, as `ChatResult.text`. */
  text: string;
  /** The reasoning of the last turn so far. */
  reasoning?: string;
  /** The conversation so far; it can be sent again. */
  messages: Message[];
  /** The turns that were completed. */
  turns: Turn[];
  /** Summed over the completed turns. The usage of an interrupted turn is unknown, but may be billed. */
  usage: Usage;
  /** Calls for the caller to run or approve, as in `ChatResult.toolCalls`. */
  toolCalls?: ToolCall[];
  /** Background tasks that were started; they keep running. */
  backgroundTasks?: { name: string; toolCallId: string; done: Promise<unknown> }[];
  /** Failed requests that were followed by a retry or a fallback. */
  failedAttempts?: { provider: string; model: string; error: GatewayError }[];
  /** The warnings so far. */
  warnings?: Warning[];
  /** Gateway metadata of the last response. */
  gateway?: GatewayMetadata;
}

/** The provider and model that a request went to, for the error's message and fields. */
export interface RequestTarget {
  provider: string;
  model: string;
}

export interface GatewayErrorDetails {
  code: ErrorCode;
  origin: ErrorOrigin;
  retryable: boolean;
  hint: string;
  status?: number | undefined;
  gatewayCode?: number | undefined;
  provider?: string | undefined;
  model?: string | undefined;
  gateway?: GatewayMetadata | undefined;
  body?: unknown;
  retryAfterMs?: number | undefined;
  cause?: unknown;
  /** Allows passing a whole row of the table; only used by the documentation. */
  means?: string;
}

/** Marks our errors across copies of the package, where `instanceof` fails. */
const brand = /* @__PURE__ */ Symbol.for("cf-ai-gateway.error");

/** Maximum length of a body or text, as JSON, that is printed with an error. */
const maxPrintedLength = 200;

/** Fields that may be long, or are already in the message. Node prints enumerable fields of an uncaught error. */
const longFields = ["body", "text", "partial", "issues"] as const;

const isPrinted = (field: string, value: unknown): boolean =>
  field === "body" || field === "text"
    ? (JSON.stringify(value) ?? "").length <= maxPrintedLength
    : field !== "partial" && field !== "issues";

/**
 * The base class of all errors of this package. `code` names the kind, `origin` its source and `hint` what to do; `partial` contains the
 * partial result. None of its fields contains a token.
 */
export class GatewayError extends Error {
  /** The kind of error, to branch on. */
  declare readonly code: ErrorCode;
  /** HTTP status of the response, if there was one. */
  declare readonly status?: number;
  /** The code in the gateway's error body, such as 2009. */
  declare readonly gatewayCode?: number;
  /** Where the error originated. */
  declare readonly origin: ErrorOrigin;
  /** Whether the same request may succeed if retried. */
  declare readonly retryable: boolean;
  /** What to do about it, and who can do it. */
  declare readonly hint: string;
  /** The provider that the request was sent to; undefined if none was sent. */
  declare provider?: string;
  /** The model as sent, including the provider prefix. */
  declare model?: string;
  /** Gateway metadata of the failed response, such as the log's id. */
  declare gateway?: GatewayMetadata;
  /** The response body, parsed if it was JSON. */
  declare readonly body?: unknown;
  /** The partial result of the chat. Not enumerable, so that a printed error stays short. */
  declare partial?: PartialResult;
  /** Number of requests made for the failed turn. */
  declare attempts?: number;
  /** How long the response asked to wait before the next request, in milliseconds. */
  declare readonly retryAfterMs?: number;

  constructor(message: string, { cause, means: _, ...details }: GatewayErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    Object.defineProperty(this, brand, { value: true });
    Object.defineProperty(this, "partial", { value: undefined, writable: true, configurable: true });
    for (const [field, value] of Object.entries(details)) {
      if (value !== undefined)
        Object.defineProperty(this, field, { value, enumerable: isPrinted(field, value), writable: true, configurable: true });
    }
    // Captured again, now that `name` can be derived from the code, and without the frames of constructors.
    Error.captureStackTrace?.(this, new.target);
  }

  /** The class name, derived from the code: `rate-limit` is a RateLimitError. Minifiers change the constructor's name. */
  override get name(): string {
    if (Object.getPrototypeOf(this) === GatewayError.prototype || this.code === undefined) return "GatewayError";
    return `${this.code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Error`;
  }

  /** Whether a caught value is an error of this package, even from another copy of it. */
  static is(error: unknown): error is GatewayError {
    try {
      return typeof error === "object" && error !== null && brand in error;
    } catch {
      // A Proxy whose trap throws.
      return false;
    }
  }

  /** All fields, including long ones that are not enumerable. */
  toJSON(): Record<string, unknown> {
    const json: Record<string, unknown> = Object.assign({ name: this.name, message: this.message }, this as object);
    for (const field of longFields) {
      const value: unknown = Reflect.get(this, field);
      if (value !== undefined) json[field] = value;
    }
    return json;
  }
}

/** An option is missing or wrong; `issues` lists every problem found. Thrown before anything is sent. */
export class ConfigurationError extends GatewayError {
  /** Each problem, with the option's path and the environment variable that fixes it, if there is one. */
  declare readonly issues: { option: string; message: string; env?: string }[];
  constructor(issues: { option: string; message: string; env?: string }[]) {
    // A message that starts with a capital letter is a complete sentence.
    const list = issues.map(({ option, message }) => (/^[A-Z]/.test(message) ? message : `${option} ${message}`));
    super(list.length === 1 ? `${list[0]}` : listProblems(list), configuration);
    // Not enumerable: the message lists them.
    Object.defineProperty(this, "issues", { value: issues });
  }
}

/** Lists as many problems as an uncaught error should print; the others are in `issues`. */
function listProblems(problems: readonly string[]): string {
  const lines = [`${problems.length} problems with the configuration:`];
  let length = 0;
  for (const [index, problem] of problems.entries()) {
    length += problem.length;
    if (index > 0 && length > maxListLength) {
      lines.push(`… and ${problems.length - index} more: see error.issues`);
      break;
    }
    lines.push(`- ${problem}`);
  }
  return lines.join("\n");
}

/** Maximum length of the problems listed in a message. */
const maxListLength = 1_000;

/** A token or key was rejected. `origin` says which: the gateway's token, or the provider key that it stores. */
export class AuthenticationError extends GatewayError {}

/** The request is not allowed, because of a policy, the account's features, or the permissions of the provider's key. */
export class PermissionError extends GatewayError {}

/** No credit or quota is left: 402, the gateway's 2021, or a provider's error with any status. */
export class InsufficientCreditsError extends GatewayError {}

/** Too many requests; `origin` says whether the limit is the gateway's or the provider's. */
export class RateLimitError extends GatewayError {}

/** A spend limit of the gateway is exceeded; retrying soon won't help. */
export class SpendLimitError extends GatewayError {}

/** Guardrails blocked the prompt or the response. */
export class GuardrailError extends GatewayError {
  /** Which side was blocked. */
  declare readonly blocked: "prompt" | "response";
}

/** Data loss prevention blocked the request or the response; `gateway.dlp` lists the findings. */
export class DlpError extends GatewayError {
  /** Which side was blocked. */
  declare readonly blocked: "request" | "response";
}

/** The request is invalid and was rejected. */
export class BadRequestError extends GatewayError {}

/** No such gateway, model or log. */
export class NotFoundError extends GatewayError {}

/** The provider failed, or its response is not a completion. */
export class ProviderError extends GatewayError {}

/** The connection failed or was interrupted. */
export class NetworkError extends GatewayError {}

/** A limit of `timeout` was reached. */
export class TimeoutError extends GatewayError {
  /** Which limit of `timeout` was reached. */
  declare readonly phase: "first-byte" | "idle" | "chunk" | "total";
}

/** The stream failed: it was truncated, malformed or empty, or reported an error. */
export class StreamError extends GatewayError {
  /** Whether it ended early, could not be parsed, reported an error, or contained no answer. */
  declare readonly reason: "truncated" | "malformed" | "error-event" | "empty";
}

/** There is no answer that matches the schema. */
export class OutputValidationError extends GatewayError {
  /**
   * Why there is no output: the answer doesn't match the schema, or the model refused, reached its token limit, or was filtered.
   */
  declare readonly reason: "invalid" | "refusal" | "length" | "content-filter";
  /** The validation errors; `path` is a JSON Pointer. */
  declare readonly issues: { path: string; message: string }[];
  /** The text of the model's last answer. */
  declare readonly text: string;
}
