import { TimeoutError, tool } from "cf-ai-gateway";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { captureError, chatMethods, gatewayAt } from "./capture-error.ts";
import { advanceUntilSettled, useFakeClock } from "./fake-clock.ts";
import { chunk, jsonHead, lastChunk, type RawServer, rawServer, streamHead, textFrame } from "./raw-server.ts";

const prompt = "Hi";
const local = useLocalGateway();
const neverRetried = { code: "timeout", retryable: false, attempts: 1, provider: "openai", model: "openai/gpt-4o-mini" };

beforeEach(useFakeClock);
afterEach(() => void vi.useRealTimers());

/** Advances the clock until the call settles, starting once the server has received the request. */
async function whileServed<T>(server: RawServer, call: Promise<T>): Promise<T> {
  // A stream starts only when it is consumed.
  call.catch(() => {});
  await server.request(0);
  return advanceUntilSettled(call);
}

describe.each(chatMethods)("%s, when the server stalls", (method, call) => {
  it("before the headers: a first-byte TimeoutError, and the socket is closed", async () => {
    await using server = await rawServer(() => {});
    const gateway = gatewayAt(server.url, { timeout: { firstByte: 100 }, maxRetries: 3 });
    const error = await captureError(whileServed(server, call(gateway, { prompt })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "first-byte", origin: "network" });
    expect(error.message).toContain("100 ms");
    expect(error.hint).toContain("timeout.firstByte");
    expect(error.partial).toMatchObject({ text: "", turns: [], messages: [{ role: "user", content: prompt }] });
    await (await server.request(0)).closed;
    expect(server.requests).toHaveLength(1);
  });

  it("in the middle of the headers: a first-byte TimeoutError", async () => {
    await using server = await rawServer(({ socket }) => void socket.write("HTTP/1.1 200 OK\r\ncontent-type: "));
    const gateway = gatewayAt(server.url, { timeout: { firstByte: 100 } });
    const error = await captureError(whileServed(server, call(gateway, { prompt })));
    expect(error).toMatchObject({ ...neverRetried, phase: "first-byte" });
    await (await server.request(0)).closed;
  });

  const onlyIdle = { firstByte: Number.POSITIVE_INFINITY, idle: 100 };

  it("after the headers: an idle TimeoutError with the log ID", async () => {
    const head = method === "chat" ? jsonHead(1000) : streamHead;
    await using server = await rawServer(({ socket }) => void socket.write(head));
    const error = await captureError(
      whileServed(server, call(gatewayAt(server.url, { timeout: onlyIdle, maxRetries: 3 }), { prompt })),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "idle", origin: "network" });
    expect(error.hint).toContain("timeout.idle");
    expect(error.gateway?.logId).toBe("log-1");
    await (await server.request(0)).closed;
    expect(server.requests).toHaveLength(1);
  });

  it("in the middle of the body: an idle TimeoutError with the partial text", async () => {
    const sent = method === "chat" ? `${jsonHead(1000)}{"id":"c-1"` : streamHead + chunk(textFrame("Once upon"));
    await using server = await rawServer(({ socket }) => void socket.write(sent));
    const error = await captureError(whileServed(server, call(gatewayAt(server.url, { timeout: onlyIdle }), { prompt })));
    expect(error).toMatchObject({ ...neverRetried, phase: "idle" });
    expect(error.partial?.text).toBe(method === "chat" ? "" : "Once upon");
    await (await server.request(0)).closed;
  });

  it("in the middle of an error response's body: a TimeoutError", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write("HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{");
    });
    const error = await captureError(
      whileServed(server, call(gatewayAt(server.url, { timeout: { firstByte: 100 } }), { prompt })),
    );
    expect(error).toMatchObject({ code: "timeout", retryable: false });
    await (await server.request(0)).closed;
  });

  it("for longer than timeout.total: a TimeoutError with the phase total", async () => {
    await using server = await rawServer(() => {});
    const gateway = gatewayAt(server.url, { timeout: { total: 100 }, maxRetries: 3 });
    const error = await captureError(whileServed(server, call(gateway, { prompt })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "total", origin: "client" });
    expect(error.hint).toContain("timeout.total");
    await (await server.request(0)).closed;
  });

  it("applies timeout.total to the wait between two attempts", async () => {
    local.reply({ status: 429, headers: { "retry-after": "50" }, body: "{}" });
    const onRetry = () => queueMicrotask(() => vi.advanceTimersByTime(45_000));
    const gateway = local.client({ maxRetries: 3, timeout: { total: 45_000 }, onRetry });
    const error = await captureError(call(gateway, { prompt }));
    expect(error).toMatchObject({ ...neverRetried, phase: "total" });
    expect(error.partial?.failedAttempts?.map((failed) => failed.error.code)).toEqual(["rate-limit"]);
    expect(local.requests).toHaveLength(1);
  });

  it("applies timeout.total to a tool that never returns, and aborts the tool's signal", async () => {
    local.reply({ toolCalls: [{ name: "wait", args: {} }] });
    const reasons: unknown[] = [];
    const wait = tool({
      parameters: { type: "object" } as const,
      execute: (_, { signal }) => {
        signal.addEventListener("abort", () => reasons.push(signal.reason));
        queueMicrotask(() => vi.advanceTimersByTime(60_000));
        return new Promise(() => {});
      },
    });
    const gateway = local.client({ timeout: { total: 60_000 } });
    const error = await captureError(call(gateway, { prompt, tools: { wait } }));
    expect(error).toMatchObject({ code: "timeout", phase: "total" });
    expect(reasons).toEqual([error]);
    expect(error.partial?.turns).toHaveLength(1);
    expect(error.partial?.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  });
});

describe("a stream", () => {
  it("does not time out while its consumer is slow", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead + chunk(textFrame("One")));
      setImmediate(() => socket.write(chunk(`${textFrame("Two")}data: [DONE]\n\n`) + lastChunk));
    });
    const texts: string[] = [];
    for await (const text of gatewayAt(server.url).stream({ prompt }).text) {
      texts.push(text);
      vi.advanceTimersByTime(3_600_000);
    }
    expect(texts).toEqual(["One", "Two"]);
  });

  it("may take longer than timeout.idle in total", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead));
    const iterator = gatewayAt(server.url, { timeout: { idle: 100 } })
      .stream({ prompt })
      .text[Symbol.asyncIterator]();
    for (let piece = 0; piece < 20; piece++) {
      const next = iterator.next();
      const { socket } = await server.request(0);
      vi.advanceTimersByTime(99);
      socket.write(chunk(textFrame(`${piece}`)));
      expect(await next).toEqual({ done: false, value: `${piece}` });
    }
    await iterator.return?.();
  });

  const doneOnly = `${textFrame("Hello")}data: [DONE]\n\n`;

  it("ends after [DONE] even if the server keeps the connection open, and the socket is closed", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(doneOnly)));
    const result = await whileServed(server, gatewayAt(server.url).stream({ prompt }).result);
    expect(result).toMatchObject({ text: "Hello", finishReason: "other" });
    await (await server.request(0)).closed;
  });

  it("that has received [DONE] succeeds when the open connection reaches timeout.idle", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(doneOnly)));
    const timeout = { firstByte: Number.POSITIVE_INFINITY, idle: 100 };
    const result = await whileServed(server, gatewayAt(server.url, { timeout }).stream({ prompt }).result);
    expect(result.text).toBe("Hello");
  });

  it("that has received a finish reason succeeds when the open connection reaches timeout.idle", async () => {
    const complete = 'data: {"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n';
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(complete)));
    const timeout = { firstByte: Number.POSITIVE_INFINITY, idle: 100 };
    const result = await whileServed(server, gatewayAt(server.url, { timeout }).stream({ prompt }).result);
    expect(result).toMatchObject({ text: "Hello", finishReason: "stop" });
    await (await server.request(0)).closed;
  });
});

describe("the local gateway's stall fault", () => {
  const arrived = async () => {
    while (local.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  };

  it.each([
    [undefined, { firstByte: 100 }, "first-byte"],
    [0, { firstByte: Number.POSITIVE_INFINITY, idle: 100 }, "idle"],
    [40, { firstByte: Number.POSITIVE_INFINITY, idle: 100 }, "idle"],
  ])("after %s bytes triggers the client's timeout", async (afterBytes, timeout, phase) => {
    local.reply({ fault: "stall", afterBytes });
    const running = local.client({ timeout }).stream({ prompt }).result;
    const failed = captureError(running);
    await arrived();
    expect(await advanceUntilSettled(failed)).toMatchObject({ code: "timeout", phase });
  });
});
