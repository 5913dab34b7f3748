import type { StreamEvent } from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import { EventStreamError, readEventStream } from "cf-ai-gateway/ui";
import { describe, expect, it } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

function responseTo(...replies: ScriptedReply[]): Response {
  local.reply(...replies);
  return local.client().stream({ prompt: "Hi" }).toResponse();
}

const stream = (body: string | ReadableStream<Uint8Array>) =>
  new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });

async function collect(response: Response): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEventStream(response)) events.push(event);
  return events;
}
const catchError = (response: Response) => collect(response).catch((error: unknown) => error);

describe("readEventStream", () => {
  it("yields the events of a chat, from turn-start to finish", async () => {
    const events = await collect(responseTo({ text: "Hello there" }));
    expect(events[0]).toEqual({ type: "turn-start", turn: 0 });
    expect(events.flatMap((event) => (event.type === "text-delta" ? event.text : [])).join("")).toBe("Hello there");
    expect(events.at(-1)).toMatchObject({ type: "finish", result: { text: "Hello there", finishReason: "stop" } });
  });

  it("throws an error with the code of the server's error, but not its message", async () => {
    const error = await catchError(responseTo({ status: 400, body: '{"error":{"message":"secret details"}}' }));
    expect(error).toBeInstanceOf(EventStreamError);
    expect(error).toMatchObject({ code: "bad-request", retryable: false });
    expect(String(error)).not.toContain("secret details");
  });

  it("throws when the stream ends before its finish event", async () => {
    expect(await catchError(stream('data: {"type":"turn-start","turn":0}\n\n'))).toMatchObject({
      code: "stream",
      retryable: true,
    });
  });

  it("throws when the connection breaks", async () => {
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new TypeError("network error")) });
    expect(await catchError(stream(body))).toMatchObject({
      code: "stream",
      retryable: true,
      cause: new TypeError("network error"),
    });
  });

  it("throws when a frame is not JSON", async () => {
    expect(await catchError(stream("data: <html>\n\n"))).toMatchObject({ code: "stream" });
  });

  it.each([
    [new Response("Bad gateway", { status: 502 }), "HTTP status 502", true],
    [Response.json({ ok: true }), 'content type "application/json"', false],
  ])("rejects a response that is not an event stream", async (response, found, retryable) => {
    const error = await catchError(response);
    expect(error).toMatchObject({ code: "provider", retryable, message: `The response is not an event stream: ${found}.` });
  });

  it("ignores heartbeats", async () => {
    const events = await collect(stream(': heartbeat\n\ndata: {"type":"finish","result":{"text":""}}\n\n: heartbeat\n\n'));
    expect(events).toHaveLength(1);
  });

  it("rejects a response that has been read, and a promise of one", async () => {
    const response = stream("");
    await response.text();
    await expect(readEventStream(response).next()).rejects.toThrow("The response has already been read");
    await expect(readEventStream(Promise.resolve(response) as never).next()).rejects.toThrow("await the fetch first");
  });

  it("cancels the response when its consumer stops early", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: {"type":"turn-start","turn":0}\n\n')),
      cancel: () => void (cancelled = true),
    });
    for await (const _ of readEventStream(stream(body))) break;
    expect(cancelled).toBe(true);
  });
});
