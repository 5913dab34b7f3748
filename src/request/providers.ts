import type { ProviderProfile } from "../options/chat-options.ts";

/** A row of the built-in table: a profile, and what only built-in rows need. */
export interface ProviderRow extends ProviderProfile {
  /** Models whose own name begins with the provider's slug, so that it is no prefix. */
  ownModels?: RegExp;
  /** On `rest`, its models are sent without a prefix. */
  bareOnRest?: boolean;
  /** Takes only text as content, and no null beside tool calls. */
  plainContent?: boolean;
}

const perplexity: ProviderRow = { outputStrategies: ["json-schema", "prompt"] };

/**
 * What each provider is called on either endpoint and what it can do. A provider without a row works as one with an empty row.
 *
 * Sources: Cloudflare's list of `compat` providers; for the strategies, each provider's own API reference: Anthropic's OpenAI compatibility
 * layer ignores `response_format`; DeepSeek knows only `json_object`; Google, Groq and Cohere refuse a response format together with tools;
 * Perplexity has no tools.
 */
export const providers: Readonly<Record<string, ProviderRow>> = {
  openai: {},
  anthropic: { outputStrategies: ["tool", "prompt"] },
  "google-ai-studio": { rest: "google", toolsWithOutput: false },
  "google-vertex-ai": { toolsWithOutput: false },
  openrouter: { ownModels: /^openrouter\/[^/]+$/ },
  groq: { ownModels: /^groq\/compound(-mini)?$/, toolsWithOutput: false },
  mistral: {},
  cohere: { toolsWithOutput: false },
  xai: { compat: "grok" },
  grok: { rest: "xai" },
  deepseek: { outputStrategies: ["tool", "json-object", "prompt"] },
  perplexity,
  "workers-ai": { bareOnRest: true, plainContent: true, outputStrategies: ["json-schema", "tool", "prompt"] },
  cerebras: {},
  baseten: {},
  parallel: {},
  // Other names: `rest` calls Google so, and the native path Perplexity.
  google: { compat: "google-ai-studio", toolsWithOutput: false },
  "perplexity-ai": { ...perplexity, compat: "perplexity", rest: "perplexity" },
};

/** The row of a provider, the user's own laid over the built-in one. */
export const providerRow = (provider: string, own: Record<string, ProviderProfile> | undefined): ProviderRow => ({
  ...providers[provider],
  ...own?.[provider],
});

/** What certain models refuse wherever they are offered. */
interface ModelRule {
  pattern: RegExp;
  maxTokensField?: "max_completion_tokens";
  unsupported: readonly string[];
}

const sampling = ["temperature", "topP", "frequencyPenalty", "presencePenalty"];

/** OpenAI's reasoning models, also behind OpenRouter. Source: OpenAI's guide to reasoning models and the 400s they answer with. */
const modelRules: readonly ModelRule[] = [
  {
    pattern: /^(?:openrouter\/)?openai\/(?:o\d|gpt-(?!5-chat)(?:[5-9]|\d\d))/,
    maxTokensField: "max_completion_tokens",
    unsupported: sampling,
  },
  { pattern: /^(?:openrouter\/)?openai\/(?:o[3-9]|gpt-(?!5-chat)(?:[5-9]|\d\d))/, unsupported: ["stop"] },
];

export interface ModelLimits {
  maxTokensField: "max_tokens" | "max_completion_tokens";
  unsupported: ReadonlySet<string>;
}

/** What a model, named as it is sent, and its provider's row say about the options. */
export function modelLimits(model: string, row: ProviderRow): ModelLimits {
  const rules = modelRules.filter(({ pattern }) => pattern.test(model));
  return {
    maxTokensField: row.maxTokensField ?? rules.find((rule) => rule.maxTokensField)?.maxTokensField ?? "max_tokens",
    unsupported: new Set([...(row.unsupported ?? []), ...rules.flatMap((rule) => rule.unsupported)]),
  };
}
