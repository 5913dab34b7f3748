import { sleep } from "../abort.ts";
import { ConfigurationError } from "../errors/errors.ts";
import type { Settings } from "../options/settings.ts";
import { isObject } from "../options/validators.ts";
import { createApiClient } from "./api-client.ts";
import { createApiLogs } from "./api-logs.ts";
import { createBindingLogs } from "./binding-logs.ts";
import { explainNotFound, isMissingLog, malformedLogs } from "./log-errors.ts";
import { toLogRecord } from "./log-record.ts";
import type { LogQuery, LogSource } from "./log-source.ts";
import type { LogRecord, Logs } from "./log-types.ts";
import { checkFeedback, checkFilter, checkGetOptions, checkId } from "./validate-logs.ts";

const defaultWaitMs = 90_000;
const firstPollMs = 1_000;
const maxPollMs = 10_000;
const pageSize = 50;

export function createLogs(settings: Settings): Logs {
  const { client, redact } = createApiClient(settings);
  const source = settings.binding ? createBindingLogs(settings, redact) : createApiLogs(settings, client);

  return {
    async get(id, options = {}) {
      checkId(id);
      checkGetOptions(options);
      const { waitMs = defaultWaitMs, signal = new AbortController().signal } = options;
      return waitForLog(id, source, waitMs, signal);
    },

    async *list(filter = {}) {
      if (!source.readPage)
        throw new ConfigurationError([
          { option: "binding", message: "can't list logs: configure accountId and apiToken without the binding" },
        ]);
      checkFilter(filter);
      const { filters, ...parameters } = filter;
      const conditions = filters === undefined ? undefined : { filters: JSON.stringify(filters) };
      let seen = 0;
      for (let page = 1; ; page++) {
        const query = { per_page: pageSize, ...parameters, ...conditions, page } satisfies { [Name in keyof LogQuery]?: unknown };
        const { logs, total } = await source.readPage(query).catch(throwExplained);
        for (const log of logs) yield toLogRecord(log);
        seen += logs.length;
        // The API may return fewer than `per_page`, so a short page does not mean the end.
        if (logs.length === 0 || (total !== undefined && seen >= total)) return;
      }
    },

    async feedback(id, feedback) {
      checkId(id);
      checkFeedback(feedback);
      await source.patch(id, feedback).catch(throwExplained);
    },
  };
}

function throwExplained(error: unknown): never {
  throw explainNotFound(error);
}

/** Polls for a log until it exists or the time is up. */
async function waitForLog(id: string, source: LogSource, waitMs: number, signal: AbortSignal): Promise<LogRecord> {
  const end = Date.now() + waitMs;
  for (let poll = firstPollMs; ; poll = Math.min(poll * 2, maxPollMs)) {
    try {
      const log = await source.read(id, signal);
      if (isObject(log)) return toLogRecord(log);
      throw malformedLogs(`the response has no log ${id}.`);
    } catch (error) {
      const remainingMs = end - Date.now();
      if (!isMissingLog(error) || remainingMs <= 0) throw explainNotFound(error, id);
      await sleep(Math.min(poll, remainingMs), signal);
    }
  }
}
