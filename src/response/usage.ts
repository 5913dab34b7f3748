import type { CompletionUsage } from "../wire.ts";

/**
 * Tokens, counted the same way whatever the provider: input includes cached and cache-writing tokens, output includes thinking. What was
 * not reported is undefined, never 0.
 */
export interface Usage {
  inputTokens?: number;
  outputTokens?: number;
  totalTokens?: number;
  /** Of the output: spent on reasoning. */
  thinkingTokens?: number;
  /** Of the input: read from the provider's prompt cache. */
  cachedInputTokens?: number;
  /** Of the input: written to the provider's prompt cache. */
  cacheWriteTokens?: number;
  /** Turns that the gateway's cache answered: their tokens are counted above but not billed. */
  cachedTurns?: number;
  /** Who answered. */
  provider: string;
  /** As it was sent, provider prefix included. */
  model: string;
  /** The answer's own `id`. */
  requestId?: string;
}

type Counts = Omit<Usage, "provider" | "model" | "requestId" | "cachedTurns">;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});

/** The first that is a count. What is absent is NaN in here: a comparison with it is false, and a sum with it is absent. */
const firstCount = (...candidates: unknown[]): number =>
  (candidates.find((value) => Number.isFinite(value) && (value as number) >= 0) as number | undefined) ?? Number.NaN;

/** Maps a provider's usage to ours. */
export function readUsage(reported: CompletionUsage | null | undefined): Counts {
  const counts: Counts = {};
  const usage = fieldsOf(reported);
  const promptDetails = fieldsOf(usage.prompt_tokens_details);
  const inputDetails = fieldsOf(usage.input_tokens_details);
  const completionDetails = fieldsOf(usage.completion_tokens_details);
  const outputDetails = fieldsOf(usage.output_tokens_details);

  const prompt = firstCount(usage.prompt_tokens, usage.input_tokens);
  const completion = firstCount(usage.completion_tokens, usage.output_tokens);
  const total = firstCount(usage.total_tokens);
  const thinking = firstCount(completionDetails.reasoning_tokens, outputDetails.reasoning_tokens, usage.reasoning_tokens);
  // Counts that are part of the prompt: OpenAI, DeepSeek, Mistral, Moonshot.
  const cachedWithin = firstCount(
    promptDetails.cached_tokens,
    inputDetails.cached_tokens,
    usage.prompt_cache_hit_tokens,
    usage.num_cached_tokens,
    usage.cached_tokens,
  );
  // Anthropic's counts, which come beside the prompt's.
  const cachedBeside = firstCount(usage.cache_read_input_tokens);
  const writtenBeside = firstCount(usage.cache_creation_input_tokens);

  let input = prompt;
  if (Number.isNaN(cachedWithin)) input += (cachedBeside || 0) + (writtenBeside || 0);
  // xAI: a cache larger than the prompt is not part of it.
  else if (cachedWithin > prompt) input += cachedWithin;
  const leftOut = thinking > completion || (total >= prompt + completion + thinking && total !== input + completion);
  const output = leftOut ? completion + thinking : completion;
  const sum = input + output;

  report(counts, "inputTokens", input);
  report(counts, "outputTokens", output);
  report(counts, "totalTokens", Number.isNaN(total) || sum > total ? sum : total);
  report(counts, "thinkingTokens", thinking);
  report(counts, "cachedInputTokens", Number.isNaN(cachedWithin) ? cachedBeside : cachedWithin);
  report(counts, "cacheWriteTokens", firstCount(promptDetails.cache_write_tokens, writtenBeside));
  return counts;
}

function report(counts: Counts, field: keyof Counts, count: number): void {
  if (!Number.isNaN(count)) counts[field] = count;
}

const summed = [
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "thinkingTokens",
  "cachedInputTokens",
  "cacheWriteTokens",
  "cachedTurns",
] as const;

/** Adds up the turns that reported; a count that none reported stays undefined. Names and request id are those of the last turn. */
export function sumUsage(usages: readonly Usage[], asked: { provider: string; model: string }): Usage {
  return usages.length === 0
    ? { provider: asked.provider, model: asked.model }
    : usages.map((usage) => ({ ...usage })).reduce(plus);
}

function plus(before: Usage, last: Usage): Usage {
  const sum: Usage = { ...last };
  for (const field of summed) {
    const count = before[field];
    if (count !== undefined) sum[field] = count + (last[field] ?? 0);
  }
  return sum;
}
