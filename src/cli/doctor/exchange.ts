import { type ChatOptions, type ChatResult, createGateway, type GatewayConfig, GatewayError } from "../../index.ts";

/** A request to the gateway, and its outcome. */
export interface Exchange {
  result?: ChatResult;
  error?: GatewayError;
  /** The response, successful or not; absent if there was none. */
  response?: { status: number; headers: Headers; ms: number; receivedAt: number };
}

export interface ExchangeOptions {
  config: GatewayConfig;
  chat: ChatOptions;
  /** Replaces the request body. */
  body?: object;
  /** Sends the request without the gateway's token. */
  withoutToken?: boolean;
}

/** Timeout of a check. */
const timeoutMs = 20_000;

/** Sends a request with the client, so that the doctor gets the same response as a program. Rejects only for internal errors. */
export async function exchange({ config, chat, body, withoutToken }: ExchangeOptions): Promise<Exchange> {
  const seen: Exchange = {};
  const gateway = createGateway({
    ...config,
    maxRetries: 0,
    timeout: { total: timeoutMs },
    async fetch(url, init) {
      const headers = new Headers(init.headers);
      if (withoutToken) headers.delete("cf-aig-authorization");
      const started = performance.now();
      const response = await fetch(url, { ...init, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      const ms = Math.round(performance.now() - started);
      seen.response = { status: response.status, headers: response.headers, ms, receivedAt: Date.now() };
      return response;
    },
  });
  try {
    seen.result = await gateway.chat(chat);
  } catch (error) {
    if (!GatewayError.is(error) || error.code === "configuration") throw error;
    seen.error = error;
  }
  return seen;
}

/**
 * A request whose model has no provider prefix: the gateway checks the token and the gateway id, and rejects it without calling a provider.
 */
export const freeRequest = (config: GatewayConfig, options: Pick<ExchangeOptions, "withoutToken"> = {}): Promise<Exchange> =>
  exchange({
    ...options,
    config: { ...config, provider: undefined, model: "openai/gpt-4o-mini" },
    chat: { prompt: "ping", gateway: { collectLog: false } },
    body: { model: "cf-ai-gateway-doctor", messages: [{ role: "user", content: "ping" }], max_tokens: 1 },
  });

/** Whether there was no usable response because of a network problem. */
export const isNetworkTrouble = (seen: Exchange): boolean =>
  seen.error !== undefined && (seen.error.code === "network" || seen.error.code === "timeout" || isPage(seen));

/** Whether the response is an HTML page, as from a login page or a proxy. */
export const isPage = ({ response }: Exchange): boolean => /text\/html/i.test(response?.headers.get("content-type") ?? "");

/** An error's message without its hint, which is shown as advice. */
export const describeFailure = ({ message, hint }: GatewayError): string => message.replace(hint, "").trim();

/** What `--verbose` shows of a response. */
export function responseFacts({ response }: Exchange): Record<string, string | number | undefined> {
  if (!response) return {};
  const { status, ms, headers } = response;
  return { status, ms, ray: headers.get("cf-ray") ?? undefined };
}
