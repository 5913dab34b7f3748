import { GatewayError } from "../index.ts";

/** Marks the AI SDK's errors, in all its versions and copies. */
const markers = [Symbol.for("vercel.ai.error"), Symbol.for("vercel.ai.error.AI_APICallError")];

/**
 * Converts an error for the AI SDK: `APICallError.isInstance` is true, and `isRetryable` decides whether it retries. The GatewayError is the
 * `cause`. Errors from elsewhere (such as an abort reason) are returned unchanged.
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
    // If the response names a wait, in a header or in its body, the AI SDK respects it.
    responseHeaders: error.retryAfterMs === undefined ? undefined : { "retry-after-ms": String(error.retryAfterMs) },
    responseBody: error.body === undefined ? undefined : JSON.stringify(error.body),
    isRetryable: error.retryable,
    data: { code: error.code, origin: error.origin, hint: error.hint, gateway: error.gateway },
  });
}
