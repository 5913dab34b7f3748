import type { Turn } from "../chat/turn.ts";
import type { GatewayError } from "../errors/errors.ts";
import type { Schema } from "../schema.ts";
import type { ChatCompletionRequest, Message, RequestField } from "../wire.ts";

export type Awaitable<T> = T | Promise<T>;

/** The providers that have a row in the provider table. */
export type KnownProvider =
  | "openai"
  | "anthropic"
  | "google-ai-studio"
  | "google-vertex-ai"
  | "google"
  | "openrouter"
  | "groq"
  | "mistral"
  | "cohere"
  | "xai"
  | "grok"
  | "deepseek"
  | "perplexity"
  | "perplexity-ai"
  | "workers-ai"
  | "cerebras"
  | "baseten"
  | "parallel";

/** A provider behind the gateway. Known ones complete; any other string is accepted because the list grows monthly. */
export type Provider = KnownProvider | (string & {});

/** Fields of the request body. Those of the spec complete; those of a single provider are sent as they are. */
export type ExtraBody =
  | { readonly [Field in Exclude<RequestField, "model" | "messages" | "stream">]?: ChatCompletionRequest[Field] }
  // biome-ignore lint/suspicious/noExplicitAny: fields typed by an interface satisfy no index signature but one of `any`.
  | { readonly [field: string]: any };

/** At most five tags with flat values. An interface of your own is accepted; its values are checked when the request is made. */
export type Metadata = Readonly<Record<string, string | number | boolean>> | object;

/** How a structured answer is asked for, from the strongest to the weakest. */
export type OutputStrategy = "json-schema" | "tool" | "json-object" | "prompt";

/** What models of a name refuse, or call by another name. Options are written as in `ChatOptions`, other fields as on the wire. */
export interface ModelRule {
  model: string;
  unsupported?: string[] | undefined;
  rename?: Record<string, string> | undefined;
  set?: Record<string, unknown> | undefined;
  withTools?: { unsupported?: string[] | undefined; set?: Record<string, unknown> | undefined } | undefined;
}

/** What a provider is called on each endpoint, and what it can do: one row of the provider table. */
export interface ProviderProfile {
  models?: ModelRule[] | undefined;
  /** Its slug on the `compat` endpoint. @default the provider's name */
  compat?: string | undefined;
  /** Its slug on the `rest` endpoint. @default the provider's name */
  rest?: string | undefined;
  /** The strategies for structured output to try, in this order. @default all four, from `json-schema` on */
  outputStrategies?: OutputStrategy[] | undefined;
  /** `false`: it refuses tools together with a response format, so the tools run first and a last turn asks for the output. @default true */
  toolsWithOutput?: boolean | undefined;
  /** The field that `maxTokens` is sent as. @default "max_tokens" */
  maxTokensField?: "max_tokens" | "max_completion_tokens" | undefined;
  /** Names of options that it refuses, as written here (`temperature`, `topP`, …); they are left out with a warning. */
  unsupported?: string[] | undefined;
}

/** Options of the gateway itself; each becomes the request header named in its description. */
export interface GatewayOptions {
  /** Seconds the gateway may cache the answer, 60 to 2,592,000; sent as `cf-aig-cache-ttl`. @default the gateway's own setting */
  cacheTtl?: number | undefined;
  /** Bypasses the cache; sent as `cf-aig-skip-cache`. */
  skipCache?: boolean | undefined;
  /** The cache key to use in place of the computed one; sent as `cf-aig-cache-key`. Cached for 5 minutes if caching is off for the gateway. */
  cacheKey?: string | undefined;
  /**
   * At most five flat entries that tag the log; sent as `cf-aig-metadata`, a JSON object escaped to ASCII. Keys starting with `cf.` are reserved.
   * Checked here because the gateway drops what exceeds this silently.
   */
  metadata?: Metadata | undefined;
  /** Overrides whether the call is logged; sent as `cf-aig-collect-log`. */
  collectLog?: boolean | undefined;
  /** `false` logs the metadata without prompt and answer; sent as `cf-aig-collect-log-payload`. */
  collectLogPayload?: boolean | undefined;
  /** Milliseconds the gateway waits for the first byte of the provider's answer; sent as `cf-aig-request-timeout`. */
  requestTimeout?: number | undefined;
  /**
   * Attempts the gateway makes, 1 to 5; sent as `cf-aig-max-attempts`. Above 1, the client itself retries only failed connections unless
   * `maxRetries` is set, so that the attempts do not multiply.
   */
  maxAttempts?: number | undefined;
  /** Milliseconds between the gateway's attempts, 100 to 5,000; sent as `cf-aig-retry-delay`. */
  retryDelay?: number | undefined;
  /** How the gateway's delay grows; sent as `cf-aig-backoff`. */
  backoff?: "constant" | "linear" | "exponential" | undefined;
  /** Your own prices, in US dollars per token, for the log's cost; sent as `cf-aig-custom-cost`. */
  customCost?:
    | { perTokenIn: number; perTokenOut: number; perCacheReadToken?: number | undefined; perCacheWriteToken?: number | undefined }
    | undefined;
  /** Which of several stored provider keys to use; sent as `cf-aig-byok-alias`. Only on `compat`. @default "default" */
  byokAlias?: string | undefined;
  /**
   * Lets the gateway pay with Cloudflare's own credentials (Unified Billing) where it holds no key of yours for the provider. Otherwise
   * `cf-aig-no-wholesale: true` goes with every request, and such a call is answered with an error. @default false
   */
  allowUnifiedBilling?: boolean | undefined;
  /** Zero data retention, with `allowUnifiedBilling` only; sent as `cf-aig-zdr`. */
  zdr?: boolean | undefined;
  /** Your own id of the event, returned unchanged as `gateway.eventId`; sent as `cf-aig-event-id`. */
  eventId?: string | undefined;
  /** 32 hexadecimal characters that link the gateway's span to your trace; sent as `cf-aig-otel-trace-id`. */
  traceId?: string | undefined;
  /** 16 hexadecimal characters, the span that the gateway's becomes a child of; sent as `cf-aig-otel-parent-span-id`. */
  parentSpanId?: string | undefined;
  /** A conversation for the Auto Router, which keeps one model for each of its turns; sent as `cf-aig-session-id`. */
  sessionId?: string | undefined;
  /** A user message and its tool rounds, for the Auto Router; sent as `cf-aig-turn-id`. @default generated once a call for routed models */
  turnId?: string | undefined;
  /** `false` lets the Auto Router change the model within a session; sent as `cf-aig-no-session-affinity: true`. @default true */
  sessionAffinity?: boolean | undefined;
  /** The models that the Auto Router may choose from, `*` matching within one segment; sent as `cf-aig-allowed-models`. */
  allowedModels?: string[] | undefined;
  /** The providers that the Auto Router may choose from; sent as `cf-aig-allowed-providers`. */
  allowedProviders?: string[] | undefined;
}

/** Time limits in milliseconds. None of them is retried: a call that was given up on may still be billed. */
export interface TimeoutOptions {
  /** From the request to the headers of its answer. @default 300,000 for `chat`, 120,000 for `stream` */
  firstByte?: number | undefined;
  /** Between two pieces of the answer, and only while we wait for one. @default 120,000 */
  idle?: number | undefined;
  /** For the whole call: all turns, retries and tools. @default none */
  total?: number | undefined;
}

/** A part of the system message. Further fields are sent as they are: `cache_control`. */
export type TextPart = { type: "text"; text: string; [field: string]: unknown };

export interface TurnContext {
  /** Counts from 0. */
  turn: number;
  messages: readonly Message[];
  turns: readonly Turn[];
}

/** What `prepareTurn` may change, for this turn alone, except `messages`, which stay. */
export interface TurnOverrides {
  provider?: Provider | undefined;
  model?: string | undefined;
  /** Replaces the conversation from here on, for example to shorten it. */
  messages?: Message[] | undefined;
  tools?: Record<string, Tool> | undefined;
  toolChoice?: ToolChoice | undefined;
}

/** `{ tool }` forces that tool. A forced choice falls back to `"auto"` after the first turn that ran a tool. */
export type ToolChoice = "auto" | "none" | "required" | { tool: string };

/** Options that may also be set once for a gateway, with `createGateway` or `gateway.with`. */
export interface ChatDefaults {
  /** May be left out when the model is a full id: `anthropic/claude-sonnet-4-5`, `dynamic/support`, `cloudflare/auto`. */
  provider?: Provider | undefined;
  /** The provider's own name for the model; sent as `{provider}/{model}`. */
  model?: string | undefined;
  /** Sent as `temperature`, 0 to 2. Left out, with a warning, for models known to refuse it. */
  temperature?: number | undefined;
  /** The most tokens the answer may take, thinking included; sent as `max_tokens`, or `max_completion_tokens` where the model wants that. */
  maxTokens?: number | undefined;
  /** Nucleus sampling, 0 to 1; sent as `top_p`. */
  topP?: number | undefined;
  /** Up to four texts that end the answer; sent as `stop`. */
  stop?: string | string[] | undefined;
  /** Sent as `seed`: best-effort determinism where the provider has it. */
  seed?: number | undefined;
  /** -2 to 2; sent as `frequency_penalty`. */
  frequencyPenalty?: number | undefined;
  /** -2 to 2; sent as `presence_penalty`. */
  presencePenalty?: number | undefined;
  /** How much a reasoning model thinks (`"minimal"`, `"low"`, `"medium"`, `"high"`, …); sent as `reasoning_effort`. */
  reasoningEffort?: string | undefined;
  /** The most model answers that are kept in one call; the last of several is sent with `tool_choice: "none"`. @default 10 */
  maxTurns?: number | undefined;
  /** How many tools of one turn run at a time. @default all at once */
  toolConcurrency?: number | undefined;
  /** Milliseconds a tool may take before the model is told that it timed out; `tool({ timeout })` goes before. @default none */
  toolTimeout?: number | undefined;
  /** `false` asks the model for one call a turn; sent as `parallel_tool_calls`, only together with tools. */
  parallelToolCalls?: boolean | undefined;
  /** @default "auto": the order of the provider's row, falling to the next only when the provider says that it does not support one */
  outputStrategy?: "auto" | OutputStrategy | undefined;
  /** How often an answer that the schema refuses is asked for again, with the complaints. @default 1 */
  outputRetries?: number | undefined;
  /** How often a failed request is sent again before anything of its answer was delivered. @default 2 */
  maxRetries?: number | undefined;
  timeout?: TimeoutOptions | undefined;
  /** Tried in order when a request fails in a retryable way, or with the provider's error, before anything was delivered. */
  fallbacks?: { provider: Provider; model: string }[] | undefined;
  /** Merged over the defaults key by key; `undefined` removes a default. */
  gateway?: GatewayOptions | undefined;
  /** Further request headers, merged over the defaults key by key. Tokens are not set here: see `gatewayToken` and `apiToken`. */
  headers?: Record<string, string | undefined> | undefined;
  /** Fields laid over the request body as they are, for what has no option here. */
  extraBody?: ExtraBody | undefined;
  /** Called before each turn; what it returns holds for that turn. */
  prepareTurn?: ((context: TurnContext) => Awaitable<TurnOverrides | void>) | undefined;
  /** Asked after each turn that would go on; `true` ends the call there. */
  stopWhen?: ((turns: readonly Turn[]) => Awaitable<boolean>) | undefined;
  /** Told of each turn when it and its tools are done. */
  onTurn?: ((turn: Turn) => void) | undefined;
  /** Asked before each tool runs. A returned result replaces the execution (approval, cache); a throw vetoes it, and the model is told why. */
  onToolCall?: ((call: ToolCall) => Awaitable<{ result: unknown } | void>) | undefined;
  /** Told of each retry before its delay; `attempt` counts from 1. */
  onRetry?: ((retry: { attempt: number; delayMs: number; error: GatewayError }) => void) | undefined;
  /** Told when a background task fails; the answer is not affected. @default a line on `console.error` */
  onBackgroundTaskError?: ((failure: { name: string; toolCallId: string; error: unknown }) => void) | undefined;
}

export interface ChatOptions<O = undefined> extends ChatDefaults {
  /** The system message, put before the conversation. */
  system?: string | TextPart[] | undefined;
  /** The user's message. Exactly one of `prompt` and `messages`. */
  prompt?: string | undefined;
  /** The conversation so far, as wire messages. `result.messages` of an earlier call is one. */
  messages?: readonly Message[] | undefined;
  /** What the model may call, by name: letters, digits, `_` and `-`, at most 64. */
  tools?: Record<string, Tool> | undefined;
  providerTools?: readonly object[] | undefined;
  approvals?: Record<string, boolean | { approved: boolean; reason?: string | undefined }> | undefined;
  /** Tools whose results nobody waits for: the model is told "started", and a failure never fails the answer. */
  backgroundTasks?: Record<string, Tool> | BackgroundTasks | undefined;
  /** @default "auto", and nothing is sent */
  toolChoice?: ToolChoice | undefined;
  /** The answer's schema; the validated value is `result.output`. */
  output?: Schema<O> | undefined;
  /** Ends the call at any point; it rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

/** What the model may call; made by `tool()`. */
export interface Tool {
  readonly description?: string | undefined;
  readonly parameters: Schema;
}

export interface ToolContext {
  /** Aborts with the call or on the tool's time-out. A background task outlives the call: only its own `timeout` aborts it. */
  signal: AbortSignal;
  toolCallId: string;
  /** The conversation up to and including the message that called. */
  messages: readonly Message[];
}

/** A call that the model made. `args` are as the model gave them: parsed, and validated before the tool runs. */
export interface ToolCall {
  id: string;
  name: string;
  args: unknown;
  /** Whether it names a background task. */
  background: boolean;
}

export interface ToolResult {
  toolCallId: string;
  name: string;
  args: unknown;
  /** What the tool returned or, with `isError`, the text that tells the model what to mend. */
  result: unknown;
  isError: boolean;
  durationMs: number;
  background: boolean;
}

/** Background tasks that a queue (or another process) carries out. */
export interface BackgroundTasks {
  tasks: Record<string, Tool>;
  dispatcher: TaskDispatcher;
}

export interface TaskDispatcher {
  /**
   * Takes a job over; resolves when it is safely handed on, and a rejection goes to `onBackgroundTaskError`. `args` are JSON: they have been
   * checked, but are as the model wrote them, so that whoever runs the task checks and transforms them again (`runTask` does).
   */
  dispatch(name: string, args: unknown, context: { toolCallId: string }): Promise<void>;
}
