/**
 * The client: `createGateway`, tools, results, errors, and the types of the wire.
 *
 * @module cf-ai-gateway
 */

export type { ChatStream } from "./chat/chat-stream.ts";
export type { ResponseStreamOptions } from "./chat/event-stream-response.ts";
export type { ChatResult } from "./chat/result.ts";
export type { StreamEvent } from "./chat/stream-event.ts";
export type { Turn } from "./chat/turn.ts";
export type { Warning } from "./chat/warning.ts";
export { createGateway, type Gateway } from "./client.ts";
export type { ErrorCode, ErrorOrigin } from "./errors/error-table.ts";
export {
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  DlpError,
  GatewayError,
  GuardrailError,
  InsufficientCreditsError,
  NetworkError,
  NotFoundError,
  OutputValidationError,
  type PartialResult,
  PermissionError,
  ProviderError,
  RateLimitError,
  SpendLimitError,
  StreamError,
  TimeoutError,
} from "./errors/errors.ts";
export type { GatewayMetadata } from "./errors/gateway-metadata.ts";
export { createGatewayFetchClient, type GatewayFetchClientOptions } from "./fetch-client.ts";
export type { Feedback, LogFilter, LogRecord, Logs } from "./logs/log-types.ts";
export type {
  ChatDefaults,
  ChatOptions,
  ExtraBody,
  TextPart,
  TimeoutOptions,
  ToolChoice,
  TurnContext,
  TurnOverrides,
} from "./options/chat-options.ts";
export type { AiBinding, Token } from "./options/connection.ts";
export type { GatewayConfig } from "./options/gateway-config.ts";
export type { GatewayOptions, Metadata } from "./options/gateway-options.ts";
export type { KnownProvider, ModelRule, OutputStrategy, Provider, ProviderProfile } from "./options/provider-profile.ts";
export type { Telemetry } from "./options/telemetry.ts";
export type { GeneratedAudio, GeneratedImage } from "./response/answer-event.ts";
export type { FinishReason } from "./response/finish-reason.ts";
export type { Usage } from "./response/token-usage.ts";
export type {
  DeepPartial,
  FromJsonSchema,
  InferOutput,
  JsonSchema,
  Schema,
  SchemaIssue,
  SchemaValidator,
  StandardSchemaV1,
} from "./schema.ts";
export { runTask, type TaskContext, type TaskOutcome } from "./tools/run-task.ts";
export { type ToolDefinition, tool } from "./tools/tool.ts";
export type { ToolCall, ToolResult } from "./tools/tool-call.ts";
export type { BackgroundTasks, TaskDispatcher, Tool, ToolContext } from "./tools/tool-types.ts";
export type {
  AssistantMessage,
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionRequest,
  ChatCompletionRequestMessage,
  ChatCompletionTool,
  CompletionUsage,
  ContentPart,
  CustomTool,
  CustomToolCall,
  DeveloperMessage,
  FunctionMessage,
  FunctionTool,
  GatewayRequestHeaders,
  LogBody,
  Message,
  ModelList,
  paths,
  RequestField,
  ResponseFormat,
  SystemMessage,
  ToolMessage,
  UserMessage,
  WireToolCall,
} from "./wire.ts";
