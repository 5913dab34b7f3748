import { createGatewayBehaviour } from "./gateway-behaviour.ts";
import type { LocalGatewayOptions, ScriptedReply, ScriptRequest } from "./scripted-reply.ts";

/** A gateway on the loopback interface that answers like a small scripted model. */
export interface LocalGateway {
  /** `http://127.0.0.1:{port}`: the client's `baseUrl`; also serves `/compat/chat/completions` as a custom domain does. */
  url: string;
  /** `{url}/client/v4`: the client's `apiBaseUrl`, for the `rest` endpoint and the logs. */
  apiUrl: string;
  /** Every request received so far, refused ones included. */
  requests: ScriptRequest[];
  /** Queues answers for the next chat requests that pass the gateway's checks; they go before `script`. */
  reply(...replies: ScriptedReply[]): void;
  /** Forgets requests, queued replies, cached answers, logs and rate limits, and starts `script` anew. */
  reset(): void;
  /** Ends the server and its connections, stalled ones included. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a local gateway. It checks token, body, model and keys as the gateway does, answers every request in the way of the provider that the
 * model names, caches, keeps logs, and fails on demand. Without a script it makes up sensible answers, calls the tools that a prompt asks for,
 * and fills schemas.
 *
 * ```ts
 * await using local = await startLocalGateway();
 * const gateway = createGateway({ baseUrl: local.url, accountId: "test", gatewayId: "test", gatewayToken: "test-token" });
 * local.reply({ text: "Paris." }, { error: { status: 429 } });
 * ```
 */
export async function startLocalGateway(options: LocalGatewayOptions = {}): Promise<LocalGateway> {
  const { serve } = await import("./node-server.ts");
  const behaviour = createGatewayBehaviour(options);
  const server = await serve(options.port ?? 0, behaviour.answer);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    apiUrl: `${url}/client/v4`,
    requests: behaviour.requests,
    reply: behaviour.reply,
    reset: behaviour.reset,
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}
