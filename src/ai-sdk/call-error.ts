import { GatewayError } from "../index.ts";

/** How the AI SDK recognizes its errors, in every version and copy of it. */
const markers = [Symbol.for("vercel.ai.error"), Symbol.for("vercel.ai.error.AI_APICallError")];

/**
 * An error as the AI SDK knows it: `APICallError.isInstance` is true, and `isRetryable` decides whether it retries. The GatewayError is the
 * `cause`. Errors that are none of this package's (an abort's reason) stay as they are.
 */
export function toCallError(error: unknown, modelId: string): unknown {
  if (!GatewayError.is(error) || error.code === "configuration") return error;
  const wrapped = new Error(error.message, { cause: error });
  wrapped.name = "AI_APICallError";
  for (const marker of markers) Object.defineProperty(wrapped, marker, { value: true });
  return Object.assign(wrapped, {
    url: "cf-ai-gateway",
    requestBodyValues: { model: modelId },
    statusCode: error.status,
    // Where the response names a wait, in a header or in its body, the AI SDK obeys it.
    responseHeaders: error.retryAfterMs === undefined ? undefined : { "retry-after-ms": String(error.retryAfterMs) },
    responseBody: error.body === undefined ? undefined : JSON.stringify(error.body),
    isRetryable: error.retryable,
    data: { code: error.code, origin: error.origin, hint: error.hint, gateway: error.gateway },
  });
}
