import { createGateway, type GatewayError, tool } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import type { AnswerEvent } from "../../src/response/answer-event.ts";
import { maxDepth, parseJson } from "../../src/response/json.ts";
import { captureError } from "../failures/capture-error.ts";
import { createAccumulator } from "./create-accumulator.ts";

const megabyte = 1024 * 1024;

/** A gateway whose answer repeats the same piece endlessly; counts how many were read. */
function endless(piece: string, contentType: string) {
  const bytes = new TextEncoder().encode(piece);
  const read = { bytes: 0, cancelled: false };
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "test-token",
    provider: "openai",
    model: "gpt-4o-mini",
    maxRetries: 0,
    fetch: async () => {
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        read.bytes += bytes.length;
        controller.enqueue(bytes);
      };
      const cancel = () => {
        read.cancelled = true;
      };
      return new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }), {
        headers: { "content-type": contentType },
      });
    },
  });
  return { gateway, read };
}

describe("an endless answer", () => {
  test.each([
    ["white space before a body", " ".repeat(megabyte), "application/json", 64],
    ["a body", `{"a":"${"x".repeat(megabyte)}`, "application/json", 64],
    ["comments", `: ${"x".repeat(megabyte)}\n\n`, "text/event-stream", 128],
  ])(
    "of %s is an error once it exceeds a limit, and its connection is closed",
    { timeout: 60_000 },
    async (_, piece, type, megabytes) => {
      const { gateway, read } = endless(piece, type);
      const call = type === "text/event-stream" ? gateway.stream({ prompt: "Hi" }).result : gateway.chat({ prompt: "Hi" });
      const error: GatewayError = await captureError(call);
      expect(error.message).toContain(`longer than ${megabytes} MB`);
      expect(read.bytes).toBeLessThan((megabytes + 4) * megabyte);
      expect(read.cancelled).toBe(true);
    },
  );
});

describe("nested JSON", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

  test("is read up to a depth limit, not counting brackets in strings", () => {
    expect(() => parseJson(nested(maxDepth))).not.toThrow();
    expect(() => parseJson(nested(maxDepth + 1))).toThrow(/nested deeper than 500 levels/);
    const text = JSON.stringify({ text: `\\"${nested(2_000)}` });
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });
});

describe("the cost of reading", () => {
  /** The total length of all strings in the accumulator's events, which reveals copying. */
  function eventCharacters(deltas: Record<string, unknown>[]): number {
    const accumulator = createAccumulator();
    let characters = 0;
    for (const delta of deltas) {
      const events: AnswerEvent[] = [];
      accumulator.add({ choices: [{ index: 0, delta }] }, events);
      characters += JSON.stringify(events).length;
    }
    const events: AnswerEvent[] = [];
    accumulator.finish(events);
    return characters + JSON.stringify(events).length;
  }

  const many = (count: number, delta: (at: number) => Record<string, unknown>) =>
    Array.from({ length: count }, (_, at) => delta(at));
  const kinds: [string, (at: number) => Record<string, unknown>][] = [
    ["white space", () => ({ content: " \n" })],
    ["white space in reasoning", (at) => ({ content: at === 0 ? "<think>x" : " \n" })],
    ["what may be a tag", (at) => ({ content: at === 0 ? "<think>" : "<<</thin" })],
    [
      "arguments with the name repeated",
      (at) => ({ tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: at ? ',{"x":1}' : '{"l":[{}' } }] }),
    ],
    ["calls", (at) => ({ tool_calls: [{ index: at, id: `c${at}`, function: { name: "f", arguments: '{"a":1}' } }] })],
    ["images", (at) => ({ images: [{ image_url: { url: `data:image/png;base64,${at}` } }] })],
  ];

  test.each(kinds)("four times as much of %s produces about four times as much in events", (_, delta) => {
    const [once, fourfold] = [eventCharacters(many(3_000, delta)), eventCharacters(many(12_000, delta))];
    expect(fourfold).toBeLessThan(once * 5);
  });

  test("annotations that each chunk repeats are kept once", () => {
    const accumulator = createAccumulator();
    for (let at = 0; at < 5_000; at++)
      accumulator.add({ choices: [{ delta: { annotations: [{ type: "a", at: at % 10 }] } }] }, []);
    expect(accumulator.finish([]).citations).toHaveLength(10);
  });
});

test("12,000 calls in one answer are each run once", { timeout: 60_000 }, async () => {
  const calls = Array.from({ length: 12_000 }, (_, at) => ({
    id: `c${at}`,
    type: "function",
    function: { name: "f", arguments: `{"at":${at}}` },
  }));
  const answers = [
    { choices: [{ index: 0, message: { role: "assistant", content: null, tool_calls: calls }, finish_reason: "tool_calls" }] },
    { choices: [{ index: 0, message: { role: "assistant", content: "Done." }, finish_reason: "stop" }] },
  ];
  const ran = new Set<number>();
  const f = tool({ parameters: { type: "object" }, execute: (args: unknown) => ran.add((args as { at: number }).at).size });
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "test-token",
    provider: "openai",
    model: "gpt-4o-mini",
    fetch: async () => Response.json(answers.shift()),
  });
  const result = await gateway.chat({ prompt: "Hi", tools: { f } });
  expect(ran.size).toBe(12_000);
  expect(result.text).toBe("Done.");
});
