/**
 * What counts as an answer. The same rules apply to a JSON body and an event stream.
 *
 * - A **chunk** is a JSON object that reports no failure. A whole completion is one chunk, whose delta is its message. A chunk contains
 *   choices, usage, or the provider's own data; any field may be missing or have an undocumented type.
 * - A **failure** is a payload with an `error`, at the top level or on its choice, or one without any choice that reports a failure in the
 *   format of another API (payload.ts).
 * - An answer has **started** with the first choice that is not empty. A body or stream that ends before that is an error.
 * - The **first choice** received is the answer, whatever its index, unless the request asked for several (`n`).
 * - An answer is **complete** with a finish reason, or with `[DONE]` (a warning says that the finish reason is missing). A stream that
 *   ends without either is truncated.
 * - **After a complete answer** anything may fail: frames, the connection, or the server's bookkeeping. The answer is kept, with the warning
 *   `broken-tail`. Only if the answer is empty, a failure after its finish reason fails the request. Usage is waited for, but not long.
 * - A **snapshot** is a `message` next to or after the deltas. It repeats them, and only what goes beyond them is new.
 * - An unlisted **finish reason** is matched by patterns; if none matches, tools do not run and a warning says so (finish-reason.ts).
 *   Providers mix up `stop` and `tool_calls`, so the presence of calls decides between them.
 * - **An empty answer**, without text, call, image, audio or refusal, gives the warning `empty-answer`, unless its finish reason explains
 *   it.
 */
import type { Warning } from "../chat/warning.ts";
import type { CompletionUsage } from "../wire.ts";
import type { GeneratedAudio, GeneratedImage } from "./answer-event.ts";

/** A complete answer, read from one body or assembled from chunks. */
export interface Answer {
  text: string;
  reasoning: string | undefined;
  refusal: string | undefined;
  citations: unknown[] | undefined;
  /** Images that the model generated. */
  images: GeneratedImage[] | undefined;
  /** Audio that the model generated. */
  audio: GeneratedAudio | undefined;
  calls: AccumulatedCall[];
  rawFinishReason: string | undefined;
  usage: CompletionUsage | undefined;
  /** The completion's id. */
  id: string | undefined;
  /** Fields to send back with the message, unchanged. */
  replay: Replay;
  /** Warnings about the answer. */
  warnings: Warning[];
  /** The completion as the provider sent it; for a stream, assembled from its chunks. */
  raw: unknown;
}

/** What a provider may require back with its message: reasoning, signatures, media. */
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

/** A call by the model, with its arguments as raw text. */
export interface AccumulatedCall {
  /** Unique in the conversation, in a form that can be sent back. */
  id: string;
  name: string;
  argsText: string;
  /** Google's thought signature, to be sent back unchanged. */
  extraContent: unknown;
}

/** The calls of a complete answer; `renamed` maps the provider's ids to their replacements. */
export interface AccumulatedCalls {
  calls: AccumulatedCall[];
  renamed: ReadonlyMap<string, string>;
}
