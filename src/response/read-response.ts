import { errorFromFrame, errorFromPayload } from "../errors/from-response.ts";
import type { Answer } from "./answer.ts";
import { type EmitAnswer, EventBatch } from "./answer-event.ts";
import { bodyTooLong, maxBodyLength, readBody } from "./read-body.ts";
import { readStream } from "./read-stream.ts";
import type { Reading, ResponseBody } from "./reading.ts";

/** Reads an answer and emits the events of each piece as it arrives. Throws a GatewayError if it is not an answer, or is incomplete. */
export async function readResponse(response: Response, body: ResponseBody, reading: Reading, emit: EmitAnswer): Promise<Answer> {
  let text = "";
  const start = new BodyStart();
  let isStream: boolean | undefined;
  for (let piece = await body.next(); piece !== undefined; piece = await body.next()) {
    text += piece;
    isStream ??= start.isStream(piece, response, reading);
    if (isStream) break;
    if (body.length > maxBodyLength) throw bodyTooLong(reading);
  }
  const batch = new EventBatch();
  const { answer, target, redact, streaming, acceptCalls } = reading;
  if (isStream ?? isStreamByType(response, reading)) {
    const failure = await readStream(text, body, reading, emit);
    if (failure !== undefined) throw errorFromFrame(failure, target, redact, answer.delivered);
  } else {
    const failure = readBody(text, reading, batch);
    if (failure !== undefined) throw errorFromPayload(failure, target, redact, { retryable: streaming });
  }

  answer.endContent(batch);
  const found = answer.findCallsInText();
  const isAccepted = found !== undefined && (found.isForced || (await acceptCalls?.(found)) === true);
  const whole = answer.finish(batch, isAccepted ? found : undefined);
  const events = batch.take();
  const taken = events.length > 0 ? emit(events) : undefined;
  if (taken) await taken;
  return whole;
}

/** Detects the format from the first characters: an event stream never starts like JSON or HTML, whatever the content type says. */
class BodyStart {
  #text = "";

  /** Whether the body is an event stream; undefined while that is not yet clear. */
  isStream(piece: string, response: Response, reading: Reading): boolean | undefined {
    this.#text = this.#text === "" ? piece.trimStart() : this.#text + piece;
    if (/^[[{<"]/.test(this.#text)) return false;
    if (/^(data|event|id|retry)?:/.test(this.#text)) return true;
    const mayBecomeField = this.#text.length < 6 && /^[dire]|^$/.test(this.#text);
    return mayBecomeField ? undefined : isStreamByType(response, reading);
  }
}

function isStreamByType({ headers }: Response, { streaming }: Reading): boolean {
  const type = (headers.get("content-type") ?? "").toLowerCase();
  return type.includes("text/event-stream") || (streaming && !type.includes("json"));
}
