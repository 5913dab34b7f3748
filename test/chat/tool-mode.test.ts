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

  it.each([
    ["output", "json_validate_failed", { output: parameters }],
    ["tool call", "tool_use_failed", { tools: { weather: tool({ parameters }) } }],
  ])("does not request a %s again that the provider rejected", async (_, code, options) => {
    const body = { error: { message: "Failed to validate JSON", type: "invalid_request_error", code, failed_generation: "{" } };
    const gateway = gatewayWith([() => Response.json(body, { status: 400 }), () => completion({ content: '{"city":"Rome"}' })]);
    const chat = call(gateway, { prompt: "Hi", toolMode: "return", ...options });
    await expect(chat).rejects.toMatchObject({ code: "bad-request", body });
  });

  it("warns when an answer without calls is no output, since the provider accepts no format next to tools", async () => {
    const gateway = gatewayWith([() => completion({ content: "Rome" })], { provider: "groq", model: "llama-3.3-70b-versatile" });
    const tools = { weather: tool({ parameters }) };
    const { output, text, warnings } = await call(gateway, { prompt: "Hi", toolMode: "return", tools, output: parameters });
    expect({ output, text }).toEqual({ output: undefined, text: "Rome" });
    expect(warnings).toMatchObject([{ code: "no-output" }]);
  });

  it("stores a conversation that can be sent again when the model calls the output tool twice", async () => {
    const toolCalls = [toolCall("a", "output", '{"city":"Rome"}'), toolCall("b", "output", '{"city":"Oslo"}')];
    const gateway = gatewayWith([
      () => completion({ content: null, tool_calls: toolCalls }, "tool_calls"),
      () => completion({ content: "Hello" }),
    ]);
    const options = { prompt: "Hi", toolMode: "return", output: parameters, outputStrategy: "tool" } as const;
    const { output, toolCalls: left, messages } = await call(gateway, options);
    expect({ output, left }).toEqual({ output: { city: "Rome" }, left: [] });
    expect(await call(gateway, { messages })).toMatchObject({ text: "Hello", warnings: [] });
  });
});
