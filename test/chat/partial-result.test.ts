import { getEventListeners } from "node:events";
import { type PartialResult, tool } from "cf-ai-gateway";
import { describe, expect, it, vi } from "vitest";
import { captureRejection } from "../failures/capture-error.ts";
import { completion, delta, eventStream, gatewayWith, stalledStream, toolCall } from "./scripted-fetch.ts";

const sendMail = { send_mail: tool({ parameters: { type: "object" }, execute: () => "sent" }) };
const calling = () => eventStream(delta({ tool_calls: [{ index: 0, ...toolCall("c1", "send_mail") }] }), delta({}, "tool_calls"));
const speaking = () => stalledStream(delta({ content: "Partial " }), delta({ content: "answer" }));

const expected = {
  text: "Partial answer",
  turns: [{ toolResults: [{ toolCallId: "c1", result: "sent" }] }],
  messages: [{ role: "user" }, { role: "assistant" }, { role: "tool", tool_call_id: "c1", content: "sent" }],
};

describe("the partial result of an aborted chat", () => {
  it.each(["signal", "break"])("is on the stream and passed to onAbort, when aborted by %s", async (how) => {
    const controller = new AbortController();
    const partials: PartialResult[] = [];
    const stream = gatewayWith([calling, speaking]).stream({
      prompt: "Hi",
      tools: sendMail,
      signal: controller.signal,
      onAbort: (partial) => void partials.push(partial),
    });
    let text = "";
    const reading = (async () => {
      for await (const event of stream) {
        if (event.type === "text-delta") text += event.text;
        if (text === "Partial answer" && how === "break") break;
        if (text === "Partial answer") controller.abort();
      }
    })();
    await reading.catch(() => {});
    expect(await captureRejection(stream.result)).toMatchObject({ name: "AbortError" });
    expect(stream.partial).toMatchObject(expected);
    expect(partials).toMatchObject([expected]);
  });

  it("can be sent again: a call that was still running has a tool message", async () => {
    const controller = new AbortController();
    const wait = tool({
      parameters: { type: "object" },
      execute: () => {
        controller.abort();
        return new Promise(() => {});
      },
    });
    let partial: PartialResult | undefined;
    const reply = () =>
      completion({ content: null, tool_calls: [toolCall("a", "send_mail"), toolCall("b", "wait")] }, "tool_calls");
    const chat = gatewayWith([reply]).chat({
      prompt: "Hi",
      tools: { ...sendMail, wait },
      toolConcurrency: 1,
      signal: controller.signal,
      onAbort: (achieved) => void (partial = achieved),
    });
    await captureRejection(chat);
    expect(partial?.messages.slice(2)).toMatchObject([
      { role: "tool", tool_call_id: "a", content: "sent" },
      { role: "tool", tool_call_id: "b", content: expect.stringMatching(/^Not executed/) },
    ]);
    const next = await gatewayWith([() => completion({ content: "Done." })]).chat({ messages: partial?.messages ?? [] });
    expect(next.text).toBe("Done.");
  });

  it("is passed to onAbort after a timeout, and is on its error", async () => {
    let partial: PartialResult | undefined;
    const stream = gatewayWith([calling, speaking]).stream({
      prompt: "Hi",
      tools: sendMail,
      timeout: { total: 60 },
      onAbort: (achieved) => void (partial = achieved),
    });
    expect(await captureRejection(stream.result)).toMatchObject({ phase: "total", partial: expected });
    expect(partial).toMatchObject(expected);
  });

  it("has the calls that the model left to the caller", async () => {
    const reply = () =>
      completion({ content: null, tool_calls: [toolCall("a", "send_mail"), toolCall("b", "ask")] }, "tool_calls");
    let partial: PartialResult | undefined;
    const chat = gatewayWith([reply]).chat({
      prompt: "Hi",
      tools: { ...sendMail, ask: tool({ parameters: { type: "object" } }) },
      timeout: { total: 60 },
      onTurn: () => new Promise(() => {}),
      onAbort: (achieved) => void (partial = achieved),
    });
    await captureRejection(chat);
    expect(partial?.toolCalls?.map(({ id }) => id)).toEqual(["b"]);
    expect((await gatewayWith([() => completion({ content: "Done." })]).chat({ messages: partial?.messages ?? [] })).text).toBe(
      "Done.",
    );
  });

  it("is not passed to onAbort when a provider's error ends the chat", async () => {
    const onAbort = vi.fn();
    const stream = gatewayWith([() => new Response("{}", { status: 500 })]).stream({ prompt: "Hi", onAbort });
    await captureRejection(stream.result);
    expect(onAbort).not.toHaveBeenCalled();
  });

  it("is passed to onAbort, whose throw or rejection is only reported on the console", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    for (const onAbort of [
      () => {
        throw new Error("mine");
      },
      async () => {
        throw new Error("mine");
      },
    ]) {
      const controller = new AbortController();
      controller.abort("enough");
      expect(await captureRejection(gatewayWith([speaking]).chat({ prompt: "Hi", signal: controller.signal, onAbort }))).toBe(
        "enough",
      );
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toHaveBeenCalledTimes(2);
    log.mockRestore();
  });
});

describe("stream.partial", () => {
  it("is empty before the stream starts, even with invalid options", () => {
    const empty = { text: "", messages: [], turns: [] };
    expect(gatewayWith([speaking]).stream({ prompt: "Hi" }).partial).toMatchObject(empty);
    expect(gatewayWith([speaking]).stream({ prompt: "Hi", temperature: 9 }).partial).toMatchObject(empty);
  });

  it("never throws, whatever a tool returned", async () => {
    const getter = {
      get value() {
        throw new Error("not now");
      },
    };
    const odd = tool({ parameters: { type: "object" }, execute: () => getter });
    const stream = gatewayWith([calling, speaking]).stream({ prompt: "Hi", tools: { send_mail: odd } });
    for await (const event of stream) if (event.type === "text-delta") break;
    expect(stream.partial.turns).toHaveLength(1);
  });
});

describe("an abort reason", () => {
  it("shared by several chats is passed on unchanged", async () => {
    const shared = await captureRejection(gatewayWith([() => new Response("{}", { status: 500 })]).chat({ prompt: "Hi" }));
    const before = { ...(shared as object), partial: (shared as { partial?: unknown }).partial };
    const controller = new AbortController();
    const chats = Array.from(
      { length: 5 },
      () => gatewayWith([speaking]).stream({ prompt: "Hi", signal: controller.signal }).result,
    );
    const outcomes = Promise.all(chats.map(captureRejection));
    setTimeout(() => controller.abort(shared), 20);
    for (const outcome of await outcomes) expect(outcome).toBe(shared);
    expect({ ...(shared as object), partial: (shared as { partial?: unknown }).partial }).toEqual(before);
  });
});

it("one signal serves a thousand chats with one listener, which is removed afterwards", async () => {
  const { signal } = new AbortController();
  const gateway = gatewayWith([() => completion({ content: "Hi" })]);
  const chats = Array.from({ length: 1000 }, () => gateway.chat({ prompt: "Hi", signal }));
  await Promise.resolve();
  expect(getEventListeners(signal, "abort").length).toBeLessThanOrEqual(1);
  await Promise.all(chats);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
