import { gzipSync } from "node:zlib";
import { createGateway, type GatewayError, NetworkError, StreamError, tool } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { captureError, chatMethods, gatewayAt, token } from "./capture-error.ts";
import {
  chunk,
  completion,
  jsonHead,
  lastChunk,
  type RawExchange,
  rawServer,
  resetConnection,
  sendCompletion,
  sendStream,
  streamHead,
  textFrame,
} from "./raw-server.ts";

const prompt = "Hi";

afterEach(() => void vi.restoreAllMocks());

/** Writes the bytes, then resets the connection once they are flushed. */
const writeAndReset =
  (text: string | Uint8Array) =>
  ({ socket }: RawExchange) =>
    void socket.write(text, () => setImmediate(() => resetConnection(socket)));

function expectNetworkError(error: GatewayError): void {
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({
    name: "NetworkError",
    code: "network",
    origin: "network",
    retryable: true,
    attempts: 1,
    provider: "openai",
    model: "openai/gpt-4o-mini",
  });
  expect(error.partial?.messages).toEqual([{ role: "user", content: prompt }]);
}

describe.each(chatMethods)("%s, when the connection breaks", (method, call) => {
  it("before the headers: a NetworkError with the socket's error", async () => {
    await using server = await rawServer(({ socket }) => resetConnection(socket));
    const error = await captureError(call(gatewayAt(server.url), { prompt }));
    expectNetworkError(error);
    expect(error.message).toContain(new URL(server.url).host);
    expect(error.message).toContain("ECONNRESET");
    expect(error.gateway).toBeUndefined();
    expect(error.partial).toMatchObject({ text: "", turns: [] });
  });

  it("before the headers, with a clean close: a NetworkError", async () => {
    await using server = await rawServer(({ socket }) => socket.end());
    expectNetworkError(await captureError(call(gatewayAt(server.url), { prompt })));
  });

  it("in the middle of the headers: a NetworkError", async () => {
    await using server = await rawServer(writeAndReset("HTTP/1.1 200 OK\r\ncontent-ty"));
    expectNetworkError(await captureError(call(gatewayAt(server.url), { prompt })));
  });

  it("after the headers: a NetworkError with the log ID", async () => {
    const head = method === "chat" ? jsonHead(1000) : streamHead;
    await using server = await rawServer(writeAndReset(head));
    const error = await captureError(call(gatewayAt(server.url), { prompt }));
    expectNetworkError(error);
    expect(error.gateway?.logId).toBe("log-1");
  });

  it("when the server half-closes before the chunked body is complete: a NetworkError", async () => {
    const chunked = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"id"\r\n';
    await using server = await rawServer(({ socket }) => void socket.end(chunked));
    expectNetworkError(await captureError(call(gatewayAt(server.url), { prompt })));
  });

  it("when the body is shorter than its content-length: a NetworkError", async () => {
    const body = completion("Hello");
    await using server = await rawServer(({ socket }) => void socket.end(jsonHead(body.length + 100) + body.slice(0, 40)));
    expectNetworkError(await captureError(call(gatewayAt(server.url), { prompt })));
  });

  it("when the body is not valid gzip despite its content-encoding: a NetworkError", async () => {
    await using server = await rawServer(({ socket }) => {
      const body = "this is not gzip";
      socket.end(jsonHead(body.length, "content-encoding: gzip\r\n") + body);
    });
    expectNetworkError(await captureError(call(gatewayAt(server.url), { prompt })));
  });

  it("when the gzip body is truncated: the decompressed text is not JSON", async () => {
    const zipped = gzipSync(completion("Hello"));
    await using server = await rawServer(({ socket }) => {
      const half = zipped.subarray(0, zipped.length - 12);
      socket.write(jsonHead(half.length, "content-encoding: gzip\r\n"));
      socket.end(half);
    });
    const error = await captureError(call(gatewayAt(server.url), { prompt }));
    expect(error).toMatchObject({ code: "provider", origin: "provider", retryable: false });
  });

  it("before any content: retries until the third response succeeds", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    await using server = await rawServer(
      ({ socket }) => resetConnection(socket),
      writeAndReset(method === "chat" ? jsonHead(1000) : streamHead),
      method === "chat" ? sendCompletion("Hello") : sendStream("Hel", "lo"),
    );
    const result = await call(gatewayAt(server.url, { maxRetries: 2 }), { prompt });
    expect(result.text).toBe("Hello");
    expect(result.turns[0]?.attempts).toBe(3);
    expect(result.failedAttempts.map(({ error }) => error.code)).toEqual(["network", "network"]);
  });

  it("when it is refused: the hint mentions the port", async () => {
    const server = await rawServer();
    await server.close();
    const error = await captureError(call(gatewayAt(server.url), { prompt }));
    expectNetworkError(error);
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.hint).toContain("port");
  });

  it("when the host name does not resolve: the hint mentions DNS", async () => {
    const error = await captureError(call(gatewayAt("http://gateway.invalid"), { prompt }));
    expectNetworkError(error);
    expect(error.message).toContain("gateway.invalid");
    expect(error.hint).toContain("DNS");
  });
});

describe("a stream that breaks after its first event", () => {
  it("is a NetworkError with the text so far, and is not retried", async () => {
    await using server = await rawServer(writeAndReset(streamHead + chunk(textFrame("Once upon") + textFrame(" a time"))));
    const retries: unknown[] = [];
    const gateway = gatewayAt(server.url, { maxRetries: 5, onRetry: (retry) => retries.push(retry) });
    const stream = gateway.stream({ prompt });
    const texts: string[] = [];
    const error = await captureError(
      (async () => {
        for await (const text of stream.text) texts.push(text);
      })(),
    );
    expectNetworkError(error);
    expect(texts.join("")).toBe("Once upon a time");
    expect(error.partial).toMatchObject({ text: "Once upon a time", turns: [], failedAttempts: [] });
    expect(error.gateway?.logId).toBe("log-1");
    expect(await captureError(stream.result)).toBe(error);
    expect(retries).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it("in the middle of a frame: the incomplete frame is not delivered", async () => {
    await using server = await rawServer(writeAndReset(streamHead + chunk(textFrame("Once") + textFrame(" upon").slice(0, 20))));
    const error = await captureError(gatewayAt(server.url).stream({ prompt }).result);
    expectNetworkError(error);
    expect(error.partial?.text).toBe("Once");
  });

  it("after its finish reason is still complete", async () => {
    const finish = 'data: {"choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"stop"}]}\n\n';
    await using server = await rawServer(writeAndReset(streamHead + chunk(textFrame("Hello") + finish)));
    const result = await gatewayAt(server.url).stream({ prompt }).result;
    expect(result).toMatchObject({ text: "Hello!", finishReason: "stop" });
  });

  it.each([
    ["an error event", 'event: error\ndata: {"mess'],
    ["something that is not JSON", "data: pi"],
  ])("within %s after its finish reason: the incomplete frame is ignored", async (_, tail) => {
    const finish = 'data: {"choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"stop"}]}\n\n';
    await using server = await rawServer(writeAndReset(streamHead + chunk(textFrame("Hello") + finish + tail)));
    const result = await gatewayAt(server.url).stream({ prompt }).result;
    expect(result).toMatchObject({ text: "Hello!", finishReason: "stop" });
  });

  it("when only the connection's close delimits the body: the missing finish reason reveals the truncation", async () => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    await using server = await rawServer(writeAndReset(head + textFrame("Once")));
    const error = await captureError(gatewayAt(server.url).stream({ prompt }).result);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", reason: "truncated", retryable: false, partial: { text: "Once" } });
  });

  it("in the second turn: the error has the first turn and messages that can be sent again", async () => {
    const call = { id: "call_1", type: "function", function: { name: "add", arguments: '{"a":1,"b":2}' } };
    const delta = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...call }] }, finish_reason: "tool_calls" }] })}\n\n`;
    await using server = await rawServer(
      ({ socket }) => void socket.write(streamHead + chunk(`${delta}data: [DONE]\n\n`) + lastChunk),
      writeAndReset(streamHead + chunk(textFrame("The sum"))),
    );
    const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
    const error = await captureError(gatewayAt(server.url).stream({ prompt, tools: { add } }).result);
    expect(error).toMatchObject({ code: "network", origin: "network", retryable: true, attempts: 1 });
    expect(error.partial?.text).toBe("The sum");
    expect(error.partial?.turns).toHaveLength(1);
    expect(error.partial?.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  });
});

describe("an unknown host", () => {
  it("under a custom domain is a retryable NetworkError", async () => {
    const gateway = createGateway({
      customDomain: "ai.example.invalid",
      gatewayToken: token,
      model: "openai/gpt-4o",
      maxRetries: 0,
    });
    const error = await captureError(gateway.chat({ prompt }));
    expect(error).toMatchObject({ code: "network", origin: "network", retryable: true });
  });
});
