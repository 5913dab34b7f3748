import { tool } from "cf-ai-gateway";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { delta, eventStream, gatewayWith, stalledStream, toolCall } from "./scripted-fetch.ts";

const calling = () => eventStream(delta({ tool_calls: [{ index: 0, ...toolCall("c1", "t") }] }), delta({}, "tool_calls"));
const answering = () => eventStream(delta({ content: "Hi" }), delta({}, "stop"));
const returning = (value: unknown) => ({ t: tool({ parameters: { type: "object" }, execute: () => value }) });

describe("toResponse() of a stream", () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  it.each([
    ["a BigInt", 10n],
    ["a cycle", cyclic],
    [
      "a getter that throws",
      {
        get x() {
          throw new Error("no");
        },
      },
    ],
  ])("still sends finish when a tool returned %s", async (_, value) => {
    const stream = gatewayWith([calling, answering]).stream({ prompt: "Hi", tools: returning(value) });
    const text = await stream.toResponse().text();
    expect(text).toContain('"type":"tool-result"');
    expect(text).toContain('"type":"finish"');
    expect((await stream.result).text).toBe("Hi");
  });

  it("keeps headers and raw chunks on the server", async () => {
    const text = await gatewayWith([answering]).stream({ prompt: "Hi", rawChunks: true }).toResponse().text();
    expect(text).not.toContain('"type":"response"');
    expect(text).not.toContain('"type":"raw-chunk"');
  });

  it("sends only the code of a failure, unless onError returns a message", async () => {
    const failing = () =>
      gatewayWith([() => new Response('{"error":{"message":"secret detail"}}', { status: 400 })]).stream({ prompt: "Hi" });
    const masked = await failing().toResponse().text();
    expect(masked).toBe(
      'event: error\ndata: {"type":"error","code":"bad-request","message":"The request failed.","retryable":false}\n\n',
    );
    expect(
      await failing()
        .toResponse({ onError: () => "Try later." })
        .text(),
    ).toContain('"message":"Try later."');
  });
});

describe("toResponse() with invalid options", () => {
  it.each<[string, object]>([
    ["format", { format: "xml" }],
    ["status", { status: 204 }],
    ["header", { headers: { "not a name": "x" } }],
  ])("throws because of its %s, and the stream can still be consumed", async (_, options) => {
    const stream = gatewayWith([answering]).stream({ prompt: "Hi" });
    expect(() => stream.toResponse(options)).toThrow();
    expect(await stream.toResponse().text()).toContain('"type":"finish"');
  });
});

it("toResponse() of a stream reports an abort as such, whatever the reason", async () => {
  for (const reason of [undefined, "left", new Error("left")]) {
    const controller = new AbortController();
    const stream = gatewayWith([() => stalledStream(delta({ content: "Hi" }))]).stream({
      prompt: "Hi",
      signal: controller.signal,
    });
    const text = stream.toResponse().text();
    setTimeout(() => controller.abort(reason), 10);
    expect(await text).toContain('{"type":"error","code":"aborted","message":"The request failed.","retryable":false}');
  }
});

describe("heartbeats of toResponse()", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  const silent = () => stalledStream(delta({ content: "Hi" }));
  const readPast = async (body: ReadableStream<Uint8Array> | null, count: number) => {
    const reader = body?.getReader();
    for (let read = 0; read < count; read++) await reader?.read();
    return reader;
  };
  const decode = (value: Uint8Array | undefined) => new TextDecoder().decode(value);

  it("are sent after 15 s of silence", async () => {
    const reader = await readPast(gatewayWith([silent]).stream({ prompt: "Hi" }).toResponse().body, 2);
    const next = reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 5));
    vi.advanceTimersByTime(15_000);
    expect(decode((await next)?.value)).toBe(": heartbeat\n\n");
    await reader?.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("can be turned off", async () => {
    const reader = await readPast(gatewayWith([silent]).stream({ prompt: "Hi" }).toResponse({ heartbeatMs: 0 }).body, 2);
    void reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(vi.getTimerCount()).toBe(0);
    await reader?.cancel();
  });
});
