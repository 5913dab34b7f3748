import type { CompletionUsage } from "../wire.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { Usage } from "./token-usage.ts";

type Counts = Omit<Usage, "provider" | "model" | "requestId" | "cachedTurns">;
type Count = number | undefined;

/** Normalizes a provider's usage. */
export function readUsage(reported: CompletionUsage | null | undefined): Counts {
  const usage = fields(reported);
  const promptDetails = fields(usage.prompt_tokens_details);
  const inputDetails = fields(usage.input_tokens_details);
  const completionDetails = fields(usage.completion_tokens_details);
  const outputDetails = fields(usage.output_tokens_details);

  const counts = reconcile({
    prompt: count(usage.prompt_tokens) ?? count(usage.input_tokens),
    completion: count(usage.completion_tokens) ?? count(usage.output_tokens),
    total: count(usage.total_tokens),
    reasoning:
      count(completionDetails.reasoning_tokens) ?? count(outputDetails.reasoning_tokens) ?? count(usage.reasoning_tokens),
    // OpenAI, DeepSeek, Mistral, Moonshot.
    cachedInPrompt:
      count(promptDetails.cached_tokens) ??
      count(inputDetails.cached_tokens) ??
      count(usage.prompt_cache_hit_tokens) ??
      count(usage.num_cached_tokens) ??
      count(usage.cached_tokens),
    cachedOutsidePrompt: count(usage.cache_read_input_tokens),
    writtenOutsidePrompt: count(usage.cache_creation_input_tokens),
  });
  return present({
    inputTokens: counts.inputTokens,
    outputTokens: counts.outputTokens,
    totalTokens: counts.totalTokens,
    thinkingTokens: counts.thinkingTokens,
    cachedInputTokens: counts.cachedInputTokens,
    cacheWriteTokens: count(promptDetails.cache_write_tokens) ?? count(usage.cache_creation_input_tokens),
    // OpenAI and xAI report 0 even for answers without audio.
    audioInputTokens: (count(promptDetails.audio_tokens) ?? count(inputDetails.audio_tokens)) || undefined,
    audioOutputTokens: (count(completionDetails.audio_tokens) ?? count(outputDetails.audio_tokens)) || undefined,
    cost: readCost(usage),
  });
}

interface Reported {
  prompt: Count;
  completion: Count;
  total: Count;
  reasoning: Count;
  /** Cached tokens included in the prompt count. */
  cachedInPrompt: Count;
  /** Anthropic's counts, which are not included in the prompt count. */
  cachedOutsidePrompt: Count;
  writtenOutsidePrompt: Count;
}

/** Decides what the reported counts include. If they contradict the total, the total wins. */
function reconcile(reported: Reported) {
  const { prompt, completion, total, cachedInPrompt, cachedOutsidePrompt } = reported;
  const input = readInput(reported);
  const output = readOutput(reported, input);
  const sum = plus(input, output);
  const counts = {
    inputTokens: input,
    outputTokens: output,
    totalTokens: sum,
    thinkingTokens: atMost(reported.reasoning, output),
    cachedInputTokens: atMost(cachedInPrompt ?? cachedOutsidePrompt, input),
  };
  if (total === undefined) return counts;
  if (sum === undefined || sum <= total) {
    counts.totalTokens = total;
    return counts;
  }
  // The total left out a cache that is no part of the prompt (Anthropic, xAI), as the prompt did.
  if (total === plus(prompt, completion) && output === completion) return counts;
  const inputTokens = atMost(input, total);
  const outputTokens = total - (inputTokens ?? 0);
  return {
    inputTokens,
    outputTokens,
    totalTokens: total,
    thinkingTokens: atMost(counts.thinkingTokens, outputTokens),
    cachedInputTokens: atMost(counts.cachedInputTokens, inputTokens),
  };
}

function readInput({ prompt, cachedInPrompt, cachedOutsidePrompt, writtenOutsidePrompt }: Reported): Count {
  if (prompt === undefined) return undefined;
  if (cachedInPrompt === undefined) return plus(prompt, (cachedOutsidePrompt ?? 0) + (writtenOutsidePrompt ?? 0));
  // xAI: a cache larger than the prompt is not part of it.
  return cachedInPrompt > prompt ? plus(prompt, cachedInPrompt) : prompt;
}

/** The output count. Adds reasoning that the completion count excludes (xAI), as shown by the total or by a larger reasoning count. */
function readOutput({ prompt, completion, total, reasoning }: Reported, input: Count): Count {
  if (completion === undefined || reasoning === undefined) return completion;
  const whole = plus(plus(prompt, completion), reasoning);
  if (total === undefined || prompt === undefined) return reasoning > completion ? plus(completion, reasoning) : completion;
  const leftOut = whole !== undefined && total >= whole && total !== plus(input, completion);
  return leftOut ? plus(completion, reasoning) : completion;
}

/** OpenRouter's `cost`, else Perplexity's `cost.total_cost`, else xAI's ticks, which are ten-billionths of a dollar. */
function readCost({ cost, cost_in_usd_ticks: ticks }: JsonObject): number | undefined {
  return (
    dollars(cost) ?? dollars(fields(cost).total_cost) ?? dollars(typeof ticks === "number" ? ticks / 10_000_000_000 : undefined)
  );
}

const dollars = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;

const noFields: JsonObject = {};
const fields = (value: unknown): JsonObject => (isObject(value) ? value : noFields);

/** Reads a non-negative integer; undefined for anything else. Numbers beyond the safe integers are clamped. */
function count(value: unknown): Count {
  const isCount = typeof value === "number" && Number.isInteger(value) && value >= 0;
  return isCount ? Math.min(value, Number.MAX_SAFE_INTEGER) : undefined;
}

const plus = (a: Count, b: Count): Count =>
  a === undefined || b === undefined ? undefined : Math.min(a + b, Number.MAX_SAFE_INTEGER);

const atMost = (part: Count, whole: Count): Count => (part !== undefined && whole !== undefined && part > whole ? whole : part);

/** Removes undefined fields. */
function present(counts: { [Field in keyof Counts]: Count }): Counts {
  const known: Counts = {};
  let field: keyof Counts;
  for (field in counts) {
    const count = counts[field];
    if (count !== undefined) known[field] = count;
  }
  return known;
}

const counted = [
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "thinkingTokens",
  "cachedInputTokens",
  "cacheWriteTokens",
  "audioInputTokens",
  "audioOutputTokens",
  "cost",
] as const satisfies readonly (keyof Counts)[];

const summed = [...counted, "cachedTurns"] as const;

/** Sums the usage of the turns; a count that none reported stays undefined. Names and request id are those of the last turn. */
export function sumUsage(usages: readonly Usage[], target: { provider: string; model: string }): Usage {
  const [first] = usages;
  if (first && usages.length === 1) return { ...first };
  const sum: Usage = { provider: target.provider, model: target.model, ...usages.at(-1) };
  for (const field of summed) {
    let total: Count;
    for (const { [field]: count } of usages) total = count === undefined ? total : (total ?? 0) + count;
    if (total !== undefined) sum[field] = total;
  }
  return sum;
}
