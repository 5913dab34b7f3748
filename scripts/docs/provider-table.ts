import { modelId } from "../../src/request/model-id.ts";
import { providers } from "../../src/request/providers.ts";
import type { FixtureFiles } from "../fixtures/fixture-files.ts";
import { table } from "./generated-part.ts";

/** A model of each provider that has no fixture. */
const examples: Readonly<Record<string, string>> = {
  "google-vertex-ai": "google/gemini-2.5-flash",
  grok: "grok-4",
  cerebras: "llama-3.3-70b",
  baseten: "deepseek-ai/DeepSeek-V3.1",
  parallel: "speed",
  google: "gemini-2.5-flash",
  "perplexity-ai": "sonar",
};

/** The rows of `src/request/providers.ts` as a table. */
export function providerTable(fixtures: readonly FixtureFiles[]): string {
  const example = (provider: string) =>
    fixtures.find(({ name }) => name === `${provider}/chat`)?.meta.model ?? examples[provider];
  const rows = Object.entries(providers).map(([provider, { outputStrategies, toolsWithOutput }]) => [
    code(provider),
    prefix(provider, "compat"),
    prefix(provider, "rest"),
    outputStrategies?.map(code).join(", ") ?? "all four",
    toolsWithOutput === false ? "no, tools first" : "yes",
    code(example(provider) ?? "…"),
  ]);
  const head = ["`provider`", "on `compat`", "on `rest`", "structured output, strongest first", "tools together with output"];
  return table([...head, "example model"], rows);
}

/** The prefix of a provider's models on an endpoint. */
function prefix(provider: string, endpoint: "compat" | "rest"): string {
  const id = modelId(provider, "m", endpoint);
  if (!("model" in id)) throw new Error(id.message);
  return id.model === "m" ? "no prefix" : code(id.model.slice(0, -"/m".length));
}

const code = (text: string) => `\`${text}\``;
