/**
 * Tokens, counted the same way whatever the provider: input includes cached and cache-writing tokens, output includes reasoning. What was
 * not reported is undefined, never 0.
 */
export interface Usage {
  /** Tokens of the request, cached ones included. */
  inputTokens?: number;
  /** Tokens of the answer, reasoning included. */
  outputTokens?: number;
  /** Both, or more where the provider's own total says so. */
  totalTokens?: number;
  /** Of the output: spent on reasoning. */
  thinkingTokens?: number;
  /** Of the input: read from the provider's prompt cache. */
  cachedInputTokens?: number;
  /** Of the input: written to the provider's prompt cache. */
  cacheWriteTokens?: number;
  /** Of the input: sound. Undefined where there was none. */
  audioInputTokens?: number;
  /** Of the output: sound. Undefined where there was none. */
  audioOutputTokens?: number;
  /** US dollars, where the response itself says what it cost (OpenRouter, Perplexity, xAI). */
  cost?: number;
  /** Turns that the gateway's cache answered: their tokens are counted above but not billed. */
  cachedTurns?: number;
  /** The provider that answered. */
  provider: string;
  /** As it was sent, provider prefix included. */
  model: string;
  /** The completion's own `id`. */
  requestId?: string;
}
