import { abortable, sleep } from "../abort.ts";
import type { Feedback } from "../chat/result.ts";
import { fail } from "../errors/create-error.ts";
import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import { errorFromResponse } from "../errors/from-response.ts";
import type { AiBinding } from "../options/gateway-config.ts";
import type { Settings } from "../options/resolve-config.ts";
import { describe, type OptionProblem } from "../options/validators.ts";
import { errorAnswer } from "../transport/binding.ts";
import type { LogBody } from "../wire.ts";
import { createApiClient, logsTarget } from "./api-client.ts";

/** The gateway's log of a call. It knows what it cost, which no answer tells. */
export interface LogRecord {
  id: string;
  provider: string;
  model: string;
  /** US dollars. */
  cost?: number;
  tokensIn?: number;
  tokensOut?: number;
  /** Whether the gateway's cache answered. */
  cached: boolean;
  durationMs: number;
  statusCode: number;
  success: boolean;
  /** Which step of the gateway's fallbacks answered, 0 the first. */
  step?: number;
  metadata?: Record<string, unknown>;
  createdAt: Date;
}

export interface Logs {
  /** Reads a log. It appears 30 to 60 seconds after the call; until then this waits, at most `waitMs`. @default waitMs 90,000 */
  get(id: string, options?: { waitMs?: number; signal?: AbortSignal }): Promise<LogRecord>;
  /** The gateway's logs, newest first, page by page as they are read. `filter` goes into the query as it is (`provider`, `model`, `cached`, `success`, …). */
  list(filter?: Record<string, unknown>): AsyncIterable<LogRecord>;
  /** Rates a call, or adds metadata to its log. */
  feedback(id: string, feedback: Feedback): Promise<void>;
}

const defaultWait = 90_000;
const firstPoll = 1_000;
const longestPoll = 10_000;
const pageSize = 50;

type BoundLogs = Required<ReturnType<AiBinding["gateway"]>>;
type Path = { account_id: string; gateway_id: string };

export function createLogs(settings: Settings): Logs {
  const { client, redact } = createApiClient(settings);
  const { binding } = settings;

  function path(): Path {
    const { accountId, gatewayId, apiToken } = settings;
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

  async function read(id: string, signal: AbortSignal): Promise<LogBody | undefined> {
    if (binding) return abortable(throughBinding("getLog", (gateway) => gateway.getLog(id)) as Promise<LogBody>, signal);
    const { data } = await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
      params: { path: { ...path(), log_id: id } },
      signal,
    });
    return data?.result as LogBody | undefined;
  }

  /** The part of the binding that knows logs; its errors become ours. */
  async function throughBinding<T>(method: "getLog" | "patchLog", run: (gateway: BoundLogs) => Promise<T>): Promise<T> {
    const gateway = binding?.gateway(settings.gatewayId as string);
    if (!gateway?.[method]) throw new ConfigurationError([{ option: "binding", message: `has no ${method}, which this needs` }]);
    try {
      return await run(gateway as BoundLogs);
    } catch (error) {
      const answer = errorAnswer(error);
      if (answer) throw errorFromResponse(answer, await answer.text(), logsTarget, redact);
      throw networkError(error, "", redact, "connect");
    }
  }

  return {
    async get(id, { waitMs = defaultWait, signal = new AbortController().signal } = {}) {
      checkId(id);
      const end = Date.now() + waitMs;
      for (let poll = firstPoll; ; poll = Math.min(poll * 2, longestPoll)) {
        try {
          const log = await read(id, signal);
          if (log) return toLogRecord(log);
          throw fail("answer:empty", `The log ${id} came without a body.`);
        } catch (error) {
          const left = end - Date.now();
          if (!GatewayError.is(error) || error.code !== "not-found" || left <= 0) throw error;
          await sleep(Math.min(poll, left), signal);
        }
      }
    },

    async *list(filter = {}) {
      if (binding)
        throw new ConfigurationError([
          { option: "binding", message: "can't list logs: configure accountId and apiToken without the binding" },
        ]);
      let seen = 0;
      for (let page = 1; ; page++) {
        const query = { per_page: pageSize, ...filter, page } as Record<string, unknown>;
        const { data } = await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs", {
          params: { path: path(), query: query as never },
        });
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
      if (binding) return throughBinding("patchLog", (gateway) => gateway.patchLog(id, feedback));
      await client.PATCH("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
        params: { path: { ...path(), log_id: id } },
        body: feedback as never,
      });
    },
  };
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

function checkFeedback(feedback: Feedback): void {
  const problems: OptionProblem[] = [];
  const { feedback: thumb, score, metadata } = feedback ?? {};
  if (thumb === undefined && score === undefined && metadata === undefined)
    problems.push({ option: "feedback", message: "is empty: give feedback, score or metadata" });
  if (thumb !== undefined && thumb !== 1 && thumb !== -1)
    problems.push({ option: "feedback.feedback", message: `must be 1 or -1, not ${describe(thumb)}` });
  if (score !== undefined && !(typeof score === "number" && score >= 0 && score <= 100))
    problems.push({ option: "feedback.score", message: `must be a number from 0 to 100, not ${describe(score)}` });
  if (metadata !== undefined && (typeof metadata !== "object" || metadata === null))
    problems.push({ option: "feedback.metadata", message: `must be an object, not ${describe(metadata)}` });
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
