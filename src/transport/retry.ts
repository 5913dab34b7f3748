import type { GatewayError } from "../errors/errors.ts";
import type { ChatDefaults } from "../options/chat-options.ts";

const firstDelay = 500;
const longestDelay = 8_000;
/** An answer that asks for a longer wait is an error at once: the caller knows better what to do with a minute. */
const longestRetryAfter = 60_000;

/** Milliseconds until the next attempt, or undefined when there must be none. `retry` counts from 1. */
export function retryDelay(
  error: GatewayError,
  retry: number,
  options: ChatDefaults,
  random: () => number = Math.random,
): number | undefined {
  if (!error.retryable || retry > (options.maxRetries ?? 2)) return undefined;
  // The gateway retries by itself; retrying its failures here as well would multiply the attempts. It never sees a failed connection.
  const gatewayRetries = options.maxRetries === undefined && (options.gateway?.maxAttempts ?? 1) > 1;
  if (gatewayRetries && error.code !== "network") return undefined;
  if (error.retryAfterMs !== undefined) return error.retryAfterMs > longestRetryAfter ? undefined : error.retryAfterMs;
  return random() * Math.min(longestDelay, firstDelay * 2 ** (retry - 1));
}

/**
 * Whether another provider may answer what this one did not: when a request failed in a retryable way, or the provider itself refused it
 * (no credit, an unknown model, a prompt too long). What the gateway's policies refuse stays refused.
 */
export function mayFallBack(error: GatewayError): boolean {
  return error.retryable || error.origin === "provider";
}
