/** Names of our options in other SDKs and on the wire. */
const aliases: Readonly<Record<string, string>> = {
  // The chat completions API
  max_tokens: "maxTokens",
  max_completion_tokens: "maxTokens",
  top_p: "topP",
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  reasoning_effort: "reasoningEffort",
  parallel_tool_calls: "parallelToolCalls",
  tool_choice: "toolChoice",
  response_format: "output",
  stop_sequences: "stop",
  function_call: "toolChoice",
  functions: "tools",
  max_retries: "maxRetries",
  extra_body: "extraBody",
  extra_headers: "headers",
  default_headers: "headers",
  background_tasks: "backgroundTasks",
  system_prompt: "system",
  system_message: "system",
  user_message: "prompt",
  // AI SDK, OpenAI's and Anthropic's SDKs, LangChain
  maxOutputTokens: "maxTokens",
  maxCompletionTokens: "maxTokens",
  max_output_tokens: "maxTokens",
  maxSteps: "maxTurns",
  max_turns: "maxTurns",
  maxIterations: "maxTurns",
  maxToolRoundtrips: "maxTurns",
  stopSequences: "stop",
  abortSignal: "signal",
  abort_signal: "signal",
  systemPrompt: "system",
  systemMessage: "system",
  instructions: "system",
  input: "prompt",
  message: "prompt",
  query: "prompt",
  text: "prompt",
  history: "messages",
  responseFormat: "output",
  outputSchema: "output",
  output_schema: "output",
  schema: "output",
  providerOptions: "extraBody",
  defaultHeaders: "headers",
  prepareStep: "prepareTurn",
  onStepFinish: "onTurn",
  modelId: "model",
  modelName: "model",
  model_name: "model",
  reasoning: "reasoningEffort",
  thinking: "reasoningEffort",
  includeRawChunks: "rawChunks",
  experimental_telemetry: "telemetry",
  // Gateway options
  apiKey: "gatewayToken",
  api_key: "gatewayToken",
  token: "gatewayToken",
  authToken: "gatewayToken",
  accessToken: "gatewayToken",
  cfToken: "gatewayToken",
  cloudflareToken: "gatewayToken",
  cloudflareApiToken: "apiToken",
  cfApiToken: "apiToken",
  base_url: "baseUrl",
  baseURL: "baseUrl",
  endpointUrl: "baseUrl",
  account: "accountId",
  account_id: "accountId",
  accountTag: "accountId",
  gateway_id: "gatewayId",
  gatewayName: "gatewayId",
  ai: "binding",
};

/** Fields of the request body that have no option here, by their names in other SDKs. */
const bodyFields: Readonly<Record<string, string>> = {
  top_k: "top_k",
  topK: "top_k",
  min_p: "min_p",
  minP: "min_p",
  n: "n",
  user: "user",
  logprobs: "logprobs",
  top_logprobs: "top_logprobs",
  topLogprobs: "top_logprobs",
  logit_bias: "logit_bias",
  logitBias: "logit_bias",
  modalities: "modalities",
  audio: "audio",
  store: "store",
  metadata: "metadata",
  service_tier: "service_tier",
  serviceTier: "service_tier",
  prediction: "prediction",
  verbosity: "verbosity",
  web_search_options: "web_search_options",
  repetition_penalty: "repetition_penalty",
  plugins: "plugins",
  transforms: "transforms",
};

/** Names of a tool's fields in other SDKs. */
export const toolAliases: Readonly<Record<string, string>> = {
  inputSchema: "parameters",
  input_schema: "parameters",
  schema: "parameters",
  argsSchema: "parameters",
  args_schema: "parameters",
  jsonSchema: "parameters",
  params: "parameters",
  args: "parameters",
  arguments: "parameters",
  handler: "execute",
  run: "execute",
  func: "execute",
  function: "execute",
  callback: "execute",
  call: "execute",
  fn: "execute",
  invoke: "execute",
  requireApproval: "needsApproval",
  requiresApproval: "needsApproval",
  timeoutMs: "timeout",
};

/** Finds the known name that was probably meant by an unknown one. */
export function suggestName(
  name: string,
  known: readonly string[],
  aliasTable: Readonly<Record<string, string>> = aliases,
): string | undefined {
  const alias = Object.hasOwn(aliasTable, name) ? aliasTable[name] : undefined;
  if (alias !== undefined && known.includes(alias)) return alias;
  const plain = normalise(name);
  const exact = known.find((candidate) => normalise(candidate) === plain);
  if (exact !== undefined) return exact;
  if (aliasTable === aliases && Object.hasOwn(bodyFields, name)) return `extraBody.${bodyFields[name]}`;
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
