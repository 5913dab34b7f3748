import type { Answer } from "./answer.ts";
import type { AnswerEvent, EmitAnswer } from "./answer-event.ts";
import type { BodyReader } from "./body-reader.ts";
import { maxBodyLength, readBody } from "./read-body.ts";
import { readStream } from "./read-stream.ts";
import type { Reading } from "./reading.ts";

/** Reads an answer and emits the events of each piece that arrives. Throws a GatewayError when it is none, or not whole. */
export async function readResponse(response: Response, body: BodyReader, reading: Reading, emit: EmitAnswer): Promise<Answer> {
  if (await isOneBody(response, body, reading)) await readBody(body, reading, emit);
  else await readStream(body, reading, emit);
  return finishAnswer(reading, emit);
}

/** No event stream begins like JSON or a page, and no JSON like an event stream, whatever the content type says. */
async function isOneBody({ headers }: Response, body: BodyReader, { streaming }: Reading): Promise<boolean> {
  const start = await body.peek(maxBodyLength);
  if (/^[[{<"]/.test(start)) return true;
  if (/^(data|event|id|retry)?:/.test(start)) return false;
  const type = (headers.get("content-type") ?? "").toLowerCase();
  return !type.includes("text/event-stream") && (type.includes("json") || !streaming);
}

async function finishAnswer({ answer, acceptCalls }: Reading, emit: EmitAnswer): Promise<Answer> {
  const events: AnswerEvent[] = [];
  answer.endContent(events);
  const found = answer.findCallsInText();
  const isAccepted = found !== undefined && (found.isForced || (await acceptCalls?.(found)) === true);
  const whole = answer.finish(events, isAccepted ? found : undefined);
  if (events.length > 0) await emit(events);
  return whole;
}
