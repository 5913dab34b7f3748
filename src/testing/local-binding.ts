import { ConfigurationError } from "../errors/errors.ts";
import type { AiBinding } from "../options/connection.ts";
import type { LocalGateway } from "./local-gateway.ts";
import { defaultToken } from "./options.ts";

/**
 * A test double for the Workers binding `env.AI`, backed by the local gateway. Like the binding, it needs no account id or token, returns logs
 * without their envelope, and throws if a log does not exist.
 *
 * ```ts
 * const gateway = createGateway({ binding: localBinding(local), gatewayId: "test", model: "openai/gpt-4o-mini" });
 * ```
 *
 * @throws ConfigurationError if `local` is not a local gateway
 */
export function localBinding(local: Pick<LocalGateway, "fetch"> & { gatewayToken?: string }): AiBinding {
  if (typeof (local as { fetch?: unknown } | undefined)?.fetch !== "function")
    throw new ConfigurationError([
      { option: "local", message: "must be a local gateway, from startLocalGateway or createLocalGateway" },
    ]);
  const api = "https://api.cloudflare.com/client/v4/accounts/local/ai-gateway/gateways";
  const authorization = `Bearer ${local.gatewayToken ?? defaultToken}`;
  return {
    gateway: (id) => {
      const logUrl = (logId: string) => `${api}/${encodeURIComponent(id)}/logs/${encodeURIComponent(logId)}`;
      return {
        async run(request, options) {
          const { provider, endpoint, headers, query } = request as BindingRequest;
          const url = `https://gateway.ai.cloudflare.com/v1/local/${encodeURIComponent(id)}/${provider}/${endpoint}`;
          const { signal } = (options ?? {}) as { signal?: AbortSignal };
          return local.fetch(url, {
            method: "POST",
            headers: { "content-type": "application/json", ...headers, "cf-aig-authorization": authorization },
            body: JSON.stringify(query),
            ...(signal ? { signal } : {}),
          });
        },
        async getLog(logId) {
          return readResult(await local.fetch(logUrl(logId), { headers: { authorization } }));
        },
        async patchLog(logId, patch) {
          const headers = { authorization, "content-type": "application/json" };
          await readResult(await local.fetch(logUrl(logId), { method: "PATCH", headers, body: JSON.stringify(patch) }));
        },
      };
    },
  };
}

interface BindingRequest {
  provider: string;
  endpoint: string;
  headers?: Record<string, string>;
  query: unknown;
}

/** The binding returns the bare log, and throws errors of the API. */
async function readResult(response: Response): Promise<unknown> {
  const { result, errors } = (await response.json()) as { result: unknown; errors: { code: number; message: string }[] };
  if (response.ok) return result;
  const [{ code, message } = { code: 7003, message: "Log not found" }] = errors;
  throw Object.assign(new Error(`${code}: ${message}`), { name: code === 7003 ? "AiGatewayLogNotFound" : "AiGatewayError" });
}
