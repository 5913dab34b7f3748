import createClient, { type Client } from "openapi-fetch";
import { ConfigurationError } from "./errors/errors.ts";
import { tokenProblem } from "./errors/token-problem.ts";
import type { paths } from "./wire.ts";

/** The server and the token that the bindings use. */
export interface GatewayFetchClientOptions {
  /** Which server is called, and how requests are authenticated. `rest` also serves the logs. @default "compat" */
  endpoint?: "compat" | "rest";
  /**
   * Sent as `cf-aig-authorization: Bearer …` on `compat` (the gateway's token) and as `Authorization: Bearer …` on `rest` (a
   * Cloudflare API token), never as both. @default no authentication header
   */
  token?: string;
  /** Replaces the endpoint's server, for example with a custom domain or a proxy. @default https://gateway.ai.cloudflare.com, on `rest` https://api.cloudflare.com/client/v4 */
  baseUrl?: string;
  /** Called with each request. @default globalThis.fetch, looked up at each call */
  fetch?: (request: Request) => Promise<Response>;
}

const baseUrls = { compat: "https://gateway.ai.cloudflare.com", rest: "https://api.cloudflare.com/client/v4" };

/**
 * The typed openapi-fetch client for the spec's paths, without the runtime: no retries, no timeouts, no stream parsing, and redirects
 * are not followed. An error response does not throw: check `response.ok`, then read `error`. For a stream, set `stream: true` in the
 * body and pass `parseAs: "stream"`.
 *
 * ```ts
 * const client = createGatewayFetchClient({ token });
 * const { data, error, response } = await client.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", {
 *   params: { path: { account_id, gateway_id }, header: { "cf-aig-cache-ttl": 3600 } },
 *   body: { model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hello" }] },
 * });
 * ```
 *
 * @throws ConfigurationError if the token is empty or holds anything but visible ASCII; the message does not quote it.
 */
export function createGatewayFetchClient(options: GatewayFetchClientOptions = {}): Client<paths> {
  const { endpoint = "compat", token, baseUrl = baseUrls[endpoint], fetch } = options;
  // `Headers` rejects a line break too, but its error message contains the whole value.
  const problem = token === undefined ? undefined : tokenProblem(token);
  if (problem) throw new ConfigurationError([{ option: "token", message: problem }]);
  const authentication = endpoint === "rest" ? "authorization" : "cf-aig-authorization";
  return createClient<paths>({
    baseUrl,
    headers: token === undefined ? {} : { [authentication]: `Bearer ${token}` },
    // Following a redirect could send the token to another server: fetch strips only `authorization`.
    redirect: "manual",
    // openapi-fetch captures `fetch` at creation, so interceptors installed later would not see the request.
    fetch: (request) => (fetch ? fetch(request) : globalThis.fetch(request)),
  });
}
