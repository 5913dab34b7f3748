import { describe, expect, test } from "vitest";
import { findFailure } from "../../src/response/payload.ts";
import { createFrameReader, type Frame, maxFrameLength } from "../../src/response/sse.ts";

function readFrames(...texts: string[]): Frame[] {
  const frames: Frame[] = [];
  const reader = createFrameReader((frame) => frames.push(frame));
  for (const text of texts) reader.push(text);
  reader.end();
  return frames;
}

const chunk = (value: Record<string, unknown>): Frame => ({ kind: "chunk", value });

describe("SSE frames", () => {
  test("are the JSON objects after data:", () => {
    expect(readFrames('data: {"a":1}\n\ndata: {"b":2}\n\ndata: [DONE]\n\n')).toEqual([
      chunk({ a: 1 }),
      chunk({ b: 2 }),
      { kind: "done" },
    ]);
  });

  test("are the same wherever the text is split", () => {
    const text = ': hi\r\n\r\ndata:{"a":"ä"}\r\n\r\nevent: error\rdata: {"message":"x"}\r\rdata: [DONE] \n\n';
    const whole = readFrames(text);
    expect(whole).toEqual([chunk({ a: "ä" }), { kind: "error", value: { message: "x" } }, { kind: "done" }]);
    for (let at = 0; at <= text.length; at++) expect(readFrames(text.slice(0, at), text.slice(at))).toEqual(whole);
    expect(readFrames(...text)).toEqual(whole);
  });

  test("may span several lines of data", () => {
    expect(readFrames('data: {"a":\ndata: 1}\n\n')).toEqual([chunk({ a: 1 })]);
  });

  test("are emitted one at a time, as soon as each is complete", () => {
    const frames: Frame[] = [];
    const reader = createFrameReader((frame) => frames.push(frame));
    reader.push('data: {"a":1}\n');
    expect(frames).toEqual([]);
    reader.push("\n");
    expect(frames).toEqual([chunk({ a: 1 })]);
  });

  test("without a blank line are emitted at the end", () => {
    for (const end of ["", "\n", "\r", "\r\n"]) expect(readFrames(`data: {"a":1}${end}`)).toEqual([chunk({ a: 1 })]);
  });

  test("that are cut off by the end of the stream are truncated, not malformed", () => {
    for (const text of ['data: {"a":', "data: {", "data: [DON", 'data: [{"error"'])
      expect(readFrames(text)).toEqual([{ kind: "cut" }]);
    for (const text of ["", "da", "data", "data:", ": comm"]) expect(readFrames(text)).toEqual([]);
  });

  test("that are not JSON are malformed, and their start is reported", () => {
    expect(readFrames("data: oops\n\n")).toEqual([{ kind: "malformed", start: "oops" }]);
    expect(readFrames('data: {"a":\n\n')).toEqual([{ kind: "malformed", start: '{"a":' }]);
    expect(readFrames("data: oops")).toEqual([{ kind: "malformed", start: "oops" }]);
    for (const json of ["1", "null", '"text"', "[1]", "true"])
      expect(readFrames(`data: ${json}\n\n`)).toEqual([{ kind: "malformed", start: json, value: JSON.parse(json) }]);
  });

  test("without data: are marked as bare, unless they are malformed or an error", () => {
    expect(readFrames('{"choices":[]}\n')).toEqual([{ kind: "chunk", value: { choices: [] }, isBare: true }]);
    expect(readFrames("<html><body>502\n")).toMatchObject([{ kind: "malformed" }]);
    expect(readFrames('{"error":{"message":"no"}}\n')).toEqual([{ kind: "error", value: { error: { message: "no" } } }]);
    expect(readFrames("unknown: field\n")).toEqual([]);
  });

  test("that never end are rejected at a size limit", () => {
    const frames: Frame[] = [];
    const reader = createFrameReader((frame) => frames.push(frame));
    const piece = "x".repeat(1024 * 1024);
    reader.push("data: ");
    for (let size = 0; size <= maxFrameLength && frames.length === 0; size += piece.length) reader.push(piece);
    expect(frames).toMatchObject([{ kind: "malformed", start: expect.stringContaining("16 MB") }]);
  });
});

describe("errors in SSE frames", () => {
  const error = { message: "no" };

  test("are recognised by the event name, whatever the data", () => {
    expect(readFrames('event: error\ndata: {"type":"x"}\n\n')).toEqual([{ kind: "error", value: { type: "x" } }]);
    expect(readFrames("event: error\ndata: Overloaded\n\n")).toEqual([{ kind: "error", value: "Overloaded" }]);
  });

  test.each([
    ["in place of choices", { error }, { error }],
    ["as text", { error: "no" }, { error: "no" }],
    ["beside choices", { choices: [{ delta: {} }], error }, { choices: [{ delta: {} }], error }],
    ["on the choice", { choices: [{ delta: {}, error }] }, { error }],
    ["in Cloudflare's envelope", { success: false, errors: [error] }, { success: false, errors: [error] }],
  ])("are recognised %s", (_, payload, found) => {
    expect(findFailure(payload)).toEqual(found);
    expect(readFrames(`data: ${JSON.stringify(payload)}\n\n`)).toEqual([{ kind: "error", value: found }]);
  });

  test("are recognised in Google's array", () => {
    expect(readFrames(`data: ${JSON.stringify([{ error }])}\n\n`)).toEqual([{ kind: "error", value: [{ error }] }]);
  });

  test.each([
    {},
    { error: null },
    { error: "" },
    { error: false },
    { success: true },
    { choices: [{ error: null }] },
    { choices: null },
  ])("are not recognised in %j", (payload) => {
    expect(findFailure(payload)).toBeUndefined();
    expect(readFrames(`data: ${JSON.stringify(payload)}\n\n`)).toEqual([chunk(payload)]);
  });
});
