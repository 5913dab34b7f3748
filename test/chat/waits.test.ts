import { type ChatOptions, type Gateway, type GatewayConfig, tool } from "cf-ai-gateway";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { captureRejection, chatMethods } from "../failures/capture-error.ts";
import { completion, delta, gatewayWith, stalledStream, toolCall } from "./scripted-fetch.ts";

type Reply = () => Response | Promise<Response>;

const never = (): Promise<never> => new Promise(() => {});
const answers: Reply = () => completion({ content: '{"a":1}' });
const calls: Reply = () => completion({ content: null, tool_calls: [toolCall("c1", "t")] }, "tool_calls");
const fails: Reply = () => new Response("{}", { status: 500 });
const stallsIn =
  (status: number): Reply =>
  () =>
    new Response(new ReadableStream({ cancel: never }), { status, headers: { location: "https://other.example/" } });

/** A custom Standard Schema. */
const schema = (validate: (value: unknown) => unknown, toJsonSchema: () => unknown = () => ({ type: "object" })) =>
  ({ "~standard": { version: 1, vendor: "own", validate, jsonSchema: { input: toJsonSchema } } }) as never;
const passes = (value: unknown) => ({ value });
const t = { t: tool({ parameters: { type: "object" }, execute: () => 1 }) };

/** Every place where a chat waits for foreign code: the transport's response, and the options and configuration that hang. */
const places: [string, Reply, Partial<ChatOptions>, GatewayConfig?][] = [
  ["fetch", never, {}],
  ["fetch, whose response comes with a body that never starts", stallsIn(200), {}],
  ["the body of an error", stallsIn(400), {}],
  ["the cancellation of a redirect's body", stallsIn(302), {}],
  ["the cancellation of a 401's body", stallsIn(401), {}, { gatewayToken: () => "token-12345678" }],
  ["the delay of a retry", () => new Response("{}", { status: 500, headers: { "retry-after": "30" } }), { maxRetries: 2 }],
  ["a token function", answers, {}, { gatewayToken: never }],
  ["prepareTurn", answers, { prepareTurn: never }],
  ["stopWhen", calls, { tools: t, stopWhen: never }],
  ["onTurn", answers, { onTurn: never }],
  ["onRetry", fails, { maxRetries: 1, onRetry: never }],
  ["onToolCall", calls, { tools: t, onToolCall: never }],
  ["the result that onToolCall returned", calls, { tools: t, onToolCall: () => ({ result: never() }) }],
  ["a tool", calls, { tools: { t: tool({ parameters: { type: "object" }, execute: never }) } }],
  ["the validation of a tool's arguments", calls, { tools: { t: tool({ parameters: schema(never), execute: () => 1 }) } }],
  ["the conversion of a tool's schema", answers, { tools: { t: tool({ parameters: schema(passes, never), execute: () => 1 }) } }],
  ["the validation of the output", answers, { output: schema(never) }],
  ["the conversion of the output's schema", answers, { output: schema(passes, never) }],
];

let unhandled: unknown[];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled = [];
  process.on("unhandledRejection", onUnhandled);
});
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", onUnhandled);
  expect(unhandled).toEqual([]);
});

const gatewayFor = (reply: Reply, config: GatewayConfig = {}): Gateway => gatewayWith([reply], config);

describe.each(chatMethods)("%s ends while it waits for", (_, call) => {
  it.each(places)("%s, with the signal", async (_, reply, options, config) => {
    const controller = new AbortController();
    const reason = Object.freeze(new Error("the caller's own"));
    const outcome = captureRejection(call(gatewayFor(reply, config), { prompt: "Hi", signal: controller.signal, ...options }));
    setTimeout(() => controller.abort(reason), 20);
    // An error status ends the chat by itself.
    const error = await outcome;
    expect(error === reason || (error as { code?: string }).code !== undefined).toBe(true);
    if (![302, 401].includes(Number((error as { status?: number }).status))) expect(error).toBe(reason);
  });

  it.each(places)("%s, with timeout.total", async (_, reply, options, config) => {
    const error = await captureRejection(call(gatewayFor(reply, config), { prompt: "Hi", timeout: { total: 30 }, ...options }));
    if (![302, 401].includes(Number((error as { status?: number }).status)))
      expect(error).toMatchObject({ code: "timeout", phase: "total" });
  });
});

describe("reading the elements of a stream ends while it waits for", () => {
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
  it.each([
    ["the conversion of the schema", schema(passes, never)],
    [
      "the validation of an element",
      schema(
        (value) => (isEmpty(value) ? { value } : never()),
        () => ({ type: "array" }),
      ),
    ],
  ])("%s, with the signal", async (_, output) => {
    const gateway = gatewayWith([() => stalledStream(delta({ content: '{"value":[{"a":1},' }))]);
    const controller = new AbortController();
    const { elements } = gateway.stream({ prompt: "Hi", output, signal: controller.signal });
    const outcome = captureRejection(elements[Symbol.asyncIterator]().next());
    setTimeout(() => controller.abort("left"), 20);
    expect(await outcome).toBe("left");
  });
});

describe.each(chatMethods)("a hook of %s", (_, call) => {
  it.each(["prepareTurn", "stopWhen", "onTurn", "onRetry"])("fails the chat when %s throws or rejects", async (hook) => {
    for (const fail of [
      () => {
        throw new Error("the hook's own");
      },
      () => Promise.reject(new Error("the hook's own")),
    ]) {
      const gateway = gatewayWith([fails, calls, answers], { maxRetries: 1 });
      expect(await captureRejection(call(gateway, { prompt: "Hi", tools: t, [hook]: fail }))).toMatchObject({
        message: "the hook's own",
      });
    }
  });

  it("is awaited before the chat continues", async () => {
    const order: string[] = [];
    const slow = (name: string) => async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(name);
    };
    await call(gatewayWith([fails, answers], { maxRetries: 1 }), {
      prompt: "Hi",
      prepareTurn: async () => void (await slow("prepareTurn")()),
      onRetry: slow("onRetry"),
      onTurn: slow("onTurn"),
    });
    expect(order).toEqual(["prepareTurn", "onRetry", "onTurn"]);
  });
});

describe("a custom fetch", () => {
  const odd: [string, (...args: never[]) => unknown][] = [
    ["undefined", async () => undefined],
    ["an empty object", async () => ({})],
    [
      "a throw",
      () => {
        throw new Error("x");
      },
    ],
    ["a rejection with undefined", () => Promise.reject(undefined)],
    ["a rejection with a string", () => Promise.reject("down")],
    ["a body of strings", async () => new Response(new ReadableStream({ start: (controller) => controller.enqueue("text") }))],
    [
      "a body that fails with undefined",
      async () => new Response(new ReadableStream({ pull: (controller) => controller.error(undefined) })),
    ],
    [
      "a body that has been read",
      async () => {
        const response = completion({ content: "Hi" });
        await response.text();
        return response;
      },
    ],
  ];

  it.each(odd)("that returns %s causes a GatewayError", async (_, fetch) => {
    const error = await captureRejection(gatewayWith([], { fetch: fetch as never }).chat({ prompt: "Hi" }));
    expect(error).toMatchObject({ code: expect.stringMatching(/network|provider/) });
  });

  it("may return its response without a promise", async () => {
    const gateway = gatewayWith([], { fetch: (() => completion({ content: "Hi" })) as never });
    expect((await gateway.chat({ prompt: "Hi" })).text).toBe("Hi");
  });
});

it("an abort ends a stream whose consumer is idle; the consumer then gets the unread events and the reason", async () => {
  const controller = new AbortController();
  const gateway = gatewayWith([() => stalledStream(delta({ content: "Hi" }), delta({ content: " there" }))]);
  const stream = gateway.stream({ prompt: "Hi", signal: controller.signal });
  const events = stream[Symbol.asyncIterator]();
  await events.next();
  controller.abort();
  await expect(stream.result).rejects.toBe(controller.signal.reason);
  const unread: string[] = [];
  const read = async () => {
    for (let step = await events.next(); !step.done; step = await events.next()) unread.push(step.value.type);
  };
  await expect(read()).rejects.toBe(controller.signal.reason);
  expect(unread).toContain("text-delta");
  expect(await events.next()).toEqual({ done: true, value: undefined });
});
