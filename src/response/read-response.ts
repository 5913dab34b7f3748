import { errorFromFrame, errorFromPayload } from "../errors/from-response.ts";
import type { Answer } from "./answer.ts";
import { type EmitAnswer, EventBatch } from "./answer-event.ts";
import { bodyTooLong, maxBodyLength, readBody } from "./read-body.ts";
import { readStream } from "./read-stream.ts";
import type { Reading, ResponseBody } from "./reading.ts";

/** Reads an answer and emits the events of each piece as it arrives. Throws a GatewayError if it is not an answer, or is incomplete. */
export async function readResponse(response: Response, body: ResponseBody, reading: Reading, emit: EmitAnswer): Promise<Answer> {
  const start = new BodyStart(response, reading);
  while (await body.next(start.push)) {
    if (start.isStream) break;
    if (body.length > maxBodyLength) throw bodyTooLong(reading);
  }
  const batch = new EventBatch();
  const { answer, target, redact, streaming, acceptCalls } = reading;
  if (start.isStream ?? isStreamByType(response, reading)) {
    const failure = await readStream(start, body, reading, emit);
    if (failure !== undefined) throw errorFromFrame(failure, target, redact, answer.delivered);
  } else {
    const failure = readBody(start.takeText(), reading, batch);
    if (failure !== undefined) throw errorFromPayload(failure, target, redact, { retryable: streaming });
  }

  answer.endContent(batch);
  const found = answer.findCallsInText();
  const isAccepted = found !== undefined && (found.isForced || (await acceptCalls?.(found)) === true);
  const whole = answer.finish(batch, isAccepted ? found : undefined);
  const events = batch.take();
  const taken = events && emit(events);
  if (taken) await taken;
  return whole;
}

/** The start of a body, and its format: an event stream never starts like JSON or HTML, whatever the content type says. */
class BodyStart {
  readonly #response: Response;
  readonly #reading: Reading;
  #text = "";
  /** Its first characters, without leading white space, while `isStream` is not clear. */
  #start = "";
  /** Whether the body is an event stream; undefined while that is not yet clear. */
  isStream: boolean | undefined;

  constructor(response: Response, reading: Reading) {
    this.#response = response;
    this.#reading = reading;
  }

  readonly push = (piece: string): void => {
    this.#text += piece;
    this.isStream ??= this.#decide(piece);
  };

  /** Returns the text so far and releases it. */
  takeText(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }

  #decide(piece: string): boolean | undefined {
    const start = this.#start === "" ? piece.trimStart() : this.#start + piece;
    // A slice of the text would keep it in memory.
    const isShort = start.length < 6;
    this.#start = isShort ? start : "";
    if (/^[[{<"]/.test(start)) return false;
    if (/^(data|event|id|retry)?:/.test(start)) return true;
    return isShort && /^[dire]|^$/.test(start) ? undefined : isStreamByType(this.#response, this.#reading);
  }
}

function isStreamByType({ headers }: Response, { streaming }: Reading): boolean {
  const type = (headers.get("content-type") ?? "").toLowerCase();
  return type.includes("text/event-stream") || (streaming && !type.includes("json"));
}
