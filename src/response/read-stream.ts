import { fail } from "../errors/create-error.ts";
import type { GatewayError } from "../errors/errors.ts";
import { isHtml } from "../errors/parse-error-body.ts";
import { excerpt } from "../errors/redact.ts";
import type { ChatCompletionChunk } from "../wire.ts";
import { type EmitAnswer, EventBatch, isContent } from "./answer-event.ts";
import { readFinishReason } from "./finish-reason.ts";
import { isNonEmptyChoice } from "./payload.ts";
import type { Reading, ResponseBody } from "./reading.ts";
import { type BrokenFrame, createFrameReader, type Frame } from "./sse.ts";
import { unreadable } from "./unreadable.ts";

/** Maximum length of a stream; a longer one is assumed never to end. */
export const maxStreamLength = 128 * 1024 * 1024;

/** Milliseconds to wait for the end of a connection after `[DONE]`, so that it can be reused, before closing it. */
const drainTimeoutMs = 250;

/** Milliseconds to wait after a finish reason: for `[DONE]` or the end, and also for the usage. */
const waitForEndMs = 2_000;
const waitForUsageMs = 5_000;

/**
 * Reads an answer that is an event stream, the start of which has already been read. If the stream reports a failure, resolves with its
 * payload.
 */
export async function readStream(
  start: { takeText(): string },
  body: ResponseBody,
  reading: Reading,
  emit: EmitAnswer,
): Promise<unknown> {
  const { answer } = reading;
  const frames = new StreamFrames(reading);
  const tail = new TailTimer();
  frames.push(start.takeText());
  for (let hasMore = true; ; ) {
    if (!hasMore) frames.end(body.truncated);
    const taken = passOn(frames, tail, emit);
    if (taken) await taken;
    if (frames.broken?.kind === "error") return frames.broken.value;
    if (frames.broken) throw malformed(frames.broken, reading);
    const isTooLong = body.length > maxStreamLength;
    if (isTooLong && !answer.finished) throw tooLong(reading);
    if (!hasMore || frames.isDone || isTooLong) break;
    const within = answer.finished ? tail.start(answer.hasUsage) : undefined;
    hasMore = within !== 0 && (await body.next(frames.push, within));
    tail.stop();
  }
  if (!answer.begun && !frames.wasCut) throw empty(frames, reading);
  if (frames.isDone) await body.drain(drainTimeoutMs);
  else if (!answer.finished) {
    throw fail(
      ...unreadable({ kind: "stream:truncated", problem: "the stream ended without a finish reason", isWhole: false }, reading),
    );
  }
  return undefined;
}

/** Emits the events that have been read. A separate function, so that they are not retained while waiting for more. */
function passOn({ events }: StreamFrames, tail: TailTimer, emit: EmitAnswer): ReturnType<EmitAnswer> {
  const batch = events.take();
  if (batch?.some(isContent)) tail.reset();
  return batch && emit(batch);
}

/** Interprets the frames of a stream, by the rules in answer.ts. */
class StreamFrames {
  readonly #reading: Reading;
  readonly #reader = createFrameReader((frame) => this.#take(frame));
  /** Events to emit before waiting for more of the stream. */
  readonly events = new EventBatch();
  isDone = false;
  /** Whether nothing at all has arrived. */
  isBlank = true;
  /** The stream ended in the middle of a frame. */
  wasCut = false;
  /** The frame that makes the answer a failure. */
  broken: BrokenFrame | undefined;
  /** The last chunk that had neither choices nor usage. */
  stray: ChatCompletionChunk | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  readonly push = (text: string): void => {
    this.isBlank &&= text.trim() === "";
    this.#reader.push(text);
  };

  /** Reads a last frame without its blank line, which may be truncated if the connection failed. */
  end(truncated: boolean): void {
    if (truncated) this.#reading.answer.brokenTail ??= "the connection broke";
    else this.#reader.end();
  }

  #take(frame: Frame): void {
    // Ignore everything after [DONE] or a failure.
    if (this.isDone || this.broken) return;
    const { answer, onChunk, validation } = this.#reading;
    if (frame.kind === "done") this.isDone = true;
    else if (frame.kind === "cut") {
      this.wasCut = true;
      if (answer.finished) answer.brokenTail ??= "the stream ended in the middle of an event";
    } else if (frame.kind !== "chunk") this.#takeBroken(frame);
    // Some proxies drop `data:` after the finish reason; before it, a bare line may be anything.
    else if (frame.isBare && !answer.finished && !endsAnswer(frame.value)) {
      this.#takeBroken({ kind: "malformed", start: JSON.stringify(frame.value).slice(0, 4_000) });
    } else {
      if (frame.isBare) answer.brokenTail ??= "the stream lost its framing";
      validation?.observe(frame.value, "chunk");
      if (!frame.value.choices && !frame.value.usage) this.stray = frame.value;
      onChunk?.(frame.value, this.events);
      answer.add(frame.value, this.events);
    }
  }

  #takeBroken(frame: BrokenFrame): void {
    const { answer, redact, validation } = this.#reading;
    if (!answer.complete) {
      this.broken = frame;
      if (frame.kind === "malformed" && frame.value !== undefined) validation?.observe(frame.value, "chunk");
    } else {
      const words = frame.kind === "malformed" ? frame.start : JSON.stringify(frame.value);
      answer.brokenTail ??= `the stream went on with ${frame.kind === "error" ? "an error" : "data that is not a chunk"}: ${excerpt(words, redact)}`;
    }
  }
}

/** Limits the wait for the end of a stream after its finish reason. Only waiting counts, and only content restarts it. */
class TailTimer {
  #waitedMs = 0;
  #startedAt: number | undefined;

  /** Starts waiting; returns the remaining milliseconds. */
  start(hasUsage: boolean): number {
    this.#startedAt = performance.now();
    return Math.max(0, (hasUsage ? waitForEndMs : waitForUsageMs) - this.#waitedMs);
  }

  stop(): void {
    if (this.#startedAt !== undefined) this.#waitedMs += performance.now() - this.#startedAt;
    this.#startedAt = undefined;
  }

  reset(): void {
    this.#waitedMs = 0;
  }
}

const endsAnswer = ({ choices }: ChatCompletionChunk): boolean =>
  Array.isArray(choices) &&
  choices.some((choice) => isNonEmptyChoice(choice) && readFinishReason(choice.finish_reason) !== undefined);

function malformed({ start, value }: { start: string; value?: unknown }, reading: Reading): GatewayError {
  const isJson = value !== undefined;
  const kind = !isJson && isHtml(start) ? "answer:html" : "stream:malformed";
  const problem = "the stream holds something that is not a chunk";
  const context = isJson ? reading : { ...reading, validation: undefined };
  return fail(...unreadable({ kind, problem, shown: start, isWhole: false }, context));
}

function empty({ stray, isBlank }: StreamFrames, reading: Reading): GatewayError {
  const shown = stray && Object.keys(stray).length > 0 ? JSON.stringify(stray) : undefined;
  const details = { retryable: !isBlank, ...(stray && { body: reading.redact(stray) }) };
  return fail(...unreadable({ kind: "stream:empty", problem: "the stream ended without an answer", shown, details }, reading));
}

const tooLong = ({ target }: Reading): GatewayError =>
  fail("stream:malformed", `${target.model}: the stream is longer than ${maxStreamLength / 1024 / 1024} MB.`, target);
