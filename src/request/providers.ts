import { vary } from "../errors/vary.ts";
import type { KnownProvider, ProviderProfile } from "../options/provider-profile.ts";

/**
 * Parts of an answer that not every provider accepts back in the conversation: fields of the assistant message, reasoning inside the content
 * (`<think>` tags, `thinking` parts), and media in a tool message.
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

/** A row of the built-in table: a profile, plus fields that only built-in rows use. */
export interface ProviderRow extends ProviderProfile {
  /** Models whose own name starts with the provider's slug, so that it is not a prefix. */
  ownModels?: RegExp;
  /** On `rest`, models are sent without a prefix. */
  bareOnRest?: boolean;
  /** Serves other authors' models as `{author}/{model}`; the rules of those models apply. */
  hosts?: boolean;
  /** Its JSON Schema dialect for tool parameters. */
  toolSchemas?: SchemaDialect;
  /** Accepts only strings as content, not null next to tool calls. */
  plainContent?: boolean;
  /** What it accepts back. Unset for providers without a row: everything is sent back unchanged, and rejections are learned from. */
  accepts?: readonly Returnable[];
  /** Fields of messages and content parts that it rejects. */
  unsupportedFields?: readonly string[];
  /** The only form of tool call ids that it accepts. */
  callIds?: CallIdForm;
  /** Models that reject tool calls without a thought signature. */
  signedCalls?: RegExp;
}

/** A dialect of JSON Schema for tool parameters; `any` sets no limits. */
export type SchemaDialect = "openai" | "google" | "any";

/** The form of tool call ids that a provider requires. */
export interface CallIdForm {
  /** Ids that match are kept. */
  pattern: RegExp;
  /** Length of the replacement for other ids, in letters and digits. */
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
  toolSchemas: "google",
  accepts: ["extra_content"],
  signedCalls: /gemini-(?:[3-9]|[1-9]\d)|gemini-(?:pro|flash|flash-lite)-latest/,
};

/**
 * Each provider's name on either endpoint, and its capabilities. A provider without a row is treated like one with an empty row.
 *
 * Sources: Cloudflare's list of `compat` providers; for the strategies, each provider's own API reference: Anthropic's OpenAI compatibility
 * layer ignores `response_format`; DeepSeek supports only `json_object`; Google, Groq, Cohere and Cerebras reject a response format together
 * with tools; Perplexity has no tools. Cohere lists `parallel_tool_calls`, Cerebras both penalties and Groq `messages[].name` as unsupported.
 */
const rows: Readonly<Record<KnownProvider, ProviderRow>> = {
  // Other servers (Azure, proxies) are addressed as OpenAI too, so `extra_content`, which OpenAI itself never sends, is sent back.
  openai: {
    toolSchemas: "openai",
    accepts: ["refusal", "audio", "annotations", "extra_content"],
    callIds: upTo40Characters,
  },
  anthropic: { outputStrategies: ["tool", "prompt"], accepts: ["tool-media"], callIds: wordCharacters },
  "google-ai-studio": vary(google, { rest: "google" }),
  "google-vertex-ai": vary(google, { hosts: true }),
  openrouter: { ownModels: /^openrouter\/[^/]+$/, hosts: true, accepts: ["reasoning_details", "refusal", "images"] },
  groq: {
    ownModels: /^groq\/compound(-mini)?$/,
    toolsWithOutput: false,
    accepts: [],
    unsupportedFields: ["name", "cache_control"],
  },
  mistral: { accepts: ["thinking-parts"], unsupportedFields: ["cache_control"], callIds: nineCharacters },
  cohere: { toolsWithOutput: false, unsupported: ["parallelToolCalls"], accepts: [] },
  xai: { accepts: [], compat: "grok" },
  grok: { accepts: [], rest: "xai" },
  deepseek: { outputStrategies: ["tool", "json-object", "prompt"], accepts: ["reasoning_content"] },
  perplexity,
  "workers-ai": { bareOnRest: true, plainContent: true, outputStrategies: ["json-schema", "tool", "prompt"], accepts: [] },
  cerebras: {
    toolsWithOutput: false,
    unsupported: ["frequencyPenalty", "presencePenalty"],
    accepts: [],
    unsupportedFields: ["cache_control"],
  },
  // Serves open models with vLLM and SGLang, which expect everything that their models wrote.
  baseten: {},
  parallel: { accepts: [] },
  // Aliases: Google's name on `rest`, and Perplexity's on the native path.
  google: vary(google, { compat: "google-ai-studio" }),
  "perplexity-ai": vary(perplexity, { compat: "perplexity", rest: "perplexity" }),
};

export const providers: Readonly<Record<string, ProviderRow>> = rows;

/** Returns the row of a provider: the built-in one, overridden by the user's. */
export const providerRow = (provider: string, own: Record<string, ProviderProfile> | undefined): ProviderRow => ({
  ...(Object.hasOwn(providers, provider) ? providers[provider] : undefined),
  ...(own && Object.hasOwn(own, provider) ? own[provider] : undefined),
});

/** Returns the schema dialect of a target; a hosted model has the dialect of its author. */
export function toolSchemaDialect({ model, row }: { model: string; row: ProviderRow }): SchemaDialect {
  const author = row.hosts ? (model.split("/").at(-2) ?? "") : "";
  const authorRow = Object.hasOwn(providers, author) ? providers[author] : undefined;
  return (authorRow ?? row).toolSchemas ?? "any";
}
