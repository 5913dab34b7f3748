import { ConfigurationError } from "../errors/errors.ts";
import { createFixtureStore } from "./fixtures/fixture-store.ts";
import { handleChat } from "./handle-chat.ts";
import { checkLocalGatewayOptions, defaultToken, type LocalGatewayOptions } from "./options.ts";
import { type GatewaySetup, getPathname, type ReceivedRequest, readRequest } from "./received-request.ts";
import type { ScriptRequest } from "./scripted-reply.ts";
import { gatewayError } from "./services/gateway-error.ts";
import { matchRoute, readTokens } from "./services/route.ts";
import { createSession, type Session } from "./session.ts";
import { joined, type WireReply } from "./wire/wire-reply.ts";

/** The local gateway without a socket: its responses and its state. */
export interface GatewayCore {
  readonly main: Session;
  /** The session with that name, created on first use. */
  session(name: string): Session;
  answer(request: ReceivedRequest): Promise<WireReply>;
}

export function createGatewayCore(options: LocalGatewayOptions = {}): GatewayCore {
  checkLocalGatewayOptions(options);
  const main = createSession(options.token ?? defaultToken, options);
  const sessions = new Map<string, Session>();
  const fixtures = options.fixtures === undefined ? undefined : createFixtureStore(options.fixtures);
  const setup: GatewaySetup = { options, fixtures };

  return {
    main,
    session(name) {
      if (typeof name !== "string" || name === "")
        throw new ConfigurationError([{ option: "session", message: "needs a name, a non-empty string" }]);
      const token = `${main.token}.${encodeURIComponent(name)}`;
      const session = sessions.get(token) ?? createSession(token, options);
      sessions.set(token, session);
      return session;
    },
    async answer(received) {
      const session = readTokens(received.headers).flatMap((token) => sessions.get(token) ?? [])[0] ?? main;
      const request = readRequest(received);
      session.record(request);
      const reply = await dispatch(received, request, session, setup).catch(failed);
      request.answer = {
        status: reply.status,
        headers: new Headers(reply.headers),
        text: new TextDecoder().decode(joined(reply.pieces)),
      };
      return reply;
    },
  };
}

/** An error thrown by a script or a condition is sent as a response, so that the test sees it. */
const failed = (error: unknown): WireReply => {
  const message = `The local gateway's script failed: ${error instanceof Error ? error.message : String(error)}`;
  return gatewayError("rest", 10013, { status: 500, message });
};

async function dispatch(
  received: ReceivedRequest,
  request: ScriptRequest,
  session: Session,
  setup: GatewaySetup,
): Promise<WireReply> {
  const { method, path, headers } = received;
  const route = matchRoute(getPathname(path), headers);
  if (!route) return gatewayError("rest", 7000);
  if (route.kind === "chat")
    return method === "POST" ? handleChat(route, received, request, session, setup) : gatewayError(route.endpoint, 10001);
  if (!readTokens(headers).includes(session.token)) return gatewayError("rest", headers.has("authorization") ? 10000 : 9106);
  if (setup.options.logs === false) return gatewayError("rest", 7000);
  const searchParams = new URLSearchParams(path.split("?")[1]);
  return session.logs.answer(method, route, searchParams, request.body);
}
