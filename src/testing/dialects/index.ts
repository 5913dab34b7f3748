import { alibaba } from "./alibaba.ts";
import { anthropic } from "./anthropic.ts";
import { azure } from "./azure.ts";
import { cohere } from "./cohere.ts";
import { deepseek } from "./deepseek.ts";
import type { Dialect } from "./dialect.ts";
import { googleAiStudio } from "./google-ai-studio.ts";
import { groq } from "./groq.ts";
import { mistral } from "./mistral.ts";
import { openai } from "./openai.ts";
import { openrouter } from "./openrouter.ts";
import { perplexity } from "./perplexity.ts";
import { workersAi } from "./workers-ai.ts";
import { xai } from "./xai.ts";

/** The format of each provider's answers, by the name used in a reply's `dialect`. */
export const dialects: Readonly<Record<string, Dialect>> = {
  openai,
  anthropic,
  "google-ai-studio": googleAiStudio,
  openrouter,
  groq,
  mistral,
  cohere,
  xai,
  deepseek,
  perplexity,
  "workers-ai": workersAi,
  alibaba,
  azure,
};

/** Other names of the same providers. */
const aliases: Readonly<Record<string, string>> = {
  "azure-openai": "azure",
  google: "google-ai-studio",
  "google-vertex-ai": "google-ai-studio",
  grok: "xai",
  "perplexity-ai": "perplexity",
};

/** The dialect of a provider, by its slug on either endpoint, or for a custom provider by the part after `custom-`; else OpenAI's. */
export function findDialect(provider: string): Dialect {
  const slug = provider.replace(/^custom-/, "");
  const name = aliases[slug] ?? slug;
  return Object.hasOwn(dialects, name) ? (dialects[name] ?? openai) : openai;
}

/** The dialect with that name. */
export function dialectNamed(name: string): Dialect {
  const found = Object.hasOwn(dialects, name) ? dialects[name] : dialects[aliases[name] ?? ""];
  if (!found) throw new Error(`There is no dialect "${name}"; there are ${Object.keys(dialects).join(", ")}`);
  return found;
}
