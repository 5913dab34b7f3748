import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ModelId, modelId } from "../../src/request/model-id.ts";
import { providers } from "../../src/request/providers.ts";
import { isPlain, writeAssistant } from "../../src/request/write-assistant.ts";
import { writeMessages } from "../../src/request/write-messages.ts";
import type { AssistantMessage, Message } from "../../src/wire.ts";

function target(full: string): ModelId {
  const [provider = "", ...rest] = full.split("/");
  return modelId(provider, rest.join("/"), "compat") as ModelId;
}

/** A message as it is sent. */
interface Written {
  role: string;
  content?: unknown;
  reasoning_details: { format?: string }[];
  tool_calls: { id: string; extra_content?: unknown; function: { name: string } }[];
  tool_call_id?: string;
}
const write = (full: string, messages: Message[]): Written[] => JSON.parse(JSON.stringify(writeMessages(messages, target(full))));
const call = (id: string, more: object = {}) => ({
  id,
  type: "function" as const,
  function: { name: "look", arguments: "{}" },
  ...more,
});
const user: Message = { role: "user", content: "Go." };
const answerTo = (id: string): Message => ({ role: "tool", tool_call_id: id, content: "seen" });
const everyProvider = Object.keys(providers).map((provider) => `${provider}/some-model`);

describe("reasoning in messages", () => {
  const message = {
    role: "assistant",
    content: "<think>\nHm.\n</think>\n\nHi",
    reasoning_content: "Hm.",
    reasoning: "Hm.",
    reasoning_details: [{ type: "reasoning.text", text: "Hm.", format: "anthropic-claude-v1" }],
    extra_content: { google: { thought_signature: "sig" } },
  } as Message;

  test.each<[string, string[], string]>([
    ["deepseek/deepseek-v4-pro", ["reasoning_content"], "Hi"],
    ["openrouter/anthropic/claude-sonnet-4.5", ["reasoning_details"], "Hi"],
    ["google-ai-studio/gemini-3-pro-preview", ["extra_content"], "Hi"],
    ["google-vertex-ai/google/gemini-2.5-pro", ["extra_content"], "Hi"],
    ["groq/openai/gpt-oss-120b", [], "Hi"],
    ["cerebras/qwen-3", [], "Hi"],
    ["mistral/magistral-medium-latest", [], "Hi"],
    ["anthropic/claude-sonnet-4-5", [], "Hi"],
    ["xai/grok-4", [], "Hi"],
    ["cohere/command-a", [], "Hi"],
    ["perplexity/sonar", [], "Hi"],
    ["workers-ai/@cf/qwen/qwq-32b", [], "Hi"],
    ["parallel/speed", [], "Hi"],
  ])("is sent to %s as %j", (full, fields, content) => {
    const [written] = write(full, [message]);
    expect(Object.keys(written ?? {}).sort()).toEqual(["content", ...fields, "role"].sort());
    expect(written?.content).toBe(content);
  });

  test("is sent back unchanged to a provider without a row", () => {
    expect(write("custom-house/MiniMax-M2", [message])).toEqual([message]);
    expect(write("brand-new/model", [{ role: "assistant", content: "Hi", reasoning_content: "" }])[0]).toHaveProperty(
      "reasoning_content",
      "",
    );
  });

  test("is never invented", () => {
    const bare: Message = { role: "assistant", content: "Hi" };
    for (const full of [...everyProvider, "custom-moonshot/kimi-k2.5"]) expect(write(full, [bare])[0]).toEqual(bare);
  });

  test("is not sent to OpenRouter for another model family, but is sent in an unknown format", () => {
    const details = ["anthropic-claude-v1", "google-gemini-v1", "openai-responses-v1", "xai-responses-v1", undefined].map(
      (format) => ({ format }),
    );
    const kept = (model: string) =>
      write(`openrouter/${model}`, [{ role: "assistant", content: "Hi", reasoning_details: details }])[0]?.reasoning_details.map(
        ({ format }) => format,
      );
    expect(kept("google/gemini-3-pro")).toEqual(["google-gemini-v1", undefined]);
    expect(kept("x-ai/grok-4")).toEqual(["xai-responses-v1", undefined]);
    expect(kept("deepseek/deepseek-v4")).toEqual([undefined]);
  });

  test("in content parts is sent to Mistral only", () => {
    const parts = [
      { type: "thinking" as const, thinking: [{ type: "text", text: "Hm." }] },
      { type: "text" as const, text: "Hi" },
    ];
    const thoughtful: Message = { role: "assistant", content: parts };
    expect(write("mistral/magistral", [thoughtful])[0]?.content).toEqual(parts);
    expect(write("openai/gpt-4o", [thoughtful])[0]?.content).toEqual([parts[1]]);
  });

  test.each([
    ["that never closes", "<think>Hm", []],
    ["of Google's", "<thought>Hm.</thought>Hi", ["Hi"]],
    ["later in the text", "Use <think>Hm.</think>.", ["Use <think>Hm.</think>."]],
    ["that is none", "<thin ice>", ["<thin ice>"]],
  ])("in tags %s", (_, content, written) => {
    expect(write("openai/gpt-4o", [{ role: "assistant", content }]).map((each) => each.content)).toEqual(written);
  });
});

describe("IDs of tool calls", () => {
  const conversation = (...ids: string[]): Message[] => [
    user,
    { role: "assistant", content: null, tool_calls: ids.map((id) => call(id)) },
    ...ids.map(answerTo),
  ];
  const listIds = (messages: readonly Written[]) => [
    messages[1]?.tool_calls.map(({ id }) => id),
    messages.slice(2).map((message) => message.tool_call_id),
  ];
  const long = "call_AbCdEfGhIjKlMnOpQrStUvWx";

  test.each([
    "mistral/mistral-large-latest",
    "openrouter/mistralai/mistral-small",
    "google-vertex-ai/mistralai/mistral-medium-3",
  ])("have nine letters and digits for %s, and still match their results", (full) => {
    const [calls, answers] = listIds(write(full, conversation(long, "toolu_01", "functions.look:0")));
    expect(calls).toEqual(answers);
    expect(new Set(calls).size).toBe(3);
    for (const id of calls as string[]) expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
  });

  test("are the same each time, however the conversation continues", () => {
    const first = listIds(write("mistral/m", conversation(long)))[0];
    const later = listIds(write("mistral/m", [...conversation(long), ...conversation("another_one").slice(1)]))[0];
    expect(later).toEqual(first);
  });

  test("that already have the right form are kept, and no other ID collides with them", () => {
    const taken = (listIds(write("mistral/m", conversation(long)))[0] as string[])[0] ?? "";
    const [calls] = listIds(write("mistral/m", conversation(taken, long)));
    expect((calls as string[])[0]).toBe(taken);
    expect((calls as string[])[1]).not.toBe(taken);
  });

  test("are replaced when they are too long for OpenAI, or contain characters that Anthropic rejects", () => {
    const [forOpenAi] = listIds(write("openai/gpt-4o", conversation("x".repeat(41), "functions.look:0")));
    expect(forOpenAi).toEqual([expect.stringMatching(/^[a-zA-Z0-9]{24}$/), "functions.look:0"]);
    const [forAnthropic] = listIds(write("anthropic/claude-sonnet-4-5", conversation("functions.look:0", "toolu_01")));
    expect(forAnthropic).toEqual([expect.stringMatching(/^[a-zA-Z0-9]{24}$/), "toolu_01"]);
  });

  test("are unchanged for providers without requirements", () => {
    for (const full of ["groq/x", "deepseek/x", "google-ai-studio/gemini-2.5-pro", "brand-new/x"])
      expect(listIds(write(full, conversation(long, "functions.look:0")))[0]).toEqual([long, "functions.look:0"]);
  });
});

describe("Gemini's signatures", () => {
  const stub = { google: { thought_signature: "skip_thought_signature_validator" } };
  const own = { google: { thought_signature: "sig" } };
  const signatures = (full: string, ...calls: ReturnType<typeof call>[]) =>
    write(full, [{ role: "assistant", content: null, tool_calls: calls } as Message])[0]?.tool_calls.map(
      ({ extra_content }) => extra_content,
    );

  test.each([
    "google-ai-studio/gemini-3-pro-preview",
    "google-vertex-ai/google/gemini-3.1-flash",
    "google-ai-studio/gemini-flash-latest",
  ])("are a documented placeholder for %s when no call is signed", (full) => {
    expect(signatures(full, call("a"), call("b"))).toEqual([stub, stub]);
  });

  test("are kept unchanged, on the first of parallel calls", () => {
    expect(signatures("google-ai-studio/gemini-3-pro", call("a", { extra_content: own }), call("b"))).toEqual([own, undefined]);
  });

  test("are not replaced by a placeholder for models that need none", () => {
    for (const full of ["google-ai-studio/gemini-2.5-pro", "openrouter/google/gemini-3-pro", "brand-new/gemini-3"])
      expect(signatures(full, call("a"))).toEqual([undefined]);
  });

  test("are omitted for providers that reject them", () => {
    for (const full of ["groq/x", "cerebras/x", "mistral/x", "openrouter/x/y", "deepseek/x"])
      expect(signatures(full, call("a", { extra_content: own }))).toEqual([undefined]);
  });
});

describe("an assistant message without content", () => {
  test.each([
    ["empty", { content: "" }],
    ["of white space", { content: " \n\t" }],
    ["null", { content: null }],
    ["without content", {}],
    ["of empty parts", { content: [{ type: "text", text: " " }] }],
    ["with an empty list of calls", { content: "", tool_calls: [] }],
    ["of nothing but reasoning", { content: "", reasoning_content: "Hm." }],
  ])("%s is omitted for every provider", (_, fields) => {
    const message = { role: "assistant", ...fields } as Message;
    for (const full of [...everyProvider, "brand-new/model"]) expect(write(full, [user, message, user])).toHaveLength(2);
  });

  test("keeps its calls, with null instead of white space", () => {
    const message: Message = { role: "assistant", content: "\n\n", tool_calls: [call("a")] };
    expect(write("anthropic/claude-sonnet-4-5", [message])[0]?.content).toBeNull();
    expect(write("workers-ai/@cf/x", [message])[0]?.content).toBe("");
  });

  test("is sent as a refusal to providers that support it, and to others with the refusal as its text", () => {
    const message: Message = { role: "assistant", content: "", refusal: "No." };
    expect(write("openai/gpt-4o", [message])).toEqual([message]);
    expect(write("groq/x", [message])).toEqual([{ role: "assistant", content: "No." }]);
  });

  test("is sent as audio to OpenAI, and to others as its transcript", () => {
    const message = { role: "assistant", content: "", audio: { id: "audio_1", transcript: "Hello." } } as Message;
    expect(write("openai/gpt-audio", [message])).toEqual([{ role: "assistant", content: "", audio: { id: "audio_1" } }]);
    expect(write("groq/x", [message])).toEqual([{ role: "assistant", content: "Hello." }]);
  });
});

describe("media in a tool result", () => {
  const image = { type: "image_url" as const, image_url: { url: "data:image/png;base64,AA==" } };
  const text = { type: "text" as const, text: "A chart." };
  const conversation: Message[] = [
    { role: "assistant", content: null, tool_calls: [call("a"), call("b")] },
    { role: "tool", tool_call_id: "a", content: [text, image] },
    { role: "tool", tool_call_id: "b", content: [image] },
  ];

  test("are sent to OpenAI in a user message after all tool messages", () => {
    const written = write("openai/gpt-4o", [...conversation, { role: "assistant", content: "I see." }]);
    expect(written.map(({ role }) => role)).toEqual(["assistant", "tool", "tool", "user", "assistant"]);
    expect(written[1]?.content).toEqual([text]);
    expect(written[2]?.content).toBe("The result is in the user message that follows.");
    expect(written[3]?.content).toEqual([
      { type: "text", text: "Media returned by tool call a:" },
      image,
      { type: "text", text: "Media returned by tool call b:" },
      image,
    ]);
  });

  test("are kept in place for Anthropic", () => {
    expect(write("anthropic/claude-sonnet-4-5", conversation)).toEqual(conversation);
  });

  test("are sent last when the conversation ends with the tool result", () => {
    expect(write("mistral/pixtral", conversation).at(-1)?.role).toBe("user");
  });
});

describe("fields that a strict provider rejects", () => {
  test("are omitted from messages and parts", () => {
    const messages: Message[] = [
      { role: "system", content: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }] },
      { role: "user", content: "Hi", name: "ada" },
    ];
    expect(write("groq/x", messages)).toEqual([
      { role: "system", content: [{ type: "text", text: "Be brief." }] },
      { role: "user", content: "Hi" },
    ]);
    expect(write("anthropic/claude-sonnet-4-5", messages)).toEqual(messages);
    expect(write("openrouter/anthropic/claude-sonnet-4.5", messages)).toEqual(messages);
  });

  test("are omitted from an assistant message if its tool calls are null or an empty list", () => {
    for (const calls of [null, []]) {
      const message = { role: "assistant", content: "Hi", tool_calls: calls } as unknown as Message;
      for (const full of everyProvider)
        expect(write(full, [user, message, user])[1]).toEqual({ role: "assistant", content: "Hi" });
    }
  });

  test("are omitted for every provider when they come from a response message passed on unchanged", () => {
    const whole = {
      role: "assistant",
      content: null,
      refusal: null,
      audio: null,
      tool_calls: [{ index: 0, ...call("a") }],
    } as unknown as Message;
    expect(write("openai/gpt-4o", [whole])).toEqual([{ role: "assistant", content: null, tool_calls: [call("a")] }]);
  });
});

test("names of calls that no API accepts are replaced by valid ones", () => {
  const named = (name: string) => ({ id: "a", type: "function" as const, function: { name, arguments: "{}" } });
  const names = ["look", "", "look<|channel|>commentary", "functions.look", "a b", "x".repeat(70), "…"];
  const written = write("openai/gpt-4o", [{ role: "assistant", content: null, tool_calls: names.map(named) }]);
  expect(written[0]?.tool_calls.map((each) => each.function.name)).toEqual([
    "look",
    "unnamed",
    "look_channel_commentary",
    "functions_look",
    "a_b",
    "x".repeat(64),
    "unnamed",
  ]);
});

test("a conversation that every provider accepts is passed on unchanged", () => {
  const messages: Message[] = [
    { role: "system", content: "Be brief." },
    user,
    { role: "assistant", content: "Hi", tool_calls: [call("abcdef123")] },
    answerTo("abcdef123"),
    { role: "assistant", content: "Done." },
  ];
  for (const full of everyProvider) expect(write(full, messages)).toEqual(messages);
});

test.each(everyProvider)("a replayed custom call is sent to %s unchanged", (model) => {
  const custom = { id: "call12345", type: "custom" as const, custom: { name: "sql", input: "select 1" } };
  const [, assistant] = write(model, [user, { role: "assistant", tool_calls: [custom] }, answerTo("call12345")]);
  expect(assistant?.tool_calls).toMatchObject([custom]);
});

test("an assistant message that is sent as stored is one that writing it wouldn't change, for every provider", () => {
  const text = fc.constantFrom(
    "Hi",
    "",
    " ",
    "<think>Hm.</think>Hi",
    " <think>Hm.",
    "Hi <think>Hm.</think>",
    "</think>Hi",
    "<b>Hi</b>",
  );
  const content = fc.oneof(
    text,
    fc.constantFrom(null, undefined),
    fc.array(fc.record({ type: fc.constant("text"), text }), { maxLength: 2 }),
  );
  const name = fc.constantFrom("look", "", "a b", "functions.look", "look<|channel|>commentary");
  const calls = fc.array(
    fc.record(
      {
        id: fc.constantFrom("a", "", "call 1"),
        type: fc.constantFrom("function", "custom"),
        index: fc.constant(0),
        function: fc.record({ name, arguments: fc.constantFrom("{}", "") }),
        custom: fc.record({ name, input: fc.constant("x") }),
        extra_content: fc.constant({ google: { thought_signature: "sig" } }),
      },
      { requiredKeys: ["id", "type", "function"] },
    ),
    { maxLength: 2 },
  );
  const message = fc.record(
    {
      role: fc.constant("assistant"),
      content,
      name: fc.constantFrom("ada", null),
      tool_calls: fc.oneof(calls, fc.constantFrom(null, undefined)),
    },
    { requiredKeys: ["role"] },
  );
  fc.assert(
    fc.property(message, fc.constantFrom(...everyProvider, "google-ai-studio/gemini-3-pro-preview"), (given, full) => {
      const assistant = given as unknown as AssistantMessage;
      if (isPlain(assistant, target(full))) expect(writeAssistant(assistant, target(full), new Set())).toEqual([assistant]);
    }),
    { seed: 20_260_101, numRuns: 3000 },
  );
});
