import { AsyncLocalStorage } from "node:async_hooks";
import { type StreamEvent, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { captureRejection } from "../failures/capture-error.ts";
import { collect, completion, delta, eventStream, gatewayWith, stalledStream, toolCall } from "./scripted-fetch.ts";

const says = (text: string) => () =>
  eventStream(delta({ role: "assistant", content: "" }), delta({ content: text }), delta({}, "stop"));
const overloaded = () =>
  new Response('data: {"error":{"message":"overloaded","code":503}}\n\n', { headers: { "content-type": "text/event-stream" } });
const only = <T extends StreamEvent["type"]>(events: StreamEvent[], type: T) =>
  events.filter((event): event is Extract<StreamEvent, { type: T }> => event.type === type);

describe("the response event", () => {
  it("is emitted once per turn, before its content, with the headers and the gateway's metadata", async () => {
    const reply = () => {
      const response = says("Hi")();
      response.headers.set("cf-aig-log-id", "log-1");
      return response;
    };
    const events = await collect<StreamEvent>(gatewayWith([reply]).stream({ prompt: "Hi" }));
    expect(events.slice(0, 2)).toMatchObject([
      { type: "turn-start", turn: 0 },
      { type: "response", turn: 0, provider: "openai", model: "openai/gpt-4o-mini", attempts: 1, gateway: { logId: "log-1" } },
    ]);
    expect(only(events, "response")[0]?.headers.get("cf-aig-log-id")).toBe("log-1");
  });

  it("describes the attempt that is kept, not one that was retried", async () => {
    const stream = gatewayWith([overloaded, says("Hi")], { maxRetries: 1, timeout: {} }).stream({
      prompt: "Hi",
      rawChunks: true,
    });
    const events = await collect<StreamEvent>(stream);
    expect(only(events, "turn-start")).toHaveLength(1);
    expect(only(events, "response")).toMatchObject([{ attempts: 2 }]);
    expect(only(events, "raw-chunk")).toHaveLength(3);
    expect((await stream.result).failedAttempts).toHaveLength(1);
  });
});

describe("rawChunks", () => {
  it("emits every chunk as received, before the events derived from it", async () => {
    const events = await collect<StreamEvent>(gatewayWith([says("Hi")]).stream({ prompt: "Hi", rawChunks: true }));
    expect(events.map(({ type }) => type)).toEqual([
      "turn-start",
      "response",
      "raw-chunk",
      "raw-chunk",
      "text-delta",
      "raw-chunk",
      "turn-end",
      "finish",
    ]);
    expect(only(events, "raw-chunk")[1]?.chunk).toEqual(delta({ content: "Hi" }));
  });

  it("emits no raw chunks unless it is set", async () => {
    expect(only(await collect<StreamEvent>(gatewayWith([says("Hi")]).stream({ prompt: "Hi" })), "raw-chunk")).toEqual([]);
  });
});

it("turn-end has the model's message as it is stored, without its tools' results", async () => {
  const calling = () => eventStream(delta({ tool_calls: [{ index: 0, ...toolCall("c1", "t") }] }), delta({}, "tool_calls"));
  const stream = gatewayWith([calling, says("Hi")]).stream({
    prompt: "Hi",
    tools: { t: tool({ parameters: { type: "object" }, execute: () => 1 }) },
  });
  const messages = only(await collect<StreamEvent>(stream), "turn-end").map(({ message }) => message);
  const stored = (await stream.result).messages;
  expect(messages).toEqual([stored[1], stored[3]]);
});

describe("a turn's times", () => {
  it("exclude its tools, and include its retries", async () => {
    const before = Date.now();
    const wait = tool({
      parameters: { type: "object" },
      execute: () => new Promise((resolve) => setTimeout(() => resolve("done"), 80)),
    });
    const calling = () => completion({ content: null, tool_calls: [toolCall("c1", "wait")] }, "tool_calls");
    const { turns } = await gatewayWith([calling, says("Hi")]).chat({ prompt: "Hi", tools: { wait } });
    expect(turns[0]?.durationMs).toBeLessThan(80);
    expect(turns[0]?.startedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect((turns[1]?.startedAt.getTime() ?? 0) - (turns[0]?.startedAt.getTime() ?? 0)).toBeGreaterThanOrEqual(79);
    expect(turns[1]?.firstChunkMs).toBeUndefined();
  });

  it("include the time of the first chunk on a stream", async () => {
    const { turns } = await gatewayWith([says("Hi")]).stream({ prompt: "Hi" }).result;
    expect(turns[0]?.firstChunkMs).toBeGreaterThan(0);
    expect(turns[0]?.firstChunkMs).toBeLessThanOrEqual(turns[0]?.durationMs ?? 0);
  });
});

it("timeout.chunk ends a stream that sends heartbeats but no chunk", async () => {
  const reply = () => {
    let timer: ReturnType<typeof setInterval>;
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(delta({ content: "Once" }))}\n\n`));
        timer = setInterval(() => controller.enqueue(encoder.encode(": heartbeat\n\n")), 5);
      },
      cancel: () => clearInterval(timer),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  const error = await captureRejection(gatewayWith([reply]).stream({ prompt: "Hi", timeout: { chunk: 60, idle: 40 } }).result);
  expect(error).toMatchObject({ code: "timeout", phase: "chunk", partial: { text: "Once" } });
});

it("a stream runs in the async context that created it, wherever it is consumed", async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: Record<string, string | undefined> = {};
  const note = (place: string) => void (seen[place] = storage.getStore());
  const calling = () => eventStream(delta({ tool_calls: [{ index: 0, ...toolCall("c1", "t") }] }), delta({}, "tool_calls"));
  const replies = [calling, says("Hi")];
  const gateway = gatewayWith([], {
    fetch: async () => {
      note("fetch");
      const reply = replies.shift();
      return reply ? reply() : stalledStream();
    },
  });
  const t = tool({ parameters: { type: "object" }, execute: () => note("tool") });
  const stream = storage.run("maker", () =>
    gateway.stream({ prompt: "Hi", tools: { t }, onTurn: () => note("onTurn"), prepareTurn: () => note("prepareTurn") }),
  );
  await storage.run("reader", async () => {
    for await (const _ of stream) note("reader");
  });
  expect(seen).toEqual({ fetch: "maker", tool: "maker", onTurn: "maker", prepareTurn: "maker", reader: "reader" });
});
