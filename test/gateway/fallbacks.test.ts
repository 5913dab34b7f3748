import { ProviderError, tool } from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { captureError, captureRejection, chatMethods } from "../failures/capture-error.ts";
import { advanceUntilSettled, useFakeClock } from "../failures/fake-clock.ts";
import { rawServer } from "../failures/raw-server.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());
afterEach(() => void vi.useRealTimers());

const fallbacks = [
  { provider: "anthropic", model: "claude-sonnet-4-5" },
  { provider: "groq", model: "llama-3.3-70b-versatile" },
];
const models = () => local.requests.map(({ body }) => body.model);

describe.each(chatMethods)("fallbacks, with %s", (_, call) => {
  it("are not used when the first model answers", async () => {
    const result = await call(local.client({ fallbacks }), { prompt: "Hi" });
    expect(models()).toEqual(["openai/gpt-4o-mini"]);
    expect(result.failedAttempts).toEqual([]);
  });

  it("are tried in order, and the result names the model that answered and why the others failed", async () => {
    local.reply({ error: { status: 500 } }, { error: { status: 404 } }, { text: "Hello" });
    const result = await call(local.client({ fallbacks }), { prompt: "Hi" });
    expect(models()).toEqual(["openai/gpt-4o-mini", "anthropic/claude-sonnet-4-5", "groq/llama-3.3-70b-versatile"]);
    expect(result).toMatchObject({
      text: "Hello",
      usage: { provider: "groq", model: "groq/llama-3.3-70b-versatile" },
      turns: [{ provider: "groq", model: "groq/llama-3.3-70b-versatile", attempts: 3 }],
      failedAttempts: [
        { provider: "openai", model: "openai/gpt-4o-mini", error: { status: 500, code: "provider" } },
        { provider: "anthropic", model: "anthropic/claude-sonnet-4-5", error: { status: 404, code: "not-found" } },
      ],
    });
    expect(result.failedAttempts.every(({ error }) => typeof error.gateway?.logId === "string")).toBe(true);
  });

  it("are tried after the retries, and are retried themselves", async () => {
    local.reply({ error: { status: 500 } }, { error: { status: 500 } }, { error: { status: 503 } }, { text: "Hello" });
    const result = await call(local.client({ fallbacks, maxRetries: 1 }), { prompt: "Hi" });
    expect(models()).toEqual([
      "openai/gpt-4o-mini",
      "openai/gpt-4o-mini",
      "anthropic/claude-sonnet-4-5",
      "anthropic/claude-sonnet-4-5",
    ]);
    expect(result.turns[0]).toMatchObject({ provider: "anthropic", attempts: 4 });
  });

  it("reject with the last error when all fail, and it lists the others", async () => {
    local.reply({ error: { status: 500 } }, { error: { status: 503 } }, { error: { status: 529 } });
    const error = await captureError(call(local.client({ fallbacks }), { prompt: "Hi" }));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ status: 529, provider: "groq", model: "groq/llama-3.3-70b-versatile", attempts: 3 });
    expect(error.partial?.failedAttempts?.map((failed) => failed.error.status)).toEqual([500, 503]);
  });

  const retryableOrProviders: [string, ScriptedReply][] = [
    ["a lost connection", { fault: "reset-before-headers" }],
    ["an overloaded provider", { error: { status: 529 } }],
    ["the gateway's rate limit", { error: { gatewayCode: 2003 } }],
    ["the provider's rejection of the request", { error: { status: 400 } }],
    ["the provider's rejection of its key", { error: { status: 401 } }],
    ["a provider without credit", { error: { status: 402 } }],
    ["an empty answer", { fault: "empty" }],
    ["a wait of an hour", { status: 429, headers: { "retry-after": "3600" }, body: "{}" }],
  ];
  it.each(retryableOrProviders)("follow %s", async (_what, reply) => {
    local.reply(reply, { text: "Hello" });
    const result = await call(local.client({ fallbacks }), { prompt: "Hi" });
    expect(result.turns[0]?.provider).toBe("anthropic");
  });

  it.each([2016, 2029, 2036, 2041])(
    "do not follow the gateway's own rejection (%i), which would be repeated",
    async (gatewayCode) => {
      local.reply({ error: { gatewayCode } });
      const error = await captureError(call(local.client({ fallbacks }), { prompt: "Hi" }));
      expect(error).toMatchObject({ gatewayCode, origin: "gateway" });
      expect(local.requests).toHaveLength(1);
    },
  );

  it("do not follow a timeout, which may be billed", async () => {
    await using server = await rawServer(() => {});
    useFakeClock();
    const failed = captureError(
      call(local.client({ baseUrl: server.url, fallbacks, timeout: { firstByte: 100 } }), { prompt: "Hi" }),
    );
    await server.request(0);
    expect(await advanceUntilSettled(failed)).toMatchObject({ code: "timeout", attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("do not follow an abort", async () => {
    const controller = new AbortController();
    local.reply({ error: { status: 500 } });
    const onRetry = () => controller.abort("enough");
    const gateway = local.client({ fallbacks, maxRetries: 1, onRetry });
    expect(await captureRejection(call(gateway, { prompt: "Hi", signal: controller.signal }))).toBe("enough");
    expect(local.requests).toHaveLength(1);
  });

  it("start each turn with the first model again", async () => {
    local.reply({ error: { status: 500 } }, { toolCalls: [{ name: "add", args: {} }] }, { text: "3" });
    const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
    const result = await call(local.client({ fallbacks }), { prompt: "Hi", tools: { add } });
    expect(result.turns.map(({ provider }) => provider)).toEqual(["anthropic", "openai"]);
  });

  it("get a request built for their own model, with fields that another model rejects", async () => {
    local.reply({ error: { status: 500 } });
    const own = [{ provider: "openai", model: "gpt-5" }];
    const result = await call(local.client({ fallbacks: own, maxTokens: 50, temperature: 0 }), { prompt: "Hi" });
    expect(local.requests.map(({ body }) => body)).toMatchObject([
      { max_tokens: 50, temperature: 0 },
      { max_completion_tokens: 50 },
    ]);
    expect(local.requests[1]?.body).not.toHaveProperty("temperature");
    expect(result.warnings.map(({ code }) => code).sort()).toEqual(["option-dropped", "option-renamed"]);
  });
});

it("are not used by a stream that has already delivered content", async () => {
  const frames = 'data: {"choices":[{"index":0,"delta":{"content":"Once"}}]}\n\ndata: {"error":{"message":"Overloaded"}}\n\n';
  local.reply({ status: 200, headers: { "content-type": "text/event-stream" }, body: frames });
  const error = await captureError(local.client({ fallbacks }).stream({ prompt: "Hi" }).result);
  expect(error).toMatchObject({ code: "stream", reason: "error-event", partial: { text: "Once" } });
  expect(local.requests).toHaveLength(1);
});
