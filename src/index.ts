export type { ChatStream } from "./chat-stream.ts";
export { createGateway, type Gateway } from "./client.ts";
export type { AiBinding, GatewayConfig, Token } from "./config.ts";
export type { ErrorCode, ErrorOrigin } from "./error-table.ts";
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
} from "./errors.ts";
export { createGatewayFetchClient, type GatewayFetchClientOptions } from "./fetch-client.ts";
export type { GatewayMetadata } from "./gateway-metadata.ts";
export type { LogRecord, Logs } from "./logs.ts";
export type {
  BackgroundTasks,
  ChatDefaults,
  ChatOptions,
  GatewayOptions,
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
} from "./options.ts";
export type { ChatResult, Feedback, FinishReason, Turn, Warning } from "./result.ts";
export type {
  FromJsonSchema,
  InferOutput,
  JsonSchema,
  Schema,
  SchemaIssue,
  SchemaValidator,
  StandardSchemaV1,
} from "./schema.ts";
export type { StreamEvent } from "./stream/stream-event.ts";
export { runTask, type TaskContext, type TaskOutcome } from "./tools/run-task.ts";
export { type ToolDefinition, tool } from "./tools/tool.ts";
export type { Usage } from "./usage.ts";
export type {
  AssistantMessage,
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionRequest,
  ChatCompletionRequestMessage,
  CompletionUsage,
  ContentPart,
  DeveloperMessage,
  FunctionTool,
  GatewayRequestHeaders,
  LogBody,
  Message,
  paths,
  ResponseFormat,
  SystemMessage,
  ToolMessage,
  UserMessage,
  WireToolCall,
} from "./wire.ts";
