import { GatewayError } from "./errors.ts";
import { excerpt, type Redact } from "./redact.ts";
import type { Accumulator } from "./stream/accumulator.ts";
import { createFrameReader, errorOf, type Frame, hasError } from "./stream/sse.ts";
import type { AnswerEvent } from "./stream/stream-event.ts";
import { loadFailures } from "./transport/load-failures.ts";
import type { Asked } from "./transport/read-error.ts";
import type { Clock } from "./transport/timeout.ts";
import type { ChatCompletion, ChatCompletionChunk } from "./wire.ts";

/** What reading an answer needs beside the response. */
export interface Reading {
  asked: Asked;
  clock: Clock;
  signal: AbortSignal;
  redact: Redact;
  /** Whether a stream was asked for; an answer may come in the other form all the same. */
  streaming: boolean;
  /** Set while the body is being read: lets go of it, as if it had ended. */
  release?: (() => void) | undefined;
}

/** Milliseconds that a connection may stay open after `[DONE]`, so that it can be used again; then it is closed. */
const grace = 250;

/** Reads an answer into the accumulator and yields the events of each piece that arrives. Throws when it is none, or not whole. */
export async function* readAnswer(
  response: Response,
  answer: Accumulator,
  reading: Reading,
): AsyncGenerator<AnswerEvent[], void> {
  const pieces = createPieces(response, reading);
  try {
    const type = (response.headers.get("content-type") ?? "").toLowerCase();
    const first = await firstText(pieces);
    // No event stream begins like this, whatever the content type says.
    const isBody = /^\s*[[{<]/.test(first);
    if (isBody || (!type.includes("text/event-stream") && (type.includes("json") || !reading.streaming))) {
      const events = await readBody(await restOf(pieces, first, reading.asked), answer, reading);
      if (events.length > 0) yield events;
      return;
    }
    yield* readStream(first, pieces, answer, reading);
  } finally {
    pieces.close();
  }
}

async function* readStream(
  first: string,
  pieces: Pieces,
  answer: Accumulator,
  reading: Reading,
): AsyncGenerator<AnswerEvent[], void> {
  let events: AnswerEvent[] = [];
  let frames = 0;
  let done = false;
  let broken: Exclude<Frame, { kind: "chunk" | "done" | "cut" }> | undefined;
  const frameReader = createFrameReader((frame) => {
    // After [DONE] there is nothing more to say, and after an error nothing can be trusted.
    if (done || broken) return;
    frames++;
    if (frame.kind === "chunk") answer.add(frame.value as ChatCompletionChunk, events);
    else if (frame.kind === "done") done = true;
    else if (frame.kind !== "cut") broken = frame;
  });

  let text: string | undefined = first;
  for (;;) {
    if (text === undefined) frameReader.end();
    else if (text) frameReader.push(text);
    if (events.length > 0) {
      yield events;
      events = [];
    }
    if (broken) throw await frameError(broken, answer, reading);
    if (done || text === undefined) break;
    try {
      text = await pieces.next();
    } catch (error) {
      // With its finish reason the answer is whole, however the connection ends.
      if (reading.signal.aborted || !answer.finished) throw error;
      return;
    }
  }
  if (done) await pieces.drain(grace);
  else if (frames === 0)
    throw (await loadFailures()).fail(
      "stream:empty",
      `${reading.asked.model}: the stream ended without a single event.`,
      reading.asked,
    );
  else if (!answer.finished)
    throw (await loadFailures()).fail(
      "stream:truncated",
      `${reading.asked.model}: the stream ended without a finish reason.`,
      reading.asked,
    );
}

async function frameError(
  frame: Exclude<Frame, { kind: "chunk" | "done" | "cut" }>,
  answer: Accumulator,
  { asked, redact }: Reading,
): Promise<GatewayError> {
  const { errorFromFrame, fail, isHtml } = await loadFailures();
  if (frame.kind === "malformed") {
    const kind = isHtml(frame.start) ? "answer:html" : "stream:malformed";
    return fail(kind, `${asked.model}: the stream holds something that is not a chunk: ${excerpt(frame.start, redact)}`, asked);
  }
  return errorFromFrame(frame.value, asked, redact, answer.delivered);
}

/** Reads an answer that is one JSON body. */
async function readBody(text: string, answer: Accumulator, reading: Reading): Promise<AnswerEvent[]> {
  const payload = wholePayload(text);
  if (payload === undefined) throw await bodyError(text, reading);
  const events: AnswerEvent[] = [];
  answer.addWhole(payload, events);
  return events;
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

async function bodyError(text: string, { asked, redact, streaming }: Reading): Promise<GatewayError> {
  const { errorFromPayload, fail, isHtml } = await loadFailures();
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

/** The text of a body as it arrives. */
interface Pieces {
  /** The next piece; undefined at the end. */
  next(): Promise<string | undefined>;
  /** Reads on to the end, so that the connection can be used again; gives up after so many milliseconds. */
  drain(within: number): Promise<void>;
  /** Lets go of the body, closing the connection unless the end was reached. */
  close(): void;
}

function createPieces(response: Response, reading: Reading): Pieces {
  const { clock, signal, redact } = reading;
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let ended = reader === undefined;
  // A body that does not belong to a fetch, as the Workers binding gives, does not know the signal.
  const onAbort = () => void reader?.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", onAbort, { once: true });
  reading.release = () => void reader?.cancel().catch(() => {});

  async function next(): Promise<string | undefined> {
    if (reader === undefined || ended) return undefined;
    clock.start("idle");
    try {
      const { done, value } = await reader.read();
      if (signal.aborted) throw signal.reason;
      if (!done) return decoder.decode(value, { stream: true });
      ended = true;
      return decoder.decode() || undefined;
    } catch (error) {
      ended = true;
      if (signal.aborted) throw signal.reason;
      if (GatewayError.is(error)) throw error;
      throw (await loadFailures()).networkError(error, response.url, redact, "body");
    } finally {
      clock.pause();
    }
  }

  function close(): void {
    signal.removeEventListener("abort", onAbort);
    if (ended) return;
    ended = true;
    // Not awaited: there are transports (MSW is one) whose cancellation never ends.
    void reader?.cancel().catch(() => {});
  }

  async function drain(within: number): Promise<void> {
    const timer = setTimeout(close, within);
    try {
      // Without the clock, which would end the call: nobody waits for what comes now.
      while (reader && !ended) ended = (await reader.read()).done;
    } catch {
      // The answer is whole; how the connection ends does not matter any more.
    } finally {
      clearTimeout(timer);
    }
  }

  return { next, drain, close };
}

async function firstText(pieces: Pieces): Promise<string> {
  let text = "";
  for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
    text += piece;
    if (text.trim() !== "") break;
  }
  return text;
}

/** Characters; a body that is not complete by then is not coming to an end. */
const longestBody = 64 * 1024 * 1024;

async function restOf(pieces: Pieces, first: string, asked: Asked): Promise<string> {
  const texts = [first];
  let length = first.length;
  for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
    texts.push(piece);
    length += piece.length;
    if (length > longestBody) {
      const { fail } = await loadFailures();
      throw fail("answer:malformed", `${asked.model}: the answer is longer than ${longestBody / 1024 / 1024} MB.`, asked);
    }
  }
  return texts.join("");
}
