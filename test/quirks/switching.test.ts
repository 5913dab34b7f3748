import { type ChatOptions, type ChatResult, type Message, tool } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import { captureError } from "../failures/capture-error.ts";
import { useScriptedChats } from "./scripted-chats.ts";
import { calling, chunk, completion, json, streamed, type WireReply } from "./wire.ts";

const { local, client, sent } = useScriptedChats();
const forms = ["chat", "stream"] as const;
type Form = (typeof forms)[number];

const ask = (form: Form, options: object): Promise<ChatResult> =>
  form === "chat" ? client().chat(options as ChatOptions) : client().stream(options as ChatOptions).result;
/** A message as a JSON body, or as a stream with one delta. */
const answer = (form: Form, message: object, finish = "stop"): WireReply =>
  form === "chat" ? json(completion(message, finish)) : streamed(chunk(message), chunk({}, finish));
const call = (id: string, more: object = {}) => ({
  id,
  type: "function",
  function: { name: "weather", arguments: "{}" },
  ...more,
});
const calls = (form: Form, message: object = {}, ...made: object[]): WireReply => {
  const tool_calls = made.length > 0 ? made : [call("call_AbCdEfGhIjKlMnOpQrStUvWx")];
  if (form === "chat") return json(completion({ content: null, ...message, tool_calls }, "tool_calls"));
  return streamed(chunk(message), ...tool_calls.map((each, index) => calling({ index, ...each })), chunk({}, "tool_calls"));
};
const refusal = (message: string, status = 400) => json({ error: { message, type: "invalid_request_error" } }, status);
const weather = tool({ parameters: { type: "object", properties: {} }, execute: () => "sunny" });
const tools = { weather };
/** The second request of a chat that calls a tool in its first turn and switches models for the second. */
async function second(form: Form, first: WireReply, model: { provider: string; model: string }) {
  local.reply(first, answer(form, { content: "Done." }));
  const result = await ask(form, {
    prompt: "Go.",
    tools,
    prepareTurn: ({ turn }: { turn: number }) => (turn > 0 ? model : { provider: "custom-house", model: "some-model" }),
  });
  expect(result.text).toBe("Done.");
  return { result, messages: sent(1).messages as Message[], assistant: sent(1).messages[1] };
}

describe.each(forms)("switching models, with %s", (form) => {
  test.each([
    { provider: "mistral", model: "mistral-large-latest" },
    { provider: "openrouter", model: "mistralai/mistral-small-3.2-24b-instruct" },
  ])("$provider/$model gets IDs of nine alphanumeric characters, and the transcript keeps the original ones", async (model) => {
    const { result, messages, assistant } = await second(form, calls(form), model);
    expect(assistant.tool_calls[0].id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(messages[2]).toMatchObject({ role: "tool", tool_call_id: assistant.tool_calls[0].id });
    expect(result.messages[2]).toMatchObject({ tool_call_id: "call_AbCdEfGhIjKlMnOpQrStUvWx" });
  });

  test.each([
    { provider: "groq", model: "llama-3.3-70b-versatile" },
    { provider: "cerebras", model: "llama-3.3-70b" },
  ])("$provider gets no reasoning and no signature from another provider", async (model) => {
    const reasoning = {
      reasoning_content: "Hm.",
      reasoning: "Hm.",
      reasoning_details: [{ type: "reasoning.text", text: "Hm." }],
    };
    const signed = call("c1", { extra_content: { google: { thought_signature: "sig" } } });
    const { assistant } = await second(form, calls(form, reasoning, signed), model);
    expect(Object.keys(assistant).sort()).toEqual(["content", "role", "tool_calls"]);
    expect(Object.keys(assistant.tool_calls[0]).sort()).toEqual(["function", "id", "type"]);
  });

  test.each<[string, { provider: string; model: string }, object]>([
    ["DeepSeek", { provider: "deepseek", model: "deepseek-v4-pro" }, { reasoning_content: "Hm." }],
    ["Kimi, where the model thought nothing", { provider: "custom-moonshot", model: "kimi-k2.5" }, { reasoning_content: "" }],
    ["vLLM", { provider: "custom-vllm", model: "glm-4.7" }, { reasoning: "Hm." }],
    ["MiniMax", { provider: "custom-minimax", model: "MiniMax-M2" }, { content: "<think>\nHm.\n</think>\n\nOne moment." }],
  ])("the reasoning is sent back unchanged to %s", async (_, model, fields) => {
    const { assistant, result } = await second(form, calls(form, fields), model);
    expect(assistant).toMatchObject(fields);
    expect(result.messages[1]).toMatchObject(fields);
  });

  test("the reasoning of the final answer is sent back in the next chat, even after a chat with another model", async () => {
    local.reply(calls(form), answer(form, { content: "Sunny.", reasoning_content: "Second thought." }));
    const deepseek = { provider: "deepseek", model: "deepseek-v4-pro" };
    const first = await ask(form, { prompt: "Go.", tools, ...deepseek });
    local.reply(answer(form, { content: "Yes." }), answer(form, { content: "Rain." }));
    const go = (content: string) => ({ role: "user", content });
    const other = await ask(form, {
      messages: [...first.messages, go("Sure?")],
      tools,
      provider: "openai",
      model: "gpt-4o-mini",
    });
    expect(JSON.stringify(sent(2).messages)).not.toContain("thought");
    const saved = JSON.parse(JSON.stringify(other.messages));
    await ask(form, { messages: [...saved, go("Tomorrow?")], tools, ...deepseek });
    expect(sent(3).messages[3]).toEqual({ role: "assistant", content: "Sunny.", reasoning_content: "Second thought." });
  });

  test("Gemini 3 gets the documented placeholder signature for calls that it did not sign", async () => {
    const { assistant, result } = await second(form, calls(form), {
      provider: "google-ai-studio",
      model: "gemini-3-pro-preview",
    });
    const signature = { google: { thought_signature: "skip_thought_signature_validator" } };
    expect(assistant.tool_calls[0].extra_content).toEqual(signature);
    expect(JSON.stringify(result.messages)).not.toContain("skip_thought");
  });

  test.each(["anthropic", "mistral", "custom-moonshot"])("%s gets no assistant message without content", async (provider) => {
    local.reply(answer(form, { content: " \n" }), answer(form, { content: "Done." }));
    const first = await ask(form, { prompt: "Go.", provider, model: "some-model" });
    await ask(form, { messages: [...first.messages, { role: "user", content: "Well?" }], provider, model: "some-model" });
    expect(sent(1).messages).toEqual([
      { role: "user", content: "Go." },
      { role: "user", content: "Well?" },
    ]);
  });

  test("the re-ask after an empty answer to an output schema sends no empty assistant message", async () => {
    local.reply(answer(form, { content: "" }), answer(form, { content: '{"a":1}' }));
    const output = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };
    const { output: value } = await ask(form, { prompt: "Go.", provider: "mistral", model: "mistral-small-latest", output });
    expect(value).toEqual({ a: 1 });
    expect(sent(1).messages.map(({ role }: Message) => role)).toEqual(["user", "user"]);
  });

  test("images of tool results go to OpenAI in a user message after all tool messages", async () => {
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } };
    local.reply(calls(form, {}, call("c1"), call("c2")), answer(form, { content: "Done." }));
    const chart = tool({ parameters: { type: "object", properties: {} }, execute: () => [image] });
    const { messages } = await ask(form, { prompt: "Go.", tools: { weather: chart } });
    expect(sent(1).messages.map(({ role }: Message) => role)).toEqual(["user", "assistant", "tool", "tool", "user"]);
    expect(
      sent(1)
        .messages.at(-1)
        .content.filter(({ type }: { type: string }) => type === "image_url"),
    ).toEqual([image, image]);
    expect(messages[2]).toMatchObject({ role: "tool", content: [image] });
  });

  test("a field that a provider rejects is dropped with a warning, and not sent to that model again", async () => {
    const model = { provider: "custom-house", model: `learns-${form}` };
    local.reply(refusal("Unknown parameter: 'seed'."), answer(form, { content: "One." }), answer(form, { content: "Two." }));
    const first = await ask(form, { prompt: "Hi", ...model, seed: 7, temperature: 0.5 });
    expect(first).toMatchObject({ text: "One.", failedAttempts: [], warnings: [{ code: "option-dropped", option: "seed" }] });
    expect([sent(0).seed, sent(1).seed, sent(1).temperature]).toEqual([7, undefined, 0.5]);
    const shared = client().with({ temperature: 0.1 });
    const next = await (form === "chat"
      ? shared.chat({ prompt: "Hi", ...model, seed: 7 })
      : shared.stream({ prompt: "Hi", ...model, seed: 7 }).result);
    expect(next.warnings).toMatchObject([{ code: "option-dropped", option: "seed" }]);
    expect(local.requests).toHaveLength(3);
    expect(sent(2)).not.toHaveProperty("seed");
  });

  test("a routed model's rejection is remembered for that chat only", async () => {
    const model = { provider: "dynamic", model: `route-${form}` };
    const refused = refusal("Unknown parameter: 'seed'.");
    local.reply(refused, calls(form), answer(form, { content: "One." }), refused, answer(form, { content: "Two." }));
    await ask(form, { prompt: "Hi", ...model, seed: 7, tools });
    await ask(form, { prompt: "Hi", ...model, seed: 7 });
    expect(local.requests.map(({ body }) => body.seed)).toEqual([7, undefined, undefined, 7, undefined]);
  });

  test("rejected fields of extraBody and of messages are dropped too", async () => {
    const model = { provider: "custom-house", model: `reached-${form}` };
    local.reply(
      refusal("property 'top_k' is unsupported"),
      refusal(
        "'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property 'reasoning_content' is unsupported)]",
      ),
      answer(form, { content: "Done." }),
    );
    const messages = [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello", reasoning_content: "Hm." },
      { role: "user", content: "Go." },
    ];
    const { warnings } = await ask(form, { messages, ...model, extraBody: { top_k: 5, min_p: 0.1 } });
    expect(warnings.map(({ code, option }) => `${code} ${option}`)).toEqual([
      "option-dropped extraBody.top_k",
      "option-dropped messages",
    ]);
    expect(sent(2)).toMatchObject({ min_p: 0.1, messages: [{}, { role: "assistant", content: "Hello" }, {}] });
    expect(sent(2).messages[1]).not.toHaveProperty("reasoning_content");
  });

  test.each([
    ["an invalid value", "Invalid value for 'temperature': must be at most 1."],
    ["stop", "Unsupported parameter: 'stop' is not supported with this model."],
    ["a field that was not sent", "Unknown parameter: 'logprobs'."],
  ])("a 400 about %s is thrown to the caller", async (_, message) => {
    local.reply(refusal(message));
    const options = { prompt: "Hi", provider: "custom-house", model: "strict", temperature: 2, stop: "x" };
    expect(await captureError(ask(form, options))).toMatchObject({ code: "bad-request" });
    expect(local.requests).toHaveLength(1);
  });

  test("a field that is rejected again after it was dropped is an error", async () => {
    const refused = refusal("Unknown parameter: 'seed'.");
    local.reply(refused, refused);
    const options = { prompt: "Hi", provider: "custom-house", model: `stubborn-${form}`, seed: 7 };
    expect(await captureError(ask(form, options))).toMatchObject({ code: "bad-request" });
    expect(local.requests).toHaveLength(2);
  });

  test("max_tokens is renamed when the error names the other field", async () => {
    local.reply(
      refusal("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
      answer(form, { content: "Done." }),
    );
    const options = { prompt: "Hi", provider: "custom-azure", model: `limits-${form}`, maxTokens: 9 };
    expect((await ask(form, options)).warnings).toMatchObject([{ code: "option-renamed", option: "maxTokens" }]);
    expect(sent(1)).toMatchObject({ max_completion_tokens: 9 });
    expect(sent(1)).not.toHaveProperty("max_tokens");
  });

  test.each([
    ["gpt-5.4", "low", "option-changed"],
    ["gpt-5.6", undefined, "option-added"],
    ["gpt-5.6-terra", "high", "option-changed"],
  ])("%s with tools and the effort %s gets a request without reasoning, with a warning", async (model, reasoningEffort, code) => {
    local.reply(calls(form), answer(form, { content: "Done." }));
    const { warnings } = await ask(form, { prompt: "Go.", model, tools, reasoningEffort });
    expect(sent(0).reasoning_effort).toBe("none");
    expect(sent(1).reasoning_effort).toBe("none");
    expect(warnings).toMatchObject([{ code, option: "reasoningEffort", message: expect.stringContaining("without thinking") }]);
  });

  test("a rule for an unknown model is learned from its rejection", async () => {
    local.reply(
      refusal(
        "Function tools with reasoning_effort are not supported for x in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
      ),
      answer(form, { content: "Done." }),
    );
    const options = { prompt: "Go.", provider: "custom-azure", model: `efforts-${form}`, tools, reasoningEffort: "low" };
    expect((await ask(form, options)).warnings).toMatchObject([{ code: "option-changed", option: "reasoningEffort" }]);
    expect(sent(1).reasoning_effort).toBe("none");
  });

  test("Claude Opus 4.7 gets neither temperature nor topP, grok-4 neither stop nor penalties", async () => {
    local.reply(answer(form, { content: "One." }), answer(form, { content: "Two." }));
    const options = { prompt: "Hi", temperature: 0.7, topP: 0.9, stop: "x", presencePenalty: 1, frequencyPenalty: 1 };
    const claude = await ask(form, { ...options, provider: "anthropic", model: "claude-opus-4-7" });
    const grok = await ask(form, { ...options, provider: "xai", model: "grok-4" });
    expect(sent(0)).not.toHaveProperty("temperature");
    expect(sent(0)).not.toHaveProperty("top_p");
    expect(sent(1)).toMatchObject({ temperature: 0.7, top_p: 0.9 });
    for (const field of ["stop", "presence_penalty", "frequency_penalty"]) expect(sent(1)).not.toHaveProperty(field);
    expect(claude.warnings.map(({ option }) => option)).toEqual(["temperature", "topP"]);
    expect(grok.warnings.map(({ option }) => option)).toEqual(["stop", "frequencyPenalty", "presencePenalty"]);
  });

  test("the caller's own rules apply too, also after with()", async () => {
    local.reply(answer(form, { content: "One." }));
    const own = client().with({ providers: { "custom-house": { models: [{ model: "^new-", unsupported: ["temperature"] }] } } });
    const options = { prompt: "Hi", provider: "custom-house", model: "new-1", temperature: 1 };
    const { warnings } = await (form === "chat" ? own.chat(options) : own.stream(options).result);
    expect(warnings).toMatchObject([{ code: "option-dropped", option: "temperature" }]);
    expect(sent(0)).not.toHaveProperty("temperature");
  });

  describe("calls in given messages", () => {
    const user = { role: "user", content: "Go." };
    const called = { role: "assistant", content: null, tool_calls: [call("c1"), call("c2")] };
    const answered = { role: "tool", tool_call_id: "c1", content: "sunny" };

    test("that were left unanswered mid-conversation get a tool message, with a warning each", async () => {
      local.reply(answer(form, { content: "Done." }));
      const { messages, warnings } = await ask(form, { messages: [user, called, answered, user], tools });
      expect(sent(0).messages[3]).toMatchObject({
        role: "tool",
        tool_call_id: "c2",
        content: expect.stringMatching(/^Not executed/),
      });
      expect(messages).toHaveLength(6);
      expect(warnings).toMatchObject([{ code: "unanswered-tool-call", message: expect.stringContaining("c2") }]);
    });

    test("that are unanswered at the end are a ConfigurationError that names them", async () => {
      const error = await captureError(ask(form, { messages: [user, called, answered], tools }));
      expect(error).toMatchObject({ code: "configuration", issues: [{ option: "messages" }] });
      expect(error.message).toMatch(/c2.*approvals/);
      expect(error.message).not.toContain("c1");
      expect(local.requests).toHaveLength(0);
    });

    test("are required for each tool message", async () => {
      const error = await captureError(ask(form, { messages: [user, answered, user], tools }));
      expect(error).toMatchObject({ code: "configuration", issues: [{ option: "messages[1]" }] });
      expect(error.message).toContain('"c1"');
      expect(local.requests).toHaveLength(0);
    });

    test("get the type and the arguments that a raw response may lack", async () => {
      const copied = { id: "a", function: { name: "weather", arguments: "" } };
      const legacy = { role: "assistant", content: null, function_call: { name: "weather", arguments: "{}" } };
      const messages = [
        { role: "user", content: "Hi" },
        { role: "assistant", content: null, tool_calls: [copied] },
        { role: "tool", tool_call_id: "a", content: "Sunny." },
        legacy,
        { role: "function", name: "weather", content: "Sunny." },
      ] as Message[];
      await ask(form, { messages });
      expect(sent(0).messages[1].tool_calls).toEqual([
        { id: "a", type: "function", function: { name: "weather", arguments: "{}" } },
      ]);
      expect(sent(0).messages[3]).toEqual(legacy);
    });

    test("are checked in messages of prepareTurn too", async () => {
      const prepareTurn = () => ({ messages: [user, called] });
      expect(await captureError(ask(form, { prompt: "Hi", tools, prepareTurn }))).toMatchObject({
        code: "configuration",
        issues: [{ option: "prepareTurn.messages" }],
      });
    });
  });

  test("system may be text parts, which keep their cache_control", async () => {
    local.reply(answer(form, { content: "Done." }));
    const system = [{ type: "text", text: "A long document.", cache_control: { type: "ephemeral" } }];
    await ask(form, { system, prompt: "Hi", provider: "anthropic", model: "claude-sonnet-4-5" });
    expect(sent(0).messages[0]).toEqual({ role: "system", content: system });
  });

  test("providerTools are appended to tools unchanged", async () => {
    const bodies: { tools: object[] }[] = [];
    const fetch = async (_: string, init: RequestInit) => {
      bodies.push(JSON.parse(String(init.body)));
      const { headers, body } = answer(form, { content: "Done." });
      return new Response(body, { headers });
    };
    const custom = client().with({ fetch });
    const run = (options: ChatOptions) => (form === "chat" ? custom.chat(options) : custom.stream(options).result);
    const search = { type: "web_search_20250305", name: "web_search" };
    await run({ prompt: "Hi", tools, providerTools: [search] });
    await run({ prompt: "Hi", providerTools: [search] });
    expect(bodies[0]?.tools).toMatchObject([{ type: "function" }, search]);
    expect(bodies[1]?.tools).toEqual([search]);
    expect(bodies[1]).not.toHaveProperty("tool_choice");
  });

  test("prepareTurn changes request options for its own turn only, and undefined removes one", async () => {
    local.reply(calls(form), calls(form, {}, call("c2")), answer(form, { content: "Done." }));
    const prepareTurn = ({ turn }: { turn: number }) =>
      turn === 1
        ? { temperature: undefined, topP: 0.5, maxTokens: 9, seed: 0, extraBody: { top_k: 5 }, reasoningEffort: "low" }
        : undefined;
    await ask(form, { prompt: "Go.", tools, temperature: 1, extraBody: { min_p: 0.1 }, prepareTurn });
    const options = local.requests.map(
      ({ body: { model: _, messages: __, tools: ___, stream: ____, stream_options: _____, ...rest } }) => rest,
    );
    expect(options).toEqual([
      { temperature: 1, min_p: 0.1 },
      { top_p: 0.5, max_tokens: 9, seed: 0, min_p: 0.1, top_k: 5, reasoning_effort: "low" },
      { temperature: 1, min_p: 0.1 },
    ]);
  });
});
