import type { Client } from "openapi-fetch";
import { ConfigurationError } from "../errors/errors.ts";
import type { Settings } from "../options/settings.ts";
import { isObject, type OptionProblem } from "../options/validators.ts";
import type { paths } from "../wire.ts";
import { malformedLogs } from "./log-errors.ts";
import type { LogSource } from "./log-source.ts";

/** The logs of Cloudflare's API. */
export const createApiLogs = (settings: Settings, client: Client<paths>): Required<LogSource> => ({
  async read(id, signal) {
    const { data } = await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
      params: { path: { ...logsPath(settings), log_id: id } },
      signal,
    });
    return data?.result;
  },

  async readPage(query) {
    const { data } = await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs", {
      params: { path: logsPath(settings), query: query as never },
    });
    const { result = [], result_info } = data ?? {};
    if (!Array.isArray(result) || !result.every(isObject)) throw malformedLogs("The list of logs has another form.");
    return { logs: result, total: result_info?.total_count };
  },

  async patch(id, feedback) {
    await client.PATCH("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}", {
      params: { path: { ...logsPath(settings), log_id: id } },
      body: feedback as never,
    });
  },
});

/** The gateway in the paths of Cloudflare's API. */
export function logsPath({ accountId, gatewayId, apiToken }: Settings): { account_id: string; gateway_id: string } {
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
