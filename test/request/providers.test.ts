import { describe, expect, test } from "vitest";
import { providerRow, providers } from "../../src/request/providers.ts";

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

  test.each(["google-ai-studio", "google", "google-vertex-ai", "groq", "cohere", "cerebras"])(
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
    expect(providerRow("anthropic", own)).toEqual({
      ...providers.anthropic,
      toolsWithOutput: false,
      outputStrategies: ["prompt"],
    });
    expect(providerRow("house", own)).toEqual({ unsupported: ["seed"] });
    expect(providerRow("google-ai-studio", own)).toEqual(providers["google-ai-studio"]);
    expect(providerRow("toString", own)).toEqual({});
  });
});
