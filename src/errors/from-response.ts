import { classify, isUnknown } from "./classify-error.ts";
import { makeError } from "./create-error.ts";
import { type ErrorRow, failures, statuses } from "./error-table.ts";
import type { GatewayError, RequestTarget } from "./errors.ts";
import { readGatewayMetadata } from "./gateway-metadata.ts";
import { type ErrorBody, parseErrorBody, parseJson } from "./parse-error-body.ts";
import { quote, sentence } from "./quote.ts";
import type { Redact } from "./redact.ts";
import { readRetryAfter, readWaitInWords } from "./retry-after.ts";

/** The longest quotation of a body that is no JSON: a page, or the words of a proxy. */
const maxTextLength = 200;

/** The error of a response that is no success. */
export function errorFromResponse(
  response: { status: number; headers: Headers },
  text: string,
  target: RequestTarget,
  redact: Redact,
): GatewayError {
  // Parsed first: a token that JSON writes with escapes would not be found in the text.
  const body = text.trim() === "" ? undefined : redact(parseJson(text));
  const parsed = parseErrorBody(body);
  const retryAfterMs = readRetryAfter(response.headers) ?? waitOf(parsed);
  const row = classify(parsed, response.status, retryAfterMs);
  const said = parsed.message ?? (body === undefined ? "The response has no body" : "The response says nothing more");
  const numbers = `HTTP ${response.status}${parsed.gatewayCode === undefined ? "" : `, gateway code ${parsed.gatewayCode}`}`;
  return makeError(
    `${row.means} ${target.model}: ${sentence(quote(said, typeof body === "string" ? maxTextLength : undefined))} (${numbers}) ${row.hint}`,
    {
      ...fieldsOf(row, parsed),
      status: response.status,
      ...target,
      gateway: redact(readGatewayMetadata(response.headers)),
      body,
      retryAfterMs,
    },
  );
}

const waitOf = ({ retryAfterMs, message }: ErrorBody): number | undefined =>
  retryAfterMs ?? (message === undefined ? undefined : readWaitInWords(message));

/** What to make of an error that says nothing about itself. */
const unclear = statuses["5xx"];

/** The error that stands inside a 200: a stream's frame, or a body with `error` instead of choices. */
export function errorFromPayload(
  payload: unknown,
  target: RequestTarget,
  redact: Redact,
  defaults: { retryable: boolean },
): GatewayError {
  const body = redact(payload);
  const parsed = parseErrorBody(body);
  const retryAfterMs = waitOf(parsed);
  const row = classify(parsed, undefined, retryAfterMs);
  const known = isUnknown(row) ? { ...row, retryable: defaults.retryable, hint: unclear.hint } : row;
  const said = sentence(quote(parsed.message ?? "It says nothing more"));
  return makeError(`${failures["answer:error"].means} ${target.model}: ${said} ${known.hint}`, {
    ...fieldsOf(known, parsed),
    ...target,
    body,
    retryAfterMs,
  });
}

/** The error that a stream reports; after its first delivered event, one of the stream itself. */
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

/** An error whose message and hint its outer error has: printed as the cause, it doesn't repeat them. */
function shorten(cause: GatewayError): GatewayError {
  cause.stack = `${cause.name}: ${quote(cause.message, 100)}`;
  return Object.defineProperty(cause, "hint", { enumerable: false });
}

function fieldsOf({ code, origin, retryable, hint, blocked }: ErrorRow, { gatewayCode, message }: ErrorBody) {
  // Without a code, only Guardrails' words say which side was blocked.
  const saysResponse = blocked === "prompt" && gatewayCode === undefined && /\bresponse\b/i.test(String(message));
  return { code, origin, retryable, hint, gatewayCode, blocked: saysResponse ? ("response" as const) : blocked };
}
