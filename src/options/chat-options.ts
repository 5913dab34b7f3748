import type { Turn } from "../chat/turn.ts";
import type { GatewayError, PartialResult } from "../errors/errors.ts";
import type { Schema } from "../schema.ts";
import type { BackgroundTasks, Tool, ToolCallHook } from "../tools/tool-types.ts";
import type { ChatCompletionRequest, Message, RequestField } from "../wire.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import type { OutputStrategy, Provider } from "./provider-profile.ts";

export type { ToolCall, ToolResult } from "../tools/tool-call.ts";
export type { BackgroundTasks, TaskDispatcher, Tool, ToolContext } from "../tools/tool-types.ts";

/** @inline */
export type Awaitable<T> = T | Promise<T>;

/** Fields of the request body. The spec's fields autocomplete; a provider's own are sent unchanged. */
export type ExtraBody =
  | { readonly [Field in Exclude<RequestField, "model" | "messages" | "stream">]?: ChatCompletionRequest[Field] }
  // biome-ignore lint/suspicious/noExplicitAny: an interface is only assignable to an index signature of `any`.
  | { readonly [field: string]: any };

/** A callback that is awaited; its return value is ignored. @inline */
export type Hook<T> = ((value: T) => void) | ((value: T) => Promise<void>);

/** Time limits in milliseconds. A request that timed out is not retried, since it may still be billed. */
export interface TimeoutOptions {
  /** From sending the request to receiving the response headers. @default 300,000 for `chat`, 120,000 for `stream` */
  firstByte?: number | undefined;
  /** Between two reads of the response body. Any byte resets it, and it is paused while the consumer is slow. @default 120,000 */
  idle?: number | undefined;
  /** Between two chunks of a stream. Heartbeats don't reset it, so it limits how long a stream may go without output. @default none */
  chunk?: number | undefined;
  /** For the whole chat: all turns, retries and tools. @default none */
  total?: number | undefined;
}

/** A text part of the system message. Other fields, such as `cache_control`, are sent unchanged. */
export type TextPart = {
  /** `"text"`, as on the wire. */
  type: "text";
  /** The text. */
  text: string;

  [field: string]: unknown;
};

/** The argument of `prepareTurn`. */
export interface TurnContext {
  /** Index of the turn, starting at 0. */
  turn: number;
  /** The conversation that the turn will send, as the client stores it. */
  messages: readonly Message[];
  /** The turns so far. */
  turns: readonly Turn[];
}

/**
 * What `prepareTurn` may return. Applies to this turn only, except `messages`, which persist; `undefined` removes the chat's value, except
 * those of `messages` and `model`; that of `provider` only together with a new `model`.
 */
export interface TurnOverrides extends ModelOptions, Pick<ChatDefaults, "provider" | "model" | "extraBody"> {
  /** Replaces the conversation from here on, for example to shorten it. */
  messages?: Message[] | undefined;
  /** Replaces the tools. Background tasks are kept. */
  tools?: Record<string, Tool> | undefined;
  /** Replaces the provider's own tools. */
  providerTools?: readonly object[] | undefined;
  /** Replaces the tool choice of this turn. */
  toolChoice?: ToolChoice | undefined;
}

/** `{ tool }` forces that tool. A forced choice falls back to `"auto"` after the first turn that ran a tool. */
export type ToolChoice = "auto" | "none" | "required" | { tool: string };

/** Model options, each sent as a field of the request body. */
export interface ModelOptions {
  /** Sent as `temperature`, 0 to 2. Omitted, with a warning, for models known to reject it. */
  temperature?: number | undefined;
  /** Maximum tokens of the answer, including reasoning; sent as `max_tokens`, or `max_completion_tokens` if the model requires it. */
  maxTokens?: number | undefined;
  /** Nucleus sampling, 0 to 1; sent as `top_p`. */
  topP?: number | undefined;
  /** Up to four strings that end the answer; sent as `stop`. */
  stop?: string | string[] | undefined;
  /** Sent as `seed`: best-effort determinism where the provider supports it. */
  seed?: number | undefined;
  /** -2 to 2; sent as `frequency_penalty`. */
  frequencyPenalty?: number | undefined;
  /** -2 to 2; sent as `presence_penalty`. */
  presencePenalty?: number | undefined;
  /** How much effort a reasoning model spends (`"minimal"`, `"low"`, `"medium"`, `"high"`, …); sent as `reasoning_effort`. */
  reasoningEffort?: string | undefined;
  /** `false` limits the model to one tool call per turn; sent as `parallel_tool_calls`, only together with tools. */
  parallelToolCalls?: boolean | undefined;
}

/** Options that may also be set once for a gateway, with `createGateway` or `gateway.with`. */
export interface ChatDefaults extends ModelOptions {
  /** May be omitted if `model` is a full id: `anthropic/claude-sonnet-4-5`, `dynamic/support`, `cloudflare/auto`. */
  provider?: Provider | undefined;
  /** The provider's own name for the model; sent as `{provider}/{model}`. */
  model?: string | undefined;
  /** Maximum number of turns: completions that are kept. The last turn, unless it is the only one, is sent with `tool_choice: "none"`. @default 10 */
  maxTurns?: number | undefined;
  /** How many tools of a turn run concurrently. @default all at once */
  toolConcurrency?: number | undefined;
  /** Milliseconds a tool may run before its result becomes a timeout error; `tool({ timeout })` takes precedence. @default none */
  toolTimeout?: number | undefined;
  /** How structured output is requested. @default "auto": the provider's strategies in order, moving on when one is not supported */
  outputStrategy?: "auto" | OutputStrategy | undefined;
  /** How many times an answer that fails validation is requested again, with the validation errors. @default 1 */
  outputRetries?: number | undefined;
  /** `false` requests structured output but neither validates nor retries it; the cleaned JSON is in `result.text`. @default true */
  validateOutput?: boolean | undefined;
  /**
   * `"return"` sends exactly one request and returns every tool call on `result.toolCalls`, including unknown and malformed ones: none is
   * validated or executed, and no result is sent. @default "run"
   */
  toolMode?: "run" | "return" | undefined;
  /** How many times a failed request is retried, while none of its answer has been delivered. @default 2 */
  maxRetries?: number | undefined;
  /** Time limits in milliseconds. */
  timeout?: TimeoutOptions | undefined;
  /** Tried in order when a request fails with a retryable error or a provider's error, before any output was delivered. */
  fallbacks?: { provider: Provider; model: string }[] | undefined;
  /** Merged over the defaults key by key; `undefined` removes a default. */
  gateway?: GatewayOptions | undefined;
  /** Additional request headers, merged over the defaults key by key. Set tokens with `gatewayToken` and `apiToken`. */
  headers?: Record<string, string | undefined> | undefined;
  /** Fields merged into the request body unchanged, for anything that has no option. */
  extraBody?: ExtraBody | undefined;
  /** Called before each turn; the overrides it returns apply to that turn. A throw or rejection fails the chat. */
  prepareTurn?: ((context: TurnContext) => Awaitable<TurnOverrides | void>) | undefined;
  /** Called after each turn that would be followed by another; `true` ends the chat there. A throw or rejection fails the chat. */
  stopWhen?: ((turns: readonly Turn[]) => Awaitable<boolean>) | undefined;
  /** Called, and awaited, when a turn and its tools are done. A throw or rejection fails the chat. */
  onTurn?: Hook<Turn> | undefined;
  /** Receives the partial result when the signal, a timeout or the consumer ends the chat. An error it throws goes to `console.error`. */
  onAbort?: ((partial: PartialResult) => void) | undefined;
  /** Called before each tool runs. A returned result replaces the execution; a throw vetoes it, and its message is the tool result. */
  onToolCall?: ToolCallHook | undefined;
  /** Called, and awaited, before the delay of each retry; `attempt` counts from 1. A throw or rejection fails the chat. */
  onRetry?: Hook<{ attempt: number; delayMs: number; error: GatewayError }> | undefined;
  /** Called when a background task fails; the answer is not affected. @default a line on `console.error` */
  onBackgroundTaskError?: Hook<{ name: string; toolCallId: string; error: unknown }> | undefined;
}

/** The options of one chat: the conversation, what the model may call, and any option of `ChatDefaults`. */
export interface ChatOptions<O = undefined> extends ChatDefaults {
  /** The system message, placed before the conversation; text parts may have their own fields, such as `cache_control`. */
  system?: string | TextPart[] | undefined;
  /** The user's message. Pass either `prompt` or `messages`. */
  prompt?: string | undefined;
  /** The conversation so far, as wire messages, such as `result.messages` of an earlier chat. */
  messages?: readonly Message[] | undefined;
  /** Tools the model may call, by name: letters, digits, `_` and `-`, at most 64. */
  tools?: Record<string, Tool> | undefined;
  /** Tools that the provider runs itself, such as web search; added to `tools` on the wire unchanged. */
  providerTools?: readonly object[] | undefined;
  /** Decisions, by call id, on calls that `needsApproval` held back. Approved calls run before the next request to the model. */
  approvals?: Record<string, boolean | { approved: boolean; reason?: string | undefined }> | undefined;
  /** Fire-and-forget tools: the tool result says "started", and a failure never fails the answer. */
  backgroundTasks?: Record<string, Tool> | BackgroundTasks | undefined;
  /** Whether the model may or must call a tool, or a given one. @default "auto", which sends nothing */
  toolChoice?: ToolChoice | undefined;
  /** Schema of the answer; the validated value is `result.output`. */
  output?: Schema<O> | undefined;
  /** Aborts the chat at any point; the chat rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Streams only: emits every chunk as received, in a `raw-chunk` event. @default false */
  rawChunks?: boolean | undefined;
}
