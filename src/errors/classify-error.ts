import {
  type ContentRow,
  dailyLimit,
  type ErrorRow,
  gatewayCodes,
  gatewayMessages,
  gatewayStatuses,
  providerContent,
  statuses,
  workersAiCodes,
} from "./error-table.ts";
import type { ErrorBody } from "./parse-error-body.ts";

/** Finds the row for an error body and status. */
export function classify(body: ErrorBody, status: number | undefined, retryAfterMs?: number): ErrorRow {
  const fromGateway = body.isFromGateway && !isWorkersAi(body);
  if (fromGateway) {
    const row =
      gatewayCodes[String(body.gatewayCode)] ??
      gatewayMessages.find((each) => matches(each, body)) ??
      gatewayStatuses[String(status)];
    if (row) return row;
  } else {
    const row = providerContent.find((each) => applies(each, body, status, retryAfterMs) && matches(each, body));
    const daily = body.quota === "day" && (row === undefined || row.code === "rate-limit" || row.code === "insufficient-credits");
    if (daily && (row !== undefined || (status ?? body.status) === 429)) return classifyDaily(row, retryAfterMs);
    if (row) return row;
  }
  const row = byStatus(status ?? body.status);
  return fromGateway && row.origin !== "gateway" && row !== statuses.other
    ? { ...row, origin: "gateway", hint: "The gateway itself rejected it: see the message and the gateway's settings." }
    : row;
}

/** Whether this is the row for responses without details. */
export const isUnknown = (row: ErrorRow): boolean => row === statuses.other;

function applies(row: ContentRow, { quota }: ErrorBody, status: number | undefined, retryAfterMs: number | undefined): boolean {
  if (row.untimed && (retryAfterMs !== undefined || quota === "shorter")) return false;
  return status === undefined || (!row.inStream && status !== row.except);
}

const matches = ({ codes, words }: ContentRow, { codes: given, message }: ErrorBody): boolean =>
  (codes !== undefined && given.some((code) => codes.test(code))) || (words?.test(message ?? "") ?? false);

const maxRetriedWaitMs = 60_000;
const dayMs = 24 * 3_600_000;

/** A daily quota counts as a rate limit only if the response names a wait shorter than a day. */
function classifyDaily(row: ErrorRow | undefined, retryAfterMs: number | undefined): ErrorRow {
  if (row?.code === "insufficient-credits" && retryAfterMs === undefined) return row;
  if (retryAfterMs === undefined || retryAfterMs >= dayMs) return dailyLimit.untimed;
  return { ...dailyLimit.timed, retryable: retryAfterMs <= maxRetriedWaitMs };
}

/** Workers AI's errors have Cloudflare's envelope, but are the provider's. */
const isWorkersAi = ({ gatewayCode, message }: ErrorBody): boolean =>
  workersAiCodes.test(String(gatewayCode)) || /^AiError\b/.test(message ?? "");

function byStatus(status: number | undefined): ErrorRow {
  const known = Number(status);
  return statuses[String(known)] ?? (known >= 500 ? statuses["5xx"] : known >= 400 ? statuses["4xx"] : statuses.other);
}
