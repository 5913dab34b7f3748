import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { providerRow, providers, toolSchemaDialect } from "../../src/request/providers.ts";

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

  test("has a row for every provider that the spec names, but for those reached as custom providers", async () => {
    const spec = parse(await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8"));
    const named = Object.keys(spec["x-provider-sources"]);
    expect(named.filter((provider) => !Object.hasOwn(providers, provider))).toEqual(["alibaba", "moonshot"]);
  });

  test.each([
    ["anthropic", ["tool", "prompt"]],
    ["deepseek", ["tool", "json-object", "prompt"]],
    ["perplexity", ["json-schema", "prompt"]],
    ["perplexity-ai", ["json-schema", "prompt"]],
    ["workers-ai", ["json-schema", "tool", "prompt"]],
    ["openai", undefined],
    ["brand-new", undefined],
  ])("lists for %s the output strategies %j", (provider, strategies) => {
    expect(providerRow(provider, undefined).outputStrategies).toEqual(strategies);
  });

  test.each(["google-ai-studio", "google", "google-vertex-ai", "groq", "cohere", "cerebras"])(
    "separates tools and a response format for %s",
    (provider) => {
      expect(providerRow(provider, undefined).toolsWithOutput).toBe(false);
    },
  );

  test.each(["openai", "mistral", "openrouter", "brand-new"])(
    "allows tools together with a response format for %s",
    (provider) => {
      expect(providerRow(provider, undefined).toolsWithOutput).toBeUndefined();
    },
  );

  test("restricts Workers AI's content to strings", () => {
    expect(Object.keys(providers).filter((name) => providers[name]?.plainContent)).toEqual(["workers-ai"]);
  });

  test.each([
    ["openai", "openai/gpt-4o", "openai"],
    ["google-ai-studio", "google-ai-studio/gemini-2.5-pro", "google"],
    ["mistral", "mistral/mistral-large-latest", "any"],
    ["openrouter", "openrouter/google/gemini-2.5-pro", "google"],
    ["openrouter", "openrouter/openai/gpt-4o", "openai"],
    ["openrouter", "openrouter/meta-llama/llama-3.3-70b", "any"],
    ["google-vertex-ai", "gemini-2.5-pro", "google"],
    ["groq", "groq/openai/gpt-oss-120b", "any"],
  ])("selects for %s with the model %s the schema dialect %s", (provider, model, dialect) => {
    expect(toolSchemaDialect({ model, row: providerRow(provider, undefined) })).toBe(dialect);
  });

  test("merges the user's own row over the built-in one, field by field", () => {
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
