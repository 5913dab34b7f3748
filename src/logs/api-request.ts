import { Cancellation } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import { networkError } from "../errors/from-network.ts";
import type { Asked } from "../errors/from-response.ts";
import { isHtml } from "../errors/parse-error-body.ts";
import { excerpt, type Redact } from "../errors/redact.ts";
import type { TimeoutOptions } from "../options/chat-options.ts";
import { Clock } from "../transport/timeout.ts";

/** Milliseconds; Cloudflare's API answers at once, or something is wrong. */
const defaultLimit = 60_000;

/**
 * Gets an answer of Cloudflare's API within the time limits and reads it whole, so that a stall, a broken connection and something that is no
 * JSON are errors of ours rather than the parser's.
 */
export async function readWholeResponse(
  send: (cancellation: Cancellation) => Promise<Response>,
  callerSignal: AbortSignal | undefined,
  { limits, redact, asked }: { limits: TimeoutOptions; redact: Redact; asked: Asked },
): Promise<Response> {
  if (callerSignal?.aborted) throw callerSignal.reason;
  const cancellation = new Cancellation();
  const abort = () => cancellation.abort(callerSignal?.reason);
  callerSignal?.addEventListener("abort", abort, { once: true });
  const clock = new Clock({ firstByte: limits.firstByte ?? defaultLimit, idle: limits.idle ?? defaultLimit }, (error) =>
    cancellation.abort(Object.assign(error, asked)),
  );
  try {
    clock.start("first-byte");
    const response = await send(cancellation);
    clock.start("idle");
    const text = await bodyText(response, cancellation, redact);
    checkJson(text, redact, asked);
    const { status, headers } = response;
    return new Response(text === "" ? null : text, { status, headers });
  } catch (error) {
    throw cancellation.aborted ? cancellation.reason : error;
  } finally {
    clock.stop();
    callerSignal?.removeEventListener("abort", abort);
  }
}

async function bodyText(response: Response, cancellation: Cancellation, redact: Redact): Promise<string> {
  try {
    return await cancellation.race(response.text());
  } catch (error) {
    if (cancellation.aborted) throw error;
    throw networkError(error, response.url, redact, "body");
  }
}

function checkJson(text: string, redact: Redact, asked: Asked): void {
  if (text === "") return;
  try {
    JSON.parse(text);
  } catch {
    const kind = isHtml(text) ? "answer:html" : "answer:malformed";
    throw fail(kind, `${asked.model}: the answer begins with ${JSON.stringify(excerpt(text, redact))}.`, asked);
  }
}
