import type { TokenCounts } from "./answer.ts";
import { answerHeaders, logIdOf, rayOf } from "./answer-headers.ts";
import { AutoRouter, dynamicRouteTarget, type RoutingDecision } from "./auto-router.ts";
import { checkBody, checkKey, checkModel, checkToken } from "./checks.ts";
import { joined } from "./faults.ts";
import { refuse, refuseWithoutCode } from "./gateway-refusal.ts";
import { LogBook } from "./log-book.ts";
import { RateWindow } from "./rate-window.ts";
import { renderReply } from "./render-reply.ts";
import { ResponseCache } from "./response-cache.ts";
import { matchRoute, type Route } from "./route.ts";
import type { LocalGatewayOptions, ScriptedReply, ScriptRequest } from "./scripted-reply.ts";
import { type Target, targetOf } from "./target.ts";
import type { WireReply } from "./wire-reply.ts";

/** A request, whatever received it. */
export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: Headers;
  /** The body's text; `""` without one. */
  body: string;
}

/** The local gateway without a socket: what it answers, and what it remembers. */
export interface GatewayBehaviour {
  requests: ScriptRequest[];
  answer(request: ReceivedRequest): Promise<WireReply>;
  reply(...replies: ScriptedReply[]): void;
  reset(): void;
}

export function createGatewayBehaviour(options: LocalGatewayOptions = {}): GatewayBehaviour {
  const requests: ScriptRequest[] = [];
  const queue: ScriptedReply[] = [];
  const cache = new ResponseCache();
  const logs = new LogBook();
  const rate = new RateWindow(options.rateLimit);
  const router = new AutoRouter();
  let calls = 0;
  let scripted = 0;

  /** A script that throws is told as an answer: there is nobody else to tell. */
  const answer = (received: ReceivedRequest): Promise<WireReply> =>
    dispatch(received).catch((error: unknown) =>
      refuse("rest", 10013, {
        status: 500,
        message: `The local gateway's script failed: ${error instanceof Error ? error.message : String(error)}`,
      }),
    );

  async function dispatch(received: ReceivedRequest): Promise<WireReply> {
    const { pathname, searchParams } = new URL(received.path, "http://gateway.local");
    const route = matchRoute(pathname, received.headers);
    const body = parsed(received.body);
    const model = route?.kind === "chat" && isObject(body) && typeof body.model === "string" ? body.model : undefined;
    const target = route?.kind === "chat" && model !== undefined ? targetOf(model, route.endpoint) : undefined;
    const request: ScriptRequest = { method: received.method, path: received.path, headers: received.headers, body, ...target };
    requests.push(request);
    if (!route) return refuse("rest", 7000);
    if (route.kind === "logs") {
      return (
        checkToken(route, received.headers, options.token ?? "test-token") ??
        logs.answer(received.method, route.gateway, route.logId, searchParams, body)
      );
    }
    if (received.method !== "POST") return refuse(route.endpoint, 10001);
    return chat(route, received, request, target);
  }

  async function chat(
    route: ChatRoute,
    received: ReceivedRequest,
    request: ScriptRequest,
    asked: Target | undefined,
  ): Promise<WireReply> {
    const started = Date.now();
    const number = ++calls;
    const { headers } = received;
    const unauthorized = checkToken(route, headers, options.token ?? "test-token");
    if (unauthorized) return { ...unauthorized, headers: { ...unauthorized.headers, "cf-ray": rayOf(number) } };

    let target = asked;
    let decision: RoutingDecision | undefined;
    const finish = (reply: WireReply, tokens: TokenCounts | undefined, cacheStatus: "HIT" | "MISS"): WireReply => {
      const logId = headers.get("cf-aig-collect-log") === "false" ? undefined : logIdOf(number);
      if (logId !== undefined) {
        logs.add({
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
    };

    const refusal = await check(route, headers, request, asked);
    if (refusal) return finish(refusal, undefined, "MISS");
    if (!asked) return finish(refuse(route.endpoint, 2019), undefined, "MISS");
    const waitMs = rate.take(route.gateway);
    if (waitMs !== undefined) {
      const limited = refuse(route.endpoint, 2003);
      return finish(
        { ...limited, headers: { ...limited.headers, "retry-after": String(Math.ceil(waitMs / 1000)) } },
        undefined,
        "MISS",
      );
    }

    const key = ResponseCache.keyOf(`${route.account}/${route.gateway}`, headers, request.body);
    const stored = key === undefined ? undefined : cache.get(key);
    if (stored) {
      target = stored.target;
      return finish({ ...stored.reply, delayMs: 0 }, stored.tokens, "HIT");
    }

    if (asked.provider === "dynamic") target = dynamicRouteTarget;
    if (asked.provider === "cloudflare") {
      decision = router.route(headers);
      if (!decision) return finish(refuseWithoutCode(400, "No model is allowed for this request"), undefined, "MISS");
      target = decision.target;
    }
    const answered = target ?? asked;
    const { reply, tokens, isWhole } = renderReply(await nextReply(request), {
      body: request.body,
      endpoint: route.endpoint,
      ...answered,
      number,
    });
    if (key !== undefined && tokens && isWhole)
      cache.set(key, { reply, tokens, target: answered }, ResponseCache.secondsOf(headers));
    return finish(reply, tokens, "MISS");
  }

  async function check(
    route: ChatRoute,
    headers: Headers,
    request: ScriptRequest,
    target: Target | undefined,
  ): Promise<WireReply | undefined> {
    if (!isObject(request.body)) return refuse(route.endpoint, 2019);
    return (
      (await checkBody(route, request.body, target?.provider ?? "openai")) ??
      checkModel(route, headers, String(request.body.model)) ??
      (target && checkKey(route, headers, target, options.storedKeys))
    );
  }

  async function nextReply(request: ScriptRequest): Promise<ScriptedReply> {
    const n = scripted++;
    const queued = queue.shift();
    if (queued) return queued;
    if (typeof options.script === "function") return options.script(request, n);
    return script.shift() ?? {};
  }

  let script = typeof options.script === "object" ? [...options.script] : [];

  return {
    requests,
    answer,
    reply: (...replies) => void queue.push(...replies),
    reset() {
      requests.length = 0;
      queue.length = 0;
      script = typeof options.script === "object" ? [...options.script] : [];
      scripted = 0;
      cache.clear();
      logs.clear();
      rate.clear();
      router.clear();
    },
  };
}

type ChatRoute = Extract<Route, { kind: "chat" }>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
