export type { ChatStream } from "./chat/chat-stream.ts";
export type { ChatResult, Feedback } from "./chat/result.ts";
export type { StreamEvent } from "./chat/stream-event.ts";
export type { Turn, Warning } from "./chat/turn.ts";
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
  PermissionError,
  ProviderError,
  RateLimitError,
  SpendLimitError,
  StreamError,
  TimeoutError,
} from "./errors/errors.ts";
export { createGatewayFetchClient, type GatewayFetchClientOptions } from "./fetch-client.ts";
export type { LogRecord, Logs } from "./logs/logs.ts";
export type {
  BackgroundTasks,
  ChatDefaults,
  ChatOptions,
  ExtraBody,
  GatewayOptions,
  KnownProvider,
  Metadata,
  OutputStrategy,
  Provider,
  ProviderProfile,
  TaskDispatcher,
  TimeoutOptions,
  Tool,
  ToolCall,
  ToolChoice,
  ToolContext,
  ToolResult,
  TurnContext,
  TurnOverrides,
} from "./options/chat-options.ts";
export type { AiBinding, GatewayConfig, Token } from "./options/resolve-config.ts";
export type { FinishReason } from "./response/finish-reason.ts";
export type { GatewayMetadata } from "./response/gateway-metadata.ts";
export type { Usage } from "./response/usage.ts";
export type {
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
