import type { FixtureFiles } from "../fixtures/fixture-files.ts";
import { table } from "./generated-part.ts";

const kinds = ["chat", "stream", "tool-call", "reasoning", "error"];

/** Why a provider will never have a fixture of a kind. */
const reasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cohere: { reasoning: "the compatibility API takes `reasoning_effort`, but documents no field for reasoning" },
  perplexity: { "tool-call": "Perplexity does not support tools" },
};

/** The best-known providers first, the others by name. */
const order = ["openai", "anthropic", "google-ai-studio", "openrouter", "groq", "mistral", "cohere", "xai", "deepseek"];
const position = (provider: string) => (order.includes(provider) ? order.indexOf(provider) : order.length);

/** The fixtures by provider and kind of answer, and their peculiarities. */
export const providerMatrix = (fixtures: readonly FixtureFiles[]): string => `${matrix(fixtures)}

## Provider peculiarities

The client has no flag for any provider: one lenient accumulator (\`src/response/accumulator.ts\`) reads them all.

${peculiarities(fixtures)}`;

/** A row for each provider that has fixtures, a column for each kind of answer. */
function matrix(fixtures: readonly FixtureFiles[]): string {
  const cell = (provider: string, kind: string): string => {
    const names = fixtures
      .filter(({ meta }) => meta.provider === provider && meta.scenario === kind)
      .map(({ name }) => name.slice(provider.length + 1))
      .sort((a, b) => a.length - b.length);
    if (names.length > 0) return names.map((name) => `\`${name}\``).join(", ");
    return `none: ${reasons[provider]?.[kind] ?? "not recorded yet"}`;
  };
  const rows = listProviders(fixtures).map((provider) => [provider, ...kinds.map((kind) => cell(provider, kind))]);
  return table(["provider", ...kinds.map((kind) => kind.replace("-", " "))], rows);
}

/** What is unusual about a fixture, according to its metadata. */
function peculiarities(fixtures: readonly FixtureFiles[]): string {
  const rows = listProviders(fixtures).flatMap((provider) =>
    fixtures
      .filter(({ meta }) => meta.provider === provider && meta.note !== undefined)
      .sort((a, b) => a.name.length - b.name.length)
      .map(({ name, meta }) => [`\`${name}\``, meta.note ?? ""]),
  );
  return table(["fixture", "peculiarity"], rows);
}

const listProviders = (fixtures: readonly FixtureFiles[]): string[] =>
  [...new Set(fixtures.map(({ meta }) => meta.provider))].sort((a, b) => position(a) - position(b) || (a < b ? -1 : 1));
