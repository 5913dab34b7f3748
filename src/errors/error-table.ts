/**
 * What can go wrong, one row each. The classes, every `hint`, the retry policy and the tables in docs/errors.md are all read from here: what
 * the gateway says, what a provider says, and what the client finds by itself.
 */
export { configuration, type FailureKind, failures } from "./client-errors.ts";
export type { ContentRow, ErrorCode, ErrorOrigin, ErrorRow } from "./error-row.ts";
export { gatewayCodes, gatewayMessages, gatewayStatuses } from "./gateway-errors.ts";
export { dailyLimit, dailyWords, providerContent, statuses, workersAiCodes } from "./provider-errors.ts";
