import type { HttpHandler } from "msw";
import { createGatewayCore } from "./gateway-core.ts";
import { mswHttp } from "./msw.ts";
import type { LocalGatewayOptions } from "./options.ts";
import { toResponse } from "./wire/to-response.ts";
import type { WireReply } from "./wire/wire-reply.ts";

/**
 * MSW handlers that behave like `startLocalGateway`, in process and for every host: both chat endpoints, custom domains, the logs. The
 * handlers of one call share their cache, logs and script; `port` has no effect.
 *
 * Without sockets some faults are weaker: a connection failure is a `fetch` that rejects, or a body that fails. MSW doesn't notify a handler
 * that a stream was cancelled, so test that against `startLocalGateway`.
 *
 * ```ts
 * const server = setupServer(...gatewayHandlers({ script: [{ text: "Paris." }] }));
 * ```
 */
export function gatewayHandlers(options: LocalGatewayOptions = {}): HttpHandler[] {
  const http = mswHttp();
  const core = createGatewayCore(options);
  const paths = [
    "*/compat/chat/completions",
    "*/accounts/:account/ai/v1/chat/completions",
    "*/accounts/:account/ai-gateway/gateways/:gateway/logs",
    "*/accounts/:account/ai-gateway/gateways/:gateway/logs/:log",
  ];
  return paths.map((path) =>
    http.all(path, async ({ request }) => {
      const { pathname, search } = new URL(request.url);
      const reply = await core.answer({
        method: request.method,
        path: pathname + search,
        // Copied pair by pair: under MSW's interceptor `new Headers(request.headers)` loses headers when `fetch` added a content type.
        headers: new Headers([...request.headers]),
        body: await request.text(),
      });
      return createResponse(reply, request.signal);
    }),
  );
}

/** MSW turns an error thrown by a handler into a status 500, so a connection failure is reported in MSW's own way. */
const createResponse = (reply: WireReply, signal: AbortSignal): Promise<Response> =>
  toResponse(reply, signal).catch(() => Response.error());
