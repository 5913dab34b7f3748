import { describe, expect, test } from "vitest";
import { learnFromRejection } from "../../src/request/learn-from-rejection.ts";
import { LearnedRules } from "../../src/request/learned-rules.ts";
import { type ModelId, modelId } from "../../src/request/model-id.ts";
import type { ModelRow } from "../../src/request/model-rules.ts";
import type { ChatCompletionRequest } from "../../src/wire.ts";

const sent = {
  model: "openai/gpt-x",
  messages: [
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello", reasoning_content: "Hm.", reasoning: "Hm.", extra_content: {} },
  ],
  temperature: 0.2,
  top_p: 0.9,
  seed: 7,
  stop: ["x"],
  max_tokens: 100,
  frequency_penalty: 0.1,
  presence_penalty: 0.1,
  reasoning_effort: "low",
  parallel_tool_calls: false,
  tools: [{ type: "function", function: { name: "f" } }],
  tool_choice: "required",
  response_format: { type: "json_object" },
  stream_options: { include_usage: true },
  top_k: 40,
} as unknown as ChatCompletionRequest;

const learn = (message: string, body?: unknown, more: object = {}) =>
  learnFromRejection({ code: "bad-request", origin: "provider", message, body, ...more }, sent, { top_k: 40 });

describe("a field that a provider rejects is omitted", () => {
  test.each<[string, string, string[], unknown?]>([
    ["OpenAI", "Unsupported parameter: 'temperature' is not supported with this model.", ["temperature"]],
    ["OpenAI, unknown", "Unknown parameter: 'seed'.", ["seed"]],
    ["OpenAI, legacy", "Unrecognized request argument supplied: reasoning_effort", ["reasoningEffort"]],
    [
      "OpenAI, a value other than the default",
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      ["temperature"],
    ],
    ["Anthropic", "top_p: Extra inputs are not permitted", ["topP"]],
    ["Anthropic, deprecated", "`temperature` is deprecated for this model.", ["temperature"]],
    ["Groq", "property 'top_k' is unsupported", ["extraBody.top_k"]],
    ["Cerebras", "body.frequency_penalty: property 'body.frequency_penalty' is unsupported", ["frequencyPenalty"]],
    ["xAI", "Argument not supported on this model: presencePenalty", ["presencePenalty"]],
    ["xAI, in words", "Model grok-4 does not support parameter frequencyPenalty.", ["frequencyPenalty"]],
    ["Gemini", 'Invalid JSON payload received. Unknown name "seed": Cannot find field.', ["seed"]],
    ["Gemini, penalties", "Penalty is not enabled for models/gemini-x", ["frequencyPenalty", "presencePenalty"]],
    ["Cohere", "invalid request: unknown field: parameter 'parallel_tool_calls' is not a valid field", ["parallelToolCalls"]],
    [
      "Mistral",
      "Extra inputs are not permitted",
      ["seed"],
      { detail: [{ type: "extra_forbidden", loc: ["body", "seed"], msg: "Extra inputs are not permitted", input: 7 }] },
    ],
    [
      "pydantic's errors as Python prints them",
      "[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra inputs are not permitted', 'input': 7}]",
      ["seed"],
    ],
    ["Bedrock", "Malformed input request: #: extraneous key [top_k] is not permitted, please reformat it.", ["extraBody.top_k"]],
    ["Fireworks", "Extra inputs are not permitted, field: 'seed', value: 7", ["seed"]],
    [
      "two at once",
      "x",
      ["topP", "seed"],
      { detail: ["top_p", "seed"].map((field) => ({ type: "extra_forbidden", loc: ["body", field], msg: "…" })) },
    ],
    [
      "a list",
      "The parameters `temperature`, `top_p` and `seed` are not supported by this model.",
      ["temperature", "topP", "seed"],
    ],
    ["vLLM", "Additional properties are not allowed ('top_k' was unexpected)", ["extraBody.top_k"]],
    [
      "OpenRouter, inside its raw text",
      "Provider returned error",
      ["seed"],
      { metadata: { raw: '{"error":{"message":"Unknown parameter: \'seed\'."}}' } },
    ],
    ["a generic server", "This model does not support reasoning_effort", ["reasoningEffort"]],
  ])("%s: %s", (_, message, unsupported, body) => {
    expect(learn(message, body)?.unsupported).toEqual(unsupported);
  });

  test.each(["provider", "stream"])("even if the error was in a response with status 200, with the code %s", (code) => {
    expect(learn("Unknown parameter: 'seed'.", undefined, { code })?.unsupported).toEqual(["seed"]);
  });
});

describe("nothing is learned from", () => {
  test.each([
    ["an invalid value", "Invalid value for 'temperature': expected a number between 0 and 2."],
    [
      "an unsupported value",
      "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low'.",
    ],
    ["a value out of range", "temperature must be between 0 and 1"],
    ["another kind of value", "'seed': 7 is not supported"],
    ["fields that change what is asked", "Unsupported parameter: 'stop' is not supported with this model."],
    ["tools", "tools is not supported by this model"],
    ["a tool choice", "Unknown parameter: 'tool_choice'."],
    ["a response format", "Unknown parameter: 'response_format'."],
    ["the model", "Unknown model: 'openai/gpt-x'"],
    ["a token limit without a replacement", "Unsupported parameter: 'max_tokens' is not supported."],
    ["a field that was not sent", "Unknown parameter: 'logprobs'."],
    ["a field whose name only begins so", "Unknown parameter: 'seed_value'."],
    ["a field below another", "Unknown parameter: 'stream_options.seed'. Remove it."],
    ["other complaints", "Please reduce the length of the messages."],
  ])("%s: %s", (_, message) => {
    const row = learn(message);
    expect(row?.unsupported?.filter((name) => name !== "seed") ?? []).toEqual([]);
    if (!message.includes("stream_options.seed")) expect(row).toBeUndefined();
  });

  test("an error of the gateway, or one of another kind", () => {
    expect(learn("Unknown parameter: 'seed'.", undefined, { origin: "gateway" })).toBeUndefined();
    expect(learn("Unknown parameter: 'seed'.", undefined, { code: "rate-limit" })).toBeUndefined();
  });
});

describe("from a rejection the client also learns", () => {
  test("another name for maxTokens", () => {
    const message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    expect(learn(message)).toMatchObject({ rename: { maxTokens: "max_completion_tokens" } });
  });

  test("that tools need the effort none", () => {
    const message =
      "Function tools with reasoning_effort are not supported for gpt-x in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.";
    expect(learn(message)).toMatchObject({ withTools: { set: { reasoningEffort: "none" } } });
  });

  test("which of two conflicting options to omit", () => {
    const message = "`temperature` and `top_p` cannot both be specified for this model. Please use only one.";
    expect(learn(message)).toMatchObject({ exclusive: ["temperature", "topP"] });
  });

  test.each([
    [
      "Groq",
      "'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property 'reasoning_content' is unsupported)]",
    ],
    ["Anthropic", "messages.1.reasoning_content: Extra inputs are not permitted"],
    ["OpenAI", "Unknown parameter: 'messages[1].reasoning_content'."],
  ])("to omit a field of messages (%s)", (_, message) => {
    expect(learn(message)).toMatchObject({ unsupportedFields: ["reasoning_content"] });
  });

  test.each(["reasoning", "reasoning_details", "extra_content", "refusal", "annotations", "audio", "images"])(
    "to omit the message field %s",
    (field) => {
      const message = `Unknown parameter: 'messages[0].${field}'.`;
      const rejected = { ...sent, messages: [{ role: "assistant", content: "Hello", [field]: null }] } as ChatCompletionRequest;
      const rule = learnFromRejection({ code: "bad-request", origin: "provider", message }, rejected);
      expect(rule).toMatchObject({ unsupportedFields: [field] });
    },
  );

  test("to omit a field of messages by its path", () => {
    const detail = [{ type: "extra_forbidden", loc: ["body", "messages", 1, "assistant", "reasoning"], msg: "…" }];
    expect(learn("x", { detail })).toMatchObject({ unsupportedFields: ["reasoning"] });
  });
});

describe("a learned rule", () => {
  const target = (provider: string, model: string) => modelId(provider, model, "compat") as ModelId;
  const row: ModelRow = { model: /^/, unsupported: ["seed"] };

  test("applies to all chats of a gateway, and to that model only", () => {
    const shared = new LearnedRules();
    expect(new LearnedRules(shared).add(target("openai", "gpt-x"), row, [])).toBe(true);
    expect(new LearnedRules(shared).for(target("openai", "gpt-x"))).toEqual([row]);
    expect(new LearnedRules(shared).for(target("openai", "gpt-y"))).toEqual([]);
  });

  test.each([
    ["dynamic", "support"],
    ["custom", "fast"],
    ["cloudflare", "auto"],
  ])("is forgotten after the chat for %s/%s", (provider, model) => {
    const shared = new LearnedRules();
    const chat = new LearnedRules(shared);
    chat.add(target(provider, model), row, []);
    expect(chat.for(target(provider, model))).toEqual([row]);
    expect(shared.for(target(provider, model))).toEqual([]);
  });

  test("causes another request only if the rejected one did not follow it", () => {
    const rules = new LearnedRules();
    expect(rules.add(target("openai", "gpt-x"), row, [])).toBe(true);
    expect(rules.add(target("openai", "gpt-x"), row, [])).toBe(true);
    expect(rules.add(target("openai", "gpt-x"), row, [row])).toBe(false);
    expect(rules.for(target("openai", "gpt-x"))).toHaveLength(1);
  });

  test("is kept for at most a thousand models", () => {
    const rules = new LearnedRules();
    for (let count = 0; count <= 1_000; count++) rules.add(target("openai", `gpt-${count}`), row, []);
    expect(rules.for(target("openai", "gpt-0"))).toEqual([]);
    expect(rules.for(target("openai", "gpt-1000"))).toEqual([row]);
  });
});
