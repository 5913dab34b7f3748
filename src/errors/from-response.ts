import { classify, isUnknown } from "./classify-error.ts";
import { makeError } from "./create-error.ts";
import { type ErrorRow, failures, statuses } from "./error-table.ts";
import type { GatewayError, RequestTarget } from "./errors.ts";
import { readGatewayMetadata } from "./gateway-metadata.ts";
import { type ErrorBody, parseErrorBody, parseJson } from "./parse-error-body.ts";
import { quote, sentence } from "./quote.ts";
import type { Redact } from "./redact.ts";
import { parseWait, readRetryAfter } from "./retry-after.ts";

/** Maximum length of a quoted body that is not JSON, such as an HTML page or a proxy's message. */
const maxTextLength = 200;

/** Creates the error for an unsuccessful response. */
export function errorFromResponse(
  response: { status: number; headers: Headers },
  text: string,
  target: RequestTarget,
  redact: Redact,
): GatewayError {
  // Parsed first, since a token with JSON escapes would not be found in the text.
  const body = text.trim() === "" ? undefined : redact(parseJson(text));
  const parsed = parseErrorBody(body);
  const retryAfterMs = readRetryAfter(response.headers) ?? getWait(parsed);
  const row = classify(parsed, response.status, retryAfterMs);
  const detail = parsed.message ?? (body === undefined ? "The response has no body" : "The response says nothing more");
  const numbers = `HTTP ${response.status}${parsed.gatewayCode === undefined ? "" : `, gateway code ${parsed.gatewayCode}`}`;
  return makeError(
    `${row.means} ${target.model}: ${sentence(quote(detail, typeof body === "string" ? maxTextLength : undefined))} (${numbers}) ${row.hint}`,
    {
      ...toFields(row, parsed),
      status: response.status,
      ...target,
      gateway: redact(readGatewayMetadata(response.headers)),
      body,
      retryAfterMs,
    },
  );
}

const getWait = ({ retryAfterMs, message }: ErrorBody): number | undefined =>
  retryAfterMs ?? (message === undefined ? undefined : parseWait(message));

/** Creates the error contained in a 200: a frame of a stream, or a body with `error` instead of choices. */
export function errorFromPayload(
  payload: unknown,
  target: RequestTarget,
  redact: Redact,
  defaults: { retryable: boolean },
): GatewayError {
  const body = redact(payload);
  const parsed = parseErrorBody(body);
  const retryAfterMs = getWait(parsed);
  const row = classify(parsed, undefined, retryAfterMs);
  const known = isUnknown(row) ? { ...row, retryable: defaults.retryable, hint: statuses["5xx"].hint } : row;
  const detail = sentence(quote(parsed.message ?? "It says nothing more"));
  return makeError(`The response has status 200 but contains an error. ${target.model}: ${detail} ${known.hint}`, {
    ...toFields(known, parsed),
    ...target,
    body,
    retryAfterMs,
  });
}

/** Creates the error that a stream reports; a StreamError once an event has been delivered. */
export function errorFromFrame(payload: unknown, target: RequestTarget, redact: Redact, delivered: boolean): GatewayError {
  const embedded = errorFromPayload(payload, target, redact, { retryable: true });
  if (!delivered) return embedded;
  const { message, retryable, hint, body, retryAfterMs } = embedded;
  return makeError(message, {
    ...failures["stream:error-event"],
    ...target,
    retryable,
    hint,
    body,
    retryAfterMs,
    cause: shorten(embedded),
  });
}

/** Shortens an error whose message and hint are in its outer error, so that the printed cause doesn't repeat them. */
function shorten(cause: GatewayError): GatewayError {
  cause.stack = `${cause.name}: ${quote(cause.message, 100)}`;
  return Object.defineProperty(cause, "hint", { enumerable: false });
}

function toFields({ code, origin, retryable, hint, blocked }: ErrorRow, { gatewayCode, message }: ErrorBody) {
  // Without a code, only the message of Guardrails says which side was blocked.
  const saysResponse = blocked === "prompt" && gatewayCode === undefined && /\bresponse\b/i.test(String(message));
  return { code, origin, retryable, hint, gatewayCode, blocked: saysResponse ? ("response" as const) : blocked };
}
