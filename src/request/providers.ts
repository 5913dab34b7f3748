import type { KnownProvider, ProviderProfile } from "../options/provider-profile.ts";
import { googleSchemaLimits, noSchemaLimits, openaiSchemaLimits, type SchemaLimits } from "./schema-limits.ts";

/**
 * What an answer may bring that not every provider accepts back in the conversation: fields of the assistant message, its reasoning inside
 * the content (`<think>` tags, `thinking` parts), and media in a tool message.
 */
export type Returnable =
  | "reasoning_content"
  | "reasoning"
  | "reasoning_details"
  | "think-tags"
  | "thinking-parts"
  | "extra_content"
  | "refusal"
  | "audio"
  | "images"
  | "annotations"
  | "tool-media";

/** A row of the built-in table: a profile, and what only built-in rows need. */
export interface ProviderRow extends ProviderProfile {
  /** Models whose own name begins with the provider's slug, so that it is no prefix. */
  ownModels?: RegExp;
  /** On `rest`, its models are sent without a prefix. */
  bareOnRest?: boolean;
  /** It serves other authors' models under `{author}/{model}`, whose rules apply there as well. */
  hosts?: boolean;
  /** What the parameters of its tools must do without. */
  toolSchemas?: SchemaLimits;
  /** Takes strings alone as content, and no null beside tool calls. */
  plainContent?: boolean;
  /** What it accepts back. Unset for providers without a row: everything goes back as it came, and a refusal is learned from. */
  accepts?: readonly Returnable[];
  /** Fields of messages and content parts that it refuses. */
  refusedFields?: readonly string[];
  /** The only form of tool call ids that it accepts. */
  callIds?: CallIdForm;
  /** Models that refuse tool calls without a thought signature. */
  signedCalls?: RegExp;
}

/** The form of tool call ids that a provider insists on. */
export interface CallIdForm {
  /** Ids that match stay as they are. */
  pattern: RegExp;
  /** How many letters and digits the others are replaced by. */
  length: number;
}

/** Mistral: "Tool call id was … but must be a-z, A-Z, 0-9, with a length of 9." */
const nineCharacters: CallIdForm = { pattern: /^[a-zA-Z0-9]{9}$/, length: 9 };
/** OpenAI: "string too long. Expected a string with maximum length 40". */
const upTo40Characters: CallIdForm = { pattern: /^[\s\S]{1,40}$/, length: 24 };
/** Anthropic: "tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'". */
const wordCharacters: CallIdForm = { pattern: /^[a-zA-Z0-9_-]{1,64}$/, length: 24 };

const perplexity: ProviderRow = { outputStrategies: ["json-schema", "prompt"], accepts: [] };
const google: ProviderRow = {
  toolsWithOutput: false,
  toolSchemas: googleSchemaLimits,
  accepts: ["extra_content"],
  signedCalls: /gemini-(?:[3-9]|[1-9]\d)|gemini-(?:pro|flash|flash-lite)-latest/,
};
const xai: ProviderRow = { accepts: [] };

/**
 * What each provider is called on either endpoint and what it can do. A provider without a row works as one with an empty row.
 *
 * Sources: Cloudflare's list of `compat` providers; for the strategies, each provider's own API reference: Anthropic's OpenAI compatibility
 * layer ignores `response_format`; DeepSeek supports only `json_object`; Google, Groq, Cohere and Cerebras refuse a response format together
 * with tools; Perplexity has no tools. Cohere lists `parallel_tool_calls`, Cerebras both penalties and Groq `messages[].name` as unsupported.
 */
const rows: Readonly<Record<KnownProvider, ProviderRow>> = {
  // Other servers answer under OpenAI's name as well (Azure, proxies), so `extra_content`, which OpenAI itself never sends, goes back too.
  openai: {
    toolSchemas: openaiSchemaLimits,
    accepts: ["refusal", "audio", "annotations", "extra_content"],
    callIds: upTo40Characters,
  },
  anthropic: { outputStrategies: ["tool", "prompt"], accepts: ["tool-media"], callIds: wordCharacters },
  "google-ai-studio": { ...google, rest: "google" },
  "google-vertex-ai": { ...google, hosts: true },
  openrouter: { ownModels: /^openrouter\/[^/]+$/, hosts: true, accepts: ["reasoning_details", "refusal", "images"] },
  groq: {
    ownModels: /^groq\/compound(-mini)?$/,
    toolsWithOutput: false,
    accepts: [],
    refusedFields: ["name", "cache_control"],
  },
  mistral: { accepts: ["thinking-parts"], refusedFields: ["cache_control"], callIds: nineCharacters },
  cohere: { toolsWithOutput: false, unsupported: ["parallelToolCalls"], accepts: [] },
  xai: { ...xai, compat: "grok" },
  grok: { ...xai, rest: "xai" },
  deepseek: { outputStrategies: ["tool", "json-object", "prompt"], accepts: ["reasoning_content"] },
  perplexity,
  "workers-ai": { bareOnRest: true, plainContent: true, outputStrategies: ["json-schema", "tool", "prompt"], accepts: [] },
  cerebras: {
    toolsWithOutput: false,
    unsupported: ["frequencyPenalty", "presencePenalty"],
    accepts: [],
    refusedFields: ["cache_control"],
  },
  // Serves open models with vLLM and SGLang, which want back whatever their models wrote.
  baseten: {},
  parallel: { accepts: [] },
  // Other names: `rest` calls Google so, and the native path Perplexity.
  google: { ...google, compat: "google-ai-studio" },
  "perplexity-ai": { ...perplexity, compat: "perplexity", rest: "perplexity" },
};

export const providers: Readonly<Record<string, ProviderRow>> = rows;

/** The row of a provider, the user's own laid over the built-in one. */
export const providerRow = (provider: string, own: Record<string, ProviderProfile> | undefined): ProviderRow => ({
  ...(Object.hasOwn(providers, provider) ? providers[provider] : undefined),
  ...(own && Object.hasOwn(own, provider) ? own[provider] : undefined),
});

/** What the tool parameters of a target must do without; where others' models are hosted, what the model's author refuses. */
export function toolSchemaLimits({ model, row }: { model: string; row: ProviderRow }): SchemaLimits {
  const author = row.hosts ? (model.split("/").at(-2) ?? "") : "";
  const authorRow = Object.hasOwn(providers, author) ? providers[author] : undefined;
  return (authorRow ?? row).toolSchemas ?? noSchemaLimits;
}
