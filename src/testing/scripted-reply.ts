import type { Awaitable } from "../options/chat-options.ts";

/** A request as the local gateway received it. */
export interface ScriptRequest {
  method: string;
  /** Path and query. */
  path: string;
  /** As received, secrets included. */
  headers: Headers;
  /** Parsed where it was JSON, else the text; `undefined` without one. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into it, whatever was sent.
  body: any;
  /** The model's prefix as it was sent: `openrouter` of `openrouter/openai/gpt-4o-mini`. */
  provider?: string;
  /** What follows the prefix: `openai/gpt-4o-mini`. */
  model?: string;
}

/** What the model says, in whatever words its provider has for it. */
export interface ScriptedAnswer {
  /** @default what the built-in model says, if nothing else of the answer is given either */
  text?: string | undefined;
  reasoning?: string | undefined;
  /** `args` that are a string are sent as they are, so that broken JSON can be tried. */
  toolCalls?: { name: string; args: unknown }[] | undefined;
  /** Sent as it is. @default the dialect's word for a stop, or for tool calls */
  finishReason?: string | undefined;
  /** Sent as it is; `null` sends none. @default an estimate, in the dialect's fields */
  usage?: object | null | undefined;
  /** Milliseconds before the answer begins. @default 0 */
  delayMs?: number | undefined;
  /** Whose way of answering: `openai`, `anthropic`, `google-ai-studio`, … @default that of the request's provider */
  dialect?: string | undefined;
}

/**
 * An error. With `gatewayCode` one that the gateway makes (2003, 2016, …), else the provider's own. `body` goes before both.
 * With status 200, an error inside a successful answer; on a stream, an error event.
 */
export interface ScriptedError {
  error: {
    gatewayCode?: number | undefined;
    /** @default the code's own, else 500 */
    status?: number | undefined;
    body?: unknown;
  };
}

/**
 * - `reset-before-headers`: the connection breaks off before any answer.
 * - `reset-mid-body`: it breaks off after `afterBytes` of the body. Default: half of it.
 * - `stall`: headers and `afterBytes` of the body, then nothing. Default: not even headers.
 * - `truncate`: a clean end after `afterBytes`. Default: just before the finish reason, of a JSON body half.
 * - `malformed`: after `afterBytes` a frame (without a stream: the whole body) that is not JSON. Default: after the first frame.
 * - `html`: status 200 with a page of HTML.
 * - `empty`: status 200 without a body.
 * - `slow-bytes`: the whole answer, one byte at a time.
 */
export type Fault =
  | "reset-before-headers"
  | "reset-mid-body"
  | "stall"
  | "truncate"
  | "malformed"
  | "html"
  | "empty"
  | "slow-bytes";

export interface ScriptedFault {
  fault: Fault;
  afterBytes?: number | undefined;
}

/** An answer byte for byte. The gateway's headers are added; a content type is guessed from the body unless given. */
export interface ScriptedResponse {
  status: number;
  headers?: Record<string, string> | undefined;
  body: string;
}

/** One answer of the local gateway. */
export type ScriptedReply = ScriptedAnswer | ScriptedError | ScriptedFault | ScriptedResponse;

export interface LocalGatewayOptions {
  /** @default 0: any free one */
  port?: number | undefined;
  /** What every request must present: as gateway token on `compat`, as API token on `rest` and for logs. @default "test-token" */
  token?: string | undefined;
  /**
   * Answers in the order of the requests; after the last one the built-in model answers. Or a function, called with each request that passed
   * the gateway's checks; `n` counts these from 0.
   */
  script?: ScriptedReply[] | ((request: ScriptRequest, n: number) => Awaitable<ScriptedReply>) | undefined;
  /** How many chat requests each gateway id takes in any `windowMs` milliseconds; the others get 429 / 2003. @default no limit */
  rateLimit?: { requests: number; windowMs: number } | undefined;
  /**
   * For each provider the aliases of its stored keys; `{ openai: ["default", "team-b"] }` means that no other provider has one.
   * @default every provider has a key with the alias "default"
   */
  storedKeys?: Record<string, string[]> | undefined;
}
