import { createParser } from "eventsource-parser";
import type { ChatCompletionChunk } from "../wire.ts";
import { isObject, parseJson } from "./json.ts";
import { findFailure } from "./payload.ts";

/** A frame that should not be there. */
export type BrokenFrame =
  /** The stream reports an error, in whatever shape. */
  | { kind: "error"; value: unknown }
  /** Neither a chunk nor an error; `value` where it is JSON. `start` is its beginning, long enough that redaction sees whole secrets. */
  | { kind: "malformed"; start: string; value?: unknown };

/** A frame of the stream, read. */
export type Frame =
  /** `isBare` where its line lacked `data:`. */
  | { kind: "chunk"; value: ChatCompletionChunk; isBare?: true }
  | BrokenFrame
  /** The stream ended in the middle of it. */
  | { kind: "cut" }
  | { kind: "done" };

/** Characters of a single frame; one that is longer will not end. */
export const maxFrameLength = 16 * 1024 * 1024;

/** Characters that are kept of a malformed frame. */
const startLength = 4_000;

export interface FrameReader {
  /** Reads a piece of the stream, cut anywhere. */
  push(text: string): void;
  /** The stream is over: reads a last frame that lacks its blank line. */
  end(): void;
}

/** Splits an event stream into frames. Pure; bytes are the caller's. */
export function createFrameReader(onFrame: (frame: Frame) => void): FrameReader {
  let isEnding = false;
  const parser = createParser({
    maxBufferSize: maxFrameLength,
    onEvent: ({ event, data }) => {
      // A `data` field without a value is a sign of life.
      if (data === "") return;
      const frame = readFrame(event, data);
      onFrame(isEnding && frame.kind === "malformed" && /^\s*[[{]/.test(data) ? { kind: "cut" } : frame);
    },
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded")
        onFrame({ kind: "malformed", start: `a frame longer than ${maxFrameLength / 1024 / 1024} MB` });
      // A line without a field name is no event. Where it is JSON or HTML, though, somebody wrote an answer without framing.
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
  if (data.trim() === "[DONE]") return { kind: "done" };
  const isError = event !== undefined && /^(error|exception)$/i.test(event);
  let value: unknown;
  try {
    value = parseJson(data);
  } catch {
    return isError ? { kind: "error", value: data } : malformed(data);
  }
  if (isError) return { kind: "error", value };
  // Google wraps its errors into a list.
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
