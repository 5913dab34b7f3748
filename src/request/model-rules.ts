import type { ModelRule } from "../options/provider-profile.ts";
import type { ModelId } from "./model-id.ts";

/** A row of the built-in table: a rule, plus fields that only built-in and learned rows use. */
export interface ModelRow extends Omit<ModelRule, "model" | "withTools"> {
  /** Matched against the model's canonical name, `{author}/{model}`. */
  model: RegExp;
  /** Applies only at this provider, not where another one serves the model. */
  provider?: string;
  withTools?:
    | (NonNullable<ModelRule["withTools"]> & {
        /** Like `set`, but only replaces a value that the caller set. */
        replace?: Record<string, unknown>;
      })
    | undefined;
  /** The model accepts only one of these two options at a time; the second is dropped. */
  exclusive?: readonly [string, string];
  /** The consequence of `set`, which ends the warning. */
  consequence?: string;
  /** Message fields that the model's provider rejects. Only in learned rows. */
  unsupportedFields?: readonly string[];
}

const sampling = ["temperature", "topP", "frequencyPenalty", "presencePenalty"];
const noThinking = { reasoningEffort: "none" };
const withoutThinking = "so the model answers without thinking";

/** What certain models reject, whichever provider serves them. All matching rows apply, in order. */
export const modelRows: readonly ModelRow[] = [
  {
    // https://platform.openai.com/docs/guides/reasoning
    model: /^openai\/(?:o\d|gpt-(?!5-chat)(?:[5-9]|1\d)(?!\d))/,
    rename: { maxTokens: "max_completion_tokens" },
    unsupported: sampling,
  },
  {
    // https://platform.openai.com/docs/api-reference/chat/create#chat-create-stop
    model: /^openai\/(?:o[3-9]|gpt-(?!5-chat)(?:[5-9]|1\d)(?!\d))/,
    unsupported: ["stop"],
  },
  {
    // https://platform.openai.com/docs/guides/function-calling#parallel-function-calling
    model: /^openai\/o\d/,
    unsupported: ["parallelToolCalls"],
  },
  {
    // https://platform.openai.com/docs/models
    // "Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions."
    model: /^openai\/gpt-5\.[45](?!\d)/,
    withTools: { replace: noThinking },
    consequence: withoutThinking,
  },
  {
    // https://platform.openai.com/docs/models
    // Since gpt-5.6 the default effort is rejected too.
    model: /^openai\/gpt-(?:5\.(?:[6-9]|\d\d)|(?:[6-9]|1\d)(?!\d))/,
    withTools: { set: noThinking },
    consequence: withoutThinking,
  },
  {
    // https://docs.claude.com/en/docs/about-claude/models
    model: /^anthropic\/claude-(?:opus-(?:4[.-](?:[7-9]|\d\d)(?!\d)|[5-9])|4\.[7-9]-opus)/,
    unsupported: ["temperature", "topP", "top_k"],
  },
  {
    // https://docs.claude.com/en/docs/about-claude/models
    // "`temperature` and `top_p` cannot both be specified for this model. Please use only one."
    model: /^anthropic\/claude-(?:(?:opus|sonnet|haiku)-(?:4[.-](?:[1-9]|\d\d)(?!\d)|[5-9])|4\.[1-9]-)/,
    exclusive: ["temperature", "topP"],
  },
  {
    // https://docs.x.ai/docs/guides/reasoning
    model: /^xai\/(?:grok-(?:[4-9]|3-mini|code)(?!.*non-reasoning))/,
    unsupported: ["stop", "frequencyPenalty", "presencePenalty"],
  },
  {
    // https://docs.x.ai/docs/guides/reasoning
    model: /^xai\/grok-(?:3(?!-mini)|4(?:-0709|-latest|-fast(?:-reasoning)?)?$)/,
    unsupported: ["reasoningEffort"],
  },
  {
    // https://api-docs.deepseek.com/guides/reasoning_model
    model: /^deepseek\/deepseek-reasoner/,
    unsupported: ["logprobs", "top_logprobs"],
  },
  {
    // https://github.com/vercel/ai/issues/8943
    // "Penalty is not enabled for models/gemini-2.5-pro"
    model: /^google\/gemini-(?:2\.5|[3-9])/,
    unsupported: ["frequencyPenalty", "presencePenalty"],
  },
  {
    // https://docs.mistral.ai/api/endpoint/chat
    model: /^mistral\//,
    provider: "mistral",
    rename: { seed: "random_seed" },
  },
];

/** Authors that the gateway and hosting providers name differently. */
const authors: Readonly<Record<string, string>> = {
  grok: "xai",
  "x-ai": "xai",
  "google-ai-studio": "google",
  mistralai: "mistral",
};

/** The name that rules match: `{author}/{model}`, whichever provider serves the model and however the endpoint names its author. */
export function canonicalName({ provider, name, row }: Pick<ModelId, "provider" | "name" | "row">): string {
  const full = row.hosts && name.includes("/") ? name : `${provider}/${name}`;
  const slash = full.indexOf("/");
  const author = full.slice(0, slash);
  return (Object.hasOwn(authors, author) ? authors[author] : author) + full.slice(slash);
}

/** The rows that apply to a model: the built-in ones, then the caller's. Built-in rows don't apply to the name of a route. */
export function rowsFor(target: ModelId): ModelRow[] {
  const canonical = canonicalName(target);
  const builtIn = target.routed
    ? []
    : modelRows.filter(({ model, provider }) => model.test(canonical) && (!provider || provider === target.provider));
  const own = target.row.models?.map(compileRule).filter(({ model }) => model.test(target.name));
  return own ? [...builtIn, ...own] : builtIn;
}

const compiled = new WeakMap<ModelRule, ModelRow>();

function compileRule(rule: ModelRule): ModelRow {
  const known = compiled.get(rule);
  if (known) return known;
  const row = { ...rule, model: new RegExp(rule.model) };
  compiled.set(rule, row);
  return row;
}

/** Traits of a model that affect how its answer is read. */
export interface ModelTraits {
  /** It thinks before it answers, and may omit the opening `<think>` tag. */
  thinksFirst: boolean;
  /** It sometimes writes tool calls in its text, in its own markup. */
  writesCallMarkup: boolean;
}

const thinkFirst = /deepseek-r1|(?:^|[/-])r1(?:-|$)|qwq|qwen(?![12]|.*(?:coder|instruct|-vl|max|plus|turbo))|minimax(?!-text)/i;
const writeCallMarkup = /deepseek|kimi|hermes|qwen|minimax/i;

/** Traits of the open models, by name alone: dozens of hosts serve them. */
export const modelTraits = ({ name }: Pick<ModelId, "name">): ModelTraits => ({
  thinksFirst: thinkFirst.test(name),
  writesCallMarkup: writeCallMarkup.test(name),
});
