import { type Caller, captureCaller, withCaller } from "../errors/caller.ts";
import type { Settings } from "../options/settings.ts";
import type { LogFilter, LogRecord, Logs } from "./log-types.ts";

/** The logs, whose code is loaded on first use. Their errors show the caller's line. */
export function lazyLogs(settings: Settings): Logs {
  let logs: Logs | undefined;
  const load = async () => (logs ??= (await import("./logs.ts")).createLogs(settings));

  async function run<T>(caller: Caller, use: (logs: Logs) => Promise<T>): Promise<T> {
    try {
      return await use(await load());
    } catch (error) {
      throw withCaller(error, caller);
    }
  }

  async function* iterate(caller: Caller, filter: LogFilter | undefined): AsyncGenerator<LogRecord> {
    try {
      yield* (await load()).list(filter);
    } catch (error) {
      throw withCaller(error, caller);
    }
  }

  const get: Logs["get"] = (id, options) => run(captureCaller(get), (logs) => logs.get(id, options));
  const list: Logs["list"] = (filter) => iterate(captureCaller(list), filter);
  const feedback: Logs["feedback"] = (id, rating) => run(captureCaller(feedback), (logs) => logs.feedback(id, rating));
  return { get, list, feedback };
}
