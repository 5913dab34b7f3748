import { TimeoutError, tool } from "cf-ai-gateway";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf, gatewayAt, ways } from "./failing-calls.ts";
import { chunk, jsonHead, rawServer, streamHead, textFrame } from "./raw-server.ts";

const prompt = "Hi";
const neverRetried = { code: "timeout", retryable: false, attempts: 1, provider: "openai", model: "openai/gpt-4o-mini" };

describe.each(ways)("%s, at a server that stalls", (way, call) => {
  it("before the headers: a TimeoutError of the first byte, and the socket is closed", async () => {
    await using server = await rawServer(() => {});
    const error = await failureOf(call(gatewayAt(server.url, { timeout: { firstByte: 30 }, maxRetries: 3 }), { prompt }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "first-byte", origin: "network" });
    expect(error.message).toContain("30 ms");
    expect(error.hint).toContain("timeout.firstByte");
    expect(error.partial).toMatchObject({ text: "", turns: [], messages: [{ role: "user", content: prompt }] });
    await (await server.request(0)).closed;
    expect(server.requests).toHaveLength(1);
  });

  it("within the headers: it is the first byte that did not come", async () => {
    await using server = await rawServer(({ socket }) => void socket.write("HTTP/1.1 200 OK\r\ncontent-type: "));
    const error = await failureOf(call(gatewayAt(server.url, { timeout: { firstByte: 30 } }), { prompt }));
    expect(error).toMatchObject({ ...neverRetried, phase: "first-byte" });
    await (await server.request(0)).closed;
  });

  it("after the headers: idle, and the log's id is known", async () => {
    const head = way === "chat" ? jsonHead(1000) : streamHead;
    await using server = await rawServer(({ socket }) => void socket.write(head));
    const error = await failureOf(call(gatewayAt(server.url, { timeout: { idle: 30 }, maxRetries: 3 }), { prompt }));
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
    const error = await failureOf(call(gatewayAt(server.url, { timeout: { idle: 30 } }), { prompt }));
    expect(error).toMatchObject({ ...neverRetried, phase: "idle" });
    expect(error.partial?.text).toBe(way === "chat" ? "" : "Once upon");
    await (await server.request(0)).closed;
  });

  it("within the body of an error answer", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write("HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{");
    });
    const error = await failureOf(call(gatewayAt(server.url, { timeout: { firstByte: 30, idle: 30 } }), { prompt }));
    expect(error).toMatchObject({ code: "timeout", retryable: false });
    await (await server.request(0)).closed;
  });

  it("for longer than the whole call may take", async () => {
    await using server = await rawServer(() => {});
    const error = await failureOf(call(gatewayAt(server.url, { timeout: { total: 30 }, maxRetries: 3 }), { prompt }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ ...neverRetried, phase: "total", origin: "client" });
    expect(error.hint).toContain("timeout.total");
    await (await server.request(0)).closed;
  });

  describe("where the whole call has a limit", () => {
    // Only the limit's own timer is wound forward; the sockets keep the real time.
    beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
    afterEach(() => void vi.useRealTimers());
    const timeout = { total: 60_000 };

    it("and it waits between two tries: that wait ends too", async () => {
      await using local = await startLocalGateway();
      local.reply({ status: 429, headers: { "retry-after": "50" }, body: "{}" });
      const onRetry = () => queueMicrotask(() => vi.advanceTimersByTime(45_000));
      const gateway = gatewayAt(local.url, { gatewayToken: "test-token", maxRetries: 3, timeout: { total: 45_000 }, onRetry });
      const error = await failureOf(call(gateway, { prompt }));
      expect(error).toMatchObject({ ...neverRetried, phase: "total" });
      expect(error.partial?.failedAttempts?.map((failed) => failed.error.code)).toEqual(["rate-limit"]);
      expect(local.requests).toHaveLength(1);
    });

    it("and a tool never ends: the limit ends it, and its signal tells it", async () => {
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
      const error = await failureOf(
        call(gatewayAt(local.url, { gatewayToken: "test-token", timeout }), { prompt, tools: { wait } }),
      );
      expect(error).toMatchObject({ code: "timeout", phase: "total" });
      expect(reasons).toEqual([error]);
      expect(error.partial?.turns).toHaveLength(1);
      expect(error.partial?.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
    });
  });
});

describe("a stream", () => {
  it("is idle only while we wait: a slow reader is no stall", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead + chunk(textFrame("One")));
      // The next piece lies in the socket long before it is asked for.
      setTimeout(() => socket.write(chunk(textFrame("Two") + "data: [DONE]\n\n")), 5);
    });
    const texts: string[] = [];
    for await (const text of gatewayAt(server.url, { timeout: { idle: 120 } }).stream({ prompt }).text) {
      texts.push(text);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(texts).toEqual(["One", "Two"]);
  });

  it("that sends signs of life goes on past the idle time", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead);
      let beats = 0;
      const timer = setInterval(() => {
        if (++beats < 25) socket.write(chunk(": PROCESSING\n\n"));
        else {
          clearInterval(timer);
          socket.write(chunk(`${textFrame("Done")}data: [DONE]\n\n`));
        }
      }, 20);
    });
    const result = await gatewayAt(server.url, { timeout: { idle: 400 } }).stream({ prompt }).result;
    expect(result.text).toBe("Done");
  });

  it("whose server forgets to close the connection after [DONE] ends all the same, and the socket is closed", async () => {
    await using server = await rawServer(
      ({ socket }) => void socket.write(streamHead + chunk(`${textFrame("Hello")}data: [DONE]\n\n`)),
    );
    const result = await gatewayAt(server.url).stream({ prompt }).result;
    expect(result.text).toBe("Hello");
    await (await server.request(0)).closed;
  });

  it("whose server forgets to close after the finish reason ends when it has been idle, as an answer", async () => {
    const whole = 'data: {"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n';
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(whole)));
    const result = await gatewayAt(server.url, { timeout: { idle: 30 } }).stream({ prompt }).result;
    expect(result).toMatchObject({ text: "Hello", finishReason: "stop" });
    await (await server.request(0)).closed;
  });
});

it("an answer that is whole by its [DONE] is not lost to the idle time while the connection stays open", async () => {
  await using server = await rawServer(
    ({ socket }) => void socket.write(streamHead + chunk(`${textFrame("Hello")}data: [DONE]\n\n`)),
  );
  const result = await gatewayAt(server.url, { timeout: { idle: 30 } }).stream({ prompt }).result;
  expect(result).toMatchObject({ text: "Hello", finishReason: "other" });
});

describe("the local gateway's stall", () => {
  it.each([undefined, 0, 40])("after %s bytes is what a user can try a time-out with", async (afterBytes) => {
    await using local = await startLocalGateway();
    local.reply({ fault: "stall", afterBytes });
    const gateway = gatewayAt(local.url, { gatewayToken: "test-token", timeout: { firstByte: 40, idle: 40 } });
    const error = await failureOf(gateway.stream({ prompt }).result);
    expect(error).toMatchObject({ code: "timeout", phase: afterBytes === undefined ? "first-byte" : "idle" });
  });
});
