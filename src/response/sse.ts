import { createParser } from "eventsource-parser";
import type { ChatCompletionChunk } from "../wire.ts";
import { isObject, parseJson } from "./json.ts";
import { findFailure } from "./payload.ts";

/** A frame that is not a chunk. */
export type BrokenFrame =
  /** The stream reports an error, in any format. */
  | { kind: "error"; value: unknown }
  /** Neither a chunk nor an error; `value` if it is JSON. `start` is its beginning, long enough for redaction to find whole secrets. */
  | { kind: "malformed"; start: string; value?: unknown };

/** A parsed frame of the stream. */
export type Frame =
  /** `isBare` if its line had no `data:`. */
  | { kind: "chunk"; value: ChatCompletionChunk; isBare?: true }
  | BrokenFrame
  /** The stream ended in the middle of a frame. */
  | { kind: "cut" }
  | { kind: "done" };

/** Maximum length of a frame; a longer one is assumed never to end. */
export const maxFrameLength = 16 * 1024 * 1024;

/** Maximum length kept of a malformed frame. */
const startLength = 4_000;

export interface FrameReader {
  /** Reads a piece of the stream, which may be split anywhere. */
  push(text: string): void;
  /** Ends the stream; reads a last frame without its blank line. */
  end(): void;
}

/** Splits an event stream into frames. Pure: decoding bytes is left to the caller. */
export function createFrameReader(onFrame: (frame: Frame) => void): FrameReader {
  let isEnding = false;
  function takeMalformed(frame: Frame, event: string | undefined, data: string): void {
    // Some servers leave out the blank lines between events.
    const frames = data.split("\n").map((line) => readFrame(event, line));
    if (frames.length > 1 && frames.every(({ kind }) => kind !== "malformed")) frames.forEach(onFrame);
    else onFrame(isEnding && /^\s*[[{]/.test(data) ? { kind: "cut" } : frame);
  }
  const parser = createParser({
    maxBufferSize: maxFrameLength,
    onEvent: ({ event, data }) => {
      // An empty `data` field is a heartbeat.
      if (data === "") return;
      const frame = readFrame(event, data);
      if (frame.kind === "malformed") takeMalformed(frame, event, data);
      else onFrame(frame);
    },
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded")
        onFrame({ kind: "malformed", start: `a frame longer than ${maxFrameLength / 1024 / 1024} MB` });
      // A line without a field name is not an event, but JSON or HTML is an answer without framing.
      else if (error.type === "unknown-field" && error.line !== undefined) readBareLine(error.line, onFrame);
    },
  });
  return {
    push: (text) => parser.feed(text),
    end() {
      isEnding = true;
      parser.feed("\n\n");
    },
  };
}

const malformed = (data: string, value?: unknown): Frame => ({ kind: "malformed", start: data.slice(0, startLength), value });

function readFrame(event: string | undefined, data: string): Frame {
  // Matching longer data would allocate memory for every frame.
  if (data.length < 20 && /^\s*\[done\]\s*$/i.test(data)) return { kind: "done" };
  const isError = event !== undefined && /^(error|exception)$/i.test(event);
  let value: unknown;
  try {
    value = parseJson(data);
  } catch {
    return isError ? { kind: "error", value: data } : malformed(data);
  }
  if (isError) return { kind: "error", value };
  // Google wraps its errors in an array.
  if (Array.isArray(value)) return findFailure(value[0]) === undefined ? malformed(data, value) : { kind: "error", value };
  const failure = findFailure(value);
  if (failure !== undefined) return { kind: "error", value: failure };
  return isObject(value) ? { kind: "chunk", value } : malformed(data, value);
}

function readBareLine(line: string, onFrame: (frame: Frame) => void): void {
  const start = line.trimStart();
  if (!/^[[{<]/.test(start)) return;
  const frame = readFrame(undefined, start);
  onFrame(frame.kind === "chunk" ? { ...frame, isBare: true } : frame);
}
