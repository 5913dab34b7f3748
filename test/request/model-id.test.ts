import { describe, expect, test } from "vitest";
import { modelId } from "../../src/request/model-id.ts";

/** The model sent for a provider and a model, on each endpoint. */
const sent: [provider: string | undefined, model: string, compat: string, rest: string][] = [
  // the main providers
  ["openai", "gpt-4o-mini", "openai/gpt-4o-mini", "openai/gpt-4o-mini"],
  ["anthropic", "claude-sonnet-4-5", "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"],
  ["google-ai-studio", "gemini-2.5-flash", "google-ai-studio/gemini-2.5-flash", "google/gemini-2.5-flash"],
  ["openrouter", "openai/gpt-4o-mini", "openrouter/openai/gpt-4o-mini", "openrouter/openai/gpt-4o-mini"],
  ["groq", "llama-3.3-70b-versatile", "groq/llama-3.3-70b-versatile", "groq/llama-3.3-70b-versatile"],
  ["mistral", "mistral-large-latest", "mistral/mistral-large-latest", "mistral/mistral-large-latest"],
  ["cohere", "command-a-03-2025", "cohere/command-a-03-2025", "cohere/command-a-03-2025"],
  ["xai", "grok-4", "grok/grok-4", "xai/grok-4"],
  ["deepseek", "deepseek-chat", "deepseek/deepseek-chat", "deepseek/deepseek-chat"],
  ["perplexity", "sonar", "perplexity/sonar", "perplexity/sonar"],
  // other providers of the gateway
  [
    "google-vertex-ai",
    "google/gemini-2.5-pro",
    "google-vertex-ai/google/gemini-2.5-pro",
    "google-vertex-ai/google/gemini-2.5-pro",
  ],
  ["workers-ai", "@cf/meta/llama-3.3-70b", "workers-ai/@cf/meta/llama-3.3-70b", "@cf/meta/llama-3.3-70b"],
  ["grok", "grok-4", "grok/grok-4", "xai/grok-4"],
  ["cerebras", "llama-3.3-70b", "cerebras/llama-3.3-70b", "cerebras/llama-3.3-70b"],
  ["baseten", "deepseek-ai/DeepSeek-V3.1", "baseten/deepseek-ai/DeepSeek-V3.1", "baseten/deepseek-ai/DeepSeek-V3.1"],
  ["parallel", "speed", "parallel/speed", "parallel/speed"],
  ["custom-house", "llama", "custom-house/llama", "custom-house/llama"],
  // other names
  ["google", "gemini-2.5-flash", "google-ai-studio/gemini-2.5-flash", "google/gemini-2.5-flash"],
  ["perplexity-ai", "sonar", "perplexity/sonar", "perplexity/sonar"],
  // unknown providers, some named like a member of Object.prototype
  ["brand-new", "model-1", "brand-new/model-1", "brand-new/model-1"],
  ["constructor", "model-1", "constructor/model-1", "constructor/model-1"],
  // already prefixed
  ["openai", "openai/gpt-4o-mini", "openai/gpt-4o-mini", "openai/gpt-4o-mini"],
  ["anthropic", "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"],
  ["google-ai-studio", "google-ai-studio/gemini-2.5-pro", "google-ai-studio/gemini-2.5-pro", "google/gemini-2.5-pro"],
  ["google-ai-studio", "google/gemini-2.5-pro", "google-ai-studio/gemini-2.5-pro", "google/gemini-2.5-pro"],
  ["xai", "xai/grok-4", "grok/grok-4", "xai/grok-4"],
  ["xai", "grok/grok-4", "grok/grok-4", "xai/grok-4"],
  ["grok", "xai/grok-4", "grok/grok-4", "xai/grok-4"],
  ["workers-ai", "workers-ai/@cf/meta/llama", "workers-ai/@cf/meta/llama", "@cf/meta/llama"],
  ["custom-house", "custom-house/llama", "custom-house/llama", "custom-house/llama"],
  ["brand-new", "brand-new/model-1", "brand-new/model-1", "brand-new/model-1"],
  // another prefix is part of the name
  [
    "openrouter",
    "anthropic/claude-sonnet-4.5",
    "openrouter/anthropic/claude-sonnet-4.5",
    "openrouter/anthropic/claude-sonnet-4.5",
  ],
  ["groq", "openai/gpt-oss-120b", "groq/openai/gpt-oss-120b", "groq/openai/gpt-oss-120b"],
  // OpenRouter's own models start with its name: a prefix requires three segments
  ["openrouter", "openrouter/auto", "openrouter/openrouter/auto", "openrouter/openrouter/auto"],
  ["openrouter", "openrouter/openai/gpt-4o", "openrouter/openai/gpt-4o", "openrouter/openai/gpt-4o"],
  ["openrouter", "openrouter/openrouter/auto", "openrouter/openrouter/auto", "openrouter/openrouter/auto"],
  // so do Groq's
  ["groq", "groq/compound", "groq/groq/compound", "groq/groq/compound"],
  ["groq", "groq/compound-mini", "groq/groq/compound-mini", "groq/groq/compound-mini"],
  ["groq", "groq/llama-3.3-70b", "groq/llama-3.3-70b", "groq/llama-3.3-70b"],
  ["openai", "undefined/x", "openai/undefined/x", "openai/undefined/x"],
  // a full ID needs no provider
  [undefined, "x/y", "x/y", "x/y"],
  [undefined, "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"],
  [undefined, "openrouter/openai/gpt-4o", "openrouter/openai/gpt-4o", "openrouter/openai/gpt-4o"],
  [undefined, "xai/grok-4", "grok/grok-4", "xai/grok-4"],
  [undefined, "google/gemini-2.5-pro", "google-ai-studio/gemini-2.5-pro", "google/gemini-2.5-pro"],
  [undefined, "@cf/meta/llama", "workers-ai/@cf/meta/llama", "@cf/meta/llama"],
  [undefined, "workers-ai/@cf/meta/llama", "workers-ai/@cf/meta/llama", "@cf/meta/llama"],
  [undefined, "custom-house/llama", "custom-house/llama", "custom-house/llama"],
  // routed models and custom providers ignore the default provider
  ["openai", "cloudflare/auto", "cloudflare/auto", "cloudflare/auto"],
  ["openai", "custom-house/llama", "custom-house/llama", "custom-house/llama"],
  [undefined, "cloudflare/auto", "cloudflare/auto", "cloudflare/auto"],
  ["cloudflare", "auto", "cloudflare/auto", "cloudflare/auto"],
  ["openai", "cloudflare/auto-2", "openai/cloudflare/auto-2", "openai/cloudflare/auto-2"],
  ["openai", "dynamics/x", "openai/dynamics/x", "openai/dynamics/x"],
  ["openai", "my/dynamic/x", "openai/my/dynamic/x", "openai/my/dynamic/x"],
];

describe("modelId", () => {
  test.each(sent)("%s + %s is sent as %s, on rest as %s", (provider, model, compat, rest) => {
    expect(modelId(provider, model, "compat")).toMatchObject({ model: compat });
    expect(modelId(provider, model, "rest")).toMatchObject({ model: rest });
  });

  test.each([
    ["dynamic", "support"],
    [undefined, "dynamic/support"],
    ["openai", "dynamic/support"],
    ["dynamic", "dynamic/support"],
  ])("%s + %s is a dynamic route on both endpoints", (provider, model) => {
    for (const endpoint of ["compat", "rest"] as const)
      expect(modelId(provider, model, endpoint)).toMatchObject({ provider: "dynamic", model: "dynamic/support", routed: true });
  });

  test.each([
    ["custom", "fast"],
    [undefined, "custom/fast"],
    ["openai", "custom/fast"],
    ["custom", "custom/fast"],
  ])("%s + %s is a model alias on both endpoints", (provider, model) => {
    for (const endpoint of ["compat", "rest"] as const)
      expect(modelId(provider, model, endpoint)).toMatchObject({ model: "custom/fast", routed: true });
  });

  test("has the model's own name, without the provider's prefix", () => {
    expect(modelId("openrouter", "openai/gpt-4o", "compat")).toMatchObject({ name: "openai/gpt-4o", routed: false });
    expect(modelId(undefined, "google/gemini-2.5-pro", "compat")).toMatchObject({ name: "gemini-2.5-pro" });
    expect(modelId("workers-ai", "@cf/meta/llama", "rest")).toMatchObject({ name: "@cf/meta/llama" });
    expect(modelId("openai", "cloudflare/auto", "compat")).toMatchObject({ routed: true });
  });

  test("has the requested provider, or else the model's prefix", () => {
    expect(modelId("xai", "grok-4", "compat")).toMatchObject({ provider: "xai" });
    expect(modelId("google-ai-studio", "google/gemini-2.5-pro", "rest")).toMatchObject({ provider: "google-ai-studio" });
    expect(modelId(undefined, "anthropic/claude-sonnet-4-5", "compat")).toMatchObject({ provider: "anthropic" });
    expect(modelId(undefined, "@cf/meta/llama", "compat")).toMatchObject({ provider: "workers-ai" });
    expect(modelId("openai", "cloudflare/auto", "compat")).toMatchObject({ provider: "cloudflare" });
    expect(modelId("workers-ai", "@cf/meta/llama", "rest")).toMatchObject({ provider: "workers-ai" });
  });

  test("includes the provider's row", () => {
    for (const endpoint of ["compat", "rest"] as const) {
      expect(modelId("workers-ai", "@cf/meta/llama", endpoint)).toMatchObject({ row: { plainContent: true } });
      expect(modelId(undefined, "google/gemini-2.5-pro", endpoint)).toMatchObject({ row: { toolsWithOutput: false } });
    }
  });

  test.each([
    ["openai", undefined],
    ["openai", ""],
    ["openai", "openai/"],
    [undefined, undefined],
    [undefined, "openai/"],
  ])("reports the missing model in %s + %s, and how to specify one", (provider, model) => {
    expect(modelId(provider, model, "compat")).toEqual({
      option: "model",
      message: 'is missing: name the model, for example "gpt-4o-mini" with provider "openai"',
    });
  });

  test.each(["gpt-4o-mini", "/gpt-4o-mini"])("reports the missing provider of %s, and how to specify one", (model) => {
    expect(modelId(undefined, model, "compat")).toEqual({
      option: "provider",
      message: `is missing: name it, or write the model as a full id ({provider}/${model})`,
    });
  });

  test("accepts the slugs of the user's own rows", () => {
    const own = { house: { compat: "custom-house" }, xai: { compat: "custom-xai" } };
    expect(modelId("house", "llama", "compat", own)).toMatchObject({ provider: "house", model: "custom-house/llama" });
    expect(modelId("house", "custom-house/llama", "compat", own)).toMatchObject({ model: "custom-house/llama" });
    expect(modelId(undefined, "house/llama", "compat", own)).toMatchObject({ model: "custom-house/llama" });
    expect(modelId("house", "llama", "rest", own)).toMatchObject({ model: "house/llama" });
    expect(modelId("xai", "grok-4", "compat", own)).toMatchObject({ model: "custom-xai/grok-4" });
  });
});
