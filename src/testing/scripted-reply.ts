/** A request as the local gateway received it. The last 1,000 are kept. */
export interface ScriptRequest {
  /** HTTP method. */
  method: string;
  /** Path and query. */
  path: string;
  /** As received, including tokens. */
  headers: Headers;
  /** Parsed if it is JSON, otherwise the text; `undefined` for a request without a body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read any part of it.
  body: any;
  /** The model's prefix as sent: `openrouter` of `openrouter/openai/gpt-4o-mini`. */
  provider?: string;
  /** The rest of the model: `openai/gpt-4o-mini`. */
  model?: string;
  /** The intended response; a client that disconnected may have read less of it. */
  answer?: { status: number; headers: Headers; text: string };
}

/** How a reply is split into pieces, and when they are sent. Counts and times are the same on every run. */
export interface ChunkTiming {
  /** Characters in a delta of a stream. @default a word of text, a few characters of arguments */
  size?: number | undefined;
  /** Milliseconds from the headers to the first chunk. @default 0 */
  firstMs?: number | undefined;
  /** Milliseconds between two chunks. @default 0 */
  everyMs?: number | undefined;
  /** Varies sizes and times, by half around their value; the same seed gives the same variation. @default no variation */
  seed?: number | undefined;
}

/** A model's answer, written in the format of the request's provider. */
export interface ScriptedAnswer {
  /** @default the built-in answer, unless reasoning or tool calls are given */
  text?: string | undefined;
  /** Sent in the provider's own field, before the text. @default none */
  reasoning?: string | undefined;
  /** `args` given as a string are sent unchanged, so that malformed JSON can be tested. */
  toolCalls?: { name: string; args: unknown }[] | undefined;
  /** Sent unchanged. @default the provider's value for a stop, or for tool calls */
  finishReason?: string | undefined;
  /** Sent unchanged; `null` sends none. @default an estimate, in the provider's fields */
  usage?: object | null | undefined;
  /** Milliseconds until the response starts. @default 0 */
  delayMs?: number | undefined;
  /** @default sent at once */
  chunks?: ChunkTiming | undefined;
  /** The provider whose format the answer has: `openai`, `anthropic`, `google-ai-studio`, … @default that of the request's model */
  dialect?: string | undefined;
}

/**
 * An error: the gateway's own with `gatewayCode` (2003, 2016, …), otherwise the provider's. `body` replaces either.
 * With status 200 it is an error inside a successful response; on a stream, an error event.
 */
export interface ScriptedError {
  /** The error; an empty object is the provider's 500. */
  error: {
    gatewayCode?: number | undefined;
    /** @default the status of `gatewayCode`, otherwise 500 */
    status?: number | undefined;
    body?: unknown;
  };
}

/**
 * - `reset-before-headers`: the connection is reset before the response starts.
 * - `reset-mid-body`: it is reset after `afterBytes` of the body. Default: half of it.
 * - `stall`: headers and `afterBytes` of the body, then nothing more. Default: not even headers.
 * - `truncate`: a clean end after `afterBytes`. Default: just before the finish reason; half of a JSON body.
 * - `malformed`: after `afterBytes` a frame that is not JSON (without a stream: the whole body). Default: after the first frame.
 * - `html`: status 200 with an HTML page.
 * - `empty`: status 200 without a body.
 * - `slow-bytes`: the whole response, one byte at a time.
 */
export type Fault = (typeof faults)[number];

export const faults = [
  "reset-before-headers",
  "reset-mid-body",
  "stall",
  "truncate",
  "malformed",
  "html",
  "empty",
  "slow-bytes",
] as const;

/** A response that fails. */
export interface ScriptedFault {
  /** How it fails. */
  fault: Fault;
  /** Number of bytes of the body to send first. @default see `Fault` */
  afterBytes?: number | undefined;
}

/** An exact response. The gateway's headers are added; the content type is guessed from the body unless given. */
export interface ScriptedResponse {
  /** HTTP status. */
  status: number;
  /** Added to the gateway's own. @default none */
  headers?: Record<string, string> | undefined;
  /** The exact body. */
  body: string;
}

/** One reply of the local gateway. */
export type ScriptedReply = ScriptedAnswer | ScriptedError | ScriptedFault | ScriptedResponse;
