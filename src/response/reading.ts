import type { Cancellation } from "../abort.ts";
import type { Asked } from "../errors/from-response.ts";
import type { Redact } from "../errors/redact.ts";
import type { Clock } from "../transport/timeout.ts";
import type { Accumulator, FoundCalls } from "./accumulator.ts";
import type { AnswerEvent } from "./answer-event.ts";

/** What reading an answer needs beside the response. */
export interface Reading {
  asked: Asked;
  clock: Clock;
  cancellation: Cancellation;
  redact: Redact;
  /** Whether a stream was asked for; an answer may come in the other form all the same. */
  streaming: boolean;
  /** What is read goes here. */
  answer: Accumulator;
  /** Called with each chunk before it is read. */
  onChunk?: ((chunk: unknown, out: AnswerEvent[]) => void) | undefined;
  /** Whether calls that the model wrote as text, in a notation of its own, are to be run. Absent: never. */
  acceptCalls?: ((found: FoundCalls) => Promise<boolean>) | undefined;
}
