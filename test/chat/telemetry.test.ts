import { AsyncLocalStorage } from "node:async_hooks";
import { type GatewayConfig, tool } from "cf-ai-gateway";
import { describe, expect, it, vi } from "vitest";
import { captureRejection, chatMethods } from "../failures/capture-error.ts";
import { completion, gatewayWith, toolCall } from "./scripted-fetch.ts";

type Telemetry = NonNullable<GatewayConfig["telemetry"]>;

const calling = () => completion({ content: null, tool_calls: [toolCall("c1", "t")] }, "tool_calls");
const answering = () => completion({ content: "Hi" });

describe.each(chatMethods)("telemetry, with %s,", (_, call) => {
  it("observes the chat, its turns and their tools, each nested in the one before", async () => {
    const context = new AsyncLocalStorage<string>();
    const started: string[] = [];
    const ended: [string, string[]][] = [];
    const telemetry: Telemetry = {
      run(operation, work) {
        const path = `${context.getStore() ?? ""}/${operation.kind}`;
        started.push(path);
        return context.run(path, () => work((attributes) => void ended.push([operation.kind, Object.keys(attributes)])));
      },
    };
    const t = tool({ parameters: { type: "object" }, execute: () => context.getStore() });
    const result = await call(gatewayWith([calling, answering], { telemetry }), { prompt: "Hi", tools: { t } });
    await new Promise((resolve) => setImmediate(resolve));
    expect(started).toEqual(["/chat", "/chat/turn", "/chat/turn/tool", "/chat/turn"]);
    expect(result.turns[0]?.toolResults[0]?.result).toBe("/chat/turn/tool");
    expect(ended).toEqual([
      ["tool", ["result"]],
      ["turn", ["turn"]],
      ["turn", ["turn"]],
      ["chat", ["result"]],
    ]);
  });

  it("observes each turn once, even if the provider rejected an output in between", async () => {
    const turns: unknown[] = [];
    const telemetry: Telemetry = {
      run: (operation, work) => work(({ turn }) => void (operation.kind === "turn" && turns.push(turn))),
    };
    const error = { message: "Failed to generate JSON", code: "json_validate_failed", failed_generation: '{"a":' };
    const rejected = () => Response.json({ error }, { status: 400 });
    const output = { type: "object", properties: { a: { type: "number" } }, required: ["a"] } as const;
    const replies = [() => completion({ content: '{"a":"x"}' }), rejected, () => completion({ content: '{"a":1}' })];
    const result = await call(gatewayWith(replies, { telemetry, provider: "groq", model: "llama-3.3-70b-versatile" }), {
      prompt: "Hi",
      output,
      outputRetries: 2,
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(result.output).toEqual({ a: 1 });
    expect(turns).toEqual([result.turns[0], undefined, result.turns[1]]);
  });

  it("observes the error that ends a chat", async () => {
    const errors: unknown[] = [];
    const telemetry: Telemetry = { run: (_, work) => work((_attributes, error) => void errors.push(error)) };
    const error = await captureRejection(
      call(gatewayWith([() => new Response("{}", { status: 400 })], { telemetry }), { prompt: "Hi" }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([error, error]);
  });

  it("links the gateway's span to the span that it started for a turn", async () => {
    const sent: Headers[] = [];
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const parentSpanId = "b7ad6b7169203331";
    const telemetry: Telemetry = {
      run(operation, work) {
        if (operation.kind === "turn") Object.assign(operation.attributes, { traceId, parentSpanId });
        return work(() => {});
      },
    };
    const fetch = async (_url: string, init: RequestInit) => {
      sent.push(new Headers(init.headers));
      return answering();
    };
    await call(gatewayWith([], { telemetry, fetch }), { prompt: "Hi" });
    expect(sent[0]?.get("cf-aig-otel-trace-id")).toBe(traceId);
    expect(sent[0]?.get("cf-aig-otel-parent-span-id")).toBe(parentSpanId);
  });

  it("does not fail the chat when it throws, rejects, or never calls the operation", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken: Telemetry["run"][] = [
      () => {
        throw new Error("telemetry");
      },
      (() => Promise.reject(new Error("telemetry"))) as never,
      (() => undefined) as never,
      (_, work) => {
        void work(() => {
          throw new Error("telemetry");
        });
        return work(() => {});
      },
    ];
    for (const run of broken)
      expect((await call(gatewayWith([answering], { telemetry: { run } }), { prompt: "Hi" })).text).toBe("Hi");
    log.mockRestore();
  });
});
