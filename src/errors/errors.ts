import type { Turn } from "../chat/turn.ts";
import type { Warning } from "../chat/warning.ts";
import type { Usage } from "../response/token-usage.ts";
import type { ToolCall } from "../tools/tool-call.ts";
import type { Message } from "../wire.ts";
import { configuration } from "./client-errors.ts";
import type { ErrorCode, ErrorOrigin } from "./error-row.ts";
import type { GatewayMetadata } from "./gateway-metadata.ts";

/** What a chat had achieved before it failed or was aborted. */
export interface PartialResult {
  /** The text of the last turn so far, as `ChatResult.text`. */
  text: string;
  /** The reasoning of the last turn so far. */
  reasoning?: string;
  /** The conversation so far; it can be sent again. */
  messages: Message[];
  /** The turns that were completed. */
  turns: Turn[];
  /** Summed over the completed turns. What an interrupted turn used is unknown, though it may be billed. */
  usage: Usage;
  /** Calls that are left to the caller, as `ChatResult.toolCalls`. */
  toolCalls?: ToolCall[];
  /** The tasks that were started; they go on. */
  backgroundTasks?: { name: string; toolCallId: string; done: Promise<unknown> }[];
  /** Requests that were retried or fallen back from. */
  failedAttempts?: { provider: string; model: string; error: GatewayError }[];
  /** The warnings so far. */
  warnings?: Warning[];
  /** What the gateway reported with the last response. */
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
  /** A row of the table may be given whole; this part of it is for the documentation. */
  means?: string;
}

/** Marks our errors across copies of the package, where `instanceof` fails. */
const brand = /* @__PURE__ */ Symbol.for("cf-ai-gateway.error");

/** Characters of a body or a text, as JSON, that are printed with an error. */
const maxPrintedLength = 200;

/** Fields that may be long, or are in the message already. Node prints those that are enumerable of an uncaught error. */
const longFields = ["body", "text", "partial", "issues"] as const;

const isPrinted = (field: string, value: unknown): boolean =>
  field === "body" || field === "text"
    ? (JSON.stringify(value) ?? "").length <= maxPrintedLength
    : field !== "partial" && field !== "issues";

/**
 * Every error of this package. `code` names the kind, `origin` whose fault it is, `hint` what to do; `partial` holds what had been
 * achieved. Nothing on it holds a token.
 */
export class GatewayError extends Error {
  /** The kind of the error, for a program to branch on. */
  declare readonly code: ErrorCode;
  /** HTTP status of the response, where there was one. */
  declare readonly status?: number;
  /** The code in the gateway's own error body, for example 2009. */
  declare readonly gatewayCode?: number;
  /** Whose fault it is. */
  declare readonly origin: ErrorOrigin;
  /** Whether the same request may succeed when it is sent again. */
  declare readonly retryable: boolean;
  /** What to do about it, and who can. */
  declare readonly hint: string;
  /** The provider that was asked; undefined if no request was made. */
  declare provider?: string;
  /** As it was sent, provider prefix included. */
  declare model?: string;
  /** What the gateway reported with the failing response: the log's id, for example. */
  declare gateway?: GatewayMetadata;
  /** The response's body, parsed where it was JSON. */
  declare readonly body?: unknown;
  /** What the chat had achieved before it failed. Not enumerable, so that an error that is printed stays short. */
  declare partial?: PartialResult;
  /** Requests that were made for the failing turn. */
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
    // Again, now that `name` can be read from the code; without the frames of constructors.
    Error.captureStackTrace?.(this, new.target);
  }

  /** The class after its code: `rate-limit` is a RateLimitError. Not the constructor's name, which minifiers change. */
  override get name(): string {
    if (Object.getPrototypeOf(this) === GatewayError.prototype || this.code === undefined) return "GatewayError";
    return `${this.code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Error`;
  }

  /** Whether a caught value is an error of this package, whichever copy of the package made it. */
  static is(error: unknown): error is GatewayError {
    try {
      return typeof error === "object" && error !== null && brand in error;
    } catch {
      // A Proxy with a trap that throws.
      return false;
    }
  }

  /** All fields, those included that are not enumerable because they are long. */
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
  /** Each problem, with the option's path and, where one would do, the environment variable that fixes it. */
  declare readonly issues: { option: string; message: string; env?: string }[];
  constructor(issues: { option: string; message: string; env?: string }[]) {
    // A message that starts with a capital letter is a sentence of its own.
    const list = issues.map(({ option, message }) => (/^[A-Z]/.test(message) ? message : `${option} ${message}`));
    super(list.length === 1 ? `${list[0]}` : listProblems(list), configuration);
    // Not enumerable: the message lists them.
    Object.defineProperty(this, "issues", { value: issues });
  }
}

/** As many problems as an uncaught error may print; the others are in `issues`. */
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

/** Characters of the problems that a message lists. */
const maxListLength = 1_000;

/** A token or key was refused. `origin` says whose: the gateway's, or the one it stores for the provider. */
export class AuthenticationError extends GatewayError {}

/** The request is not allowed: a policy, a feature that the account lacks, or what the provider's key may do. */
export class PermissionError extends GatewayError {}

/** No credit or quota: 402, the gateway's 2021, or a provider that says so with any status. */
export class InsufficientCreditsError extends GatewayError {}

/** Too many requests; `origin` says whether the gateway or the provider limits. */
export class RateLimitError extends GatewayError {}

/** A spend limit of the gateway is exceeded; retrying soon won't help. */
export class SpendLimitError extends GatewayError {}

/** Guardrails blocked the prompt or the response. */
export class GuardrailError extends GatewayError {
  /** Which side was blocked. */
  declare readonly blocked: "prompt" | "response";
}

/** Data loss prevention blocked the request or the response; `gateway.dlp` holds the findings. */
export class DlpError extends GatewayError {
  /** Which side was blocked. */
  declare readonly blocked: "request" | "response";
}

/** The request was refused as it is. */
export class BadRequestError extends GatewayError {}

/** No such gateway, model or log. */
export class NotFoundError extends GatewayError {}

/** The provider failed, or answered with something that is no completion. */
export class ProviderError extends GatewayError {}

/** The connection failed or broke off. */
export class NetworkError extends GatewayError {}

/** A limit of `timeout` was reached. */
export class TimeoutError extends GatewayError {
  /** Which limit of `timeout` was reached. */
  declare readonly phase: "first-byte" | "idle" | "chunk" | "total";
}

/** The stream itself broke: cut off, not readable, or reporting an error. */
export class StreamError extends GatewayError {
  /** What is wrong: it ended early, could not be read, reported an error, or held no answer. */
  declare readonly reason: "truncated" | "malformed" | "error-event" | "empty";
}

/** No answer that fits the schema. */
export class OutputValidationError extends GatewayError {
  /**
   * Why there is no output: the answer doesn't fit the schema, or the model refused, ran into its token limit, or was filtered.
   */
  declare readonly reason: "invalid" | "refusal" | "length" | "content-filter";
  /** What the validator complained about; `path` is a JSON Pointer. */
  declare readonly issues: { path: string; message: string }[];
  /** The model's last answer, as text. */
  declare readonly text: string;
}
