/** The providers that have a row in the provider table. */
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

/** A provider behind the gateway. Known ones complete; any other string is accepted, since the list grows monthly. */
export type Provider = KnownProvider | (string & {});

/** How structured output is requested, from the strongest way to the weakest. */
export type OutputStrategy = "json-schema" | "tool" | "json-object" | "prompt";

/** What models of a name refuse, or call by another name. Options are written as in `ChatOptions`, other fields as on the wire. */
export interface ModelRule {
  /** Source of a regular expression, matched against the model without its provider prefix: `"^o\\d"`. */
  model: string;
  /** Options that these models refuse; they are left out with a warning. */
  unsupported?: string[] | undefined;
  /** Options by the wire name that these models want: `{ maxTokens: "max_completion_tokens" }`. */
  rename?: Record<string, string> | undefined;
  /** Options or body fields that these models need; they override the caller's value with a warning. */
  set?: Record<string, unknown> | undefined;
  /** What applies only to requests with tools. */
  withTools?: { unsupported?: string[] | undefined; set?: Record<string, unknown> | undefined } | undefined;
}

/** What a provider is called on each endpoint and what it can do: a row of the provider table. */
export interface ProviderProfile {
  /** Rules for single models, tried after the built-in ones. */
  models?: ModelRule[] | undefined;
  /** The provider's slug on the `compat` endpoint. @default the provider's name */
  compat?: string | undefined;
  /** The provider's slug on the `rest` endpoint. @default the provider's name */
  rest?: string | undefined;
  /** Strategies for structured output, tried in this order. @default all four, starting with `json-schema` */
  outputStrategies?: OutputStrategy[] | undefined;
  /** `false`: the provider refuses tools together with a response format, so tools run first and a last turn asks for the output. @default true */
  toolsWithOutput?: boolean | undefined;
  /** The field that `maxTokens` is sent as. @default "max_tokens" */
  maxTokensField?: "max_tokens" | "max_completion_tokens" | undefined;
  /** Options that the provider refuses, named as in `ChatOptions` (`temperature`, `topP`, …); they are left out with a warning. */
  unsupported?: string[] | undefined;
}
