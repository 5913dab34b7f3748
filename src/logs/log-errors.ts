import { fail, makeError } from "../errors/create-error.ts";
import type { RequestTarget } from "../errors/errors.ts";
import { GatewayError } from "../errors/errors.ts";
import { parseErrorBody } from "../errors/parse-error-body.ts";
import { quote, sentence } from "../errors/quote.ts";

/** Provider and model in errors. */
export const logsTarget: RequestTarget = { provider: "logs", model: "The gateway's logs" };

/** The error for a response that is not a log or a list of logs. */
export const malformedLogs = (message: string): GatewayError =>
  fail("answer:malformed", `${logsTarget.model}: ${message}`, {
    ...logsTarget,
    hint: "Check apiBaseUrl: something other than Cloudflare's API may have responded.",
  });

/** Whether an error says that the log does not exist, or not yet. */
export function isMissingLog(error: unknown): boolean {
  if (!GatewayError.is(error) || error.code !== "not-found") return false;
  return error.gatewayCode === 7002 || /\blog\b[^.]{0,60}not found/i.test(error.message);
}

/** Explains a 404: the log was not found, or the logs API itself, in which case waiting does not help. */
export function explainNotFound(error: unknown, id?: string): unknown {
  if (!GatewayError.is(error) || error.code !== "not-found") return error;
  const { status, gatewayCode, body } = error;
  const what = isMissingLog(error) ? `There is no log ${id ?? "with this id"}.` : "This account or gateway has no logs API.";
  const hint = isMissingLog(error) ? missingLogHint : missingApiHint;
  const providerMessage = parseErrorBody(body).message;
  const numbers = [status && `HTTP ${status}`, gatewayCode && `gateway code ${gatewayCode}`].filter(Boolean).join(", ");
  const details = [
    providerMessage === undefined ? "" : ` ${sentence(quote(providerMessage))}`,
    numbers === "" ? "" : ` (${numbers})`,
  ].join("");
  return makeError(`${what}${details} ${hint}`, {
    code: "not-found",
    origin: "gateway",
    retryable: false,
    hint,
    ...(status === undefined ? undefined : { status }),
    ...(gatewayCode === undefined ? undefined : { gatewayCode }),
    ...(body === undefined ? undefined : { body }),
  });
}

const missingLogHint =
  "Pass result.gateway.logId, and use the same gateway as the chat. A log appears 30 to 60 seconds after its request (see waitMs), and never with gateway.collectLog: false.";

const missingApiHint =
  "Cloudflare accounts created since 2026-09-24 log to Workers Observability instead; look for the log there. On an older account, check accountId (CLOUDFLARE_ACCOUNT_ID) and gatewayId (CLOUDFLARE_GATEWAY_ID).";
