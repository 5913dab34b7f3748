import * as ai6 from "ai";
import { createGateway, type GatewayConfig, GatewayError } from "cf-ai-gateway";
import { createCloudflareGateway } from "cf-ai-gateway/ai-sdk";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { useLocalGateway } from "../local-gateway.ts";
import { answered } from "../quirks/wire.ts";
import { sdks } from "./sdks.ts";

const local = useLocalGateway();

const config = (more: GatewayConfig = {}): GatewayConfig => ({
  baseUrl: local.url,
  accountId: "test",
  gatewayId: "test",
  gatewayToken: "test-token",
  ...more,
});
const model = (id = "openai/gpt-4o-mini") => createCloudflareGateway(config())(id);
const prompt = "Weather?";
const lastBody = () => local.requests.at(-1)?.body;

describe.each(sdks)("the provider for AI SDK %s", (_, ai) => {
  const { generateText, streamText, stepCountIs, tool } = ai;
  const weather = tool({
    description: "Weather.",
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => `Sunny in ${city}`,
  });

  it("generates text, with usage, finish reason and the gateway's metadata", async () => {
    local.reply({ text: "Hello", usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } });
    const result = await generateText({ model: model(), prompt: "Hi", temperature: 0.5, maxOutputTokens: 50 });
    expect(result.text).toBe("Hello");
    expect(result.finishReason).toBe("stop");
    expect(result.usage).toMatchObject({ inputTokens: 3, outputTokens: 2, totalTokens: 5 });
    expect(result.providerMetadata?.["cf-ai-gateway"]).toMatchObject({ gateway: { logId: expect.any(String) } });
    expect(lastBody()).toMatchObject({ model: "openai/gpt-4o-mini", temperature: 0.5, max_tokens: 50 });
  });

  it("streams text in pieces", async () => {
    local.reply({ text: "Hello there, world" });
    const pieces: string[] = [];
    const result = streamText({ model: model(), prompt: "Hi" });
    for await (const piece of result.textStream) pieces.push(piece);
    expect(pieces.join("")).toBe("Hello there, world");
    expect(pieces.length).toBeGreaterThan(1);
    expect(await result.finishReason).toBe("stop");
  });

  it("leaves the tool loop to the AI SDK, with one request per step", async () => {
    local.reply({ toolCalls: [{ name: "weather", args: { city: "Oslo" } }] }, { text: "Sunny." });
    const result = await generateText({ model: model(), prompt, tools: { weather }, stopWhen: stepCountIs(5) });
    expect(result.text).toBe("Sunny.");
    expect(result.steps).toHaveLength(2);
    expect(local.requests).toHaveLength(2);
    expect(lastBody().messages.at(-1)).toMatchObject({ role: "tool", content: "Sunny in Oslo" });
  });

  it("streams tool calls, and their arguments as they arrive", async () => {
    local.reply(
      { reasoning: "hm", text: "Let me look.", toolCalls: [{ name: "weather", args: { city: "Oslo" } }] },
      { text: "Sunny." },
    );
    const result = streamText({ model: model(), prompt, tools: { weather }, stopWhen: stepCountIs(5) });
    const types: string[] = [];
    for await (const part of result.fullStream) types.push(part.type);
    expect(types).toEqual(
      expect.arrayContaining(["reasoning-delta", "text-delta", "tool-input-delta", "tool-call", "tool-result", "finish"]),
    );
    expect(await result.text).toBe("Sunny.");
  });

  it("passes a call to an unknown tool on to the AI SDK, which handles it", async () => {
    local.reply({ toolCalls: [{ name: "nope", args: {} }] }, { text: "Sorry." });
    const result = await generateText({ model: model(), prompt, tools: { weather }, stopWhen: stepCountIs(5) });
    expect(result.text).toBe("Sorry.");
    expect(local.requests).toHaveLength(2);
  });

  it("passes malformed arguments to the AI SDK unchanged", async () => {
    const call = { id: "c1", type: "function", function: { name: "weather", arguments: '{"city": ' } };
    local.reply(answered({ content: null, tool_calls: [call] }, "tool_calls"));
    const result = await generateText({ model: model(), prompt, tools: { weather } });
    expect(result.toolCalls[0]).toMatchObject({ toolCallId: "c1", invalid: true });
  });

  it("forces a tool", async () => {
    local.reply({ toolCalls: [{ name: "weather", args: { city: "Oslo" } }] });
    await generateText({ model: model(), prompt, tools: { weather }, toolChoice: { type: "tool", toolName: "weather" } });
    expect(lastBody().tool_choice).toEqual({ type: "function", function: { name: "weather" } });
  });

  it.each(["openai/gpt-4o-mini", "anthropic/claude-sonnet-4-5"])("returns structured output with %s", async (id) => {
    const schema = z.object({ name: z.string(), age: z.number() });
    const output = ai.Output.object({ schema });
    const generated = await generateText({ model: model(id), prompt: "Ada", output });
    expect(schema.safeParse(generated.output).success).toBe(true);
    const streamed = streamText({ model: model(id), prompt: "Ada", output });
    expect(schema.safeParse(await streamed.output).success).toBe(true);
  });

  it("sends images and files", async () => {
    local.reply({ text: "A cat." });
    const content = [
      { type: "text" as const, text: "What is this?" },
      { type: "image" as const, image: new Uint8Array([1, 2, 3]), mediaType: "image/png" },
      { type: "file" as const, data: new Uint8Array([1, 2, 3]), mediaType: "application/pdf", filename: "a.pdf" },
    ];
    await generateText({ model: model(), messages: [{ role: "user", content }] });
    expect(lastBody().messages[0].content).toEqual([
      { type: "text", text: "What is this?" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
      { type: "file", file: { file_data: "data:application/pdf;base64,AQID", filename: "a.pdf" } },
    ]);
  });

  it("sends a thought signature back in the next step", async () => {
    const extra_content = { google: { thought_signature: "sig" } };
    const call = { id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' }, extra_content };
    local.reply(answered({ content: null, tool_calls: [call] }, "tool_calls"), { text: "Sunny." });
    await generateText({ model: model("google-ai-studio/gemini-3-pro"), prompt, tools: { weather }, stopWhen: stepCountIs(5) });
    expect(lastBody().messages[1].tool_calls[0].extra_content).toEqual(extra_content);
  });

  it("removes what strict mode adds to the arguments, so that they match the tool's own schema", async () => {
    local.reply({ toolCalls: [{ name: "find", args: { city: "Oslo", unit: null } }] });
    const inputSchema = z.object({ city: z.string(), unit: z.string().optional() });
    const find = tool({ strict: true, inputSchema, execute: ({ city }) => city });
    const { toolCalls } = await generateText({ model: model(), prompt, tools: { find } });
    expect(lastBody().tools[0].function).toMatchObject({ strict: true, parameters: { required: ["city", "unit"] } });
    expect(toolCalls[0]).toMatchObject({ input: { city: "Oslo" } });
    expect(toolCalls[0]).not.toHaveProperty("invalid");
  });

  it("sends a repaired call in its repaired form", async () => {
    local.reply({ toolCalls: [{ name: "weather", args: { town: "Oslo" } }] }, { text: "Sunny." });
    const { text } = await generateText({
      model: model(),
      prompt,
      tools: { weather },
      stopWhen: stepCountIs(5),
      experimental_repairToolCall: async ({ toolCall }) => ({ ...toolCall, input: '{"city":"Oslo"}' }),
    });
    expect(text).toBe("Sunny.");
    expect(lastBody().messages[1].tool_calls[0].function.arguments).toBe('{"city":"Oslo"}');
  });

  it("throws errors that APICallError.isInstance recognizes, with the GatewayError as cause", async () => {
    local.reply({ error: { status: 400 } });
    const error = await generateText({ model: model(), prompt: "Hi", maxRetries: 0 }).catch((thrown: unknown) => thrown);
    expect(ai.APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ statusCode: 400, isRetryable: false });
    expect(GatewayError.is((error as Error).cause)).toBe(true);
  });

  it("lets the AI SDK retry retryable errors", async () => {
    local.reply(
      { status: 503, headers: { "retry-after-ms": "1" }, body: '{"error":{"message":"Overloaded"}}' },
      { text: "Hello" },
    );
    expect((await generateText({ model: model(), prompt: "Hi", maxRetries: 1 })).text).toBe("Hello");
    expect(local.requests).toHaveLength(2);
  });

  it("passes on and validates options in providerOptions", async () => {
    local.reply({ text: "Hi" });
    await generateText({ model: model(), prompt: "Hi", providerOptions: { "cf-ai-gateway": { gateway: { cacheTtl: 3600 } } } });
    expect(local.requests[0]?.headers.get("cf-aig-cache-ttl")).toBe("3600");
    const wrong = generateText({
      model: model(),
      prompt: "Hi",
      providerOptions: { "cf-ai-gateway": { gateway: { cacheTtl: 1 } } },
    });
    await expect(wrong).rejects.toThrow("gateway.cacheTtl must be");
  });

  it("ends a stream when it is aborted", async () => {
    local.reply({ fault: "stall", afterBytes: 400 });
    const controller = new AbortController();
    const parts: string[] = [];
    const result = streamText({ model: model(), prompt: "Hi", abortSignal: controller.signal, onError() {} });
    for await (const part of result.fullStream) {
      parts.push(part.type);
      if (parts.length === 1) controller.abort();
    }
    expect(parts.at(-1)).toBe("abort");
  });

  it("works in a registry", async () => {
    local.reply({ text: "Hello" });
    const registry = ai.createProviderRegistry({ cloudflare: createCloudflareGateway(config()) });
    expect((await generateText({ model: registry.languageModel("cloudflare:openai/gpt-4o-mini"), prompt: "Hi" })).text).toBe(
      "Hello",
    );
  });
});

describe("createCloudflareGateway", () => {
  it("accepts a model of the gateway's default provider", async () => {
    local.reply({ text: "Hello" });
    const gateway = createGateway(config({ provider: "openrouter" }));
    const languageModel = createCloudflareGateway(gateway)("openai/gpt-4o-mini");
    expect(languageModel.provider).toBe("openrouter.cf-ai-gateway");
    await ai6.generateText({ model: languageModel, prompt: "Hi" });
    expect(lastBody().model).toBe("openrouter/openai/gpt-4o-mini");
  });

  it("rejects embedding and image models with an explanation", () => {
    const provider = createCloudflareGateway(config());
    expect(() => provider.embeddingModel("x")).toThrow("no embedding models");
    expect(() => provider.imageModel("x")).toThrow("no image models");
  });
});
