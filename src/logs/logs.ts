import { sleep } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import { errorFromResponse } from "../errors/from-response.ts";
import type { Redact } from "../errors/redact.ts";
import type { AiBinding } from "../options/gateway-config.ts";
import type { Settings } from "../options/settings.ts";
import { isObject, type OptionProblem } from "../options/validators.ts";
import { errorResponse } from "../transport/binding.ts";
import { createApiClient, logsTarget } from "./api-client.ts";
import { withTimeLimits } from "./api-request.ts";
import { explainNotFound, isMissingLog } from "./log-errors.ts";
import { toLogRecord } from "./log-record.ts";
import type { LogRecord, Logs } from "./log-types.ts";
import { checkFeedback, checkFilter, checkGetOptions, checkId } from "./validate-logs.ts";

const defaultWaitMs = 90_000;
const firstPollMs = 1_000;
const maxPollMs = 10_000;
const pageSize = 50;

type BoundLogs = Required<ReturnType<AiBinding["gateway"]>>;
type Path = { account_id: string; gateway_id: string };

export function createLogs(settings: Settings): Logs {
  const { client, redact } = createApiClient(settings);
  const { binding } = settings;

  async function read(id: string, signal: AbortSignal): Promise<unknown> {
    if (binding) return throughBinding(settings, redact, "getLog", (gateway) => gateway.getLog(id), signal);
    const { data } = await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
      params: { path: { ...logsPath(settings), log_id: id } },
      signal,
    });
    return data?.result;
  }

  async function readPage(query: object): Promise<{ logs: Record<string, unknown>[]; total: number | undefined }> {
    const { data } = await client
      .GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs", {
        params: { path: logsPath(settings), query: query as never },
      })
      .catch(throwExplained);
    const { result = [], result_info } = data ?? {};
    if (!Array.isArray(result) || !result.every(isObject)) throw malformed("The list of logs has another form.");
    return { logs: result, total: result_info?.total_count };
  }

  return {
    async get(id, options = {}) {
      checkId(id);
      checkGetOptions(options);
      const { waitMs = defaultWaitMs, signal = new AbortController().signal } = options;
      return waitForLog(id, read, waitMs, signal);
    },

    async *list(filter = {}) {
      if (binding)
        throw new ConfigurationError([
          { option: "binding", message: "can't list logs: configure accountId and apiToken without the binding" },
        ]);
      checkFilter(filter);
      const { filters, ...parameters } = filter;
      const conditions = filters === undefined ? undefined : { filters: JSON.stringify(filters) };
      let seen = 0;
      for (let page = 1; ; page++) {
        const { logs, total } = await readPage({ per_page: pageSize, ...parameters, ...conditions, page });
        for (const log of logs) yield toLogRecord(log);
        seen += logs.length;
        // The API may give fewer than `per_page`, so a short page is no sign of the end.
        if (logs.length === 0 || (total !== undefined && seen >= total)) return;
      }
    },

    async feedback(id, feedback) {
      checkId(id);
      checkFeedback(feedback);
      if (binding) {
        await throughBinding(settings, redact, "patchLog", (gateway) => gateway.patchLog(id, feedback)).catch(throwExplained);
        return;
      }
      await client
        .PATCH("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
          params: { path: { ...logsPath(settings), log_id: id } },
          body: feedback as never,
        })
        .catch(throwExplained);
    },
  };

  function throwExplained(error: unknown): never {
    throw explainNotFound(error);
  }
}

const malformed = (message: string) =>
  fail("answer:malformed", `${logsTarget.model}: ${message}`, {
    ...logsTarget,
    hint: "Check apiBaseUrl: something other than Cloudflare's API may have responded.",
  });

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

/** Calls the part of the binding that knows logs, within the time limits; its errors become ours. */
async function throughBinding<T>(
  { binding, gatewayId, defaults }: Settings,
  redact: Redact,
  method: "getLog" | "patchLog",
  run: (gateway: BoundLogs) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const exchange = { limits: defaults.timeout ?? {}, asked: logsTarget };
  return withTimeLimits(
    async (cancellation) => {
      try {
        const gateway = binding?.gateway(gatewayId as string);
        if (!gateway?.[method])
          throw new ConfigurationError([{ option: "binding", message: `has no ${method}, which this needs` }]);
        return await cancellation.race(run(gateway as BoundLogs));
      } catch (error) {
        if (cancellation.aborted || GatewayError.is(error)) throw error;
        const response = errorResponse(error);
        if (response) throw errorFromResponse(response, await response.text(), logsTarget, redact);
        throw networkError(error, "", redact, "connect");
      }
    },
    signal,
    exchange,
  );
}

/** Reads a log again and again until it is there, or the time is up. */
async function waitForLog(
  id: string,
  read: (id: string, signal: AbortSignal) => Promise<unknown>,
  waitMs: number,
  signal: AbortSignal,
): Promise<LogRecord> {
  const end = Date.now() + waitMs;
  for (let poll = firstPollMs; ; poll = Math.min(poll * 2, maxPollMs)) {
    try {
      const log = await read(id, signal);
      if (isObject(log)) return toLogRecord(log);
      throw malformed(`the response has no log ${id}.`);
    } catch (error) {
      const left = end - Date.now();
      if (!isMissingLog(error) || left <= 0) throw explainNotFound(error, id);
      await sleep(Math.min(poll, left), signal);
    }
  }
}
