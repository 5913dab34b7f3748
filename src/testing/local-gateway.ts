import { abortable } from "../abort.ts";
import { ConfigurationError } from "../errors/errors.ts";
import type { Fetch } from "../options/connection.ts";
import { createGatewayCore, type GatewayCore } from "./gateway-core.ts";
import type { LocalGatewayOptions } from "./options.ts";
import type { RequestCondition } from "./request-matcher.ts";
import type { ScriptedReply, ScriptRequest } from "./scripted-reply.ts";
import type { Session } from "./session.ts";
import { toResponse } from "./wire/to-response.ts";

/** A queue of replies, rules and a journal for the requests with this session's token. */
export interface LocalGatewaySession {
  /**
   * The client's `baseUrl`: `http://127.0.0.1:{port}`, or `http://gateway.local` without a socket. Also serves `/compat/chat/completions`, like
   * a custom domain.
   */
  url: string;
  /** `{url}/client/v4`: the client's `apiBaseUrl`, for the `rest` endpoint and the logs. */
  apiUrl: string;
  /** The client's `gatewayToken`, and its `apiToken`. */
  gatewayToken: string;
  /** The last 1,000 requests, including rejected ones, each with its response. */
  requests: ScriptRequest[];
  /**
   * Queues replies for the next chat requests that pass the gateway's checks.
   *
   * @throws ConfigurationError if a reply could not be sent
   */
  reply(...replies: ScriptedReply[]): void;
  /**
   * Answers each matching request with the replies in order, repeating the last one. If several rules match, the one with the most conditions
   * is used, and one about a tool result or a turn before one about the prompt; among equals, the newest.
   *
   * ```ts
   * local.when({ user: "weather" }, { toolCalls: [{ name: "get_weather", args: { city: "Paris" } }] });
   * local.when({ toolResult: /°C/ }, { text: "It is warm in Paris." });
   * ```
   *
   * @throws ConfigurationError if a condition does not exist, or a reply could not be sent
   */
  when(condition: RequestCondition, ...replies: ScriptedReply[]): void;
  /**
   * Clears requests, queued replies, rules, cached responses, logs and rate limits, and restarts `script` and sequences of fixtures.
   */
  reset(): void;
}

/** A gateway without a socket. */
export interface InProcessGateway extends LocalGatewaySession {
  /** The gateway as a client's `fetch`, without a socket; it answers for any host. */
  fetch: Fetch;
  /** Returns the session with that name, so that tests can run in parallel; the same name returns the same session. */
  session(name: string): LocalGatewaySession;
}

/** A gateway on the loopback interface, for tests and demos. */
export interface LocalGateway extends InProcessGateway {
  /** Stops the server and closes its connections, including stalled ones. */
  close(): Promise<void>;
  /** Closes it. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a local gateway. It checks token, body, model and keys like the gateway, rejects what the model's provider rejects, writes answers in
 * that provider's format, caches, keeps logs, and fails on demand. A request that is neither scripted nor recorded gets a built-in answer: the
 * prompt, a forced tool call, or a value that matches the schema.
 *
 * ```ts
 * await using local = await startLocalGateway();
 * const gateway = createGateway({ baseUrl: local.url, accountId: "test", gatewayId: "test", gatewayToken: local.gatewayToken });
 * local.reply({ text: "Paris." }, { error: { status: 429 } });
 * ```
 *
 * @throws ConfigurationError if an option is wrong
 */
export async function startLocalGateway(options: LocalGatewayOptions = {}): Promise<LocalGateway> {
  const core = createGatewayCore(options);
  const { serve } = await import("./wire/node-server.ts");
  const { port = 0 } = options;
  const server = await serve(port, core.answer).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    const reason = error.code === "EACCES" ? "may not be opened" : "is in use";
    throw new ConfigurationError([
      { option: "port", message: `${port} ${reason} (${error.code}); pass another one, or 0 for a free one` },
    ]);
  });
  return {
    ...inProcess(core, `http://127.0.0.1:${server.port}`),
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}

/**
 * The same gateway without a socket, for runtimes that have none and for your own transports: pass its `fetch`, or its binding from
 * `localBinding`, to `createGateway`. `port` has no effect.
 *
 * ```ts
 * const local = createLocalGateway({ script: [{ text: "Paris." }] });
 * const gateway = createGateway({ fetch: local.fetch, accountId: "test", gatewayId: "test", gatewayToken: local.gatewayToken });
 * ```
 *
 * @throws ConfigurationError if an option is wrong
 */
export const createLocalGateway = (options: LocalGatewayOptions = {}): InProcessGateway =>
  inProcess(createGatewayCore(options), "http://gateway.local");

const inProcess = (core: GatewayCore, url: string): InProcessGateway => ({
  ...toPublicSession(core.main, url),
  fetch: createFetch(core),
  session: (name) => toPublicSession(core.session(name), url),
});

const toPublicSession = ({ token, requests, reply, when, reset }: Session, url: string): LocalGatewaySession => ({
  url,
  apiUrl: `${url}/client/v4`,
  gatewayToken: token,
  requests,
  reply,
  when,
  reset,
});

/** Passes requests to the gateway in process. */
export function createFetch(core: GatewayCore): Fetch {
  return async (url, init) => {
    const request = new Request(url, init);
    const { pathname, search } = new URL(request.url);
    const { method, headers, signal } = request;
    const body = await request.text();
    signal.throwIfAborted();
    // A script is the user's code, and may never settle.
    const reply = await abortable(core.answer({ method, path: pathname + search, headers, body }), signal);
    return toResponse(reply, signal);
  };
}
