/**
 * All errors, one row each: those of the gateway, of providers, and of the client itself. The classes, hints, retry policy and the tables in
 * docs/errors.md are derived from it.
 */
export { configuration, type FailureKind, failures } from "./client-errors.ts";
export type { ContentRow, ErrorCode, ErrorOrigin, ErrorRow, FailureRow } from "./error-row.ts";
export { gatewayCodes, gatewayMessages, gatewayStatuses } from "./gateway-errors.ts";
export { dailyLimit, dailyWords, providerContent, statuses, workersAiCodes } from "./provider-errors.ts";
