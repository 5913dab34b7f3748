/**
 * Token usage, counted the same way for every provider: input includes cached and cache-writing tokens, output includes reasoning. Counts
 * that were not reported are undefined, never 0.
 */
export interface Usage {
  /** Tokens of the request, including cached ones. */
  inputTokens?: number;
  /** Tokens of the answer, including reasoning. */
  outputTokens?: number;
  /** The sum of both, or the provider's own total if it is higher. */
  totalTokens?: number;
  /** Output tokens spent on reasoning. */
  thinkingTokens?: number;
  /** Input tokens read from the provider's prompt cache. */
  cachedInputTokens?: number;
  /** Input tokens written to the provider's prompt cache. */
  cacheWriteTokens?: number;
  /** Input tokens of audio; undefined if there was none. */
  audioInputTokens?: number;
  /** Output tokens of audio; undefined if there was none. */
  audioOutputTokens?: number;
  /** Cost in US dollars, if the response reports it (OpenRouter, Perplexity, xAI). */
  cost?: number;
  /** Number of turns served from the gateway's cache: their tokens are counted above but not billed. */
  cachedTurns?: number;
  /** The provider that answered. */
  provider: string;
  /** The model as sent, including the provider prefix. */
  model: string;
  /** The completion's own `id`. */
  requestId?: string;
}
