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
  if (typeof usage !== "object" || usage === null) return {};
  const read = (places: Places) => firstCount(usage, places);
  const reportedPrompt = read(prompt);
  const reportedCompletion = read(completion);
  const reportedTotal = read(["total_tokens"]);
  const thinking = read(reasoning);
  const within = read(cachedWithin);
  const cached = within ?? read(cachedBeside);
  const written = read(writtenWithin) ?? read(writtenBeside);

  let input = reportedPrompt;
  if (input !== undefined) {
    if (within === undefined) input += (read(cachedBeside) ?? 0) + (read(writtenBeside) ?? 0);
    // xAI: a cache larger than the prompt is not part of it.
    else if (within > input) input += within;
  }
  let output = reportedCompletion;
  if (output !== undefined && thinking !== undefined && reportedPrompt !== undefined) {
    const leftOut =
      thinking > output ||
      (reportedTotal !== undefined &&
        reportedTotal >= reportedPrompt + output + thinking &&
        reportedTotal !== (input ?? 0) + output);
    if (leftOut) output += thinking;
  }
  const sum = input !== undefined && output !== undefined ? input + output : undefined;

  const counts: Counts = {};
  if (input !== undefined) counts.inputTokens = input;
  if (output !== undefined) counts.outputTokens = output;
  const total = reportedTotal === undefined ? sum : Math.max(reportedTotal, sum ?? 0);
  if (total !== undefined) counts.totalTokens = total;
  if (thinking !== undefined) counts.thinkingTokens = thinking;
  if (cached !== undefined) counts.cachedInputTokens = cached;
  if (written !== undefined) counts.cacheWriteTokens = written;
  return counts;
}

function firstCount(usage: object, places: Places): number | undefined {
  for (const place of places) {
    let value: unknown = usage;
    for (const key of place.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[key];
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
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
