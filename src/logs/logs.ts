import { abortable, sleep } from "../abort.ts";
import type { Feedback } from "../chat/result.ts";
import { fail, makeError } from "../errors/create-error.ts";
import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import { errorFromResponse } from "../errors/from-response.ts";
import type { Redact } from "../errors/redact.ts";
import type { AiBinding } from "../options/gateway-config.ts";
import type { Settings } from "../options/settings.ts";
import { describe, isObject, type OptionProblem } from "../options/validators.ts";
import { errorResponse } from "../transport/binding.ts";
import type { LogBody } from "../wire.ts";
import { createApiClient, logsTarget } from "./api-client.ts";
import type { LogFilter, LogRecord, Logs } from "./log-types.ts";

const defaultWait = 90_000;
const firstPoll = 1_000;
const longestPoll = 10_000;
const pageSize = 50;

type BoundLogs = Required<ReturnType<AiBinding["gateway"]>>;
type Path = { account_id: string; gateway_id: string };

export function createLogs(settings: Settings): Logs {
  const { client, redact } = createApiClient(settings);
  const { binding } = settings;

  async function read(id: string, signal: AbortSignal): Promise<LogBody | undefined> {
    if (binding)
      return abortable(throughBinding(settings, redact, "getLog", (gateway) => gateway.getLog(id)) as Promise<LogBody>, signal);
    const { data } = await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
      params: { path: { ...logsPath(settings), log_id: id } },
      signal,
    });
    return data?.result as LogBody | undefined;
  }

  return {
    async get(id, { waitMs = defaultWait, signal = new AbortController().signal } = {}) {
      checkId(id);
      return waitForLog(id, read, waitMs, signal);
    },

    async *list(filter = {}) {
      if (binding)
        throw new ConfigurationError([
          { option: "binding", message: "can't list logs: configure accountId and apiToken without the binding" },
        ]);
      checkFilter(filter);
      const { filters, ...parameters } = filter;
      let seen = 0;
      for (let page = 1; ; page++) {
        const conditions = filters === undefined ? undefined : { filters: JSON.stringify(filters) };
        const query = { per_page: pageSize, ...parameters, ...conditions, page };
        const { data } = await client
          .GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs", {
            params: { path: logsPath(settings), query: query as never },
          })
          .catch(throwExplained);
        const logs = (data?.result ?? []) as LogBody[];
        for (const log of logs) yield toLogRecord(log);
        seen += logs.length;
        // The API gives fewer than were asked for where that was too many, so a short page is no sign of the end.
        const total = (data?.result_info as { total_count?: number } | undefined)?.total_count;
        if (logs.length === 0 || (total !== undefined && seen >= total)) return;
      }
    },

    async feedback(id, feedback) {
      checkId(id);
      checkFeedback(feedback);
      if (binding) return throughBinding(settings, redact, "patchLog", (gateway) => gateway.patchLog(id, feedback));
      await client
        .PATCH("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
          params: { path: { ...logsPath(settings), log_id: id } },
          body: feedback as never,
        })
        .catch(throwExplained);
    },
  };
}

function logsPath({ accountId, gatewayId, apiToken }: Settings): Path {
  const problems: OptionProblem[] = [];
  if (accountId === undefined)
    problems.push({
      option: "accountId",
      message: "is needed for logs: pass it, or set CLOUDFLARE_ACCOUNT_ID",
      env: "CLOUDFLARE_ACCOUNT_ID",
    });
  if (gatewayId === undefined)
    problems.push({
      option: "gatewayId",
      message: "is needed for logs: pass it, or set CLOUDFLARE_GATEWAY_ID",
      env: "CLOUDFLARE_GATEWAY_ID",
    });
  if (apiToken === undefined)
    problems.push({
      option: "apiToken",
      message: "is needed for logs: pass it, or set CLOUDFLARE_API_TOKEN",
      env: "CLOUDFLARE_API_TOKEN",
    });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { account_id: accountId as string, gateway_id: gatewayId as string };
}

/** The part of the binding that knows logs; its errors become ours. */
async function throughBinding<T>(
  { binding, gatewayId }: Settings,
  redact: Redact,
  method: "getLog" | "patchLog",
  run: (gateway: BoundLogs) => Promise<T>,
): Promise<T> {
  const gateway = binding?.gateway(gatewayId as string);
  if (!gateway?.[method]) throw new ConfigurationError([{ option: "binding", message: `has no ${method}, which this needs` }]);
  try {
    return await run(gateway as BoundLogs);
  } catch (error) {
    const answer = errorResponse(error);
    if (answer) throw errorFromResponse(answer, await answer.text(), logsTarget, redact);
    throw networkError(error, "", redact, "connect");
  }
}

/** Reads a log again and again until it is there, or the time is up. */
async function waitForLog(
  id: string,
  read: (id: string, signal: AbortSignal) => Promise<LogBody | undefined>,
  waitMs: number,
  signal: AbortSignal,
): Promise<LogRecord> {
  const end = Date.now() + waitMs;
  for (let poll = firstPoll; ; poll = Math.min(poll * 2, longestPoll)) {
    try {
      const log = await read(id, signal);
      if (log) return toLogRecord(log);
      throw fail("answer:empty", `The log ${id} came without a body.`);
    } catch (error) {
      const left = end - Date.now();
      if (!isMissingLog(error) || left <= 0) throw explainMissingApi(error);
      await sleep(Math.min(poll, left), signal);
    }
  }
}

function checkId(id: unknown): void {
  if (typeof id === "string" && /^[\w-]+$/.test(id)) return;
  throw new ConfigurationError([
    {
      option: "id",
      message: `must be a log's id (result.gateway.logId), not ${typeof id === "string" ? "a text with other characters" : describe(id)}`,
    },
  ]);
}

/** Whether an error says that there is no such log, or not yet. */
function isMissingLog(error: unknown): boolean {
  if (!GatewayError.is(error) || error.code !== "not-found") return false;
  return error.gatewayCode === 7002 || /\blog\b[^.]{0,60}not found/i.test(error.message);
}

/** Another 404 means that the API itself is missing, which waiting does not cure. */
function explainMissingApi(error: unknown): unknown {
  if (!GatewayError.is(error) || error.code !== "not-found" || isMissingLog(error)) return error;
  const { status, gatewayCode, body } = error;
  const details = { code: "not-found", origin: "gateway", retryable: false, hint: missingApiHint } as const;
  const words = error.message.replace(error.hint, "").trim();
  return makeError(`This account or gateway has no logs API. ${words} ${missingApiHint}`, {
    ...details,
    ...(status === undefined ? undefined : { status }),
    ...(gatewayCode === undefined ? undefined : { gatewayCode }),
    ...(body === undefined ? undefined : { body }),
  });
}

const missingApiHint =
  "Cloudflare accounts created since 2026-09-24 log to Workers Observability instead: look there. On an older account, check accountId (CLOUDFLARE_ACCOUNT_ID) and gatewayId (CLOUDFLARE_GATEWAY_ID).";

function throwExplained(error: unknown): never {
  throw explainMissingApi(error);
}

const operators: readonly unknown[] = ["eq", "neq", "contains", "lt", "gt"];
const isScalar = (value: unknown) => typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);

function checkFilter({ filters }: LogFilter): void {
  if (filters === undefined) return;
  const given: unknown = filters;
  if (!Array.isArray(given))
    throw new ConfigurationError([{ option: "filters", message: `must be an array of conditions, got ${describe(given)}` }]);
  const problems = given.flatMap((condition: unknown, index): OptionProblem[] => {
    const option = `filters[${index}]`;
    if (!isObject(condition)) return [{ option, message: `must be { key, operator, value }, got ${describe(condition)}` }];
    const { key, operator, value } = condition;
    if (typeof key !== "string" || key === "") return [{ option: `${option}.key`, message: "must be a non-empty string" }];
    if (!operators.includes(operator))
      return [{ option: `${option}.operator`, message: `must be one of ${operators.join(", ")}, got ${describe(operator)}` }];
    if (!Array.isArray(value) || value.length === 0 || !value.every(isScalar))
      return [{ option: `${option}.value`, message: "must be a non-empty array of strings, numbers or booleans" }];
    return [];
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function checkFeedback(feedback: Feedback): void {
  const problems: OptionProblem[] = [];
  const { feedback: thumb, score, metadata } = feedback ?? {};
  if (thumb === undefined && score === undefined && metadata === undefined)
    problems.push({ option: "feedback", message: "is empty: pass feedback, score or metadata" });
  if (thumb !== undefined && thumb !== null && thumb !== 1 && thumb !== -1)
    problems.push({ option: "feedback.feedback", message: `must be 1, -1 or null, got ${describe(thumb)}` });
  if (score !== undefined && score !== null && !(typeof score === "number" && score >= 0 && score <= 100))
    problems.push({ option: "feedback.score", message: `must be a number between 0 and 100, or null, got ${describe(score)}` });
  if (metadata !== undefined && metadata !== null && !isObject(metadata))
    problems.push({ option: "feedback.metadata", message: `must be an object or null, got ${describe(metadata)}` });
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function toLogRecord(log: LogBody): LogRecord {
  const record: LogRecord = {
    id: log.id ?? "",
    provider: log.provider ?? "",
    model: log.model ?? "",
    cached: log.cached ?? false,
    durationMs: log.duration ?? 0,
    statusCode: log.status_code ?? 0,
    success: log.success ?? false,
    createdAt: new Date(log.created_at ?? Number.NaN),
  };
  if (typeof log.cost === "number") record.cost = log.cost;
  if (typeof log.tokens_in === "number") record.tokensIn = log.tokens_in;
  if (typeof log.tokens_out === "number") record.tokensOut = log.tokens_out;
  if (typeof log.step === "number") record.step = log.step;
  const metadata = readMetadata(log.metadata);
  if (metadata) record.metadata = metadata;
  return record;
}

/** The API gives metadata as an object or as its JSON. */
function readMetadata(metadata: unknown): Record<string, unknown> | undefined {
  if (typeof metadata === "object" && metadata !== null) return metadata as Record<string, unknown>;
  if (typeof metadata !== "string" || metadata === "") return undefined;
  try {
    const parsed: unknown = JSON.parse(metadata);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
