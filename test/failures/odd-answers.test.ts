import { ProviderError, StreamError } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { captureError, chatMethods, gatewayAt, token } from "./capture-error.ts";
import { chunk, type RawExchange, rawServer, sendStream, streamHead, textFrame } from "./raw-server.ts";

const prompt = "Hi";
const local = useLocalGateway();
const notRetried = { retryable: false, attempts: 1, provider: "openai", model: "openai/gpt-4o-mini" };

const respond =
  (body: string, type = "application/json", status = "200 OK") =>
  ({ socket }: RawExchange) =>
    void socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncf-aig-log-id: log-1\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );

describe.each(chatMethods)("%s, when the response has status 200", (method, call) => {
  it.each(["text/html", "text/html; charset=utf-8", "application/json", "text/event-stream", "text/plain"])(
    "with an HTML page (as %s): a ProviderError whose hint mentions a login page",
    async (type) => {
      await using server = await rawServer(respond("<!DOCTYPE html><title>Sign in</title><p>Please sign in.</p>\n\n", type));
      const error = await captureError(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
      expect(error.hint).toContain("login page");
      expect(error.gateway?.logId).toBe("log-1");
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each(["application/json", "text/event-stream", "text/plain"])("with an empty body (as %s)", async (type) => {
    await using server = await rawServer(respond("", type));
    const error = await captureError(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
    if (method === "chat" && type !== "text/event-stream") {
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
    } else {
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ code: "stream", origin: "provider", reason: "empty", ...notRetried });
    }
    expect(server.requests).toHaveLength(1);
  });

  it("with no body at all (204 instead of 200)", async () => {
    await using server = await rawServer(({ socket }) => void socket.write("HTTP/1.1 204 No Content\r\n\r\n"));
    const error = await captureError(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
    expect(error).toMatchObject(method === "chat" ? { code: "provider" } : { code: "stream", reason: "empty" });
  });

  it("with no choices", async () => {
    await using server = await rawServer(respond('{"id":"c-1","choices":[]}'));
    const error = await captureError(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: "provider", origin: "provider", body: { id: "c-1", choices: [] }, ...notRetried });
    expect(server.requests).toHaveLength(1);
  });

  it.each(["null", "[]", '"text"', "7", "{}"])("with the JSON %s, which is not a completion", async (body) => {
    await using server = await rawServer(respond(body));
    expect(await captureError(call(gatewayAt(server.url), { prompt }))).toMatchObject({ code: "provider", ...notRetried });
  });

  it("with a truncated JSON body", async () => {
    await using server = await rawServer(respond('{"id":"c-1","choices":[{"message":{"content":"Hel'));
    const error = await captureError(call(gatewayAt(server.url), { prompt }));
    expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
    expect(error.message).toContain("Hel");
  });

  it("with a body that echoes the token where the excerpt is cut: no part of it is shown", async () => {
    for (let before = 150; before < 205; before++) {
      await using server = await rawServer(respond(`{"choices": ${"x".repeat(before)}${token}`));
      const error = await captureError(call(gatewayAt(server.url), { prompt }));
      expect(error.message).not.toContain(token.slice(0, 6));
    }
  });
});

it("with a JSON error as its body: the error that it describes", async () => {
  await using server = await rawServer(respond('{"error":{"message":"The upstream model is on fire","type":"weird"}}'));
  const error = await captureError(gatewayAt(server.url, { maxRetries: 2 }).chat({ prompt }));
  expect(error).toBeInstanceOf(ProviderError);
  expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
  expect(error.message).toContain("The upstream model is on fire");
  expect(error.gateway?.logId).toBe("log-1");
  expect(server.requests).toHaveLength(1);
});

describe("a stream", () => {
  it("is retried when its first frame is an error", async () => {
    local.reply(
      { error: { status: 200, body: { error: { message: "Overloaded", type: "overloaded_error" } } } },
      { text: "Hello" },
    );
    const gateway = local.client({ maxRetries: 1 });
    const result = await gateway.stream({ prompt }).result;
    expect(result.text).toBe("Hello");
    expect(result.failedAttempts.map(({ error }) => error.code)).toEqual(["provider"]);
  });

  it("is not retried when its first frame is insufficient_quota", async () => {
    local.reply({ error: { status: 200, body: { error: { message: "No quota", code: "insufficient_quota" } } } });
    const gateway = local.client({ maxRetries: 1 });
    const error = await captureError(gateway.stream({ prompt }).result);
    expect(error).toMatchObject({ code: "insufficient-credits", origin: "provider", retryable: false, attempts: 1 });
    expect(local.requests).toHaveLength(1);
  });

  it("that sends an error after content is a StreamError with the text, and is not retried", async () => {
    const failing = `data: {"error":{"message":"Overloaded","type":"overloaded_error"}}\n\n`;
    await using server = await rawServer(({ socket }) => {
      socket.end(`${streamHead}${chunk(textFrame("Once upon") + failing + textFrame(" never read"))}`);
    });
    const error = await captureError(gatewayAt(server.url, { maxRetries: 2 }).stream({ prompt }).result);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", origin: "provider", reason: "error-event", retryable: true });
    expect(error.partial?.text).toBe("Once upon");
    expect(error.message).toContain("Overloaded");
    expect(server.requests).toHaveLength(1);
  });

  it("with a frame that is not JSON is a StreamError with the frame's start and the text so far", async () => {
    local.reply({ fault: "malformed" });
    const error = await captureError(local.client().stream({ prompt }).result);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", origin: "provider", reason: "malformed", retryable: false });
    expect(error.message).toContain('"content":"hal');
  });

  it("with a frame that echoes the token where the excerpt is cut shows no part of it", async () => {
    for (let before = 170; before < 205; before++) {
      await using server = await rawServer(({ socket }) => {
        socket.end(`${streamHead}${chunk(`data: ${"x".repeat(before)}${token}\n\n`)}0\r\n\r\n`);
      });
      const error = await captureError(gatewayAt(server.url).stream({ prompt }).result);
      expect(error.message).not.toContain(token.slice(0, 6));
    }
  });

  it("that ends without a finish reason is truncated: the error has the text", async () => {
    local.reply({ fault: "truncate" });
    const error = await captureError(local.client({ maxRetries: 2 }).stream({ prompt: "Hello there" }).result);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", reason: "truncated", retryable: false, partial: { text: "Hello there" } });
    expect(local.requests).toHaveLength(1);
  });

  it("that arrives one byte at a time gives the same answer", async () => {
    local.reply({ fault: "slow-bytes" }, {});
    const gateway = local.client();
    const slow = await gateway.stream({ prompt: "Grüße, 世界 👋" }).result;
    const fast = await gateway.stream({ prompt: "Grüße, 世界 👋" }).result;
    expect(slow.text).toBe("Grüße, 世界 👋");
    expect(slow.text).toBe(fast.text);
    expect(slow.finishReason).toBe("stop");
  });

  it("that a proxy buffers and forwards in one piece gives the same answer", async () => {
    await using server = await rawServer(sendStream("One", " piece"));
    const texts: string[] = [];
    for await (const text of gatewayAt(server.url).stream({ prompt }).text) texts.push(text);
    expect(texts).toEqual(["One", " piece"]);
  });
});

it("chat gives the same answer when the response arrives one byte at a time", async () => {
  local.reply({ fault: "slow-bytes" });
  const result = await local.client().chat({ prompt: "Grüße 👋" });
  expect(result.text).toBe("Grüße 👋");
});
