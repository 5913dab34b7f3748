import { type ChatStream, ConfigurationError, type StreamEvent, type Tool, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { captureRejection, gatewayAt } from "../failures/capture-error.ts";
import { chunk, lastChunk, type RawExchange, rawServer, resetConnection, streamHead, textFrame } from "../failures/raw-server.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

const hello = { prompt: "Once upon a time" };
/** Waits long enough for anything pending to happen. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Timers that keep the process alive. */
const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe("a stream that nobody consumes", () => {
  it("sends nothing", async () => {
    const stream = local.client().stream(hello);
    void stream.result;
    void stream.text;
    void stream.partialOutput;
    await soon();
    expect(local.requests).toHaveLength(0);
  });

  it("causes no unhandled rejection, whatever its options", async () => {
    local.client().stream({ prompt: "" });
    local.client().stream({} as never);
    await soon();
    expect(local.requests).toHaveLength(0);
  });
});

describe("a stream starts", () => {
  it("when its events are iterated", async () => {
    const events = await all<StreamEvent>(local.client().stream(hello));
    expect(events.map(({ type }) => type).filter((type, at, types) => types[at - 1] !== type)).toEqual([
      "turn-start",
      "response",
      "text-delta",
      "turn-end",
      "finish",
    ]);
    expect(local.requests).toHaveLength(1);
  });

  it("when its text is iterated", async () => {
    expect((await all(local.client().stream(hello).text)).join("")).toBe("Once upon a time");
  });

  it("when its partial output is iterated", async () => {
    local.reply({ text: '{"capital":"Paris"}' });
    const output = { type: "object", properties: { capital: { type: "string" } }, required: ["capital"] } as const;
    const stream = local.client().stream({ prompt: "Hi", output });
    expect((await all(stream.partialOutput)).at(-1)).toEqual({ capital: "Paris" });
    expect((await stream.result).output).toEqual({ capital: "Paris" });
  });

  it("when its result is awaited", async () => {
    expect((await local.client().stream(hello).result).text).toBe("Once upon a time");
  });

  it("when its response is read, as server-sent events", async () => {
    const response = local
      .client()
      .stream(hello)
      .toResponse({ status: 201, headers: { "x-mine": "1" } });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-mine")).toBe("1");
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    await soon();
    expect(local.requests).toHaveLength(0);
    const frames = (await response.text()).split("\n\n").filter(Boolean);
    const events = frames.map((text) => JSON.parse(text.replace(/^data: /, "")) as StreamEvent);
    expect(events.flatMap((event) => (event.type === "text-delta" ? event.text : [])).join("")).toBe("Once upon a time");
    const finish = events.at(-1) as Extract<StreamEvent, { type: "finish" }>;
    expect(finish).toMatchObject({ type: "finish", result: { text: "Once upon a time", finishReason: "stop" } });
    expect(finish.result).not.toHaveProperty("messages");
    expect(finish.result).not.toHaveProperty("raw");
  });

  it("with the options from its creation, even if it is consumed later", async () => {
    const messages = [{ role: "user" as const, content: "First" }];
    const stop = ["END"];
    const tools: Record<string, Tool> = { look: tool({ parameters: { type: "object" } }) };
    const extraBody = { user: "ann" };
    const stream = local.client().stream({ messages, stop, tools, extraBody });
    messages.push({ role: "user", content: "Second" });
    stop[0] = "STOP";
    delete tools.look;
    extraBody.user = "bob";
    await stream.result;
    expect(local.requests[0]?.body).toMatchObject({
      messages: [{ role: "user", content: "First" }],
      stop: ["END"],
      tools: [{ function: { name: "look" } }],
      user: "ann",
    });
  });
});

describe("a stream has one consumer", () => {
  it.each<[string, (stream: ChatStream) => Promise<unknown>]>([
    ["events", (stream) => all(stream)],
    ["text", (stream) => all(stream.text)],
    ["partialOutput", (stream) => all(stream.partialOutput)],
    ["toReadableStream", async (stream) => stream.toReadableStream()],
    ["toResponse", async (stream) => stream.toResponse()],
  ])("a second one (%s) gets an error that says so, and the first continues", async (_, consume) => {
    const stream = local.client().stream(hello);
    const texts: string[] = [];
    let error: unknown;
    for await (const text of stream.text) {
      error ??= await captureRejection(consume(stream));
      texts.push(text);
    }
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(/one consumer/);
    expect(texts.join("")).toBe("Once upon a time");
    expect(local.requests).toHaveLength(1);
  });

  it("whose result can be awaited before, during and after consumption", async () => {
    const stream = local.client().stream(hello);
    const before = stream.result;
    const [result, texts] = await Promise.all([before, all(stream.text)]);
    expect(texts.join("")).toBe("Once upon a time");
    expect(result.text).toBe("Once upon a time");
    expect(await stream.result).toBe(result);
    expect(local.requests).toHaveLength(1);
  });

  it("and can't be iterated once awaiting its result has consumed it", async () => {
    const stream = local.client().stream(hello);
    await stream.result;
    expect(await captureRejection(all(stream))).toBeInstanceOf(ConfigurationError);
  });

  it("and can't be iterated twice", async () => {
    const stream = local.client().stream(hello);
    await all(stream);
    expect(await captureRejection(all(stream))).toBeInstanceOf(ConfigurationError);
  });
});

/** A server that streams until the client disconnects. */
const endless = ({ socket }: RawExchange) => {
  socket.write(streamHead);
  const next = () => {
    while (!socket.destroyed) {
      if (!socket.write(chunk(textFrame("more ".repeat(2000))))) return void socket.once("drain", next);
    }
  };
  next();
};

describe("stopping a stream early", () => {
  it("by break cancels the request, closes the socket, and rejects the result with an AbortError", async () => {
    await using server = await rawServer(endless);
    const stream = gatewayAt(server.url).stream({ prompt: "Hi" });
    for await (const _ of stream) break;
    await (await server.request(0)).closed;
    expect(await captureRejection(stream.result)).toMatchObject({ name: "AbortError" });
  });

  it("leaves no timer behind", async () => {
    const before = timers();
    await using server = await rawServer(endless);
    const stream = gatewayAt(server.url).stream({ prompt: "Hi" });
    let read = 0;
    for await (const _ of stream) if (++read > 20) break;
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("by break in its text cancels the request too", async () => {
    await using server = await rawServer(endless);
    const stream = gatewayAt(server.url).stream({ prompt: "Hi" });
    for await (const _ of stream.text) break;
    await (await server.request(0)).closed;
    expect(await captureRejection(stream.result)).toMatchObject({ name: "AbortError" });
  });

  it("by a throw rethrows the error, and closes the socket", async () => {
    await using server = await rawServer(endless);
    const own = new Error("enough");
    const reading = (async () => {
      for await (const _ of gatewayAt(server.url).stream({ prompt: "Hi" })) throw own;
    })();
    expect(await captureRejection(reading)).toBe(own);
    await (await server.request(0)).closed;
  });

  it("during a pause does not wait for the next event", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead + chunk(textFrame("Once"))));
    const iterator = gatewayAt(server.url).stream({ prompt: "Hi" })[Symbol.asyncIterator]();
    const first = [await iterator.next(), await iterator.next(), await iterator.next()];
    expect(first.map(({ value }) => value?.type)).toEqual(["turn-start", "response", "text-delta"]);
    const waiting = iterator.next();
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    await (await server.request(0)).closed;
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it("by cancelling its Response cancels the request", async () => {
    await using server = await rawServer(endless);
    const stream = gatewayAt(server.url).stream({ prompt: "Hi" });
    const reader = stream.toResponse().body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await (await server.request(0)).closed;
    expect(await captureRejection(stream.result)).toMatchObject({ name: "AbortError" });
  });

  it("in a tool aborts the tool", async () => {
    local.reply({ toolCalls: [{ name: "wait", args: {} }] });
    const aborted: unknown[] = [];
    const wait = tool({
      parameters: { type: "object" } as const,
      execute: (_, { signal }) => {
        signal.addEventListener("abort", () => aborted.push((signal.reason as Error).name));
        return new Promise(() => {});
      },
    });
    const stream = local.client().stream({ prompt: "Hi", tools: { wait } });
    const iterator = stream[Symbol.asyncIterator]();
    for (let step = await iterator.next(); step.value?.type !== "tool-call"; step = await iterator.next());
    const waiting = iterator.next();
    await soon();
    await iterator.return?.();
    expect(aborted).toEqual(["AbortError"]);
    expect((await waiting).done).toBe(true);
  });

  it("after its end changes nothing", async () => {
    const stream = local.client().stream(hello);
    for await (const event of stream) if (event.type === "finish") break;
    expect((await stream.result).text).toBe("Once upon a time");
  });
});

describe("a consumer that is slower than the server", () => {
  it("applies backpressure to the server", async () => {
    let written = 0;
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead);
      const frame = chunk(textFrame("x".repeat(65_536)));
      const next = () => {
        while (!socket.destroyed && written < 256 * 1024 * 1024) {
          written += frame.length;
          if (!socket.write(frame)) return void socket.once("drain", next);
        }
      };
      next();
    });
    const iterator = gatewayAt(server.url).stream({ prompt: "Hi" })[Symbol.asyncIterator]();
    await iterator.next();
    // Once the buffers in between are full, the server can't write any more.
    for (let held = -1; held !== written; ) {
      held = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).toBeLessThan(32 * 1024 * 1024);
    await iterator.return?.();
  });

  it("applies backpressure through a Response too", async () => {
    local.reply({ text: "word ".repeat(20_000) });
    const reader = local.client().stream({ prompt: "Hi" }).toResponse().body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toContain("turn-start");
    await reader?.cancel();
  });

  it("gets overlapping next() calls resolved in order", async () => {
    const iterator = local.client().stream(hello)[Symbol.asyncIterator]();
    const steps = await Promise.all(Array.from({ length: 40 }, () => iterator.next()));
    const texts = steps.flatMap(({ value }) => (value?.type === "text-delta" ? value.text : []));
    expect(steps[0]?.value?.type).toBe("turn-start");
    expect(texts.join("")).toBe("Once upon a time");
    expect(steps.at(-1)?.done).toBe(true);
  });
});

it("waits in next() for its earlier calls, even if events are buffered", async () => {
  const iterator = local.client().stream(hello)[Symbol.asyncIterator]();
  const first = iterator.next();
  const second = iterator.next();
  await first;
  const third = iterator.next();
  const texts = [await third, await iterator.next()].map(({ value }) => (value?.type === "text-delta" ? value.text : undefined));
  expect((await second).value?.type).toBe("response");
  expect(texts).toEqual(["Once", " upon"]);
});

describe("a stream that fails", () => {
  it("rejects its iteration and its result with the same error, with no unhandled rejection", async () => {
    local.reply({ error: { status: 400 } });
    const stream = local.client().stream({ prompt: "Hi" });
    const error = await captureRejection(all(stream.text));
    expect(error).toMatchObject({ code: "bad-request" });
    expect(await captureRejection(stream.result)).toBe(error);
  });

  it("causes no unhandled rejection when the next event was prefetched", async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    await using server = await rawServer(({ socket }) => resetConnection(socket));
    const next = gatewayAt(server.url, { maxRetries: 0 }).stream({ prompt: "Hi" })[Symbol.asyncIterator]().next();
    await (await server.request(0)).closed;
    await soon();
    process.off("unhandledRejection", onUnhandled);
    expect(unhandled).toEqual([]);
    await expect(next).rejects.toMatchObject({ code: "network" });
  });

  it("because of invalid options rejects both when it is consumed", async () => {
    const stream = local.client().stream({ prompt: "Hi", temperature: 9 });
    expect(await captureRejection(all(stream))).toBeInstanceOf(ConfigurationError);
    expect(await captureRejection(stream.result)).toMatchObject({ issues: [{ option: "temperature" }] });
  });

  it("sends an error event with a generic message at the end of its Response", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead + chunk(textFrame("Once")), () => setImmediate(() => resetConnection(socket)));
    });
    const text = await gatewayAt(server.url).stream({ prompt: "Hi" }).toResponse().text();
    const last = text.trim().split("\n\n").at(-1) ?? "";
    expect(last).toMatch(/^event: error\ndata: /);
    const error = JSON.parse(last.slice(last.indexOf("{"))) as object;
    expect(error).toEqual({ type: "error", code: "network", message: "The request failed.", retryable: true });
  });

  it("is done after its error: next() resolves with done", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(`${streamHead}${lastChunk}`));
    const iterator = gatewayAt(server.url).stream({ prompt: "Hi" })[Symbol.asyncIterator]();
    expect(await captureRejection(iterator.next())).toMatchObject({ code: "stream", reason: "empty" });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
});
