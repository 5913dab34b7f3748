import type { GatewayError } from "../errors/errors.ts";

/**
 * Whether another provider may answer what this one did not: when a request failed in a retryable way, or the provider itself refused it
 * (no credit, an unknown model, a prompt too long). What the gateway's policies refuse stays refused.
 */
export function mayFallBack(error: GatewayError): boolean {
  return error.retryable || error.origin === "provider";
}
