/** The spec's types under their public names. The only file that imports from generated/. */
import type { Shape } from "../generated/answer-shapes.ts";

export type { Shape } from "../generated/answer-shapes.ts";
export type {
  AssistantMessage,
  AssistantToolCall,
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionRequest,
  ChatCompletionRequestMessage,
  ChatCompletionRequestMessage as Message,
  ChatCompletionTool,
  ChunkDelta,
  ChunkToolCall,
  CompletionUsage,
  ContentPart,
  CustomTool,
  CustomToolCall,
  DeveloperMessage,
  FunctionMessage,
  FunctionTool,
  GatewayRequestHeaders,
  KnownFields,
  Log as LogBody,
  ModelList,
  paths,
  RequestField,
  ResponseFormat,
  SystemMessage,
  ToolCall as WireToolCall,
  ToolMessage,
  UserMessage,
} from "../generated/openapi.ts";

/** The spec's schemas as JSON Schema 2020-12, loaded on first use because most programs never validate. */
export const loadSchemas = (): Promise<{ $defs: Record<string, Record<string, unknown>> }> =>
  import("../generated/schemas.ts").then((module) => module.schemas);

/** The shapes of a completion and of a chunk, loaded on first use. */
export const loadAnswerShapes = (): Promise<{ readonly completion: Shape; readonly chunk: Shape }> =>
  import("../generated/answer-shapes.ts").then((module) => module.answerShapes);
