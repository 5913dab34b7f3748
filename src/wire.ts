/** The spec's types under their public names. The only file that imports from generated/. */
import type { components, operations } from "../generated/openapi.ts";

export type { paths } from "../generated/openapi.ts";

type Schemas = components["schemas"];

/** The body of a chat request, as it is sent. */
export type ChatCompletionRequest = Schemas["ChatCompletionRequest"];
/** One message of a request; `role` tells which kind. */
export type ChatCompletionRequestMessage = Schemas["ChatCompletionRequestMessage"];
/** One message of a conversation, as it is sent. */
export type Message = ChatCompletionRequestMessage;
export type DeveloperMessage = Schemas["DeveloperMessage"];
export type SystemMessage = Schemas["SystemMessage"];
export type UserMessage = Schemas["UserMessage"];
export type AssistantMessage = Schemas["AssistantMessage"];
export type ToolMessage = Schemas["ToolMessage"];
/** A part of a message's content; `type` tells which kind. */
export type ContentPart = Schemas["UserContentPart"] | Schemas["AssistantContentPart"];
/** A tool call in a replayed assistant message. */
export type WireToolCall = Schemas["ToolCall"];
/** A function that the model may call, as it is sent. */
export type FunctionTool = Schemas["FunctionTool"];
export type ResponseFormat = Schemas["ResponseFormat"];
/** A finished answer, as any provider may send it. */
export type ChatCompletion = Schemas["ChatCompletion"];
/** One event of a streamed answer, as any provider may send it. */
export type ChatCompletionChunk = Schemas["ChatCompletionChunk"];
export type ChunkDelta = Schemas["ChunkDelta"];
export type ChunkToolCall = Schemas["ChunkToolCall"];
export type CompletionUsage = Schemas["CompletionUsage"];
/** A log, as the Cloudflare API sends it. */
export type LogBody = Schemas["Log"];
/** The `cf-aig-*` headers of a chat request; all optional. */
export type GatewayRequestHeaders = NonNullable<operations["createChatCompletionCompat"]["parameters"]["header"]>;

/** The spec's schemas as JSON Schema 2020-12, loaded when they are first asked for: most programs never validate. */
export const loadSchemas = (): Promise<{ $defs: Record<string, Record<string, unknown>> }> =>
  import("../generated/schemas.ts").then((module) => module.schemas);
