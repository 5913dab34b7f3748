/**
 * What counts as an answer. A JSON body and an event stream are read by the same rules.
 *
 * - A **chunk** is a JSON object that reports no failure. A whole completion is one chunk, whose delta is its message. A chunk brings
 *   choices, usage, or the provider's own data; none of its fields is certain to be there, or to be of the documented type.
 * - A **failure** is a payload with an `error` in it or on its choice; and one without any choice that reports a failure in the words of
 *   some other API (payload.ts).
 * - An answer has **begun** with the first choice that says anything. A body or a stream that ends before that is an error: a success is
 *   never made of nothing.
 * - The **first choice** that comes is the answer, whatever its index, unless the request asked for several (`n`).
 * - An answer is **complete** with a finish reason, or with `[DONE]` (a warning says that the finish reason is missing). A stream that
 *   ends without either is truncated.
 * - **Behind a complete answer** anything may be broken: frames, errors about bookkeeping, the connection. The answer stands, with the
 *   warning `broken-tail`. Only where it said nothing, a failure behind its finish reason is the failure of the call. Usage is waited for,
 *   but not long.
 * - A **snapshot** is a `message` beside or behind the deltas: it says what has been said, and only what it has beyond that is new.
 * - A **finish reason** in no list is read by its meaning, else it is unknown: tools do not run, and a warning says so (finish-reason.ts).
 *   Calls decide over `stop` and `tool_calls`, which providers mix up.
 * - **Nothing empty is silent**: an answer without text, call, image, sound or refusal gives the warning `empty-answer`, unless its finish
 *   reason says why.
 */
import type { Warning } from "../chat/warning.ts";
import type { CompletionUsage } from "../wire.ts";
import type { GeneratedAudio, GeneratedImage } from "./answer-event.ts";

/** A whole answer, read from one body or put together from chunks. */
export interface Answer {
  text: string;
  reasoning: string | undefined;
  refusal: string | undefined;
  citations: unknown[] | undefined;
  /** Images that the model generated. */
  images: GeneratedImage[] | undefined;
  /** What the model spoke. */
  audio: GeneratedAudio | undefined;
  calls: AccumulatedCall[];
  rawFinishReason: string | undefined;
  usage: CompletionUsage | undefined;
  /** The completion's own id. */
  id: string | undefined;
  /** Fields that go back with the message, as they came. */
  replay: Replay;
  /** What the caller should know about the answer. */
  warnings: Warning[];
  /** The completion as the provider sent it; on a stream, put together from its chunks. */
  raw: unknown;
}

/** What a provider may want back with its message: reasoning, signatures, media. */
export interface Replay {
  /** The content with the reasoning at its start, between `<think>` tags. */
  content?: string;
  reasoning_content?: string;
  reasoning?: string;
  reasoning_details?: unknown[];
  extra_content?: unknown;
  /** The ID of generated audio. */
  audio?: { id: string };
  images?: unknown[];
  /** Annotations on files. */
  annotations?: unknown[];
}

/** A call as the model made it; its arguments are text still. */
export interface AccumulatedCall {
  /** Unique in the conversation, and fit to be sent back. */
  id: string;
  name: string;
  argsText: string;
  /** Google's thought signature, to be sent back unchanged. */
  extraContent: unknown;
}

/** The calls of a whole answer; `renamed` has the ids that were replaced, by the provider's own. */
export interface AccumulatedCalls {
  calls: AccumulatedCall[];
  renamed: ReadonlyMap<string, string>;
}
