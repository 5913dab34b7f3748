import type { RequestTarget } from "../errors/errors.ts";
import type { Redact } from "../errors/redact.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../wire.ts";
import type { Answer } from "./answer.ts";
import type { EventSink } from "./answer-event.ts";
import type { FoundCalls } from "./call-in-text.ts";
import type { ResponseValidation } from "./response-validation.ts";

/** What reading a response needs besides the response itself. */
export interface Reading {
  target: RequestTarget;
  redact: Redact;
  /** Whether a stream was requested; the response may still be a JSON body, and vice versa. */
  streaming: boolean;
  /** What is read goes here. */
  answer: AnswerReader;
  /** Called with each chunk before it is read. */
  onChunk?: ((chunk: unknown, out: EventSink) => void) | undefined;
  validation?: ResponseValidation | undefined;
  /** Whether calls that the model wrote as text, in a notation of its own, are to be run. Absent: never. */
  acceptCalls?: ((found: FoundCalls) => Promise<boolean>) | undefined;
}

/** The text of a response's body as it arrives. */
export interface ResponseBody {
  /** The next piece; undefined at the end, and when nothing comes `within` so many milliseconds. */
  next(within?: number): Promise<string | undefined>;
  /** Reads on to the end, so that the connection can be used again; gives up after so many milliseconds. */
  drain(within: number): Promise<void>;
  /** Characters read so far. */
  readonly length: number;
  /** Whether the connection broke, so that what came last may be cut. */
  readonly truncated: boolean;
}

/** Reads an answer from its chunks, or from one body. */
export interface AnswerReader {
  /** Whether a choice has come. */
  readonly begun: boolean;
  /** Whether a finish reason has come, so that the answer is whole even if the connection breaks now. */
  readonly finished: boolean;
  /** Whether the answer is whole and says something, so that nothing behind it can make it a failure. */
  readonly complete: boolean;
  /** Whether anything of the answer has come that is an event. */
  readonly delivered: boolean;
  readonly hasUsage: boolean;
  /** What was broken behind the complete answer, as a clause. */
  brokenTail: string | undefined;
  /** Takes a chunk of a stream; the events that it gives rise to are added to `out`. */
  add(chunk: ChatCompletionChunk, out: EventSink): void;
  /** Takes a completion that came as one body. */
  addBody(completion: ChatCompletion, out: EventSink): void;
  /** Ends the content: no more of the text is held back than may be tool calls. */
  endContent(out: EventSink): void;
  /** Tool calls that the model wrote as text, where the text is nothing else. Asked after `endContent`. */
  findCallsInText(): FoundCalls | undefined;
  /** Ends the answer; `found` are the calls that take the place of its text. */
  finish(out: EventSink, found?: FoundCalls): Answer;
}
