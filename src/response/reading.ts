import type { Cancellation } from "../abort.ts";
import type { RequestTarget } from "../errors/from-response.ts";
import type { Redact } from "../errors/redact.ts";
import type { Clock } from "../transport/timeout.ts";
import type { Accumulator, FoundCalls } from "./accumulator.ts";
import type { AnswerEvent } from "./answer-event.ts";

/** What reading a response needs besides the response itself. */
export interface Reading {
  target: RequestTarget;
  clock: Clock;
  cancellation: Cancellation;
  redact: Redact;
  /** Whether a stream was requested; the response may still be a JSON body, and vice versa. */
  streaming: boolean;
  /** What is read goes here. */
  answer: Accumulator;
  /** Called with each chunk before it is read. */
  onChunk?: ((chunk: unknown, out: AnswerEvent[]) => void) | undefined;
  /** Whether calls that the model wrote as text, in a notation of its own, are to be run. Absent: never. */
  acceptCalls?: ((found: FoundCalls) => Promise<boolean>) | undefined;
}
