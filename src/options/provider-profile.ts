/** The providers in the built-in provider table. */
export type KnownProvider =
  | "openai"
  | "anthropic"
  | "google-ai-studio"
  | "google-vertex-ai"
  | "google"
  | "openrouter"
  | "groq"
  | "mistral"
  | "cohere"
  | "xai"
  | "grok"
  | "deepseek"
  | "perplexity"
  | "perplexity-ai"
  | "workers-ai"
  | "cerebras"
  | "baseten"
  | "parallel";

/** A provider behind the gateway. Known names autocomplete; any other string is accepted, since Cloudflare adds providers often. */
export type Provider = KnownProvider | (string & {});

/** How structured output is requested, from the strictest way to the loosest. */
export type OutputStrategy = "json-schema" | "tool" | "json-object" | "prompt";

/** What the models matching a pattern reject or rename. Options are named as in `ChatOptions`, other fields as on the wire. */
export interface ModelRule {
  /** Source of a regular expression, matched against the model without its provider prefix: `"^o\\d"`. */
  model: string;
  /** Options that these models reject; they are omitted with a warning. */
  unsupported?: string[] | undefined;
  /** Options and the wire name that these models expect: `{ maxTokens: "max_completion_tokens" }`. */
  rename?: Record<string, string> | undefined;
  /** Options or body fields that these models need; they override the caller's value with a warning. */
  set?: Record<string, unknown> | undefined;
  /** Applies only to requests with tools. */
  withTools?: { unsupported?: string[] | undefined; set?: Record<string, unknown> | undefined } | undefined;
}

/** A row of the provider table: a provider's name on each endpoint, and its capabilities. */
export interface ProviderProfile {
  /** Rules for individual models, applied after the built-in ones. */
  models?: ModelRule[] | undefined;
  /** The provider's slug on the `compat` endpoint. @default the provider's name */
  compat?: string | undefined;
  /** The provider's slug on the `rest` endpoint. @default the provider's name */
  rest?: string | undefined;
  /** Strategies for structured output, tried in this order. @default all four, starting with `json-schema` */
  outputStrategies?: OutputStrategy[] | undefined;
  /** `false`: the provider rejects tools together with a response format, so tools run first and a final turn requests the output. @default true */
  toolsWithOutput?: boolean | undefined;
  /** The field that `maxTokens` is sent as. @default "max_tokens" */
  maxTokensField?: "max_tokens" | "max_completion_tokens" | undefined;
  /** Options that the provider rejects, named as in `ChatOptions` (`temperature`, `topP`, …); they are omitted with a warning. */
  unsupported?: string[] | undefined;
}
