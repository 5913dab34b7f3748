import { Cancellation } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import type { RequestTarget } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import { errorFromPayload } from "../errors/from-response.ts";
import { isHtml } from "../errors/parse-error-body.ts";
import { excerpt, type Redact } from "../errors/redact.ts";
import type { TimeoutOptions } from "../options/chat-options.ts";
import { isObject } from "../options/validators.ts";
import { Clock } from "../transport/timeout.ts";

/** Milliseconds; Cloudflare's API normally responds quickly. */
const defaultLimit = 60_000;

interface Exchange {
  limits: TimeoutOptions;
  redact: Redact;
  target: RequestTarget;
}

/** Runs `work` within the time limits; aborts its cancellation when one is reached, or with the caller's signal. */
export async function withTimeLimits<T>(
  work: (cancellation: Cancellation, clock: Clock) => Promise<T>,
  callerSignal: AbortSignal | undefined,
  { limits, target }: Pick<Exchange, "limits" | "target">,
): Promise<T> {
  if (callerSignal?.aborted) throw callerSignal.reason;
  const cancellation = new Cancellation();
  const abort = () => cancellation.abort(callerSignal?.reason);
  callerSignal?.addEventListener("abort", abort, { once: true });
  const clock = new Clock({ firstByte: limits.firstByte ?? defaultLimit, idle: limits.idle ?? defaultLimit }, (error) =>
    cancellation.abort(Object.assign(error, target)),
  );
  try {
    clock.start("first-byte");
    return await work(cancellation, clock);
  } catch (error) {
    throw cancellation.aborted ? cancellation.reason : error;
  } finally {
    clock.stop();
    callerSignal?.removeEventListener("abort", abort);
  }
}

/**
 * Gets a response of Cloudflare's API within the time limits and reads all of it, so that a stall, a failed connection, invalid JSON and a
 * failure with status 200 become GatewayErrors.
 */
export function readWholeResponse(
  send: (cancellation: Cancellation) => Promise<Response>,
  callerSignal: AbortSignal | undefined,
  exchange: Exchange,
): Promise<Response> {
  return withTimeLimits(
    async (cancellation, clock) => {
      const response = await send(cancellation);
      clock.start("idle");
      const text = await readText(response, cancellation, exchange.redact);
      checkBody(text, exchange);
      const { status, headers } = response;
      return new Response(text === "" ? null : text, { status, headers });
    },
    callerSignal,
    exchange,
  );
}

async function readText(response: Response, cancellation: Cancellation, redact: Redact): Promise<string> {
  try {
    return await cancellation.race(response.text());
  } catch (error) {
    if (cancellation.aborted) throw error;
    throw networkError(error, response.url, redact, "body");
  }
}

function checkBody(text: string, { redact, target }: Exchange): void {
  if (text === "") return;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const kind = isHtml(text) ? "answer:html" : "answer:malformed";
    throw fail(kind, `${target.model}: the response begins with ${JSON.stringify(excerpt(text, redact))}.`, target);
  }
  if (isObject(body) && body.success === false) throw errorFromPayload(body, target, redact, { retryable: false });
}
