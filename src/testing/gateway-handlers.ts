import type { HttpHandler } from "msw";
import { createGatewayBehaviour } from "./gateway-behaviour.ts";
import { mswHttp } from "./msw.ts";
import type { LocalGatewayOptions } from "./scripted-reply.ts";
import type { WireReply } from "./wire-reply.ts";

/**
 * MSW handlers that answer as `startLocalGateway` does, in process and on every host: both chat endpoints, custom domains, the logs. All handlers of one
 * call share their cache, logs and script; `port` has no meaning here.
 *
 * Without sockets some faults are weaker: a broken connection is a failed `fetch`, or a body that fails. Cancelled streams are better tested
 * against `startLocalGateway`, for MSW does not pass a cancellation on.
 *
 * ```ts
 * const server = setupServer(...gatewayHandlers({ script: [{ text: "Paris." }] }));
 * ```
 */
export function gatewayHandlers(options: LocalGatewayOptions = {}): HttpHandler[] {
  const http = mswHttp();
  const behaviour = createGatewayBehaviour(options);
  const paths = [
    "*/compat/chat/completions",
    "*/accounts/:account/ai/v1/chat/completions",
    "*/accounts/:account/ai-gateway/gateways/:gateway/logs",
    "*/accounts/:account/ai-gateway/gateways/:gateway/logs/:log",
  ];
  return paths.map((path) =>
    http.all(path, async ({ request }) => {
      const { pathname, search } = new URL(request.url);
      const reply = await behaviour.answer({
        method: request.method,
        path: pathname + search,
        // Copied pair by pair: under MSW's interceptor `new Headers(request.headers)` loses headers when `fetch` added a content type.
        headers: new Headers([...request.headers]),
        body: await request.text(),
      });
      return responseOf(reply, request.signal);
    }),
  );
}

async function responseOf(reply: WireReply, signal: AbortSignal): Promise<Response> {
  if (reply.delayMs > 0) await delay(reply.delayMs, signal);
  if (reply.stopsAt === "before-headers") return reply.ending === "reset" ? Response.error() : new Promise<never>(() => {});
  return new Response(bodyOf(reply), { status: reply.status, headers: reply.headers });
}

function bodyOf({ pieces, ending }: WireReply): ReadableStream<Uint8Array> | null {
  if (pieces.length === 0 && ending === "close") return null;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[at++];
      if (piece) return controller.enqueue(piece);
      if (ending === "close") return controller.close();
      if (ending === "reset") return controller.error(new TypeError("terminated"));
      return new Promise<never>(() => {});
    },
  });
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
