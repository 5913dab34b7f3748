import { readGatewayMetadata } from "../response/gateway-metadata.ts";
import { readRetryAfter } from "../transport/retry.ts";
import { makeError } from "./create-error.ts";
import {
  type ErrorRow,
  failures,
  gatewayCodes,
  gatewayMessages,
  gatewayStatuses,
  providerCodes,
  statuses,
} from "./error-table.ts";
import type { GatewayError } from "./errors.ts";
import type { Redact } from "./redact.ts";

/** An error body, whoever made it. */
interface ErrorBody {
  message: string | undefined;
  /** Made by the gateway or Cloudflare's API, not passed through from the provider. */
  gatewayMade: boolean;
  gatewayCode?: number | undefined;
  /** The provider's `code`, `type` and `status` words. */
  codes: string[];
  /** An HTTP status named in the body, for errors inside a 200. */
  status?: number | undefined;
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** Reads every shape of error body that the gateway, Cloudflare's API and the providers send. */
export function parseErrorBody(body: unknown): ErrorBody {
  // Google wraps its error in an array.
  const fields = Array.isArray(body) ? body.find(isFields) : body;
  if (!isFields(fields)) return { message: pageText(body), gatewayMade: false, codes: [] };
  const gatewayMade = fields.success === false;
  const listed = [fields.error, fields.errors].flat().find(isFields);
  const error = listed ?? fields;
  const gatewayCode = gatewayMade ? [listed?.code, fields.internalCode].find((code) => typeof code === "number") : undefined;
  const status = [error.code, error.status, error.status_code].map(Number).find((code) => code >= 400 && code <= 599);
  return {
    message:
      textOf(error.message) ??
      textOf(fields.error) ??
      textOf(fields.message) ??
      detailText(fields.detail ?? (isFields(error.message) ? error.message.detail : undefined)) ??
      textOf(error.type),
    gatewayMade,
    gatewayCode,
    codes: [error.code, error.type, error.status, fields.code, fields.type].filter((code) => typeof code === "string"),
    status,
  };
}

/** Mistral and other FastAPI servers: a text, or a list of what is wrong where. */
function detailText(detail: unknown): string | undefined {
  if (!Array.isArray(detail)) return textOf(detail);
  const lines = detail.filter(isFields).map(({ loc, msg }) => `${Array.isArray(loc) ? `${loc.join(".")}: ` : ""}${msg}`);
  return lines.length > 0 ? lines.join("; ") : undefined;
}

/** The title of an HTML page, or the start of a text. */
function pageText(body: unknown): string | undefined {
  if (typeof body !== "string") return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? (isHtml(body) ? "an HTML page" : body);
  return title.trim().slice(0, 200) || undefined;
}

export const isHtml = (text: string): boolean => /^\s*<(!doctype|html|head|body)\b/i.test(text);

/** Finds the row that says most: the gateway's code, then its words, then the provider's words, then the status. */
export function classify(body: ErrorBody, status: number | undefined): ErrorRow {
  if (body.gatewayMade) {
    const row =
      gatewayCodes[String(body.gatewayCode)] ??
      gatewayMessages.find(({ pattern }) => pattern.test(String(body.message))) ??
      gatewayStatuses[String(status)];
    if (row) return row;
  } else {
    const row = providerCodes.find(
      ({ pattern, inStream }) => (status === undefined || !inStream) && body.codes.some((code) => pattern.test(code)),
    );
    if (row) return row;
  }
  const known = Number(status ?? body.status);
  const row = statuses[String(known)] ?? (known >= 500 ? statuses["5xx"] : known >= 400 ? statuses["4xx"] : statuses.other);
  return body.gatewayMade && row.origin !== "gateway" && row !== statuses.other
    ? { ...row, origin: "gateway", hint: "The gateway refused it itself: see the message, and the gateway's settings." }
    : row;
}

/** Who was asked, for the error's message and fields. */
export interface Asked {
  provider: string;
  model: string;
}

/** The error of an answer that is no success. */
export function errorFromResponse(
  response: { status: number; headers: Headers },
  text: string,
  asked: Asked,
  redact: Redact,
): GatewayError {
  // Read first: a token that JSON writes with escapes would not be found in the text.
  const body = redact(parseBody(text));
  const parsed = parseErrorBody(body);
  const row = classify(parsed, response.status);
  const said = parsed.message ?? (text.trim() === "" ? "the answer has no body" : "the answer says nothing more");
  const numbers = `HTTP ${response.status}${parsed.gatewayCode === undefined ? "" : `, gateway code ${parsed.gatewayCode}`}`;
  return makeError(`${sentence(row.means)} ${asked.model}: ${sentence(said)} (${numbers}) ${row.hint}`, {
    ...fields(row, parsed),
    status: response.status,
    gatewayCode: parsed.gatewayCode,
    ...asked,
    gateway: redact(readGatewayMetadata(response.headers)),
    body,
    retryAfterMs: readRetryAfter(response.headers),
  });
}

/** What to make of an error that says nothing about itself. */
const unclear = statuses[500] as ErrorRow;

/** The error that stands inside a 200: a stream's frame, or a body with `error` in place of choices. */
export function errorFromPayload(payload: unknown, asked: Asked, redact: Redact, defaults: { retryable: boolean }): GatewayError {
  const body = redact(payload);
  const parsed = parseErrorBody(body);
  const row = classify(parsed, undefined);
  const unknown = row === statuses.other;
  return makeError(
    `The answer is an error in spite of its status 200. ${asked.model}: ${sentence(parsed.message ?? "it says nothing more")} ${unknown ? unclear.hint : row.hint}`,
    {
      ...fields(row, parsed),
      ...(unknown ? { retryable: defaults.retryable, hint: unclear.hint } : undefined),
      ...asked,
      gatewayCode: parsed.gatewayCode,
      body,
    },
  );
}

/** The error that a stream reports; after its first delivered event, one of the stream itself. */
export function errorFromFrame(payload: unknown, asked: Asked, redact: Redact, delivered: boolean): GatewayError {
  const embedded = errorFromPayload(payload, asked, redact, { retryable: true });
  if (!delivered) return embedded;
  const { message, retryable, hint, body } = embedded;
  const row = failures["stream:error-event"];
  return makeError(message, { ...row, reason: "error-event", ...asked, retryable, hint, body, cause: embedded });
}

function fields({ means: _, blocked, ...row }: ErrorRow & { pattern?: RegExp; inStream?: boolean }, parsed: ErrorBody) {
  const { code, origin, retryable, hint } = row;
  const side =
    blocked === "prompt" && parsed.gatewayCode === undefined && /\bresponse\b/i.test(String(parsed.message))
      ? "response"
      : blocked;
  return { code, origin, retryable, hint, blocked: side };
}

function parseBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
