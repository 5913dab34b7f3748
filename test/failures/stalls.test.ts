import { TimeoutError, tool } from "cf-ai-gateway";
import { type LocalGateway, startLocalGateway } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf, gatewayAt, ways } from "./failing-calls.ts";
import { chunk, jsonHead, lastChunk, type RawServer, rawServer, streamHead, textFrame } from "./raw-server.ts";
import { passTime, windTime } from "./wound-time.ts";

const prompt = "Hi";
const neverRetried = { code: "timeout", retryable: false, attempts: 1, provider: "openai", model: "openai/gpt-4o-mini" };

beforeEach(windTime);
afterEach(() => void vi.useRealTimers());

/** Lets time pass once the server has the request, and no sooner, until the call is over. */
async function whileServed<T>(server: RawServer, call: Promise<T>): Promise<T> {
  // A stream's result has to be looked at, or nothing begins.
  call.catch(() => {});
  await server.request(0);
  return passTime(call);
}

describe.each(ways)("%s, at a server that stalls", (way, call) => {
  it("before the headers: a TimeoutError of the first byte, and the socket is closed", async () => {
    await using server = await rawServer(() => {});
    const gateway = gatewayAt(server.url, { timeout: { firstByte: 100 }, maxRetries: 3 });
    const error = await failureOf(whileServed(server, call(gateway, { prompt })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "first-byte", origin: "network" });
    expect(error.message).toContain("100 ms");
    expect(error.hint).toContain("timeout.firstByte");
    expect(error.partial).toMatchObject({ text: "", turns: [], messages: [{ role: "user", content: prompt }] });
    await (await server.request(0)).closed;
    expect(server.requests).toHaveLength(1);
  });

  it("within the headers: it is the first byte that did not come", async () => {
    await using server = await rawServer(({ socket }) => void socket.write("HTTP/1.1 200 OK\r\ncontent-type: "));
    const gateway = gatewayAt(server.url, { timeout: { firstByte: 100 } });
    const error = await failureOf(whileServed(server, call(gateway, { prompt })));
    expect(error).toMatchObject({ ...neverRetried, phase: "first-byte" });
    await (await server.request(0)).closed;
  });

  const onlyIdle = { firstByte: Number.POSITIVE_INFINITY, idle: 100 };

  it("after the headers: idle, and the log's id is known", async () => {
    const head = way === "chat" ? jsonHead(1000) : streamHead;
    await using server = await rawServer(({ socket }) => void socket.write(head));
    const error = await failureOf(
      whileServed(server, call(gatewayAt(server.url, { timeout: onlyIdle, maxRetries: 3 }), { prompt })),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "idle", origin: "network" });
    expect(error.hint).toContain("timeout.idle");
    expect(error.gateway?.logId).toBe("log-1");
    await (await server.request(0)).closed;
    expect(server.requests).toHaveLength(1);
  });

  it("within the body: idle, with what had arrived", async () => {
    const sent = way === "chat" ? `${jsonHead(1000)}{"id":"c-1"` : streamHead + chunk(textFrame("Once upon"));
    await using server = await rawServer(({ socket }) => void socket.write(sent));
    const error = await failureOf(whileServed(server, call(gatewayAt(server.url, { timeout: onlyIdle }), { prompt })));
    expect(error).toMatchObject({ ...neverRetried, phase: "idle" });
    expect(error.partial?.text).toBe(way === "chat" ? "" : "Once upon");
    await (await server.request(0)).closed;
  });

  it("within the body of an error answer", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write("HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{");
    });
    const error = await failureOf(whileServed(server, call(gatewayAt(server.url, { timeout: { firstByte: 100 } }), { prompt })));
    expect(error).toMatchObject({ code: "timeout", retryable: false });
    await (await server.request(0)).closed;
  });

  it("for longer than the whole call may take", async () => {
    await using server = await rawServer(() => {});
    const gateway = gatewayAt(server.url, { timeout: { total: 100 }, maxRetries: 3 });
    const error = await failureOf(whileServed(server, call(gateway, { prompt })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "total", origin: "client" });
    expect(error.hint).toContain("timeout.total");
    await (await server.request(0)).closed;
  });

  it("has the whole call's limit also between two tries", async () => {
    await using local = await startLocalGateway();
    local.reply({ status: 429, headers: { "retry-after": "50" }, body: "{}" });
    const onRetry = () => queueMicrotask(() => vi.advanceTimersByTime(45_000));
    const gateway = gatewayAt(local.url, { gatewayToken: "test-token", maxRetries: 3, timeout: { total: 45_000 }, onRetry });
    const error = await failureOf(call(gateway, { prompt }));
    expect(error).toMatchObject({ ...neverRetried, phase: "total" });
    expect(error.partial?.failedAttempts?.map((failed) => failed.error.code)).toEqual(["rate-limit"]);
    expect(local.requests).toHaveLength(1);
  });

  it("has it also in a tool that never ends, and the tool's signal tells it", async () => {
    await using local = await startLocalGateway();
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
    const gateway = gatewayAt(local.url, { gatewayToken: "test-token", timeout: { total: 60_000 } });
    const error = await failureOf(call(gateway, { prompt, tools: { wait } }));
    expect(error).toMatchObject({ code: "timeout", phase: "total" });
    expect(reasons).toEqual([error]);
    expect(error.partial?.turns).toHaveLength(1);
    expect(error.partial?.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  });
});

describe("a stream", () => {
  it("is idle only while we wait: a slow reader is no stall", async () => {
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

  it("that goes on goes on past the idle time", async () => {
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

  it("whose server forgets to close the connection after [DONE] ends all the same, and the socket is closed", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(doneOnly)));
    const result = await whileServed(server, gatewayAt(server.url).stream({ prompt }).result);
    expect(result).toMatchObject({ text: "Hello", finishReason: "other" });
    await (await server.request(0)).closed;
  });

  it("that is whole by its [DONE] is not lost to the idle time while the connection stays open", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(doneOnly)));
    const timeout = { firstByte: Number.POSITIVE_INFINITY, idle: 100 };
    const result = await whileServed(server, gatewayAt(server.url, { timeout }).stream({ prompt }).result);
    expect(result.text).toBe("Hello");
  });

  it("whose server forgets to close after the finish reason ends when it has been idle, as an answer", async () => {
    const whole = 'data: {"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n';
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(whole)));
    const timeout = { firstByte: Number.POSITIVE_INFINITY, idle: 100 };
    const result = await whileServed(server, gatewayAt(server.url, { timeout }).stream({ prompt }).result);
    expect(result).toMatchObject({ text: "Hello", finishReason: "stop" });
    await (await server.request(0)).closed;
  });
});

describe("the local gateway's stall", () => {
  const arrived = async (local: LocalGateway) => {
    while (local.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  };

  it.each([
    [undefined, { firstByte: 100 }, "first-byte"],
    [0, { firstByte: Number.POSITIVE_INFINITY, idle: 100 }, "idle"],
    [40, { firstByte: Number.POSITIVE_INFINITY, idle: 100 }, "idle"],
  ])("after %s bytes is what a user can try a time-out with", async (afterBytes, timeout, phase) => {
    await using local = await startLocalGateway();
    local.reply({ fault: "stall", afterBytes });
    const running = gatewayAt(local.url, { gatewayToken: "test-token", timeout }).stream({ prompt }).result;
    const failed = failureOf(running);
    await arrived(local);
    expect(await passTime(failed)).toMatchObject({ code: "timeout", phase });
  });
});
