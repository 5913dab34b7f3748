export { type FixtureHandlersOptions, fixtureHandlers } from "./fixture-handlers.ts";
export { gatewayHandlers } from "./gateway-handlers.ts";
export { type LocalGateway, startLocalGateway } from "./local-gateway.ts";
export type {
  Fault,
  LocalGatewayOptions,
  ScriptedAnswer,
  ScriptedError,
  ScriptedFault,
  ScriptedReply,
  ScriptedResponse,
  ScriptRequest,
} from "./scripted-reply.ts";
