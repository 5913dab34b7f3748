import { createParser } from "eventsource-parser";

/** A frame of the stream, read. */
export type Frame =
  | { kind: "chunk"; value: object }
  /** The stream reports an error, in whatever shape. */
  | { kind: "error"; value: unknown }
  /** Something that is neither; `start` is its beginning, uncut so far that a secret at the end of an excerpt is whole. */
  | { kind: "malformed"; start: string }
  /** The stream ended in the midst of it. */
  | { kind: "cut" }
  | { kind: "done" };

/** A frame that is not complete by then is not coming to an end. */
export const longestFrame = 16 * 1024 * 1024;

/** How much of it is kept. */
const startLength = 4_000;

export interface FrameReader {
  /** Reads a piece of text, cut anywhere. */
  push(text: string): void;
  /** The stream is over: reads a last frame that lacks its blank line. */
  end(): void;
}

/** Splits an event stream into frames. Pure; bytes are the caller's. */
export function createFrameReader(onFrame: (frame: Frame) => void): FrameReader {
  let ending = false;
  const parser = createParser({
    maxBufferSize: longestFrame,
    onEvent: ({ event, data }) => {
      // A field `data` without a value is a sign of life.
      if (data === "") return;
      const frame = readFrame(event, data);
      onFrame(ending && frame.kind === "malformed" && /^\s*[[{]/.test(data) ? { kind: "cut" } : frame);
    },
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded")
        onFrame({ kind: "malformed", start: `a frame longer than ${longestFrame / 1024 / 1024} MB` });
      // A bare line is no field of the event-stream format. Where it is JSON, or a page, a server put its answer there without framing.
      else if (error.type === "unknown-field" && error.line !== undefined) onBareLine(error.line, onFrame);
    },
  });
  return {
    push: (text) => parser.feed(text),
    end() {
      ending = true;
      parser.feed("\n\n");
    },
  };
}

function readFrame(event: string | undefined, data: string): Frame {
  if (data === "[DONE]") return { kind: "done" };
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    if (data.trim() === "[DONE]") return { kind: "done" };
    return event === "error" ? { kind: "error", value: data } : { kind: "malformed", start: data.slice(0, startLength) };
  }
  if (event === "error") return { kind: "error", value };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return Array.isArray(value) && hasError(value[0])
      ? { kind: "error", value }
      : { kind: "malformed", start: data.slice(0, startLength) };
  }
  return hasError(value) ? { kind: "error", value: errorOf(value) } : { kind: "chunk", value };
}

function onBareLine(line: string, onFrame: (frame: Frame) => void): void {
  const start = line.trimStart();
  if (!/^[[{<]/.test(start)) return;
  const frame = readFrame(undefined, start);
  onFrame(frame.kind === "error" ? frame : { kind: "malformed", start: start.slice(0, startLength) });
}

/** An error in place of choices, beside them, or (OpenRouter) on the choice. */
export function hasError(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { error, choices } = value as { error?: unknown; choices?: unknown };
  if (error) return true;
  if ((value as { success?: unknown }).success === false) return true;
  return Boolean(choiceError(choices));
}

/** What holds the error: the payload, or what its first choice says. */
export function errorOf(payload: object): unknown {
  const { error, choices } = payload as { error?: unknown; choices?: unknown };
  return error ? payload : choiceError(choices) ? { error: choiceError(choices) } : payload;
}

const choiceError = (choices: unknown): unknown =>
  Array.isArray(choices) ? (choices[0] as { error?: unknown } | null | undefined)?.error : undefined;
