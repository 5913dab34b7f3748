import { ProviderError, StreamError } from "cf-ai-gateway";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { failureOf, gatewayAt, token, ways } from "./failing-calls.ts";
import { answerStream, chunk, type RawExchange, rawServer, streamHead, textFrame } from "./raw-server.ts";

const prompt = "Hi";
const notRetried = { retryable: false, attempts: 1, provider: "openai", model: "openai/gpt-4o-mini" };

const answer =
  (body: string, type = "application/json", status = "200 OK") =>
  ({ socket }: RawExchange) =>
    void socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncf-aig-log-id: log-1\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );

describe.each(ways)("%s, answered 200", (way, call) => {
  it.each(["text/html", "text/html; charset=utf-8", "application/json", "text/event-stream", "text/plain"])(
    "with an HTML page (as %s): a ProviderError whose hint speaks of a login page",
    async (type) => {
      await using server = await rawServer(answer("<!DOCTYPE html><title>Sign in</title><p>Please sign in.</p>\n\n", type));
      const error = await failureOf(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
      expect(error.hint).toContain("login page");
      expect(error.gateway?.logId).toBe("log-1");
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each(["application/json", "text/event-stream", "text/plain"])("with an empty body (as %s)", async (type) => {
    await using server = await rawServer(answer("", type));
    const error = await failureOf(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
    if (way === "chat" && type !== "text/event-stream") {
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
    } else {
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ code: "stream", origin: "provider", reason: "empty", ...notRetried });
    }
    expect(server.requests).toHaveLength(1);
  });

  it("with no body at all (204)", async () => {
    await using server = await rawServer(({ socket }) => void socket.write("HTTP/1.1 204 No Content\r\n\r\n"));
    const error = await failureOf(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
    expect(error).toMatchObject(way === "chat" ? { code: "provider" } : { code: "stream", reason: "empty" });
  });

  it("with no choices", async () => {
    await using server = await rawServer(answer('{"id":"c-1","choices":[]}'));
    const error = await failureOf(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: "provider", origin: "provider", body: { id: "c-1", choices: [] }, ...notRetried });
    expect(server.requests).toHaveLength(1);
  });

  it.each(["null", "[]", '"text"', "7", "{}"])("with the JSON %s, which is no completion", async (body) => {
    await using server = await rawServer(answer(body));
    expect(await failureOf(call(gatewayAt(server.url), { prompt }))).toMatchObject({ code: "provider", ...notRetried });
  });

  it("with half a JSON body", async () => {
    await using server = await rawServer(answer('{"id":"c-1","choices":[{"message":{"content":"Hel'));
    const error = await failureOf(call(gatewayAt(server.url), { prompt }));
    expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
    expect(error.message).toContain("Hel");
  });

  it("with a body that echoes the token where its excerpt ends: not even a part of it is told", async () => {
    for (let before = 150; before < 205; before++) {
      await using server = await rawServer(answer(`{"choices": ${"x".repeat(before)}${token}`));
      const error = await failureOf(call(gatewayAt(server.url), { prompt }));
      expect(error.message).not.toContain(token.slice(0, 6));
    }
  });
});

it("a bare JSON error in a 200 is the error that it names", async () => {
  await using server = await rawServer(answer('{"error":{"message":"The upstream model is on fire","type":"weird"}}'));
  const error = await failureOf(gatewayAt(server.url, { maxRetries: 2 }).chat({ prompt }));
  expect(error).toBeInstanceOf(ProviderError);
  expect(error).toMatchObject({ code: "provider", origin: "provider", ...notRetried });
  expect(error.message).toContain("The upstream model is on fire");
  expect(error.gateway?.logId).toBe("log-1");
  expect(server.requests).toHaveLength(1);
});

describe("a stream", () => {
  it("whose first frame is an error is tried again", async () => {
    await using local = await startLocalGateway();
    local.reply(
      { error: { status: 200, body: { error: { message: "Overloaded", type: "overloaded_error" } } } },
      { text: "Hello" },
    );
    const gateway = gatewayAt(local.url, { gatewayToken: "test-token", maxRetries: 1 });
    const result = await gateway.stream({ prompt }).result;
    expect(result.text).toBe("Hello");
    expect(result.failedAttempts.map(({ error }) => error.code)).toEqual(["provider"]);
  });

  it("whose first frame is the provider's insufficient_quota is not", async () => {
    await using local = await startLocalGateway();
    local.reply({ error: { status: 200, body: { error: { message: "No quota", code: "insufficient_quota" } } } });
    const gateway = gatewayAt(local.url, { gatewayToken: "test-token", maxRetries: 1 });
    const error = await failureOf(gateway.stream({ prompt }).result);
    expect(error).toMatchObject({ code: "insufficient-credits", origin: "provider", retryable: false, attempts: 1 });
    expect(local.requests).toHaveLength(1);
  });

  it("that reports an error after content is a StreamError with the text, and is not tried again", async () => {
    const failing = `data: {"error":{"message":"Overloaded","type":"overloaded_error"}}\n\n`;
    await using server = await rawServer(({ socket }) => {
      socket.end(`${streamHead}${chunk(textFrame("Once upon") + failing + textFrame(" never read"))}`);
    });
    const error = await failureOf(gatewayAt(server.url, { maxRetries: 2 }).stream({ prompt }).result);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", origin: "provider", reason: "error-event", retryable: true });
    expect(error.partial?.text).toBe("Once upon");
    expect(error.message).toContain("Overloaded");
    expect(server.requests).toHaveLength(1);
  });

  it("with a frame that is not JSON is a StreamError with the frame's start and the text so far", async () => {
    await using local = await startLocalGateway();
    local.reply({ fault: "malformed" });
    const error = await failureOf(gatewayAt(local.url, { gatewayToken: "test-token" }).stream({ prompt }).result);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", origin: "provider", reason: "malformed", retryable: false });
    expect(error.message).toContain('"content":"hal');
  });

  it("with a frame that echoes the token where its excerpt ends tells not even a part of it", async () => {
    for (let before = 170; before < 205; before++) {
      await using server = await rawServer(({ socket }) => {
        socket.end(`${streamHead}${chunk(`data: ${"x".repeat(before)}${token}\n\n`)}0\r\n\r\n`);
      });
      const error = await failureOf(gatewayAt(server.url).stream({ prompt }).result);
      expect(error.message).not.toContain(token.slice(0, 6));
    }
  });

  it("that ends without a finish reason is truncated: the error holds the text", async () => {
    await using local = await startLocalGateway();
    local.reply({ fault: "truncate" });
    const error = await failureOf(
      gatewayAt(local.url, { gatewayToken: "test-token", maxRetries: 2 }).stream({ prompt: "Hello there" }).result,
    );
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", reason: "truncated", retryable: false, partial: { text: "Hello there" } });
    expect(local.requests).toHaveLength(1);
  });

  it("that arrives one byte at a time is the same answer", async () => {
    await using local = await startLocalGateway();
    local.reply({ fault: "slow-bytes" }, {});
    const gateway = gatewayAt(local.url, { gatewayToken: "test-token" });
    const slow = await gateway.stream({ prompt: "Grüße, 世界 👋" }).result;
    const fast = await gateway.stream({ prompt: "Grüße, 世界 👋" }).result;
    expect(slow.text).toBe("Grüße, 世界 👋");
    expect(slow.text).toBe(fast.text);
    expect(slow.finishReason).toBe("stop");
  });

  it("that a proxy held back and passes on in one piece is the same answer", async () => {
    await using server = await rawServer(answerStream("One", " piece"));
    const texts: string[] = [];
    for await (const text of gatewayAt(server.url).stream({ prompt }).text) texts.push(text);
    expect(texts).toEqual(["One", " piece"]);
  });
});

it("chat, answered one byte at a time, is the same answer", async () => {
  await using local = await startLocalGateway();
  local.reply({ fault: "slow-bytes" });
  const result = await gatewayAt(local.url, { gatewayToken: "test-token" }).chat({ prompt: "Grüße 👋" });
  expect(result.text).toBe("Grüße 👋");
});
