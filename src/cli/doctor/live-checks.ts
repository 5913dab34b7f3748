import { randomUUID } from "node:crypto";
import { createGateway, GatewayError } from "../../index.ts";
import { type Check, type Finding, fail, ok, skip, warn } from "./check.ts";
import { describeFailure, exchange } from "./exchange.ts";
import { whenAccepted } from "./gateway-checks.ts";

export const cacheCheck: Check = {
  id: "cache",
  title: "Cache",
  about: "the same request is a MISS, then a HIT",
  isLive: true,
  run: whenAccepted(async (_, { config, model }) => {
    const cacheKey = `cf-ai-gateway-doctor-${randomUUID()}`;
    const statuses: string[] = [];
    for (let n = 0; n < 2; n++) {
      const { result, error } = await exchange({
        config: { ...config, provider: undefined, model },
        chat: {
          prompt: "Reply with: ok",
          maxTokens: 16,
          gateway: { ...config.gateway, skipCache: undefined, cacheTtl: 60, cacheKey },
        },
      });
      if (error) return toFinding(error);
      statuses.push(result?.gateway.cacheStatus ?? "none");
    }
    if (statuses.join() === "MISS,HIT") return ok("MISS, then HIT");
    return warn(
      `${statuses.join(", then ")} for the same request`,
      "Check the gateway's cache settings: a rule, or the plan, may keep responses from being cached.",
    );
  }),
};

const maxWaitMs = 60_000;
/** Pieces that arrive within this fraction of the total time count as arriving together. */
const minSpread = 0.05;
/** For faster answers, arrival times are not conclusive. */
const minTotalMs = 300;

export const streamCheck: Check = {
  id: "stream",
  title: "Streaming",
  about: "a stream arrives in pieces, not all at once",
  isLive: true,
  run: whenAccepted(async (_, { config, model }) => {
    const arrivals: number[] = [];
    let contentType = "";
    const started = performance.now();
    const gateway = createGateway({
      ...config,
      provider: undefined,
      model,
      maxRetries: 0,
      timeout: { total: maxWaitMs },
      async fetch(url, init) {
        const response = await fetch(url, init);
        contentType = response.headers.get("content-type") ?? "";
        return timed(response, () => arrivals.push(performance.now() - started));
      },
    });
    try {
      await gateway.stream({ prompt: "Count from 1 to 60 in digits, separated by spaces.", maxTokens: 250 }).result;
    } catch (error) {
      if (GatewayError.is(error)) return toFinding(error);
      throw error;
    }
    return judgeTiming(arrivals, contentType);
  }),
};

/** Records when each piece of a body arrives. */
function timed(response: Response, onPiece: () => void): Response {
  const pieces = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        onPiece();
        controller.enqueue(piece);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(pieces ?? null, { status, statusText, headers });
}

function judgeTiming(arrivals: readonly number[], contentType: string): Finding {
  const advice =
    "Guardrails and data loss prevention hold a response back until they have scanned it; a proxy may buffer it too. Disable them for this gateway if answers must appear immediately.";
  if (!contentType.includes("text/event-stream")) return warn("a stream was requested, but the response was not one", advice);
  const first = arrivals[0] ?? 0;
  const last = arrivals.at(-1) ?? 0;
  const facts = { pieces: arrivals.length, firstMs: Math.round(first), lastMs: Math.round(last) };
  const arrivedAtOnce = arrivals.length < 2 || (last > minTotalMs && (last - first) / last < minSpread);
  if (arrivedAtOnce) return { ...warn(`the whole stream came at once, after ${Math.round(first)} ms`, advice), facts };
  return ok(`${arrivals.length} pieces over ${Math.round(last - first)} ms, the first after ${Math.round(first)} ms`, facts);
}

/** The finding for a failed request, which is not a problem of the cache or of streaming. */
const toFinding = (error: GatewayError): Finding =>
  error.code === "network" || error.code === "timeout"
    ? skip(describeFailure(error))
    : fail(`the request to the model failed: ${describeFailure(error)}`, `${error.hint} Another model: --model.`);
