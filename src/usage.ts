import type { CompletionUsage } from "./wire.ts";

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

/** A path into the provider's usage object. Of several, the first that holds a count is taken. */
type Places = readonly string[];

const prompt: Places = ["prompt_tokens", "input_tokens"];
const completion: Places = ["completion_tokens", "output_tokens"];
const reasoning: Places = [
  "completion_tokens_details.reasoning_tokens",
  "output_tokens_details.reasoning_tokens",
  "reasoning_tokens",
];
/** Counts that are part of the prompt: OpenAI, DeepSeek, Mistral, Moonshot. */
const cachedWithin: Places = [
  "prompt_tokens_details.cached_tokens",
  "input_tokens_details.cached_tokens",
  "prompt_cache_hit_tokens",
  "num_cached_tokens",
  "cached_tokens",
];
const writtenWithin: Places = ["prompt_tokens_details.cache_write_tokens"];
/** Anthropic's counts, which come beside the prompt's. */
const cachedBeside: Places = ["cache_read_input_tokens"];
const writtenBeside: Places = ["cache_creation_input_tokens"];

/** Maps a provider's usage to ours. */
export function readUsage(usage: CompletionUsage | null | undefined): Counts {
  // What is absent is NaN in here: a comparison with it is false, and a sum with it is absent.
  const read = (places: Places) => firstCount(usage, places) ?? Number.NaN;
  const reportedPrompt = read(prompt);
  const reportedCompletion = read(completion);
  const reportedTotal = read(["total_tokens"]);
  const thinking = read(reasoning);
  const within = read(cachedWithin);
  const beside = read(cachedBeside);

  let input = reportedPrompt;
  if (Number.isNaN(within)) input += (beside || 0) + (read(writtenBeside) || 0);
  // xAI: a cache larger than the prompt is not part of it.
  else if (within > reportedPrompt) input += within;
  const leftOut =
    thinking > reportedCompletion ||
    (reportedTotal >= reportedPrompt + reportedCompletion + thinking && reportedTotal !== input + reportedCompletion);
  const output = leftOut ? reportedCompletion + thinking : reportedCompletion;
  const sum = input + output;

  const counts: Counts = {
    inputTokens: input,
    outputTokens: output,
    totalTokens: Number.isNaN(reportedTotal) || sum > reportedTotal ? sum : reportedTotal,
    thinkingTokens: thinking,
    cachedInputTokens: Number.isNaN(within) ? beside : within,
    cacheWriteTokens: read([...writtenWithin, ...writtenBeside]),
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => !Number.isNaN(count)));
}

function firstCount(usage: unknown, places: Places): number | undefined {
  for (const place of places) {
    let value: unknown = usage;
    for (const key of place.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[key];
    if (Number.isFinite(value) && (value as number) >= 0) return value as number;
  }
  return undefined;
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
  const total: Usage = { provider: asked.provider, model: asked.model, ...usages.at(-1) };
  for (const field of summed) {
    const reported = usages.map((usage) => usage[field]).filter((count) => count !== undefined);
    if (reported.length > 0) total[field] = reported.reduce((sum, count) => sum + count, 0);
  }
  return total;
}
