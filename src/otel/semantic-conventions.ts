/**
 * Names of the GenAI semantic conventions, before and after they moved to their own repository (open-telemetry/semantic-conventions-genai).
 * v1.41.0 is the last release with the old names, which collectors support; the newer names are still in development.
 */
const names = {
  durationMetric: ["gen_ai.client.operation.duration", "gen_ai.client.inference.duration"],
  firstChunkMetric: ["gen_ai.client.operation.time_to_first_chunk", "gen_ai.client.inference.time_to_first_chunk"],
  inputTokensMetric: ["gen_ai.client.token.usage", "gen_ai.client.inference.operation.input_tokens"],
  outputTokensMetric: ["gen_ai.client.token.usage", "gen_ai.client.inference.operation.output_tokens"],
  cacheWriteTokens: ["gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens"],
} as const;

export type Conventions = Record<keyof typeof names, string> & { readonly version: "1.41" | "latest" };

/** Returns the names to use: the newer ones only if `OTEL_SEMCONV_STABILITY_OPT_IN` contains `gen_ai_latest_experimental`. */
export function selectConventions(optIn: string | undefined): Conventions {
  const isLatest = (optIn ?? "").split(",").some((each) => each.trim() === "gen_ai_latest_experimental");
  const column = isLatest ? 1 : 0;
  return {
    version: isLatest ? "latest" : "1.41",
    durationMetric: names.durationMetric[column],
    firstChunkMetric: names.firstChunkMetric[column],
    inputTokensMetric: names.inputTokensMetric[column],
    outputTokensMetric: names.outputTokensMetric[column],
    cacheWriteTokens: names.cacheWriteTokens[column],
  };
}

/** Token counters, which only the newer conventions have, by field of `Usage`. */
export const tokenCounters = {
  inputTokens: "gen_ai.client.inference.usage.input_tokens",
  outputTokens: "gen_ai.client.inference.usage.output_tokens",
  cachedInputTokens: "gen_ai.client.inference.usage.cache_read.input_tokens",
  cacheWriteTokens: "gen_ai.client.inference.usage.cache_write.input_tokens",
  thinkingTokens: "gen_ai.client.inference.usage.reasoning.output_tokens",
} as const;

/** Bucket boundaries that the conventions recommend, in seconds. */
export const durationBuckets: number[] = Array.from({ length: 14 }, (_, power) => 0.01 * 2 ** power);
/** Bucket boundaries that the conventions recommend for token counts: 1, 4, 16, … */
export const tokenBuckets: number[] = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** Well-known values of `gen_ai.provider.name`; other providers use the gateway's name for them. */
const providerNames: Readonly<Record<string, string>> = {
  "google-ai-studio": "gcp.gemini",
  google: "gcp.gemini",
  "google-vertex-ai": "gcp.vertex_ai",
  mistral: "mistral_ai",
  xai: "x_ai",
  grok: "x_ai",
  "azure-openai": "azure.ai.openai",
  "aws-bedrock": "aws.bedrock",
};

export const providerName = (provider: string): string =>
  (Object.hasOwn(providerNames, provider) ? providerNames[provider] : undefined) ?? provider;
