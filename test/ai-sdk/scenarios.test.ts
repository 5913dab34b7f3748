import type { LanguageModel } from "ai";
import { createCloudflareGateway } from "cf-ai-gateway/ai-sdk";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { useLocalGateway } from "../local-gateway.ts";
import { type AiSdk, sdks } from "./sdks.ts";

/** Typical uses of the AI SDK, through its own functions. */

const local = useLocalGateway();
const createModel = (id = "openai/gpt-4o-mini", config = {}) => createCloudflareGateway(local.client(config))(id);
const bodies = () => local.requests.map(({ body }) => body);
const toolRound = () => local.reply({ toolCalls: [{ name: "get_weather", args: { city: "Oslo" } }] }, { text: "Sunny." });
const capital = z.object({ capital: z.string() });
const prompt = "Weather?";

/** The UI message stream of a run, by the function that each major version has for it. */
function toPageResponse(ai: AiSdk, run: { fullStream: unknown; toUIMessageStreamResponse?(): Response }): Response {
  if (run.toUIMessageStreamResponse) return run.toUIMessageStreamResponse();
  const { toUIMessageStream, createUIMessageStreamResponse } = ai as unknown as {
    toUIMessageStream(options: { stream: unknown }): ReadableStream;
    createUIMessageStreamResponse(options: { stream: ReadableStream }): Response;
  };
  return createUIMessageStreamResponse({ stream: toUIMessageStream({ stream: run.fullStream }) });
}

describe.each(sdks)("with AI SDK %s,", (_, ai) => {
  const { generateText, streamText, Output, stepCountIs, tool } = ai;
  const weather = tool({
    description: "The weather of a city.",
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => `Sunny in ${city}`,
  });
  const tools = { get_weather: weather };
  const stopWhen = stepCountIs(5);
  const generate = (options: { model?: LanguageModel } = {}) =>
    generateText({ model: createModel(), prompt, tools, stopWhen, maxRetries: 0, ...options });

  it("text has usage, a finish reason, no warnings and the gateway's metadata", async () => {
    local.reply({ text: "Paris.", usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 } });
    const result = await generateText({ model: createModel(), prompt: "What is the capital of France?" });
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop", usage: { inputTokens: 7, outputTokens: 2 } });
    expect(result.warnings).toEqual([]);
    expect(result.providerMetadata?.["cf-ai-gateway"]).toMatchObject({ gateway: { logId: expect.any(String) } });
  });

  it("a tool loop sends one request per step", async () => {
    toolRound();
    const { text, steps, finishReason } = await generate();
    expect([text, steps.length, finishReason, local.requests.length]).toEqual(["Sunny.", 2, "stop", 2]);
    expect(bodies()[0].tools).toMatchObject([
      { type: "function", function: { name: "get_weather", parameters: { required: ["city"], additionalProperties: false } } },
    ]);
    const call = { id: expect.any(String), type: "function", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } };
    expect(bodies()[1].messages).toMatchObject([
      { role: "user" },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", content: "Sunny in Oslo" },
    ]);
  });

  it("maxTurns of the gateway does not cut the AI SDK's loop short", async () => {
    toolRound();
    const { text, steps } = await generate({ model: createModel(undefined, { maxTurns: 1 }) });
    expect([text, steps.length]).toEqual(["Sunny.", 2]);
    expect(bodies().map(({ tools: offered }) => offered.length)).toEqual([1, 1]);
  });

  it("a call to an unknown tool is handled by the AI SDK", async () => {
    local.reply({ toolCalls: [{ name: "nope", args: { city: "Oslo" } }] }, { text: "Sorry." });
    const { text, steps } = await generate();
    expect(text).toBe("Sorry.");
    expect(steps[0]?.content.map(({ type }) => type)).toEqual(["tool-call", "tool-error"]);
    expect(steps[0]?.content[0]).toMatchObject({ invalid: true, error: expect.objectContaining({ name: "AI_NoSuchToolError" }) });
    expect(local.requests).toHaveLength(2);
  });

  it("invalid arguments are handled by the AI SDK", async () => {
    local.reply({ toolCalls: [{ name: "get_weather", args: { town: 1 } }] }, { text: "Sorry." });
    const { text, steps } = await generate();
    expect(text).toBe("Sorry.");
    expect(steps[0]?.content[0]).toMatchObject({
      invalid: true,
      error: expect.objectContaining({ name: "AI_InvalidToolInputError" }),
    });
    expect(local.requests).toHaveLength(2);
  });

  it('toolChoice "required" is sent in every step', async () => {
    const call = { toolCalls: [{ name: "get_weather", args: { city: "Oslo" } }] };
    local.reply(call, call);
    const { steps } = await generateText({
      model: createModel(),
      prompt,
      tools,
      toolChoice: "required",
      stopWhen: stepCountIs(2),
    });
    expect(steps).toHaveLength(2);
    expect(bodies().map(({ tool_choice }) => tool_choice)).toEqual(["required", "required"]);
  });

  it("a streamed tool loop has reasoning, text, tool input and results in order", async () => {
    local.reply(
      { reasoning: "hm", text: "Let me look.", toolCalls: [{ name: "get_weather", args: { city: "Oslo" } }] },
      { text: "Sunny." },
    );
    const run = streamText({ model: createModel(), prompt, tools, stopWhen, maxRetries: 0, onError() {} });
    const types: string[] = [];
    for await (const { type } of run.fullStream) if (type !== types.at(-1)) types.push(type);
    expect(types.filter((type) => type !== "raw")).toEqual([
      "start",
      "start-step",
      "reasoning-start",
      "reasoning-delta",
      "reasoning-end",
      "text-start",
      "text-delta",
      "text-end",
      "tool-input-start",
      "tool-input-delta",
      "tool-input-end",
      "tool-call",
      "tool-result",
      "finish-step",
      "start-step",
      "text-start",
      "text-delta",
      "text-end",
      "finish-step",
      "finish",
    ]);
    expect((await run.totalUsage).totalTokens).toBeGreaterThan(0);
  });

  it("Output.object returns the object, requested with response_format", async () => {
    local.reply({ text: '{"capital":"Paris"}' });
    const { output } = await generateText({ model: createModel(), prompt: "x", output: Output.object({ schema: capital }) });
    expect(output).toEqual({ capital: "Paris" });
    expect(bodies()[0].response_format).toMatchObject({ type: "json_schema" });
    expect(bodies()[0].tool_choice).toBeUndefined();
  });

  it("an invalid Output.object is the AI SDK's own error, with the text, after one request", async () => {
    local.reply({ text: '{"capital":3}' });
    const error = await generateText({ model: createModel(), prompt: "x", output: Output.object({ schema: capital }) }).then(
      ({ output }) => output,
      (thrown: unknown) => thrown,
    );
    expect(ai.NoObjectGeneratedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ text: '{"capital":3}' });
    expect(local.requests).toHaveLength(1);
  });

  it("Output.object streams partial values", async () => {
    local.reply({ text: '{"capital":"Paris"}', chunks: { size: 6 } });
    const run = streamText({ model: createModel(), prompt: "x", output: Output.object({ schema: capital }), onError() {} });
    const partial: unknown[] = [];
    for await (const value of run.partialOutputStream) partial.push(value);
    expect(partial.length).toBeGreaterThan(1);
    expect(await run.output).toEqual({ capital: "Paris" });
  });

  it.each([
    ["of Anthropic", "anthropic/claude-sonnet-4-5", {}],
    ["with the strategy tool", "openai/gpt-4o-mini", { outputStrategy: "tool" }],
  ] as const)("Output.object streams as text from a model %s", async (_name, id, config) => {
    const run = streamText({
      model: createModel(id, config),
      prompt: "The capital of France is Paris.",
      output: Output.object({ schema: capital }),
      onError() {},
    });
    const types = new Set<string>();
    for await (const { type } of run.fullStream) types.add(type);
    expect(types).toContain("text-delta");
    expect(types).not.toContain("tool-call");
    expect(capital.safeParse(await run.output).success).toBe(true);
  });

  it("headers of a call are sent, and the user agent is this package's", async () => {
    local.reply({ text: "Hi" });
    await generateText({ model: createModel(), prompt: "Hi", headers: { "x-a": "1" } });
    expect(local.requests[0]?.headers.get("x-a")).toBe("1");
    expect(local.requests[0]?.headers.get("user-agent")).toMatch(/^cf-ai-gateway\//);
  });

  it("a 503 is retried by the AI SDK alone", async () => {
    const overloaded = { status: 503, headers: { "retry-after": "0" }, body: '{"error":{"message":"Overloaded"}}' };
    local.reply(overloaded, overloaded, { text: "ok" });
    const { text } = await generateText({ model: createModel(undefined, { maxRetries: 5 }), prompt: "Hi", maxRetries: 2 });
    expect(text).toBe("ok");
    expect(local.requests).toHaveLength(3);
  });

  it("a rejected stream is an error part that APICallError.isInstance recognizes", async () => {
    local.reply({ error: { status: 401 } });
    const errors: unknown[] = [];
    const run = streamText({
      model: createModel(),
      prompt: "Hi",
      maxRetries: 0,
      onError: ({ error }) => void errors.push(error),
    });
    const types: string[] = [];
    for await (const { type } of run.fullStream) types.push(type);
    expect(types).toContain("error");
    expect(ai.APICallError.isInstance(errors[0])).toBe(true);
    expect(errors[0]).toMatchObject({ statusCode: 401, isRetryable: false });
  });

  it("an image is sent as a data URL with its media type", async () => {
    local.reply({ text: "A dot." });
    const image = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
    const content = [
      { type: "text" as const, text: "what" },
      { type: "image" as const, image },
    ];
    await generateText({ model: createModel(), messages: [{ role: "user", content }] });
    expect(bodies()[0].messages[0].content).toEqual([
      { type: "text", text: "what" },
      { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
    ]);
  });

  it("a UI message stream of a tool loop has every part", async () => {
    toolRound();
    const run = streamText({ model: createModel(), prompt, tools, stopWhen, onError() {} });
    const response = toPageResponse(ai, run);
    expect(response.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
    const types = (await response.text())
      .split("\n\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => (JSON.parse(line.slice("data: ".length)) as { type: string }).type);
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      "start",
      "start-step",
      "tool-input-start",
      "tool-input-delta",
      "tool-input-available",
      "tool-output-available",
      "finish-step",
      "start-step",
      "text-start",
      "text-delta",
      "text-end",
      "finish-step",
      "finish",
    ]);
  });
});
