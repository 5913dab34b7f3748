import type { Cancellation } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import type { GatewayError } from "../errors/errors.ts";
import { type Asked, errorFromFrame, errorFromPayload, isHtml } from "../errors/from-response.ts";
import { excerpt, type Redact } from "../errors/redact.ts";
import type { Clock } from "../transport/timeout.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../wire.ts";
import type { Accumulator } from "./accumulator.ts";
import type { AnswerEvent, EmitAnswer } from "./answer-event.ts";
import type { Pieces } from "./body-reader.ts";
import { createFrameReader, errorOf, type Frame, hasError } from "./sse.ts";

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
  onChunk?(chunk: unknown, out: AnswerEvent[]): void;
}

/** Milliseconds that a connection may stay open after `[DONE]`, so that it can be used again; then it is closed. */
const grace = 250;

/** Reads an answer into the accumulator and tells the events of each piece that arrives. Throws when it is none, or not whole. */
export async function readAnswer(response: Response, pieces: Pieces, reading: Reading, emit: EmitAnswer): Promise<void> {
  // No event stream begins like this, whatever the content type says.
  const isBody = /[[{<]/.test(await pieces.firstCharacter());
  return isBody || announcesBody(response, reading) ? readBody(pieces, reading, emit) : readStream(pieces, reading, emit);
}

function announcesBody({ headers }: Response, { streaming }: Reading): boolean {
  const type = (headers.get("content-type") ?? "").toLowerCase();
  return !type.includes("text/event-stream") && (type.includes("json") || !streaming);
}

async function readStream(pieces: Pieces, reading: Reading, emit: EmitAnswer): Promise<void> {
  const { answer, asked } = reading;
  let events: AnswerEvent[] = [];
  let frames = 0;
  let done = false;
  let broken: Exclude<Frame, { kind: "chunk" | "done" | "cut" }> | undefined;
  const frameReader = createFrameReader((frame) => {
    // After [DONE] there is nothing more to say, and after an error nothing can be trusted.
    if (done || broken) return;
    frames++;
    if (frame.kind === "chunk") {
      reading.onChunk?.(frame.value, events);
      answer.add(frame.value as ChatCompletionChunk, events);
    } else if (frame.kind === "done") done = true;
    else if (frame.kind !== "cut") broken = frame;
  });

  /** No piece is held while the next one is awaited: there may be many streams. */
  const push = (text: string | undefined) => {
    if (text === undefined) {
      if (!pieces.brokenOff) frameReader.end();
    } else if (text) frameReader.push(text);
    return text !== undefined;
  };

  for (let more = true; more && !done; ) {
    more = push(await pieces.next());
    if (events.length > 0) {
      const emitted = emit(events);
      events = [];
      await emitted;
    }
    if (broken) throw frameError(broken, reading);
  }
  if (done) await pieces.drain(grace);
  else if (frames === 0) {
    throw fail("stream:empty", `${asked.model}: the stream ended without a single event.`, asked);
  } else if (!answer.finished) {
    throw fail("stream:truncated", `${asked.model}: the stream ended without a finish reason.`, asked);
  }
}

function frameError(frame: Exclude<Frame, { kind: "chunk" | "done" | "cut" }>, { asked, redact, answer }: Reading): GatewayError {
  if (frame.kind === "malformed") {
    const kind = isHtml(frame.start) ? "answer:html" : "stream:malformed";
    return fail(kind, `${asked.model}: the stream holds something that is not a chunk: ${excerpt(frame.start, redact)}`, asked);
  }
  return errorFromFrame(frame.value, asked, redact, answer.delivered);
}

/** Reads an answer that is one JSON body. */
async function readBody(pieces: Pieces, reading: Reading, emit: EmitAnswer): Promise<void> {
  const text = await restOf(pieces, reading.asked);
  const payload = wholePayload(text);
  if (payload === undefined) throw bodyError(text, reading);
  const events: AnswerEvent[] = [];
  reading.onChunk?.(payload, events);
  reading.answer.addWhole(payload, events);
  if (events.length > 0) await emit(events);
}

/** The completion in a body; undefined when it holds none. */
function wholePayload(text: string): ChatCompletion | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const payload = (Array.isArray(body) ? body[0] : body) as ChatCompletion | null;
    return !hasError(payload) && Array.isArray(payload?.choices) && payload.choices.length > 0 ? payload : undefined;
  } catch {
    return undefined;
  }
}

function bodyError(text: string, { asked, redact, streaming }: Reading): GatewayError {
  if (text.trim() === "") return fail(streaming ? "stream:empty" : "answer:empty", `${asked.model}: the answer is empty.`, asked);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const kind = isHtml(text) ? "answer:html" : "answer:malformed";
    return fail(kind, `${asked.model}: the answer begins with ${JSON.stringify(excerpt(text, redact))}.`, asked);
  }
  const payload = Array.isArray(body) ? body[0] : body;
  if (hasError(payload)) return errorFromPayload(errorOf(payload), asked, redact, { retryable: streaming });
  const details = { ...asked, body: redact(body) };
  return fail("answer:no-choices", `${asked.model}: the answer holds no choice: ${excerpt(text, redact)}`, details);
}

/** Characters; a body that is not complete by then is not coming to an end. */
const longestBody = 64 * 1024 * 1024;

async function restOf(pieces: Pieces, asked: Asked): Promise<string> {
  const texts: string[] = [];
  let length = 0;
  for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
    texts.push(piece);
    length += piece.length;
    if (length > longestBody) {
      throw fail("answer:malformed", `${asked.model}: the answer is longer than ${longestBody / 1024 / 1024} MB.`, asked);
    }
  }
  return texts.join("");
}
