import type { Answer } from "../../src/response/answer.ts";
import type { AnswerEvent } from "../../src/response/answer-event.ts";
import { createFrameReader } from "../../src/response/sse.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../../src/wire.ts";
import { createAccumulator } from "../response/create-accumulator.ts";

/** The result of the client's pure parsing functions. */
export interface Reading {
  answer: Answer;
  events: AnswerEvent[];
  /** Frames that are not chunks, such as errors. */
  others: unknown[];
}

/** Reads an answer that arrives in pieces, as the client does but synchronously. */
export function readPurely(pieces: readonly Uint8Array[], isStream: boolean): Reading {
  const decoder = new TextDecoder();
  const accumulator = createAccumulator();
  const events: AnswerEvent[] = [];
  const others: unknown[] = [];
  if (isStream) {
    const reader = createFrameReader((frame) => {
      if (frame.kind === "chunk") accumulator.add(frame.value as ChatCompletionChunk, events);
      else others.push(frame);
    });
    for (const piece of pieces) reader.push(decoder.decode(piece, { stream: true }));
    reader.push(decoder.decode());
    reader.end();
  } else {
    const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
    accumulator.addBody(JSON.parse(text) as ChatCompletion, events);
  }
  return { answer: accumulator.finish(events), events, others };
}
