import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { chatMethods } from "../failures/capture-error.ts";
import { completion, gatewayWith, toolCall } from "./scripted-fetch.ts";

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const;

describe.each(chatMethods)('toolMode: "return", with %s,', (_, call) => {
  it("returns every call to the caller: of a known or unknown tool, a background task, or with invalid arguments", async () => {
    const ran: unknown[] = [];
    const execute = (args: unknown) => void ran.push(args);
    const toolCalls = [
      toolCall("a", "weather", '{"city":"Rome"}'),
      toolCall("b", "unknown", "{}"),
      toolCall("c", "weather", '{"city":'),
      toolCall("d", "log", "{}"),
    ];
    let requests = 0;
    const gateway = gatewayWith([
      () => {
        requests++;
        return completion({ content: null, tool_calls: toolCalls }, "tool_calls");
      },
    ]);
    const result = await call(gateway, {
      prompt: "Hi",
      toolMode: "return",
      tools: { weather: tool({ parameters, execute }) },
      backgroundTasks: { log: tool({ parameters: { type: "object" }, execute }) },
      onToolCall: execute,
    });
    expect(requests).toBe(1);
    expect(ran).toEqual([]);
    expect(result.finishReason).toBe("tool-calls");
    expect(result.toolCalls).toMatchObject([
      { id: "a", name: "weather", args: { city: "Rome" } },
      { id: "b", name: "unknown", args: {} },
      { id: "c", name: "weather", args: undefined },
      { id: "d", name: "log", background: true },
    ]);
    expect(result.messages).toHaveLength(2);
    expect(result.backgroundTasks).toEqual([]);
  });

  it("sends the tools even with maxTurns: 1, and re-asks nothing", async () => {
    const bodies: { tool_choice?: unknown; tools?: unknown[] }[] = [];
    const gateway = gatewayWith([], {
      fetch: async (_, init) => {
        bodies.push(JSON.parse(init.body as string) as object);
        return completion({ content: "Hello" });
      },
    });
    const result = await call(gateway, {
      prompt: "Hi",
      toolMode: "return",
      maxTurns: 1,
      tools: { weather: tool({ parameters }) },
    });
    expect(result.text).toBe("Hello");
    expect(bodies).toHaveLength(1);
    expect(bodies[0]?.tools).toHaveLength(1);
    expect(bodies[0]?.tool_choice).toBeUndefined();
  });
});
