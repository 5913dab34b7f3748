import { LLMock } from "@copilotkit/aimock";
import { createGateway, type GatewayConfig, tool } from "cf-ai-gateway";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

/* The client against aimock, an independent mock server of the chat completions API. */

const mock = new LLMock({ port: 0, logLevel: "silent" });
let config: GatewayConfig;

beforeAll(async () => {
  await mock.start();
  config = {
    accountId: "account",
    gatewayId: "default",
    gatewayToken: "token",
    // aimock treats a path that starts with /v1/ as OpenAI's own API.
    baseUrl: `${mock.url}/gateway`,
    model: "openai/gpt-4o-mini",
    validateResponses: "throw",
    maxRetries: 0,
  };
});
beforeEach(() => mock.reset());
afterAll(() => mock.stop());

const forecast = {
  type: "object",
  properties: { city: { type: "string" }, celsius: { type: "integer" } },
  required: ["city", "celsius"],
  additionalProperties: false,
} as const;
const sentBodies = () => mock.getRequests().map(({ body }) => body as unknown as Record<string, unknown>);

describe("the client against aimock", () => {
  test("reads a completion with its usage and finish reason", async () => {
    mock.onMessage("capital", { content: "Paris.", usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } });
    const result = await createGateway(config).chat({ system: "Be brief.", prompt: "The capital of France?", temperature: 0 });
    expect(result).toMatchObject({
      text: "Paris.",
      finishReason: "stop",
      usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 },
      warnings: [],
    });
    expect(sentBodies()).toMatchObject([{ messages: [{ role: "system" }, { role: "user" }], temperature: 0 }]);
  });

  test("reads a stream in many pieces, with its reasoning and usage", async () => {
    const text = "The capital of France is Paris. ".repeat(8);
    mock.onMessage("capital", { content: text, reasoning: "An easy one." }, { chunkSize: 7 });
    const stream = createGateway(config).stream({ prompt: "The capital of France?" });
    const deltas: string[] = [];
    let reasoning = "";
    for await (const event of stream) {
      if (event.type === "text-delta") deltas.push(event.text);
      if (event.type === "reasoning-delta") reasoning += event.text;
    }
    expect(deltas.length).toBeGreaterThan(20);
    expect(deltas.join("")).toBe(text);
    expect(reasoning).toBe("An easy one.");
    const { finishReason, usage, warnings } = await stream.result;
    expect({ finishReason, warnings }).toEqual({ finishReason: "stop", warnings: [] });
    expect(usage.totalTokens).toBeGreaterThan(0);
    expect(sentBodies()).toMatchObject([{ stream: true, stream_options: { include_usage: true } }]);
  });

  test.each(["chat", "stream"] as const)("runs two tools at once and sends their results back (%s)", async (method) => {
    const calls = [
      { id: "call_a", name: "weather", arguments: '{"city":"Paris"}' },
      { id: "call_b", name: "weather", arguments: '{"city":"Rome"}' },
    ];
    mock.on({ userMessage: "weather", hasToolResult: false }, { toolCalls: calls });
    mock.on({ userMessage: "weather", hasToolResult: true }, { content: "Both are warm." });
    const cities: string[] = [];
    const weather = tool({
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      execute: ({ city }) => {
        cities.push(city);
        return { celsius: 24 };
      },
    });
    const options = { prompt: "What is the weather?", tools: { weather } };
    const gateway = createGateway(config);
    const result = await (method === "chat" ? gateway.chat(options) : gateway.stream(options).result);
    expect(result.text).toBe("Both are warm.");
    expect(cities).toEqual(["Paris", "Rome"]);
    expect(result.turns.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
    expect(sentBodies()[1]).toMatchObject({
      messages: [
        { role: "user" },
        { role: "assistant", tool_calls: [{ id: "call_a" }, { id: "call_b" }] },
        { role: "tool", tool_call_id: "call_a", content: '{"celsius":24}' },
        { role: "tool", tool_call_id: "call_b", content: '{"celsius":24}' },
      ],
    });
  });

  test.each(["chat", "stream"] as const)("reads structured output and re-asks when it is invalid (%s)", async (method) => {
    mock.on({ responseFormat: "json_schema", sequenceIndex: 0 }, { content: '{"city":"Paris"}' });
    mock.on({ responseFormat: "json_schema", sequenceIndex: 1 }, { content: '{"city":"Paris","celsius":24}' });
    const options = { prompt: "The weather in Paris?", output: forecast };
    const gateway = createGateway(config);
    const result = await (method === "chat" ? gateway.chat(options) : gateway.stream(options).result);
    expect(result.output).toEqual({ city: "Paris", celsius: 24 });
    expect(sentBodies()).toHaveLength(2);
    expect(sentBodies()[0]?.response_format).toMatchObject({ type: "json_schema", json_schema: { schema: forecast } });
  });

  test("obeys a rate limit's retry-after", async () => {
    mock.on(
      { userMessage: "Hello", sequenceIndex: 0 },
      { error: { message: "Slow down.", type: "rate_limit_error" }, status: 429, retryAfter: 1 },
    );
    mock.on({ userMessage: "Hello", sequenceIndex: 1 }, { content: "Hello!" });
    const delays: number[] = [];
    const result = await createGateway({ ...config, maxRetries: 1 }).chat({
      prompt: "Hello",
      onRetry: ({ delayMs }) => void delays.push(delayMs),
    });
    expect(result.text).toBe("Hello!");
    expect(delays).toEqual([1000]);
  });

  test("reports a truncated stream as a failed connection, with the partial answer", async () => {
    mock.onMessage("story", { content: "Once upon a time. ".repeat(20) }, { chunkSize: 5, truncateAfterChunks: 10, latency: 5 });
    const error: unknown = await createGateway(config)
      .stream({ prompt: "A story" })
      .result.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "network", partial: { text: expect.stringMatching(/^Once upon a time/) } });
  });
});
