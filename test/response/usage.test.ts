import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Usage } from "../../src/response/token-usage.ts";
import { readUsage, sumUsage } from "../../src/response/usage.ts";
import type { CompletionUsage } from "../../src/wire.ts";

const read = (usage: unknown) => readUsage(usage as CompletionUsage);

describe("readUsage", () => {
  test.each<[who: string, reported: object, counts: object]>([
    [
      "OpenAI",
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 32 },
      },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 64, thinkingTokens: 32 },
    ],
    [
      "OpenAI's Responses names",
      {
        input_tokens: 100,
        output_tokens: 50,
        input_tokens_details: { cached_tokens: 64 },
        output_tokens_details: { reasoning_tokens: 32 },
      },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 64, thinkingTokens: 32 },
    ],
    [
      "OpenRouter, with what it wrote to the cache",
      {
        prompt_tokens: 100,
        completion_tokens: 5,
        total_tokens: 105,
        prompt_tokens_details: { cached_tokens: 20, cache_write_tokens: 40 },
      },
      { inputTokens: 100, outputTokens: 5, totalTokens: 105, cachedInputTokens: 20, cacheWriteTokens: 40 },
    ],
    [
      "DeepSeek",
      { prompt_tokens: 30, completion_tokens: 5, total_tokens: 35, prompt_cache_hit_tokens: 20, prompt_cache_miss_tokens: 10 },
      { inputTokens: 30, outputTokens: 5, totalTokens: 35, cachedInputTokens: 20 },
    ],
    [
      "Mistral",
      { prompt_tokens: 30, completion_tokens: 5, total_tokens: 35, num_cached_tokens: 16 },
      { inputTokens: 30, outputTokens: 5, totalTokens: 35, cachedInputTokens: 16 },
    ],
    [
      "Moonshot, at the top level",
      { prompt_tokens: 30, completion_tokens: 5, total_tokens: 35, cached_tokens: 12 },
      { inputTokens: 30, outputTokens: 5, totalTokens: 35, cachedInputTokens: 12 },
    ],
    [
      "Anthropic-style, whose cache counts come beside the prompt's and are added",
      { prompt_tokens: 10, completion_tokens: 5, cache_read_input_tokens: 80, cache_creation_input_tokens: 20 },
      { inputTokens: 110, outputTokens: 5, totalTokens: 115, cachedInputTokens: 80, cacheWriteTokens: 20 },
    ],
    [
      "Anthropic-style, reading alone",
      { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 80 },
      { inputTokens: 90, outputTokens: 5, totalTokens: 95, cachedInputTokens: 80 },
    ],
    [
      "Anthropic-style, writing alone",
      { input_tokens: 10, output_tokens: 5, cache_creation_input_tokens: 20 },
      { inputTokens: 30, outputTokens: 5, totalTokens: 35, cacheWriteTokens: 20 },
    ],
    [
      "Anthropic-style with a total that left the cache out",
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cache_read_input_tokens: 80 },
      { inputTokens: 90, outputTokens: 5, totalTokens: 95, cachedInputTokens: 80 },
    ],
    [
      "both styles at once, where the prompt's details mean that the prompt includes them",
      {
        prompt_tokens: 100,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 80 },
        cache_read_input_tokens: 80,
        cache_creation_input_tokens: 20,
      },
      { inputTokens: 100, outputTokens: 5, totalTokens: 105, cachedInputTokens: 80, cacheWriteTokens: 20 },
    ],
    [
      "xAI, which leaves reasoning out of completion",
      { prompt_tokens: 32, completion_tokens: 9, total_tokens: 241, completion_tokens_details: { reasoning_tokens: 200 } },
      { inputTokens: 32, outputTokens: 209, totalTokens: 241, thinkingTokens: 200 },
    ],
    [
      "xAI, with less reasoning than completion",
      { prompt_tokens: 32, completion_tokens: 90, total_tokens: 172, completion_tokens_details: { reasoning_tokens: 50 } },
      { inputTokens: 32, outputTokens: 140, totalTokens: 172, thinkingTokens: 50 },
    ],
    [
      "xAI, where cached exceeds the prompt and so is not part of it",
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 65, prompt_tokens_details: { cached_tokens: 50 } },
      { inputTokens: 60, outputTokens: 5, totalTokens: 65, cachedInputTokens: 50 },
    ],
    [
      "a cache as large as the prompt, which is part of it",
      { prompt_tokens: 50, completion_tokens: 5, total_tokens: 55, prompt_tokens_details: { cached_tokens: 50 } },
      { inputTokens: 50, outputTokens: 5, totalTokens: 55, cachedInputTokens: 50 },
    ],
    [
      "reasoning left out without a total to show it",
      { prompt_tokens: 10, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 20 } },
      { inputTokens: 10, outputTokens: 25, totalTokens: 35, thinkingTokens: 20 },
    ],
    [
      "reasoning as large as the completion, which includes it",
      { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30, completion_tokens_details: { reasoning_tokens: 20 } },
      { inputTokens: 10, outputTokens: 20, totalTokens: 30, thinkingTokens: 20 },
    ],
    [
      "reasoning at the top level",
      { prompt_tokens: 10, completion_tokens: 30, total_tokens: 40, reasoning_tokens: 20 },
      { inputTokens: 10, outputTokens: 30, totalTokens: 40, thinkingTokens: 20 },
    ],
    [
      "a cache beside the prompt together with reasoning within the completion",
      { prompt_tokens: 10, completion_tokens: 30, total_tokens: 120, cache_read_input_tokens: 80, reasoning_tokens: 20 },
      { inputTokens: 90, outputTokens: 30, totalTokens: 120, thinkingTokens: 20, cachedInputTokens: 80 },
    ],
    [
      "a total that counts more than we know of",
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 40 },
      { inputTokens: 10, outputTokens: 5, totalTokens: 40 },
    ],
    [
      "a total that counts more than we know of, but not the thinking again",
      { prompt_tokens: 10, completion_tokens: 20, total_tokens: 35, reasoning_tokens: 10 },
      { inputTokens: 10, outputTokens: 20, totalTokens: 35, thinkingTokens: 10 },
    ],
    ["a total alone", { total_tokens: 40 }, { totalTokens: 40 }],
    ["a prompt alone", { prompt_tokens: 10 }, { inputTokens: 10 }],
    [
      "a completion alone, which left its thinking out",
      { completion_tokens: 5, reasoning_tokens: 9 },
      { outputTokens: 14, thinkingTokens: 9 },
    ],
    ["a cache alone", { cache_read_input_tokens: 80 }, { cachedInputTokens: 80 }],
    ["zeros", { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }, { inputTokens: 0, outputTokens: 0, totalTokens: 0 }],
  ])("reads %s", (_, reported, counts) => {
    expect(read(reported)).toEqual(counts);
  });

  test.each([
    ["OpenRouter's cost", { cost: 0.25 }, 0.25],
    ["Perplexity's total_cost", { cost: { input_tokens_cost: 0.1, total_cost: 0.5 } }, 0.5],
    ["xAI's ticks, ten thousand million to the dollar", { cost_in_usd_ticks: 20_000_000_000 }, 2],
    ["a cost of 0", { cost: 0, cost_in_usd_ticks: 20_000_000_000 }, 0],
    ["a cost before ticks", { cost: 0.25, cost_in_usd_ticks: 20_000_000_000 }, 0.25],
    ["no cost in a negative number", { cost: -1 }, undefined],
    ["no cost in text", { cost: "0.25", cost_in_usd_ticks: "20000000000" }, undefined],
    ["no cost in infinity", { cost: Number.POSITIVE_INFINITY }, undefined],
  ])("reads %s, in dollars", (_, reported, cost) => {
    expect(read({ prompt_tokens: 10, completion_tokens: 5, ...reported }).cost).toBe(cost);
  });

  test.each([
    ["audio_tokens in prompt_tokens_details", { prompt_tokens_details: { audio_tokens: 4 } }, { audioInputTokens: 4 }],
    ["audio_tokens in input_tokens_details", { input_tokens_details: { audio_tokens: 4 } }, { audioInputTokens: 4 }],
    ["audio_tokens in completion_tokens_details", { completion_tokens_details: { audio_tokens: 3 } }, { audioOutputTokens: 3 }],
    ["audio_tokens in output_tokens_details", { output_tokens_details: { audio_tokens: 3 } }, { audioOutputTokens: 3 }],
    ["no sound where audio_tokens is 0", { completion_tokens_details: { audio_tokens: 0 } }, {}],
  ])("reads %s", (_, reported, sound) => {
    expect(read({ prompt_tokens: 10, completion_tokens: 5, ...reported })).toEqual({
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 15,
      ...sound,
    });
  });

  test("reads the first field that contains a count", () => {
    const reported = {
      prompt_tokens: null,
      input_tokens: 10,
      completion_tokens: 5,
      output_tokens: 6,
      prompt_tokens_details: { cached_tokens: null },
      prompt_cache_hit_tokens: 3,
    };
    expect(read(reported)).toEqual({ inputTokens: 10, outputTokens: 5, totalTokens: 15, cachedInputTokens: 3 });
  });

  // Absent is not zero.
  test.each([[undefined], [null], ["10"], [{}], [{ prompt_tokens: null, completion_tokens_details: null }]])(
    "leaves every count undefined for %j",
    (reported) => {
      expect(read(reported)).toEqual({});
    },
  );

  test.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY], ["10"], [{}]])("does not accept %s as a count", (value) => {
    expect(read({ prompt_tokens: value, completion_tokens: 5 })).toEqual({ outputTokens: 5 });
  });

  test("never returns a negative count, or a total below its parts", () => {
    const places = [
      "prompt_tokens",
      "completion_tokens",
      "total_tokens",
      "cached_tokens",
      "cache_read_input_tokens",
      "cache_creation_input_tokens",
      "reasoning_tokens",
    ];
    const reports = fc.dictionary(fc.constantFrom(...places), fc.integer({ min: -5, max: 100 }));
    fc.assert(
      fc.property(reports, (reported) => {
        const counts = read(reported);
        for (const count of Object.values(counts)) expect(count).toBeGreaterThanOrEqual(0);
        const { inputTokens = 0, outputTokens = 0, totalTokens } = counts;
        if (totalTokens !== undefined && counts.inputTokens !== undefined && counts.outputTokens !== undefined)
          expect(totalTokens).toBeGreaterThanOrEqual(inputTokens + outputTokens);
      }),
    );
  });
});

describe("sumUsage", () => {
  const asked = { provider: "openai", model: "openai/gpt-4o" };
  const turn = (counts: Partial<Usage>): Usage => ({ ...asked, ...counts });

  test("adds up every count over the turns that reported it", () => {
    const counts = {
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 3,
      thinkingTokens: 4,
      cachedInputTokens: 5,
      cacheWriteTokens: 6,
      cachedTurns: 1,
    };
    expect(sumUsage([turn(counts), turn({}), turn(counts)], asked)).toEqual({
      ...asked,
      inputTokens: 2,
      outputTokens: 4,
      totalTokens: 6,
      thinkingTokens: 8,
      cachedInputTokens: 10,
      cacheWriteTokens: 12,
      cachedTurns: 2,
    });
  });

  test("keeps a count that only one turn reported, and a zero", () => {
    expect(sumUsage([turn({ inputTokens: 0 }), turn({ thinkingTokens: 4 })], asked)).toEqual({
      ...asked,
      inputTokens: 0,
      thinkingTokens: 4,
    });
  });

  test("leaves counts undefined that no turn reported", () => {
    expect(sumUsage([turn({}), turn({})], asked)).toEqual(asked);
    expect(sumUsage([], asked)).toEqual(asked);
  });

  test("has the provider, model and request ID of the last answer", () => {
    const first = turn({ requestId: "a" });
    const last: Usage = { provider: "anthropic", model: "anthropic/claude", requestId: "b" };
    expect(sumUsage([first, last], asked)).toEqual(last);
  });
});
