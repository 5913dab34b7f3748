import type { GatewayError } from "../errors/errors.ts";
import type { ChatDefaults } from "../options/chat-options.ts";

const firstDelay = 500;
const longestDelay = 8_000;
/** A response that asks for a longer wait fails immediately, so that the caller can decide how to spend that time. */
const longestRetryAfter = 60_000;

/** Milliseconds until the next attempt, or undefined for no retry. `retry` counts from 1. */
export function retryDelay(
  error: GatewayError,
  retry: number,
  options: ChatDefaults,
  random: () => number = Math.random,
): number | undefined {
  if (!error.retryable || retry > (options.maxRetries ?? 2)) return undefined;
  // The gateway itself retries, and retrying its failures here too would multiply the attempts. It never sees a failed connection.
  const gatewayRetries = options.maxRetries === undefined && (options.gateway?.maxAttempts ?? 1) > 1;
  if (gatewayRetries && error.code !== "network") return undefined;
  if (error.retryAfterMs !== undefined) return error.retryAfterMs > longestRetryAfter ? undefined : error.retryAfterMs;
  return random() * Math.min(longestDelay, firstDelay * 2 ** (retry - 1));
}

/**
 * Whether another provider may succeed: after a retryable failure, or if the provider itself rejected the request (no credit, unknown model,
 * prompt too long). A rejection by the gateway's policies is final.
 */
export function mayFallBack(error: GatewayError): boolean {
  return error.retryable || error.origin === "provider";
}
