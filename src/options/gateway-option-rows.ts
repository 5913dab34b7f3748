import type { GatewayRequestHeaders } from "../wire.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import { customCost, headerText, hexadecimal, list, metadata } from "./header-values.ts";
import { boolean, type Check, integerBetween, integerFrom, oneOf } from "./validators.ts";

/** The header that an option is sent as, and the check of its value. */
export interface GatewayOptionRow {
  readonly header: keyof GatewayRequestHeaders;
  readonly check: Check;
}

/** One row per option. */
export const gatewayOptionRows = {
  cacheTtl: { header: "cf-aig-cache-ttl", check: integerBetween(60, 2_592_000, "seconds") },
  skipCache: { header: "cf-aig-skip-cache", check: boolean },
  cacheKey: { header: "cf-aig-cache-key", check: headerText },
  metadata: { header: "cf-aig-metadata", check: metadata },
  collectLog: { header: "cf-aig-collect-log", check: boolean },
  collectLogPayload: { header: "cf-aig-collect-log-payload", check: boolean },
  requestTimeout: { header: "cf-aig-request-timeout", check: integerFrom(1) },
  maxAttempts: { header: "cf-aig-max-attempts", check: integerBetween(1, 5, "attempts") },
  retryDelay: { header: "cf-aig-retry-delay", check: integerBetween(100, 5000, "milliseconds") },
  backoff: { header: "cf-aig-backoff", check: oneOf(["constant", "linear", "exponential"]) },
  customCost: { header: "cf-aig-custom-cost", check: customCost },
  byokAlias: { header: "cf-aig-byok-alias", check: headerText },
  allowUnifiedBilling: { header: "cf-aig-no-wholesale", check: boolean },
  zdr: { header: "cf-aig-zdr", check: boolean },
  eventId: { header: "cf-aig-event-id", check: headerText },
  traceId: { header: "cf-aig-otel-trace-id", check: hexadecimal(32) },
  parentSpanId: { header: "cf-aig-otel-parent-span-id", check: hexadecimal(16) },
  sessionId: { header: "cf-aig-session-id", check: headerText },
  turnId: { header: "cf-aig-turn-id", check: headerText },
  sessionAffinity: { header: "cf-aig-no-session-affinity", check: boolean },
  allowedModels: { header: "cf-aig-allowed-models", check: list },
  allowedProviders: { header: "cf-aig-allowed-providers", check: list },
} as const satisfies { readonly [Option in keyof GatewayOptions]-?: GatewayOptionRow };
