import createClient from "openapi-fetch";
import { abortable } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import { type Asked, errorFromResponse } from "../errors/from-response.ts";
import { createRedact, type Redact } from "../errors/redact.ts";
import { wholeAnswer } from "../logs/api-request.ts";
import type { Settings, Token } from "../options/resolve-config.ts";
import { tokenProblem } from "../options/token-problem.ts";
import type { ChatCompletionRequest, paths } from "../wire.ts";
import { bindingFetch } from "./binding.ts";

/** What a request carries beyond the standard fields. */
type Extra = {
  /** Headers laid over the content type; openapi-fetch would build them twice. */
  ownHeaders?: Record<string, string> | undefined;
  asked?: Asked | undefined;
};

/** Stands in for `Request`, whose construction takes a fifth of a small call's time; it is its own RequestInit. */
class PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly asked: Asked | undefined;
  readonly redirect = "manual";
  /** Stands in the headers; openapi-fetch copies what a request does not have. */
  readonly ownHeaders = undefined;

  constructor(
    url: string,
    init: { method: string; headers: Headers; body?: string | undefined; signal?: AbortSignal | undefined } & Extra,
  ) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    for (const [name, value] of Object.entries(init.ownHeaders ?? {})) this.headers.set(name, value);
    this.body = init.body;
    this.signal = init.signal;
    this.asked = init.asked;
  }
}

/** Characters; what an error's body holds beyond them is left unread. */
const longestErrorBody = 1_000_000;

/** Headers of the user's own that hold secrets: those of Cloudflare Access before a custom domain, and the like. */
const secretHeader = /token|secret|cookie|api-?key/i;

export interface Http {
  /** Sends a chat and returns its answer with the body unread. Anything but a 2xx is a GatewayError. */
  chat(
    request: { body: ChatCompletionRequest; headers: Record<string, string> },
    asked: Asked,
    signal: AbortSignal,
  ): Promise<Response>;
  /** The typed client for Cloudflare's API (logs), with the same errors. */
  readonly api: ReturnType<typeof createClient<paths>>;
  /** Takes the tokens in use out of a text or a body. */
  readonly redact: Redact;
}

export const logsAsked: Asked = { provider: "logs", model: "The gateway's logs" };

/** The two doors to the network, with authentication and error answers dealt with. Retries and time limits are the caller's. */
export function createHttp(settings: Settings): Http {
  // Only tokens that functions gave can change; a few are kept, for an error may still speak of the last one.
  const secrets: string[] = [];
  const redact: Redact = (value) => createRedact(secrets)(value);
  const send = settings.binding
    ? bindingFetch(settings.binding, settings.gatewayId as string)
    : (url: string, init: RequestInit) => (settings.fetch ?? globalThis.fetch)(url, init);

  function keepSecret(text: string): void {
    if (secrets.includes(text)) return;
    secrets.push(text);
    if (secrets.length > 16) secrets.shift();
  }

  async function tokenOf(give: Exclude<Token, string>, option: string, signal: AbortSignal | undefined): Promise<string> {
    const asked = Promise.resolve(give());
    const text = await (signal ? abortable(asked, signal) : asked);
    const problem = tokenProblem(text);
    if (problem) throw new ConfigurationError([{ option, message: `the function's token ${problem}` }]);
    return text;
  }

  /** One request; with a fresh token once more when a 401 comes back and a function gives the tokens. */
  async function exchange(
    request: PlainRequest,
    header: string,
    token: Token | undefined,
    option: string,
    asked: Asked,
  ): Promise<Response> {
    for (let fresh = false; ; fresh = true) {
      if (token !== undefined) {
        const text = typeof token === "string" ? token : await tokenOf(token, option, request.signal);
        keepSecret(text);
        request.headers.set(header, `Bearer ${text}`);
      }
      const response = await connect(request);
      if (response.ok) return response;
      if (response.status === 401 && typeof token === "function" && !fresh) {
        await response.body?.cancel();
        continue;
      }
      throw errorFromResponse(response, await errorText(response, request.signal), asked, redact);
    }
  }

  async function connect(request: PlainRequest): Promise<Response> {
    const { url, signal } = request;
    let response: Response;
    try {
      const sent = send(url, request as RequestInit);
      response = await (signal ? abortable(sent, signal, forsake) : sent);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (GatewayError.is(error)) throw error;
      throw networkError(error, url, redact, "connect");
    }
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw redirected(url, response);
    }
    return response;
  }

  const client = (baseUrl: string, exchangeAll: (request: PlainRequest) => Promise<Response>) =>
    createClient<paths>({
      baseUrl,
      // The default ones look for forms and for path styles, which the gateway has not.
      bodySerializer: (body) => JSON.stringify(body),
      pathSerializer: (path, values) =>
        path.replace(/\{(\w+)\}/g, (found, name) =>
          Object.hasOwn(values, name) ? encodeURIComponent(String(values[name])) : found,
        ),
      Request: PlainRequest as unknown as typeof Request,
      fetch: exchangeAll as unknown as (request: Request) => Promise<Response>,
    });

  const [chatHeader, chatOption] =
    settings.endpoint === "rest" ? (["authorization", "apiToken"] as const) : (["cf-aig-authorization", "gatewayToken"] as const);
  const { route } = settings;
  const chats = client(settings.chatBaseUrl, (request) =>
    exchange(request, chatHeader, settings.chatToken, chatOption, request.asked as Asked),
  );

  function post(
    init: { body: ChatCompletionRequest; signal: AbortSignal; parseAs: "stream" } & Extra,
  ): Promise<{ response: Response }> {
    if (route.kind === "custom-domain") return chats.POST("/compat/chat/completions", init);
    const path = { account_id: route.accountId, gateway_id: route.gatewayId };
    if (route.kind === "compat")
      return chats.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", { ...init, params: { path } });
    const params = { path, header: { "cf-aig-gateway-id": route.gatewayId } };
    return chats.POST("/accounts/{account_id}/ai/v1/chat/completions", { ...init, params });
  }

  return {
    redact,
    async chat({ body, headers }, asked, signal) {
      for (const [name, value] of Object.entries(headers)) if (secretHeader.test(name)) secretsOf(value).forEach(keepSecret);
      const { response } = await post({ body, signal, parseAs: "stream", ownHeaders: headers, asked });
      return response;
    },
    api: client(settings.apiBaseUrl, (request) => {
      const limits = settings.defaults.timeout ?? {};
      const send = (signal: AbortSignal) =>
        exchange(
          new PlainRequest(request.url, { ...request, signal }),
          "authorization",
          settings.apiToken,
          "apiToken",
          logsAsked,
        );
      return wholeAnswer(send, request.signal, { limits, redact, asked: logsAsked });
    }),
  };
}

/** The value, and of a cookie header each cookie's; what is short is no secret and may be part of any text. */
const secretsOf = (value: string) =>
  [value, ...value.split(/;\s*/).map((cookie) => cookie.slice(cookie.indexOf("=") + 1))].filter(({ length }) => length >= 8);

/** A transport that does not heed the signal may still answer; its body must not stay open. */
const forsake = (late: Response) => void late.body?.cancel().catch(() => {});

async function errorText(response: Response, signal: AbortSignal | undefined): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (reader && text.length < longestErrorBody) {
      const read = reader.read();
      const { done, value } = await (signal ? abortable(read, signal) : read);
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status alone tells enough when the connection breaks within the error's body.
    if (signal?.aborted) throw signal.reason;
  } finally {
    reader?.cancel().catch(() => {});
  }
  return text;
}

function redirected(url: string, response: Response): GatewayError {
  const location = response.headers.get("location");
  const target = location && URL.canParse(location, url) ? ` to ${new URL(location, url).host}` : "";
  return fail("network:redirect", `${new URL(url).host} redirects${target}.`, { status: response.status || undefined });
}
