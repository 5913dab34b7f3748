import { AsyncLocalStorage } from "node:async_hooks";
import { tracingChannel } from "node:diagnostics_channel";
import { tool } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { captureRejection, chatMethods } from "../failures/capture-error.ts";
import { completion, gatewayWith, toolCall } from "./scripted-fetch.ts";

interface Published {
  kind: string;
  attributes: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: unknown;
}

const kinds = ["chat", "turn", "tool"] as const;
const calling = () => completion({ content: null, tool_calls: [toolCall("c1", "t")] }, "tool_calls");
const answering = () => completion({ content: "Hi" });

const unsubscribe: (() => void)[] = [];
afterEach(() => {
  for (const each of unsubscribe.splice(0)) each();
});

/** Records each message of a kind as `step kind`, and passes it to `onMessage`. */
function subscribe(kind: (typeof kinds)[number], steps: string[], onMessage?: (step: string, message: Published) => void): void {
  const channel = tracingChannel(`cf-ai-gateway:${kind}`);
  const note = (step: string) => (message: unknown) => {
    steps.push(`${step} ${kind}`);
    onMessage?.(step, message as Published);
  };
  const subscribers = { start: note("start"), end() {}, asyncStart() {}, asyncEnd: note("asyncEnd"), error: note("error") };
  channel.subscribe(subscribers);
  unsubscribe.push(() => channel.unsubscribe(subscribers));
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe.each(chatMethods)("the diagnostics channels, with %s,", (_, call) => {
  it("publish the start and the end of the chat, its turns and its tools", async () => {
    const steps: string[] = [];
    for (const kind of kinds) subscribe(kind, steps);
    const t = tool({ parameters: { type: "object" }, execute: () => "done" });
    await call(gatewayWith([calling, answering]), { prompt: "Hi", tools: { t } });
    await settle();
    expect(steps).toEqual([
      "start chat",
      "start turn",
      "start tool",
      "asyncEnd tool",
      "asyncEnd turn",
      "start turn",
      "asyncEnd turn",
      "asyncEnd chat",
    ]);
  });

  it("publish one message object per operation, which receives the result", async () => {
    const messages = new Set<Published>();
    subscribe("turn", [], (_step, message) => messages.add(message));
    const result = await call(gatewayWith([answering]), { prompt: "Hi" });
    await settle();
    expect([...messages]).toMatchObject([
      { kind: "turn", attributes: { turn: 0, provider: "openai" }, result: { turn: { text: "Hi" } } },
    ]);
    expect([...messages][0]?.result?.turn).toBe(result.turns[0]);
  });

  it("publish the error of a chat that fails", async () => {
    const steps: string[] = [];
    let published: unknown;
    subscribe("chat", steps, (step, message) => {
      if (step === "error") published = message.error;
    });
    const error = await captureRejection(call(gatewayWith([() => new Response("{}", { status: 400 })]), { prompt: "Hi" }));
    await settle();
    expect(steps).toEqual(["start chat", "error chat", "asyncEnd chat"]);
    expect(published).toBe(error);
  });

  it("run each operation within the stores bound to them", async () => {
    const store = new AsyncLocalStorage<string>();
    const { start } = tracingChannel("cf-ai-gateway:tool");
    start.bindStore(store, () => "bound");
    unsubscribe.push(() => void start.unbindStore(store));
    const t = tool({
      parameters: { type: "object" },
      async execute() {
        await settle();
        return store.getStore();
      },
    });
    const result = await call(gatewayWith([calling, answering]), { prompt: "Hi", tools: { t } });
    expect(result.turns[0]?.toolResults[0]?.result).toBe("bound");
  });

  it("link the gateway's span to the subscriber's", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    subscribe("turn", [], (step, { attributes }) => {
      if (step === "start") Object.assign(attributes, { traceId, parentSpanId: "b7ad6b7169203331" });
    });
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => answering());
    await call(gatewayWith([], { fetch }), { prompt: "Hi" });
    expect(new Headers(fetch.mock.calls[0]?.[1].headers).get("cf-aig-otel-trace-id")).toBe(traceId);
  });

  it("work together with telemetry, which observes the same operation", async () => {
    const channel: unknown[] = [];
    const telemetry: unknown[] = [];
    subscribe("chat", [], (step, message) => step === "start" && channel.push(message));
    await call(
      gatewayWith([answering], {
        telemetry: {
          run(operation, work) {
            if (operation.kind === "chat") telemetry.push(operation);
            return work(() => {});
          },
        },
      }),
      { prompt: "Hi" },
    );
    expect(channel).toEqual(telemetry);
    expect(channel).toHaveLength(1);
  });
});
