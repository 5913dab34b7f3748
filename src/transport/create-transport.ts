import type { Cancellation } from "../abort.ts";
import type { RequestTarget } from "../errors/errors.ts";
import type { Fetch } from "../options/connection.ts";
import type { Settings } from "../options/settings.ts";
import type { ChatCompletionRequest } from "../wire.ts";
import { bindingFetch } from "./binding.ts";
import { asFetch, createBindings, serializePath } from "./bindings.ts";
import { Secrets } from "./secrets.ts";
import { type Server, sendRequest, userFetch } from "./send-request.ts";
import type { ChatRequest, Transport } from "./transport.ts";

/** Returns a function that opens a transport for one chat; it redacts the secrets of that chat's requests. */
export function createTransport(settings: Settings): () => Transport {
  const { header, token, option } = chatCredentials(settings);
  const fetch = chatFetch(settings);
  // All chats of a gateway use the same URL.
  let url: string | undefined;
  const bindings = createBindings(settings.chatBaseUrl, undefined, (path, values) => {
    url ??= serializePath(path, values);
    return url;
  });
  // Only a binding has no account id, and it uses no URL.
  const path = { account_id: settings.accountId ?? "", gateway_id: settings.gatewayId ?? "" };
  const params = { path, header: { "cf-aig-gateway-id": path.gateway_id } };

  function post(body: ChatCompletionRequest, fetch: (request: Request) => Promise<Response>): Promise<{ response: Response }> {
    const parseAs = "stream";
    if (settings.customDomain !== undefined) return bindings.POST("/compat/chat/completions", { body, fetch, parseAs });
    return settings.endpoint === "compat"
      ? bindings.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", { body, fetch, parseAs, params: { path } })
      : bindings.POST("/accounts/{account_id}/ai/v1/chat/completions", { body, fetch, parseAs, params });
  }

  function open(): Transport {
    const server: Server = { fetch, secrets: new Secrets(), header, token, option };
    return {
      redact: server.secrets.redact,
      send: (request, target, cancellation) => send(request, server, target, cancellation),
    };
  }

  function send(
    { body, headers }: ChatRequest,
    server: Server,
    target: RequestTarget,
    cancellation: Cancellation,
  ): Promise<{ response: Response }> {
    server.secrets.addHeaders(headers);
    return post(
      body,
      asFetch((request) => {
        // Set here, since openapi-fetch would build the headers twice.
        for (const name in headers) request.headers.set(name, headers[name] as string);
        return sendRequest(request, server, target, cancellation);
      }),
    );
  }

  return open;
}

function chatCredentials({ endpoint, chatToken: token }: Settings): Pick<Server, "header" | "token" | "option"> {
  return endpoint === "rest"
    ? { header: "authorization", token, option: "apiToken" }
    : { header: "cf-aig-authorization", token, option: "gatewayToken" };
}

function chatFetch(settings: Settings): Fetch {
  const { binding, gatewayId } = settings;
  return binding ? bindingFetch(binding, gatewayId as string) : userFetch(settings);
}
