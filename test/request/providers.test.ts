import { describe, expect, test } from "vitest";
import { modelLimits, providerRow, providers } from "../../src/request/providers.ts";

const everySamplingOption = ["temperature", "topP", "frequencyPenalty", "presencePenalty"];

describe("the provider table", () => {
  test.each([
    "openai",
    "anthropic",
    "google-ai-studio",
    "google-vertex-ai",
    "openrouter",
    "groq",
    "mistral",
    "cohere",
    "xai",
    "grok",
    "deepseek",
    "perplexity",
    "workers-ai",
    "cerebras",
    "baseten",
    "parallel",
  ])("has a row for %s", (provider) => {
    expect(providers).toHaveProperty([provider]);
  });

  test.each([
    ["anthropic", ["tool", "prompt"]],
    ["deepseek", ["tool", "json-object", "prompt"]],
    ["perplexity", ["json-schema", "prompt"]],
    ["perplexity-ai", ["json-schema", "prompt"]],
    ["workers-ai", ["json-schema", "tool", "prompt"]],
    ["openai", undefined],
    ["brand-new", undefined],
  ])("asks %s for structured output by %j", (provider, strategies) => {
    expect(providerRow(provider, undefined).outputStrategies).toEqual(strategies);
  });

  test.each(["google-ai-studio", "google", "google-vertex-ai", "groq", "cohere"])(
    "keeps tools and a response format apart for %s",
    (provider) => {
      expect(providerRow(provider, undefined).toolsWithOutput).toBe(false);
    },
  );

  test.each(["openai", "mistral", "openrouter", "brand-new"])("sends tools together with a response format to %s", (provider) => {
    expect(providerRow(provider, undefined).toolsWithOutput).toBeUndefined();
  });

  test("sends plain text alone as content to Workers AI", () => {
    expect(Object.keys(providers).filter((name) => providers[name]?.plainContent)).toEqual(["workers-ai"]);
  });

  test("lays the user's own row over the built-in one, field by field", () => {
    const own = {
      anthropic: { toolsWithOutput: false, outputStrategies: ["prompt" as const] },
      house: { unsupported: ["seed"] },
    };
    expect(providerRow("anthropic", own)).toEqual({ toolsWithOutput: false, outputStrategies: ["prompt"] });
    expect(providerRow("house", own)).toEqual({ unsupported: ["seed"] });
    expect(providerRow("google-ai-studio", own)).toEqual({ rest: "google", toolsWithOutput: false });
    expect(providerRow("toString", own)).toEqual({});
  });
});

describe("modelLimits", () => {
  // quirk 50
  test.each([
    "openai/o1",
    "openai/o1-mini",
    "openai/o3",
    "openai/o4-mini",
    "openai/gpt-5",
    "openai/gpt-5-mini",
    "openai/gpt-5.1",
    "openai/gpt-6",
    "openai/gpt-10-nano",
    "openrouter/openai/o3-mini",
    "openrouter/openai/gpt-5",
  ])("sends %s max_completion_tokens and no sampling options", (model) => {
    const { maxTokensField, unsupported } = modelLimits(model, {});
    expect(maxTokensField).toBe("max_completion_tokens");
    expect([...unsupported]).toEqual(expect.arrayContaining(everySamplingOption));
  });

  test.each([
    ["openai/o1", false],
    ["openai/o3", true],
    ["openai/o4-mini", true],
    ["openai/gpt-5", true],
    ["openai/gpt-10-nano", true],
    ["openrouter/openai/o3-mini", true],
  ])("leaves stop out for %s: %s", (model, left) => {
    expect(modelLimits(model, {}).unsupported.has("stop")).toBe(left);
  });

  test.each([
    "openai/gpt-4o-mini",
    "openai/gpt-4.1",
    "openai/gpt-3.5-turbo",
    "openai/gpt-5-chat-latest",
    "openrouter/openai/gpt-5-chat",
    "openrouter/openai/gpt-4o",
    "groq/openai/gpt-oss-120b",
    "custom-house/openai/o3",
    "mistral/o3",
    "anthropic/claude-opus-5",
  ])("leaves %s as it is", (model) => {
    const { maxTokensField, unsupported } = modelLimits(model, {});
    expect(maxTokensField).toBe("max_tokens");
    expect([...unsupported]).toEqual([]);
  });

  test("adds what the provider's row says, and lets it choose the field", () => {
    const limits = modelLimits("openai/o3", { maxTokensField: "max_tokens", unsupported: ["seed"] });
    expect(limits.maxTokensField).toBe("max_tokens");
    expect([...limits.unsupported]).toEqual(["seed", ...everySamplingOption, "stop"]);
    expect(modelLimits("house/x", { maxTokensField: "max_completion_tokens" }).maxTokensField).toBe("max_completion_tokens");
  });
});
