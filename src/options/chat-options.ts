import type { Turn } from "../chat/turn.ts";
import type { GatewayError, PartialResult } from "../errors/errors.ts";
import type { Schema } from "../schema.ts";
import type { ToolCall } from "../tools/tool-call.ts";
import type { BackgroundTasks, Tool } from "../tools/tool-types.ts";
import type { ChatCompletionRequest, Message, RequestField } from "../wire.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import type { OutputStrategy, Provider } from "./provider-profile.ts";

export type { ToolCall, ToolResult } from "../tools/tool-call.ts";
export type { BackgroundTasks, TaskDispatcher, Tool, ToolContext } from "../tools/tool-types.ts";

/** @inline */
export type Awaitable<T> = T | Promise<T>;

/** Fields of the request body. Those of the spec complete; those of a single provider are sent as they are. */
export type ExtraBody =
  | { readonly [Field in Exclude<RequestField, "model" | "messages" | "stream">]?: ChatCompletionRequest[Field] }
  // biome-ignore lint/suspicious/noExplicitAny: fields typed by an interface satisfy no index signature but one of `any`.
  | { readonly [field: string]: any };

/** A function that is called and awaited; what it returns doesn't matter. @inline */
export type Hook<T> = ((value: T) => void) | ((value: T) => Promise<void>);

/** Time limits in milliseconds. None of them is retried: a request that timed out may still be billed. */
export interface TimeoutOptions {
  /** From the request to the headers of its response. @default 300,000 for `chat`, 120,000 for `stream` */
  firstByte?: number | undefined;
  /** Between two pieces of the response; any byte counts, and the clock stands still while the reader is slow. @default 120,000 */
  idle?: number | undefined;
  /** Between two chunks of a stream. A provider's heartbeats don't count, so it bounds how long a stream may say nothing. @default none */
  chunk?: number | undefined;
  /** For the whole chat: all turns, retries and tools. @default none */
  total?: number | undefined;
}

/** A part of the system message. Further fields are sent as they are: `cache_control`. */
export type TextPart = {
  /** `"text"`, as on the wire. */
  type: "text";
  /** The text. */
  text: string;

  [field: string]: unknown;
};

/** What `prepareTurn` is called with. */
export interface TurnContext {
  /** Counts from 0. */
  turn: number;
  /** The conversation that the turn will be sent, as the client stores it. */
  messages: readonly Message[];
  /** The turns so far. */
  turns: readonly Turn[];
}

/** What `prepareTurn` may change: for this turn only, except `messages`, which stay. `undefined` removes the chat's value for this turn. */
export interface TurnOverrides extends ModelOptions, Pick<ChatDefaults, "provider" | "model" | "extraBody"> {
  /** Replaces the conversation from here on, for example to shorten it. */
  messages?: Message[] | undefined;
  /** Replaces the tools on offer. Background tasks stay. */
  tools?: Record<string, Tool> | undefined;
  /** Replaces the provider's own tools. */
  providerTools?: readonly object[] | undefined;
  /** Replaces the tool choice of this turn. */
  toolChoice?: ToolChoice | undefined;
}

/** `{ tool }` forces that tool. A forced choice falls back to `"auto"` after the first turn that ran a tool. */
export type ToolChoice = "auto" | "none" | "required" | { tool: string };

/** Options of the model: each is sent as a field of the request body. */
export interface ModelOptions {
  /** Sent as `temperature`, 0 to 2. Left out, with a warning, for models known to refuse it. */
  temperature?: number | undefined;
  /** The most tokens the answer may take, reasoning included; sent as `max_tokens`, or `max_completion_tokens` where the model wants that. */
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
  /** How much a reasoning model thinks (`"minimal"`, `"low"`, `"medium"`, `"high"`, …); sent as `reasoning_effort`. */
  reasoningEffort?: string | undefined;
  /** `false` asks the model for one call a turn; sent as `parallel_tool_calls`, only together with tools. */
  parallelToolCalls?: boolean | undefined;
}

/** Options that may also be set once for a gateway, with `createGateway` or `gateway.with`. */
export interface ChatDefaults extends ModelOptions {
  /** May be left out when the model is a full id: `anthropic/claude-sonnet-4-5`, `dynamic/support`, `cloudflare/auto`. */
  provider?: Provider | undefined;
  /** The provider's own name for the model; sent as `{provider}/{model}`. */
  model?: string | undefined;
  /** The most completions that are kept in one chat; the last of several is sent with `tool_choice: "none"`. @default 10 */
  maxTurns?: number | undefined;
  /** How many tools of one turn run at a time. @default all at once */
  toolConcurrency?: number | undefined;
  /** Milliseconds a tool may take before the model is told that it timed out; `tool({ timeout })` takes precedence. @default none */
  toolTimeout?: number | undefined;
  /** @default "auto": the order of the provider's row, falling to the next only when the provider says that it does not support one */
  outputStrategy?: "auto" | OutputStrategy | undefined;
  /** How often an answer that the schema refuses is requested again, with the validator's complaints. @default 1 */
  outputRetries?: number | undefined;
  /** `false`: structured output is requested and its JSON cleaned into `result.text`, but neither validated nor requested again. @default true */
  validateOutput?: boolean | undefined;
  /**
   * `"return"` sends exactly one request and leaves every tool call, unknown or broken ones included, on `result.toolCalls`: none is validated,
   * run or answered. @default "run"
   */
  toolMode?: "run" | "return" | undefined;
  /** How often a failed request is sent again before anything of its answer was delivered. @default 2 */
  maxRetries?: number | undefined;
  /** Time limits in milliseconds. */
  timeout?: TimeoutOptions | undefined;
  /** Tried in order when a request fails in a retryable way, or with the provider's error, before anything was delivered. */
  fallbacks?: { provider: Provider; model: string }[] | undefined;
  /** Merged over the defaults key by key; `undefined` removes a default. */
  gateway?: GatewayOptions | undefined;
  /** Further request headers, merged over the defaults key by key. Tokens are not set here: see `gatewayToken` and `apiToken`. */
  headers?: Record<string, string | undefined> | undefined;
  /** Fields laid over the request body as they are, for what has no option here. */
  extraBody?: ExtraBody | undefined;
  /** Called before each turn; what it returns applies to that turn. A throw or rejection fails the chat. */
  prepareTurn?: ((context: TurnContext) => Awaitable<TurnOverrides | void>) | undefined;
  /** Called after each turn that would be followed by another; `true` ends the chat there. A throw or rejection fails the chat. */
  stopWhen?: ((turns: readonly Turn[]) => Awaitable<boolean>) | undefined;
  /** Called, and awaited, when a turn and its tools are done. A throw or rejection fails the chat. */
  onTurn?: Hook<Turn> | undefined;
  /** Receives what had been achieved when the signal, a time-out or the reader ended the chat. What it throws goes to `console.error`. */
  onAbort?: ((partial: PartialResult) => void) | undefined;
  /** Called before each tool runs. A returned result replaces the execution (approval, cache); a throw vetoes it, and the model is told why. */
  onToolCall?: ((call: ToolCall) => Awaitable<{ result: unknown } | void>) | undefined;
  /** Called, and awaited, before the delay of each retry; `attempt` counts from 1. A throw or rejection fails the chat. */
  onRetry?: Hook<{ attempt: number; delayMs: number; error: GatewayError }> | undefined;
  /** Called when a background task fails; the answer is not affected. @default a line on `console.error` */
  onBackgroundTaskError?: Hook<{ name: string; toolCallId: string; error: unknown }> | undefined;
}

/** The options of one chat: the conversation, what the model may call, and any option of `ChatDefaults`. */
export interface ChatOptions<O = undefined> extends ChatDefaults {
  /** The system message, put before the conversation; as text parts, each may carry fields of its own such as `cache_control`. */
  system?: string | TextPart[] | undefined;
  /** The user's message. Exactly one of `prompt` and `messages`. */
  prompt?: string | undefined;
  /** The conversation so far, as wire messages. `result.messages` of an earlier chat is one. */
  messages?: readonly Message[] | undefined;
  /** What the model may call, by name: letters, digits, `_` and `-`, at most 64. */
  tools?: Record<string, Tool> | undefined;
  /** Tools that the provider runs itself, such as a web search; put into `tools` on the wire as they are. */
  providerTools?: readonly object[] | undefined;
  /** Verdicts, by call id, on the calls that `needsApproval` held back. Approved calls run before the model is asked again. */
  approvals?: Record<string, boolean | { approved: boolean; reason?: string | undefined }> | undefined;
  /** Fire-and-forget tools: the model is told "started", and a failure never fails the answer. */
  backgroundTasks?: Record<string, Tool> | BackgroundTasks | undefined;
  /** @default "auto", and nothing is sent */
  toolChoice?: ToolChoice | undefined;
  /** The answer's schema; the validated value is `result.output`. */
  output?: Schema<O> | undefined;
  /** Ends the chat at any point; it rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Streams only: emits every chunk as it came, as a `raw-chunk` event. @default false */
  rawChunks?: boolean | undefined;
}
