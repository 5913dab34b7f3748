import { type FailureKind, failures } from "./client-errors.ts";
import type { ErrorCode, ErrorRow, FailureRow } from "./error-row.ts";
import {
  AuthenticationError,
  BadRequestError,
  DlpError,
  GatewayError,
  type GatewayErrorDetails,
  GuardrailError,
  InsufficientCreditsError,
  NetworkError,
  NotFoundError,
  OutputValidationError,
  PermissionError,
  ProviderError,
  RateLimitError,
  SpendLimitError,
  StreamError,
  TimeoutError,
} from "./errors.ts";

/** Fields that only some classes have. */
interface OwnFields extends Pick<ErrorRow, "blocked" | "phase" | "reason"> {
  issues?: { path: string; message: string }[];
  text?: string;
}

const classes = {
  configuration: GatewayError,
  authentication: AuthenticationError,
  permission: PermissionError,
  "insufficient-credits": InsufficientCreditsError,
  "rate-limit": RateLimitError,
  "spend-limit": SpendLimitError,
  guardrail: GuardrailError,
  dlp: DlpError,
  "bad-request": BadRequestError,
  "not-found": NotFoundError,
  provider: ProviderError,
  network: NetworkError,
  timeout: TimeoutError,
  stream: StreamError,
  "output-validation": OutputValidationError,
} as const satisfies Record<ErrorCode, typeof GatewayError>;

/** Creates an error of the class for its code, with the fields of that class. */
export function makeError(message: string, details: GatewayErrorDetails & Partial<Optional<OwnFields>>): GatewayError {
  return new classes[details.code](message, details);
}

type Optional<T> = { [K in keyof T]: T[K] | undefined };

/** Creates the error for a row of the failures table; its hint is appended to `message`. */
export function fail(
  kind: FailureKind,
  message: string,
  details: Partial<GatewayErrorDetails> & Partial<Optional<OwnFields>> = {},
): GatewayError {
  const row: FailureRow = failures[kind];
  return makeError(`${message} ${details.hint ?? row.hint}`, { ...row, ...details });
}
