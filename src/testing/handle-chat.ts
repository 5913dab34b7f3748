import { checkRequest } from "./checks/check-request.ts";
import { chooseReply } from "./choose-reply.ts";
import type { TokenCounts } from "./dialects/answer.ts";
import type { LocalGatewayOptions } from "./options.ts";
import type { GatewaySetup, ReceivedRequest } from "./received-request.ts";
import { renderReply } from "./render-reply.ts";
import type { ScriptRequest } from "./scripted-reply.ts";
import { answerHeaders, createLogId, createRayId } from "./services/answer-headers.ts";
import { dynamicRouteTarget, type RoutingDecision } from "./services/auto-router.ts";
import { errorWithoutCode, gatewayError } from "./services/gateway-error.ts";
import { ResponseCache } from "./services/response-cache.ts";
import { type ChatRoute, hasToken, readTokens } from "./services/route.ts";
import type { Target } from "./services/target.ts";
import type { Session } from "./session.ts";
import { joined, type WireReply } from "./wire/wire-reply.ts";

/** The outcome of a chat request, before the gateway's headers are added. */
interface Outcome {
  reply: WireReply;
  cacheStatus: "HIT" | "MISS";
  /** Absent if no model answered. */
  tokens?: TokenCounts | undefined;
  /** The target that answered; absent if none did. */
  target?: Target | undefined;
  decision?: RoutingDecision | undefined;
}

/** Answers a chat request like the gateway: its own checks, limits and cache, then the provider. */
export async function handleChat(
  route: ChatRoute,
  received: ReceivedRequest,
  request: ScriptRequest,
  session: Session,
  setup: GatewaySetup,
): Promise<WireReply> {
  const started = Date.now();
  const number = session.nextNumber();
  const { headers } = received;
  const rejection = rejectCaller(route, headers, session.token, setup.options);
  if (rejection) return { ...rejection, headers: { ...rejection.headers, "cf-ray": createRayId(number) } };
  const { reply, cacheStatus, tokens, target, decision } = await answerChat(route, request, number, session, setup);
  const logId = headers.get("cf-aig-collect-log") === "false" ? undefined : createLogId(number);
  if (logId !== undefined) {
    session.logs.add({
      id: logId,
      gateway: route.gateway,
      provider: target?.provider ?? "",
      model: target?.model ?? "",
      headers,
      tokens,
      cached: cacheStatus === "HIT",
      durationMs: Date.now() - started + reply.delayMs,
      status: reply.status,
      request: received.body,
      response: new TextDecoder().decode(joined(reply.pieces)),
      responseType: reply.headers["content-type"] ?? "",
    });
  }
  const gatewayHeaders = answerHeaders({ number, logId, headers, cacheStatus, target, decision });
  return { ...reply, headers: { ...gatewayHeaders, ...reply.headers } };
}

/** What the gateway rejects regardless of the body: a wrong token, and a gateway that doesn't exist. */
function rejectCaller(
  route: ChatRoute,
  headers: Headers,
  token: string,
  { authenticated = true, gateways }: LocalGatewayOptions,
): WireReply | undefined {
  const isOpen = !authenticated && route.endpoint === "compat" && readTokens(headers).length === 0;
  if (!isOpen && !hasToken(route, headers, token))
    return gatewayError(route.endpoint, route.endpoint === "compat" ? 2009 : headers.has("authorization") ? 10000 : 9106);
  const isKnown = route.isCustomDomain || (gateways?.includes(route.gateway) ?? true);
  return isKnown ? undefined : gatewayError(route.endpoint, 2001);
}

async function answerChat(
  route: ChatRoute,
  request: ScriptRequest,
  number: number,
  session: Session,
  { options, fixtures }: GatewaySetup,
): Promise<Outcome> {
  const { headers, body, provider, model } = request;
  const requested = provider === undefined || model === undefined ? undefined : { provider, model };
  const rejected = (reply: WireReply, target = requested): Outcome => ({ reply, cacheStatus: "MISS", target });
  const rejection = await checkRequest(route, headers, body, requested, options);
  if (rejection || !requested) return rejected(rejection ?? gatewayError(route.endpoint, 2019));
  const waitMs = session.rate.take(route.gateway);
  if (waitMs !== undefined) return rejected(limited(route, waitMs));

  const isCached = options.cache ?? true;
  const key = isCached ? ResponseCache.createKey(`${route.account}/${route.gateway}`, headers, body) : undefined;
  const stored = key === undefined ? undefined : session.cache.get(key);
  if (stored) return { ...stored, reply: { ...stored.reply, delayMs: 0 }, cacheStatus: "HIT" };

  const decision = requested.provider === "cloudflare" ? session.router.route(headers) : undefined;
  if (requested.provider === "cloudflare" && !decision)
    return rejected(errorWithoutCode(400, "No model is allowed for this request"));
  const isRoute = requested.provider === "dynamic" || requested.provider === "custom";
  const target = decision?.target ?? (isRoute ? dynamicRouteTarget : requested);
  const choice = await chooseReply(request, route, session, { fixtures, hasScript: options.script !== undefined });
  if ("response" in choice) return { reply: choice.response, cacheStatus: "MISS", target, decision };
  const { reply, tokens, isWhole } = await renderReply(choice.reply, { body, endpoint: route.endpoint, ...target, number });
  if (key !== undefined && tokens && isWhole) session.cache.set(key, { reply, tokens, target }, ResponseCache.readTtl(headers));
  return { reply, cacheStatus: "MISS", tokens, target, decision };
}

function limited(route: ChatRoute, waitMs: number): WireReply {
  const rejection = gatewayError(route.endpoint, 2003);
  return { ...rejection, headers: { ...rejection.headers, "retry-after": String(Math.ceil(waitMs / 1000)) } };
}
