/** What each option is called in other SDKs and on the wire, regardless of case and separators. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  maxTokens: ["maxCompletionTokens", "maxOutputTokens"],
  stop: ["stopSequences"],
  reasoningEffort: ["reasoning", "thinking"],
  toolChoice: ["functionCall"],
  tools: ["functions"],
  output: ["responseFormat", "outputSchema", "schema"],
  headers: ["extraHeaders", "defaultHeaders"],
  extraBody: ["providerOptions"],
  system: ["systemPrompt", "systemMessage", "instructions"],
  prompt: ["userMessage", "input", "message", "query", "text"],
  messages: ["history"],
  maxTurns: ["maxSteps", "maxIterations", "maxToolRoundtrips"],
  prepareTurn: ["prepareStep"],
  onTurn: ["onStepFinish"],
  signal: ["abortSignal"],
  rawChunks: ["includeRawChunks"],
  telemetry: ["experimentalTelemetry"],
  model: ["modelId", "modelName"],
  gatewayToken: ["apiKey", "token", "authToken", "accessToken", "cfToken", "cloudflareToken"],
  apiToken: ["cloudflareApiToken", "cfApiToken"],
  baseUrl: ["endpointUrl"],
  accountId: ["account", "accountTag"],
  gatewayId: ["gatewayName"],
  binding: ["ai"],
};

/** Fields of the request body that have no option here. */
const bodyFields: readonly string[] = [
  ...["top_k", "min_p", "n", "user", "logprobs", "top_logprobs", "logit_bias", "modalities", "audio", "store", "metadata"],
  ...["service_tier", "prediction", "verbosity", "web_search_options", "repetition_penalty", "plugins", "transforms"],
];

/** What each field of a tool is called in other SDKs. */
export const toolFieldNames: Readonly<Record<string, readonly string[]>> = {
  parameters: ["inputSchema", "schema", "argsSchema", "jsonSchema", "params", "args", "arguments"],
  execute: ["handler", "run", "func", "function", "callback", "call", "fn", "invoke"],
  needsApproval: ["requireApproval", "requiresApproval"],
  timeout: ["timeoutMs"],
};

/** Finds the known name that was probably meant by an unknown one. */
export function suggestName(
  name: string,
  known: readonly string[],
  aliases: Readonly<Record<string, readonly string[]>> = otherNames,
): string | undefined {
  const plain = normalise(name);
  const isSame = (other: string) => normalise(other) === plain;
  const alias = known.find((candidate) => Object.hasOwn(aliases, candidate) && aliases[candidate]?.some(isSame));
  const exact = alias ?? known.find(isSame);
  if (exact !== undefined) return exact;
  const field = aliases === otherNames ? bodyFields.find(isSame) : undefined;
  if (field !== undefined) return `extraBody.${field}`;
  const limit = plain.length < 5 ? 1 : 2;
  let nearest: { candidate: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(plain, normalise(candidate), limit);
    if (distance <= limit && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) nearest = { candidate, distance };
  }
  return nearest?.candidate;
}

/** Ignores case and separators: `max_tokens`, `max-tokens` and `MaxTokens` are the same name. */
const normalise = (name: string): string => name.toLowerCase().replace(/[_\-\s.]/g, "");

/** Counts insertions, deletions, replacements and adjacent swaps; returns `limit + 1` for strings of too different lengths. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
