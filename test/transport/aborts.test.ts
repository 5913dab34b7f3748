import { type ChatOptions, GatewayError, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { captureRejection, chatMethods, gatewayAt } from "../failures/capture-error.ts";
import { chunk, jsonHead, rawServer, streamHead, textFrame } from "../failures/raw-server.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

/** Timers that keep the process alive, including those of the test runner. */
const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

const reason = { my: "own reason" };

describe.each(chatMethods)("an abort of %s", (method, call) => {
  it("before it starts rejects with the signal's own reason, and nothing is sent", async () => {
    await using server = await rawServer();
    const options: ChatOptions = { prompt: "Hi", signal: AbortSignal.abort(reason) };
    expect(await captureRejection(call(gatewayAt(server.url), options))).toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  it("without a reason rejects with the signal's default AbortError", async () => {
    await using server = await rawServer(() => {});
    const controller = new AbortController();
    const running = captureRejection(call(gatewayAt(server.url), { prompt: "Hi", signal: controller.signal }));
    await server.request(0);
    controller.abort();
    const error = await running;
    expect(error).toBe(controller.signal.reason);
    expect(error).toMatchObject({ name: "AbortError" });
  });

  it("while it waits for the headers closes the socket and leaves no timer", async () => {
    await using server = await rawServer(() => {});
    const before = timers();
    const controller = new AbortController();
    const running = captureRejection(call(gatewayAt(server.url), { prompt: "Hi", signal: controller.signal }));
    const request = await server.request(0);
    controller.abort(reason);
    expect(await running).toBe(reason);
    await request.closed;
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("while the body is arriving closes the socket and leaves no timer", async () => {
    const sent = method === "chat" ? `${jsonHead(1000)}{"id"` : streamHead + chunk(textFrame("Once"));
    await using server = await rawServer(({ socket }) => void socket.write(sent));
    const before = timers();
    const controller = new AbortController();
    const running = captureRejection(call(gatewayAt(server.url), { prompt: "Hi", signal: controller.signal }));
    const request = await server.request(0);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    expect(await running).toBe(reason);
    await request.closed;
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("while an error's body is arriving closes the socket", async () => {
    await using server = await rawServer(({ socket }) => void socket.write("HTTP/1.1 500 Oops\r\ncontent-length: 900\r\n\r\n{"));
    const controller = new AbortController();
    const running = captureRejection(call(gatewayAt(server.url), { prompt: "Hi", signal: controller.signal }));
    const request = await server.request(0);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    expect(await running).toBe(reason);
    await request.closed;
  });

  it("between two attempts ends the wait, sends nothing more, and leaves no timer", async () => {
    local.reply({ status: 429, headers: { "retry-after": "50" }, body: "{}" });
    const before = timers();
    const controller = new AbortController();
    const gateway = local.client({ maxRetries: 2, onRetry: () => queueMicrotask(() => controller.abort(reason)) });
    expect(await captureRejection(call(gateway, { prompt: "Hi", signal: controller.signal }))).toBe(reason);
    expect(local.requests).toHaveLength(1);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("in onRetry takes effect before the next attempt", async () => {
    local.reply({ status: 500, body: "{}" });
    const controller = new AbortController();
    const gateway = local.client({ maxRetries: 2, onRetry: () => controller.abort(reason) });
    expect(await captureRejection(call(gateway, { prompt: "Hi", signal: controller.signal }))).toBe(reason);
    expect(local.requests).toHaveLength(1);
  });

  it("in a tool aborts the tool's signal, and does not wait for a tool that ignores it", async () => {
    local.reply({ toolCalls: [{ name: "wait", args: {} }] });
    const before = timers();
    const controller = new AbortController();
    const seen: unknown[] = [];
    const wait = tool({
      parameters: { type: "object" } as const,
      timeout: 60_000,
      execute: (_, { signal }) => {
        signal.addEventListener("abort", () => seen.push(signal.reason));
        queueMicrotask(() => controller.abort(reason));
        return new Promise(() => {});
      },
    });
    const running = call(local.client(), { prompt: "Hi", tools: { wait }, signal: controller.signal });
    expect(await captureRejection(running)).toBe(reason);
    expect(seen).toEqual([reason]);
    expect(local.requests).toHaveLength(1);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("while a token is being fetched does not wait for it", async () => {
    const controller = new AbortController();
    const gatewayToken = () => {
      queueMicrotask(() => controller.abort(reason));
      return new Promise<string>(() => {});
    };
    const running = call(local.client({ gatewayToken }), { prompt: "Hi", signal: controller.signal });
    expect(await captureRejection(running)).toBe(reason);
    expect(local.requests).toHaveLength(0);
  });

  it("after its end has no effect, and no listener is left on the signal", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove(...args);
    };
    const result = await call(local.client(), { prompt: "Hello", signal });
    expect(listeners).toBe(0);
    controller.abort(reason);
    expect(result.text).toBe("Hello");
  });

  it("with a GatewayError as its reason rejects with that same error", async () => {
    await using server = await rawServer(() => {});
    const controller = new AbortController();
    const own = new GatewayError("Given up.", { code: "provider", origin: "client", retryable: false, hint: "" });
    const running = captureRejection(call(gatewayAt(server.url), { prompt: "Hi", signal: controller.signal }));
    await server.request(0);
    controller.abort(own);
    expect(await running).toBe(own);
  });

  it.each([null, "a text", 7])("with %j as its reason rejects with that value", async (odd) => {
    await using server = await rawServer(() => {});
    const controller = new AbortController();
    const running = captureRejection(call(gatewayAt(server.url), { prompt: "Hi", signal: controller.signal }));
    await server.request(0);
    controller.abort(odd);
    expect(await running).toBe(odd);
  });
});

describe("a stream's abort after its first event", () => {
  it("rejects the reader and the result with the reason, and closes the socket", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(textFrame("Once"))));
    const controller = new AbortController();
    const stream = gatewayAt(server.url).stream({ prompt: "Hi", signal: controller.signal });
    const texts: string[] = [];
    const reading = captureRejection(
      (async () => {
        for await (const text of stream.text) {
          texts.push(text);
          controller.abort(reason);
        }
      })(),
    );
    expect(await reading).toBe(reason);
    expect(await captureRejection(stream.result)).toBe(reason);
    expect(texts).toEqual(["Once"]);
    await (await server.request(0)).closed;
  });
});

describe("a call that ends by itself", () => {
  it.each(chatMethods)("(%s) leaves no timer behind", async (_, call) => {
    const before = timers();
    await call(local.client({ timeout: { firstByte: 60_000, idle: 60_000, total: 60_000 } }), { prompt: "Hi" });
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it.each(chatMethods)("(%s) leaves no timer behind when it fails", async (_, call) => {
    local.reply({ error: { status: 400 } });
    const before = timers();
    const timeout = { firstByte: 60_000, idle: 60_000, total: 60_000 };
    await captureRejection(call(local.client({ timeout }), { prompt: "Hi" }));
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe("many tools at once", () => {
  it("share one abort listener, so that no runtime warns of a leak", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on("warning", onWarning);
    const calls = Array.from({ length: 30 }, (_, n) => ({ name: n % 2 ? "slow" : "limited", args: { n } }));
    const notes = Array.from({ length: 30 }, (_, n) => ({ name: "note", args: { n } }));
    local.reply({ toolCalls: [...calls, ...notes] }, { text: "Done" });
    const execute = () => new Promise((resolve) => setTimeout(resolve, 5));
    const parameters = { type: "object" } as const;
    // Node's fetch raises the signal's listener limit; a custom transport does not.
    const own = ({ signal: _, ...init }: RequestInit) => init;
    const gateway = local.client({ fetch: (url: string, init: RequestInit) => fetch(url, own({ ...init })) });
    const result = await gateway.chat({
      prompt: "Hi",
      tools: { slow: tool({ parameters, execute }), limited: tool({ parameters, execute, timeout: 60_000 }) },
      backgroundTasks: { note: tool({ parameters, execute, timeout: 60_000 }) },
    });
    await gateway.settled();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(result.turns[0]?.toolResults.filter(({ isError }) => !isError)).toHaveLength(60);
    expect(warnings).toEqual([]);
  });
});

describe("a transport that ignores the signal", () => {
  it("does not delay an abort, and its late response is discarded", async () => {
    const controller = new AbortController();
    let answer: (response: Response) => void = () => {};
    let cancelled: () => void = () => {};
    const letGo = new Promise<void>((resolve) => void (cancelled = resolve));
    const gateway = local.client({ fetch: () => new Promise<Response>((resolve) => void (answer = resolve)) });
    const running = captureRejection(gateway.chat({ prompt: "Hi", signal: controller.signal }));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    expect(await running).toBe(reason);
    answer(new Response(new ReadableStream({ cancel: () => cancelled() })));
    await letGo;
  });
});
