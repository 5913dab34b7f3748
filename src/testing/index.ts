/**
 * Test doubles: a local gateway, recorded fixtures, MSW handlers.
 *
 * @module cf-ai-gateway/testing
 */

export { type FixtureHandlersOptions, fixtureHandlers } from "./fixture-handlers.ts";
export type { RecordFixturesOptions } from "./fixtures/recording-options.ts";
export { gatewayHandlers } from "./gateway-handlers.ts";
export { localBinding } from "./local-binding.ts";
export {
  createLocalGateway,
  type InProcessGateway,
  type LocalGateway,
  type LocalGatewaySession,
  startLocalGateway,
} from "./local-gateway.ts";
export type { LocalGatewayOptions } from "./options.ts";
export { recordFixtures } from "./record-fixtures.ts";
export type { RequestCondition, RequestMatcher } from "./request-matcher.ts";
export type {
  ChunkTiming,
  Fault,
  ScriptedAnswer,
  ScriptedError,
  ScriptedFault,
  ScriptedReply,
  ScriptedResponse,
  ScriptRequest,
} from "./scripted-reply.ts";
