import { dailyWords } from "./provider-errors.ts";

/** The fields of an error body, from the gateway or a provider. */
export interface ErrorBody {
  message: string | undefined;
  /** The body has the envelope of the gateway or Cloudflare's API, and was not passed through from the provider. */
  isFromGateway: boolean;
  gatewayCode?: number | undefined;
  /** The provider's codes: `code`, `type`, `status` and `reason` values, including nested ones. */
  codes: string[];
  /** An HTTP status in the body, for errors inside a 200. */
  status?: number | undefined;
  /** The period of the exhausted quota, if the body names one. */
  quota?: "day" | "shorter" | undefined;
  /** The wait given in the body's fields, in milliseconds. The message may also contain one. */
  retryAfterMs?: number | undefined;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const readString = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
/** Reads a member if the value is an object. */
const member = (value: unknown, name: string): unknown => (isFields(value) ? value[name] : undefined);

/** Maximum length of a message that is searched: the important part comes first, and some patterns are slow on long strings. */
const maxMessageLength = 10_000;

/** Maximum nesting of an error inside another's message or `metadata.raw`. */
const maxNesting = 3;

/** Reads every shape of error body that the gateway, Cloudflare's API and the providers send. */
export function parseErrorBody(body: unknown, now: number = Date.now(), depth = 0): ErrorBody {
  // Google wraps its error in an array.
  const fields = Array.isArray(body) ? body.find(isFields) : body;
  if (!isFields(fields)) {
    const message = describeText(body);
    return { message, isFromGateway: false, codes: [], quota: dailyWords.test(message ?? "") ? "day" : undefined };
  }
  const isFromGateway = fields.success === false;
  const listed = [fields.error, fields.errors].flat().find(isFields);
  const error = listed ?? fields;
  const own: ErrorBody = {
    message: findMessage(fields, error)?.slice(0, maxMessageLength),
    isFromGateway,
    gatewayCode: isFromGateway ? [listed?.code, fields.internalCode].find((code) => typeof code === "number") : undefined,
    codes: findCodes(fields, error),
    status: [error.code, error.status, error.status_code, error.http_code]
      .map(readNumber)
      .find((code) => code >= 400 && code <= 599),
    retryAfterMs: readWait(error, now),
  };
  const inner = depth < maxNesting ? nestedBody(error, now, depth) : undefined;
  return { ...withNested(own, inner), quota: inner?.quota ?? findQuota(own, error) };
}

function findMessage(fields: Fields, error: Fields): string | undefined {
  return (
    readString(error.message) ??
    readString(fields.error) ??
    readString(fields.message) ??
    readDetail(fields.detail ?? member(error.message, "detail")) ??
    readString(member(fields.base_resp, "status_msg")) ??
    readString(error.type)
  );
}

function findCodes(fields: Fields, error: Fields): string[] {
  const reasons = toFieldsList(error.details).map((detail) => detail.reason);
  const nested = toFieldsList(error.errors).map((each) => each.reason);
  const candidates = [error.code, error.type, error.status, fields.code, fields.type, ...reasons, ...nested];
  const words = candidates.filter((code) => typeof code === "string");
  // Numeric codes are only used if their source is clear: MiniMax, and Workers AI in Cloudflare's envelope.
  const numbers = [member(fields.base_resp, "status_code"), fields.success === false ? error.code : undefined];
  return [...words, ...numbers.map(readNumber).filter(Number.isFinite).map(String)];
}

/** NaN for anything other than a number or its digits; `Number` throws for some objects. */
const readNumber = (value: unknown): number =>
  typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;

/** Part of a message. `String` throws for some JSON objects: `{ "toString": 1 }`. */
const toWord = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "object" ? (JSON.stringify(value) ?? "") : String(value);

const toFieldsList = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

/** Mistral and other FastAPI servers: a string, or a list of problems with their locations. */
function readDetail(detail: unknown): string | undefined {
  if (!Array.isArray(detail)) return readString(detail) ?? readString(member(detail, "message"));
  const lines = toFieldsList(detail).map(({ loc, msg }) => {
    const path = Array.isArray(loc) ? loc.map(toWord).join(".") : "";
    return `${path === "" ? "" : `${path}: `}${toWord(msg)}`;
  });
  return lines.length > 0 ? lines.join("; ") : undefined;
}

/** An error inside this one: OpenRouter's `metadata.raw`, a nested `error`, or a message that is itself JSON. */
function nestedBody(error: Fields, now: number, depth: number): ErrorBody | undefined {
  const raw =
    member(error.metadata, "raw") ??
    (isFields(error.error) ? error.error : undefined) ??
    (readString(error.message)?.trimStart().startsWith("{") ? error.message : undefined);
  if (raw === undefined || raw === null || raw === "") return undefined;
  const parsed = typeof raw === "string" ? parseJson(raw) : raw;
  return parseErrorBody(parsed, now, depth + 1);
}

/** The inner error says what happened; the outer one only that something did: "Provider returned error". */
function withNested(outer: ErrorBody, inner: ErrorBody | undefined): ErrorBody {
  if (inner === undefined) return outer;
  const says = inner.message;
  const repeats = says === undefined || outer.message === undefined || outer.message.includes(says) || isJson(outer.message);
  return {
    ...outer,
    message: says === undefined ? outer.message : repeats ? says : `${outer.message}: ${says}`,
    codes: [...inner.codes, ...outer.codes],
    retryAfterMs: inner.retryAfterMs ?? outer.retryAfterMs,
  };
}

/** The period of a quota, from its id (google.rpc `QuotaFailure`) or from a message that mentions the day. */
function findQuota(own: ErrorBody, error: Fields): ErrorBody["quota"] {
  const violations = toFieldsList(error.details).flatMap((detail) => toFieldsList(detail.violations));
  if (dailyWords.test(own.message ?? "") || violations.some(({ quotaId }) => /per_?day/i.test(toWord(quotaId)))) return "day";
  return violations.some(({ quotaId }) => /per_?minute/i.test(toWord(quotaId))) ? "shorter" : undefined;
}

/** google.rpc `RetryInfo`, OpenRouter's `metadata.headers`, and `retry_after` in seconds, in the error or its metadata. */
function readWait(error: Fields, now: number): number | undefined {
  const delay = toFieldsList(error.details)
    .map(({ retryDelay }) => (typeof retryDelay === "string" ? /^(\d+(?:\.\d+)?)s$/.exec(retryDelay)?.[1] : undefined))
    .find((seconds) => seconds !== undefined);
  if (delay !== undefined) return Math.ceil(Number(delay) * 1000);
  const { metadata } = error;
  const seconds = readNumber(member(metadata, "retry_after_seconds") ?? member(metadata, "retry_after") ?? error.retry_after);
  if (seconds >= 0) return seconds * 1000;
  const headers = member(metadata, "headers");
  const reset = readNumber(member(headers, "X-RateLimit-Reset") ?? member(headers, "x-ratelimit-reset"));
  // Epoch milliseconds; a smaller number is another provider's count of seconds.
  return reset > 1e11 ? Math.max(0, reset - now) : undefined;
}

function describeText(body: unknown): string | undefined {
  if (typeof body !== "string") return undefined;
  // The title of an HTML page, or the text itself.
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? (isHtml(body) ? "an HTML page" : body);
  return title.trim().slice(0, maxMessageLength) || undefined;
}

export const isHtml = (text: string): boolean => /^\s*<(!doctype|html|head|body)\b/i.test(text);

const isJson = (text: string): boolean => typeof parseJson(text) === "object";

/** Parses JSON; returns the text itself if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
