import { describe, expect, test } from "vitest";
import type { ChatDefaults } from "../../src/options/chat-options.ts";
import type { ProviderProfile } from "../../src/options/provider-profile.ts";
import { fitOptions } from "../../src/request/fit-options.ts";
import { type ModelId, modelId } from "../../src/request/model-id.ts";
import type { ModelRow } from "../../src/request/model-rules.ts";

function fitted(
  full: string,
  options: ChatDefaults,
  {
    hasTools = false,
    own,
    learned = [],
  }: { hasTools?: boolean; own?: Record<string, ProviderProfile>; learned?: ModelRow[] } = {},
) {
  const [provider = "", ...rest] = full.split("/");
  const target = modelId(provider, rest.join("/"), "compat", own) as ModelId;
  const { fields, warnings } = fitOptions(options, target, { hasTools, learned });
  return {
    fields,
    warnings: warnings.map(({ code, option }) => `${code} ${option}`),
    messages: warnings.map(({ message }) => message),
  };
}

const sampling = { temperature: 0.2, topP: 0.9, frequencyPenalty: 0.1, presencePenalty: 0.1 };
const everything: ChatDefaults = {
  ...sampling,
  stop: "END",
  seed: 7,
  maxTokens: 500,
  reasoningEffort: "low",
  parallelToolCalls: true,
};
const asGiven = {
  temperature: 0.2,
  top_p: 0.9,
  frequency_penalty: 0.1,
  presence_penalty: 0.1,
  stop: "END",
  seed: 7,
  max_tokens: 500,
  reasoning_effort: "low",
  parallel_tool_calls: true,
};

describe("OpenAI's reasoning models", () => {
  test.each([
    "openai/o3",
    "openai/o4-mini",
    "openai/gpt-5",
    "openai/gpt-5-mini",
    "openai/gpt-5.1",
    "openai/gpt-6",
    "openai/gpt-10-nano",
    "openrouter/openai/o3-mini",
    "openrouter/openai/gpt-5",
  ])("%s gets max_completion_tokens, and neither sampling options nor stop", (model) => {
    const { fields, warnings } = fitted(model, everything);
    expect(fields).toEqual({ max_completion_tokens: 500, seed: 7, reasoning_effort: "low" });
    expect(warnings.sort()).toEqual([
      "option-dropped frequencyPenalty",
      "option-dropped presencePenalty",
      "option-dropped stop",
      "option-dropped temperature",
      "option-dropped topP",
      "option-renamed maxTokens",
    ]);
  });

  test("openai/o1 accepts stop", () => {
    expect(fitted("openai/o1", { stop: "END" })).toMatchObject({ fields: { stop: "END" }, warnings: [] });
  });

  test("the warning names the model, the field and the option", () => {
    expect(fitted("openai/gpt-5", { topP: 1, maxTokens: 9 }).messages).toEqual([
      "openai/gpt-5 rejects top_p; topP was left out.",
      "openai/gpt-5 rejects max_tokens; maxTokens was sent as max_completion_tokens.",
    ]);
  });

  test.each([
    "openai/gpt-4o-mini",
    "openai/gpt-4.1",
    "openai/gpt-3.5-turbo",
    "openai/gpt-35-turbo",
    "openai/gpt-5-chat-latest",
    "openrouter/openai/gpt-5-chat",
    "openrouter/openai/gpt-4o",
    "groq/openai/gpt-oss-120b",
    "custom-house/openai/o3",
    "custom/gpt-5",
    "dynamic/gpt-5",
    "brand-new/claude-opus-4-7",
    "openrouter/anthropic/claude-3.5-haiku",
    "anthropic/claude-3-7-sonnet-latest",
    "anthropic/claude-3-5-haiku-20241022",
  ])("%s gets every option unchanged", (model) => {
    expect(fitted(model, everything, { hasTools: true })).toMatchObject({ fields: asGiven, warnings: [] });
  });

  test("the provider's row determines the field for maxTokens", () => {
    const own = {
      openai: { maxTokensField: "max_tokens" as const },
      house: { maxTokensField: "max_completion_tokens" as const },
    };
    expect(fitted("openai/o3", { maxTokens: 9 }, { own }).fields).toEqual({ max_tokens: 9 });
    expect(fitted("house/llama", { maxTokens: 9 }, { own }).fields).toEqual({ max_completion_tokens: 9 });
  });
});

describe("tools and reasoning effort with OpenAI", () => {
  test.each(["openai/gpt-5.4", "openai/gpt-5.5-mini", "openrouter/openai/gpt-5.4-pro"])(
    "%s rejects an effort together with tools, and accepts tools without one",
    (model) => {
      const { fields, warnings, messages } = fitted(model, { reasoningEffort: "low" }, { hasTools: true });
      expect(fields).toEqual({ reasoning_effort: "none" });
      expect(warnings).toEqual(["option-changed reasoningEffort"]);
      expect(messages[0]).toContain('reasoningEffort was changed from "low", so the model answers without thinking');
      expect(fitted(model, {}, { hasTools: true })).toMatchObject({ fields: {}, warnings: [] });
      expect(fitted(model, { reasoningEffort: "none" }, { hasTools: true }).warnings).toEqual([]);
      expect(fitted(model, { reasoningEffort: "low" })).toMatchObject({ fields: { reasoning_effort: "low" }, warnings: [] });
    },
  );

  test.each(["openai/gpt-5.6", "openai/gpt-5.6-terra", "openai/gpt-5.10", "openai/gpt-6-mini", "openrouter/openai/gpt-5.6"])(
    "%s rejects tools unless the effort is none",
    (model) => {
      expect(fitted(model, { reasoningEffort: "high" }, { hasTools: true })).toMatchObject({
        fields: { reasoning_effort: "none" },
        warnings: ["option-changed reasoningEffort"],
      });
      expect(fitted(model, {}, { hasTools: true })).toMatchObject({
        fields: { reasoning_effort: "none" },
        warnings: ["option-added reasoningEffort"],
      });
      expect(fitted(model, {})).toMatchObject({ fields: {}, warnings: [] });
    },
  );

  test.each(["openai/gpt-5", "openai/gpt-5.1", "openai/gpt-5.3-codex"])("%s accepts tools together with an effort", (model) => {
    expect(fitted(model, { reasoningEffort: "low" }, { hasTools: true })).toMatchObject({ warnings: [] });
  });
});

describe("sampling options, stop and penalties with Anthropic and xAI", () => {
  test.each([
    "anthropic/claude-opus-4-7",
    "anthropic/claude-opus-4-8-20260801",
    "anthropic/claude-opus-5",
    "openrouter/anthropic/claude-opus-4.7",
    "google-vertex-ai/anthropic/claude-opus-4-7@20260301",
  ])("%s rejects temperature and topP", (model) => {
    expect(fitted(model, { temperature: 0.7, topP: 0.9, extraBody: { top_k: 5 } })).toMatchObject({
      fields: {},
      warnings: expect.arrayContaining(["option-dropped temperature", "option-dropped extraBody.top_k"]),
    });
  });

  test.each([
    "anthropic/claude-opus-4-1",
    "anthropic/claude-opus-4-1-20250805",
    "anthropic/claude-sonnet-4-5",
    "openrouter/anthropic/claude-haiku-4.5",
    "openrouter/anthropic/claude-4.5-sonnet-20250929",
  ])("%s rejects temperature together with topP, so only temperature is sent", (model) => {
    expect(fitted(model, { temperature: 0.7, topP: 0.9 })).toMatchObject({
      fields: { temperature: 0.7 },
      warnings: ["option-dropped topP"],
    });
    expect(fitted(model, { topP: 0.9 })).toMatchObject({ fields: { top_p: 0.9 }, warnings: [] });
  });

  test.each(["anthropic/claude-opus-4-20250514", "anthropic/claude-sonnet-4-20250514", "openrouter/anthropic/claude-opus-4"])(
    "%s accepts temperature together with topP",
    (model) => {
      expect(fitted(model, { temperature: 0.7, topP: 0.9 }).warnings).toEqual([]);
    },
  );

  test.each(["xai/grok-4", "grok/grok-4-fast-reasoning", "openrouter/x-ai/grok-4", "xai/grok-3-mini"])(
    "%s rejects stop and the penalties",
    (model) => {
      const { fields, warnings } = fitted(model, { ...sampling, stop: ["x"] });
      expect(fields).toEqual({ temperature: 0.2, top_p: 0.9 });
      expect(warnings).toHaveLength(3);
    },
  );

  test.each(["xai/grok-3", "xai/grok-4-fast-non-reasoning"])("%s accepts stop and the penalties", (model) => {
    expect(fitted(model, { ...sampling, stop: ["x"] }).warnings).toEqual([]);
  });

  test.each(["xai/grok-4", "grok/grok-4-0709", "grok/grok-4-fast-reasoning", "xai/grok-3", "openrouter/x-ai/grok-3"])(
    "%s rejects a reasoning effort",
    (model) => {
      expect(fitted(model, { reasoningEffort: "low" })).toMatchObject({
        fields: {},
        warnings: ["option-dropped reasoningEffort"],
      });
    },
  );

  test.each(["xai/grok-3-mini", "xai/grok-3-mini-fast", "xai/grok-4.3"])("%s takes a reasoning effort", (model) => {
    expect(fitted(model, { reasoningEffort: "low" })).toMatchObject({ fields: { reasoning_effort: "low" }, warnings: [] });
  });
});

describe("other documented rules", () => {
  test("Mistral calls the seed random_seed, but other providers of its models do not", () => {
    expect(fitted("mistral/mistral-small-latest", { seed: 7 })).toMatchObject({
      fields: { random_seed: 7 },
      warnings: ["option-renamed seed"],
    });
    expect(fitted("openrouter/mistralai/mistral-small", { seed: 7 })).toMatchObject({ fields: { seed: 7 }, warnings: [] });
  });

  test("Gemini and Cerebras reject the penalties", () => {
    expect(fitted("google-ai-studio/gemini-2.5-pro", sampling).fields).toEqual({ temperature: 0.2, top_p: 0.9 });
    expect(fitted("cerebras/llama-3.3-70b", sampling).fields).toEqual({ temperature: 0.2, top_p: 0.9 });
  });
});

describe("the caller's own rules", () => {
  const own: Record<string, ProviderProfile> = {
    house: {
      unsupported: ["seed"],
      models: [
        {
          model: "^think",
          unsupported: ["temperature", "top_k"],
          rename: { maxTokens: "limit", min_p: "minp" },
          set: { thinking: true },
        },
        { model: "tool", withTools: { unsupported: ["parallelToolCalls"], set: { topP: 1 } } },
      ],
    },
  };

  test("omit, rename and set fields for their models", () => {
    const options = { temperature: 1, seed: 7, maxTokens: 9, extraBody: { top_k: 5, min_p: 0.1, thinking: false } };
    expect(fitted("house/think-1", options, { own })).toMatchObject({
      fields: { limit: 9, minp: 0.1, thinking: true },
      warnings: [
        "option-changed extraBody.thinking",
        "option-dropped seed",
        "option-dropped temperature",
        "option-dropped extraBody.top_k",
        "option-renamed maxTokens",
        "option-renamed extraBody.min_p",
      ],
    });
  });

  test("set a field without a warning when the caller did not set it", () => {
    expect(fitted("house/think-1", {}, { own })).toMatchObject({ fields: { thinking: true }, warnings: [] });
  });

  test("apply only together with tools when they say so", () => {
    const options = { parallelToolCalls: true, topP: 0.5 };
    expect(fitted("house/tool-1", options, { own, hasTools: true })).toMatchObject({
      fields: { top_p: 1 },
      warnings: ["option-changed topP", "option-dropped parallelToolCalls"],
    });
    expect(fitted("house/tool-1", { topP: 0.5 }, { own })).toMatchObject({ fields: { top_p: 0.5 }, warnings: [] });
  });

  test("don't apply to other models", () => {
    expect(fitted("house/llama", { temperature: 1 }, { own })).toMatchObject({ fields: { temperature: 1 }, warnings: [] });
  });

  test("are matched without the provider's prefix, in addition to the built-in ones", () => {
    const rules = { openrouter: { models: [{ model: "^openai/gpt-5", unsupported: ["seed"] }] } };
    expect(fitted("openrouter/openai/gpt-5", { seed: 7, temperature: 1 }, { own: rules }).fields).toEqual({});
  });
});

test("extraBody takes precedence over an option for the same field", () => {
  expect(fitted("openai/gpt-4o", { temperature: 1, extraBody: { temperature: 0.2 } })).toMatchObject({
    fields: { temperature: 0.2 },
    warnings: [],
  });
});

test("parallelToolCalls is sent only together with tools", () => {
  expect(fitted("openai/gpt-4o", { parallelToolCalls: false }).fields).toEqual({});
  expect(fitted("openai/gpt-4o", { parallelToolCalls: false }, { hasTools: true }).fields).toEqual({
    parallel_tool_calls: false,
  });
});

test("a learned rule applies to a field of extraBody by its wire name", () => {
  const learned: ModelRow[] = [{ model: /^/, unsupported: ["extraBody.temperature"] }];
  expect(fitted("openai/gpt-4o", { extraBody: { temperature: 1 } }, { learned })).toMatchObject({
    fields: {},
    warnings: ["option-dropped extraBody.temperature"],
  });
});
