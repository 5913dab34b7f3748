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
