import type { RequestTarget } from "../errors/errors.ts";
import type { Redact } from "../errors/redact.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../wire.ts";
import type { Answer } from "./answer.ts";
import type { EventSink } from "./answer-event.ts";
import type { FoundCalls } from "./call-in-text.ts";
import type { ResponseValidation } from "./response-validation.ts";

/** The context for reading a response. */
export interface Reading {
  target: RequestTarget;
  redact: Redact;
  /** Whether a stream was requested; the response may still be a JSON body, and vice versa. */
  streaming: boolean;
  /** Receives what is read. */
  answer: AnswerReader;
  /** Called with each chunk before it is read. */
  onChunk?: ((chunk: unknown, out: EventSink) => void) | undefined;
  validation?: ResponseValidation | undefined;
  /** Decides whether to run calls that the model wrote as text, in its own markup. @default never */
  acceptCalls?: ((found: FoundCalls) => Promise<boolean>) | undefined;
}

/** The text of a response body as it arrives. */
export interface ResponseBody {
  /**
   * Passes the next piece to `take`, so that it is not held while the following one is awaited. Resolves with false at the end, or if none
   * arrives `within` milliseconds.
   */
  next(take: (text: string) => void, within?: number): Promise<boolean>;
  /** Reads to the end, so that the connection can be reused; gives up after that many milliseconds. */
  drain(within: number): Promise<void>;
  /** Characters read so far. */
  readonly length: number;
  /** Whether the connection failed, so that the last data may be truncated. */
  readonly truncated: boolean;
}

/** Reads an answer from its chunks, or from one body. */
export interface AnswerReader {
  /** Whether a choice has arrived. */
  readonly begun: boolean;
  /** Whether a finish reason has arrived, so that the answer is complete even if the connection fails now. */
  readonly finished: boolean;
  /** Whether the answer is complete and not empty, so that nothing after it can make it a failure. */
  readonly complete: boolean;
  /** Whether any part of the answer that is emitted as an event has arrived. */
  readonly delivered: boolean;
  readonly hasUsage: boolean;
  /** What was wrong after the complete answer, as a clause. */
  brokenTail: string | undefined;
  /** Reads a chunk of a stream; its events are added to `out`. */
  add(chunk: ChatCompletionChunk, out: EventSink): void;
  /** Reads a completion that arrived as one body. */
  addBody(completion: ChatCompletion, out: EventSink): void;
  /** Ends the content: only text that may be tool calls stays held back. */
  endContent(out: EventSink): void;
  /** Tool calls that the model wrote as text, if there is no other text. Call it after `endContent`. */
  findCallsInText(): FoundCalls | undefined;
  /** Ends the answer; `found` are the calls that replace its text. */
  finish(out: EventSink, found?: FoundCalls): Answer;
}
