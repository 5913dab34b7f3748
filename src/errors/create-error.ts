import { type ErrorCode, type FailureKind, failures } from "./error-table.ts";
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
interface OwnFields {
  phase?: string;
  reason?: string;
  blocked?: string | undefined;
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

/** Makes the error of the class that its code names; `extra` are the fields of that class. */
export function makeError(message: string, details: GatewayErrorDetails & OwnFields): GatewayError {
  return new classes[details.code](message, details);
}

/** Makes the error of a row of the failures table. */
export function fail(kind: FailureKind, message: string, details: Partial<GatewayErrorDetails> & OwnFields = {}): GatewayError {
  const row = failures[kind];
  const detail = kind.slice(kind.indexOf(":") + 1);
  const own =
    row.code === "timeout"
      ? { phase: detail }
      : row.code === "stream" || row.code === "output-validation"
        ? { reason: detail }
        : {};
  return makeError(`${message} ${details.hint ?? row.hint}`, { ...row, ...own, ...details });
}
