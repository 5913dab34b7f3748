import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reasoningOf, textOf, useScriptedChats } from "./scripted-chats.ts";
import { answered, calling, chunk, completion, eventStream, frame, json, streamed } from "./wire.ts";

const { chat, stream, local, client } = useScriptedChats();
const stop = chunk({}, "stop");
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const counts = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

describe("a chunk without choices", () => {
  test.each([
    ["empty", { choices: [], usage }],
    ["missing", { id: "x", object: "chat.completion.chunk", usage }],
    ["null", { choices: null, usage }],
  ])("usage is read from a chunk whose choices are %s", async (_, last) => {
    const { result } = await stream(streamed(chunk({ content: "Paris." }), stop, last));
    expect(result).toMatchObject({ text: "Paris.", usage: counts });
  });

  test("a first chunk with empty choices, as Azure sends it, is not an answer yet", async () => {
    const first = { choices: [], created: 0, id: "", model: "", object: "", prompt_filter_results: [{ prompt_index: 0 }] };
    const { result } = await stream(streamed(first, chunk({ content: "Paris." }), stop));
    expect(result).toMatchObject({
      text: "Paris.",
      usage: { requestId: "chatcmpl-8f2c" },
      raw: { prompt_filter_results: [{ prompt_index: 0 }] },
    });
  });
});

test("when every chunk has usage, the last one counts; they are not summed", async () => {
  const growing = [1, 3, 5].map((completion_tokens) => ({
    prompt_tokens: 10,
    completion_tokens,
    total_tokens: 10 + completion_tokens,
  }));
  const chunks = growing.map((each, at) => chunk({ content: `${at}` }, at === 2 ? "stop" : null, { usage: each }));
  const { result } = await stream(streamed(...chunks));
  expect(result).toMatchObject({ text: "012", usage: counts, raw: { usage: growing[2] } });
});

describe("usage in unusual places", () => {
  test("usage in x_groq only is read", async () => {
    const last = chunk({}, "stop", { x_groq: { id: "req_01", usage: { ...usage, queue_time: 0.04 } } });
    const { result } = await stream(streamed(chunk({ content: "Paris." }, null, { x_groq: { id: "req_01" } }), last));
    expect(result.usage).toMatchObject(counts);
    expect((await chat(answered({ content: "Paris." }, "stop", { usage: undefined, x_groq: { usage } }))).usage).toMatchObject(
      counts,
    );
  });

  test("usage null is ignored, before and after the counts", async () => {
    const nothing = { usage: null };
    const { result } = await stream(
      streamed(chunk({ content: "Paris." }, null, nothing), stop, { choices: [], usage }, { choices: [], ...nothing }),
    );
    expect(result.usage).toMatchObject(counts);
  });
});

describe("chunks and choices that lack fields", () => {
  test("chunks without id, created, object, model and index are accepted", async () => {
    const { result } = await stream(
      streamed({ choices: [{ delta: { content: "Par" } }] }, { choices: [{ delta: { content: "is." }, finish_reason: "stop" }] }),
    );
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop" });
    expect(result.usage).not.toHaveProperty("requestId");
  });

  test("an empty id does not replace an earlier one", async () => {
    const { result } = await stream(streamed(chunk({ content: "Paris." }), stop, { id: "", model: "", choices: [], usage }));
    expect(result).toMatchObject({ usage: { requestId: "chatcmpl-8f2c" }, raw: { id: "chatcmpl-8f2c", model: "gpt-4o-mini" } });
  });

  test("a choice without a delta, with null, or with an empty one, is accepted", async () => {
    const bare = [
      { choices: [{ index: 0, finish_reason: null }] },
      { choices: [{ index: 0, delta: null }] },
      { choices: [null] },
      {},
    ];
    const { result } = await stream(streamed(...bare, chunk({ content: "Paris." }), { choices: [{ finish_reason: "stop" }] }));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop" });
  });

  test.each(["", null, "assistant", "model"])("the role %j is ignored", async (role) => {
    const { result } = await stream(streamed(chunk({ role, content: "Paris." }), chunk({ role }, "stop")));
    expect(result.messages.at(-1)).toEqual({ role: "assistant", content: "Paris." });
    expect((await chat(answered({ role, content: "Paris." }))).messages.at(-1)).toEqual({ role: "assistant", content: "Paris." });
  });

  test("an empty delta next to a body's message is ignored", async () => {
    const choice = {
      index: 0,
      message: { role: "assistant", content: "Paris." },
      delta: { role: "assistant", content: "" },
      finish_reason: "stop",
    };
    expect((await chat(json({ choices: [choice] }))).text).toBe("Paris.");
  });

  test("a body that contains only its message is accepted", async () => {
    const result = await chat(json({ choices: [{ message: { content: "Paris." } }] }));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "other" });
  });
});

describe("content in parts", () => {
  const thinking = (text: string) => ({ type: "thinking", thinking: [{ type: "text", text }] });
  const text = (said: string) => ({ type: "text", text: said });

  test("content in parts is reasoning and text (chat)", async () => {
    const result = await chat(answered({ content: [thinking("Let me "), thinking("think."), text("It is "), text("Paris.")] }));
    expect(result).toMatchObject({ text: "It is Paris.", reasoning: "Let me think." });
    expect(result.messages.at(-1)).toEqual({ role: "assistant", content: "It is Paris." });
  });

  test("content in parts is reasoning and text (stream), mixed with plain text", async () => {
    const deltas = [[thinking("Let me ")], [thinking("think.")], [text("It is ")], "Paris", "."];
    const { events, result } = await stream(streamed(...deltas.map((content) => chunk({ content })), stop));
    expect(result).toMatchObject({ text: "It is Paris.", reasoning: "Let me think." });
    expect([reasoningOf(events), textOf(events)]).toEqual(["Let me think.", "It is Paris."]);
  });

  test.each([
    ["thinking as text", { type: "thinking", thinking: "Hm." }],
    ["thinking in the text field", { type: "thinking", text: "Hm." }],
    ["reasoning", { type: "reasoning", text: "Hm." }],
  ])("a part with %s is reasoning", async (_, part) => {
    expect(await chat(answered({ content: [part, "Par", text("is.")] }))).toMatchObject({ text: "Paris.", reasoning: "Hm." });
  });

  test("a part of another type is not in the text, but is on the result", async () => {
    const reference = { type: "reference", reference_ids: [1] };
    const { result } = await stream(streamed(chunk({ content: [text("Paris."), reference] }), stop));
    expect(result).toMatchObject({ text: "Paris.", raw: { choices: [{ message: { parts: [reference] } }] } });
  });
});

describe("content that is not text", () => {
  const output = z.object({ city: z.string(), people: z.number() });
  const value = { city: "Paris", people: 2_100_000 };

  test("numeric content is text", async () => {
    expect((await chat(answered({ content: 42 }))).text).toBe("42");
    expect((await stream(streamed(chunk({ content: 42 }), stop))).result.text).toBe("42");
    expect((await chat(answered({ content: 0 }))).text).toBe("0");
  });

  test("with a JSON response format a number or an already parsed value is the output", async () => {
    local.reply(answered({ content: 42 }), answered({ content: value }), answered({ content: [value] }));
    expect((await client().chat({ prompt: "Hi", output: z.number(), outputStrategy: "json-object" })).output).toBe(42);
    expect((await client().chat({ prompt: "Hi", output })).output).toEqual(value);
    expect((await client().chat({ prompt: "Hi", output: z.array(output), outputStrategy: "json-object" })).output).toEqual([
      value,
    ]);
  });

  test("an already parsed value is the output of a stream too", async () => {
    local.reply(streamed(chunk({ content: value }), stop));
    const stream = client().stream({ prompt: "Hi", output });
    expect((await stream.result).output).toEqual(value);
  });
});

describe("reasoning", () => {
  const fields: [string, object][] = [
    ["reasoning_content", { reasoning_content: "Hm." }],
    ["reasoning", { reasoning: "Hm." }],
    ["reasoning_details", { reasoning_details: [{ type: "reasoning.text", text: "Hm.", format: "unknown", index: 0 }] }],
    ["reasoning_details that are a summary", { reasoning_details: [{ type: "reasoning.summary", summary: "Hm." }] }],
    ["reasoning and reasoning_details", { reasoning: "Hm.", reasoning_details: [{ type: "reasoning.text", text: "Hm." }] }],
    ["reasoning_content and reasoning", { reasoning_content: "Hm.", reasoning: "Hm." }],
    ["reasoning_content in parts", { reasoning_content: [{ type: "text", text: "Hm." }] }],
    ["reasoning that is an object", { reasoning: { content: "Hm." } }],
    ["a content part with a summary", { content: [{ type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }] }] }],
  ];

  test.each(fields)("%s is reasoning, once", async (_, fields) => {
    const { content = [] } = fields as { content?: object[] };
    const result = await chat(answered({ ...fields, content: [...content, { type: "text", text: "Paris." }] }));
    const viaStream = await stream(streamed(chunk({ content: "", ...fields }), chunk({ content: "Paris." }), stop));
    for (const each of [result, viaStream.result])
      expect(each).toMatchObject({ text: "Paris.", reasoning: "Hm.", turns: [{ reasoning: "Hm." }] });
    expect(reasoningOf(viaStream.events)).toBe("Hm.");
  });

  const tagged = "<think>\nOne < two, </b> three. \n</think>\n\nParis <think>is</think> it.";

  test("think tags at the start of the text are reasoning, without adjacent white space", async () => {
    const expected = { text: "Paris <think>is</think> it.", reasoning: "One < two, </b> three." };
    expect(await chat(answered({ content: tagged }))).toMatchObject(expected);
    expect(await chat(answered({ content: `\n\n${tagged}` }))).toMatchObject(expected);
  });

  test.each([1, 2, 3, 7])("think tags split into deltas of %i characters are reasoning", async (size) => {
    const pieces = tagged.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
    const { events, result } = await stream(streamed(...pieces.map((content) => chunk({ content })), stop));
    expect(result).toMatchObject({ text: "Paris <think>is</think> it.", reasoning: "One < two, </b> three." });
    expect([reasoningOf(events), textOf(events)]).toEqual([result.reasoning, result.text]);
  });

  test("unclosed think tags are reasoning to the end", async () => {
    const { result } = await stream(streamed(chunk({ content: "<think>Hm" }), chunk({ content: " hm." }), chunk({}, "length")));
    expect(result).toMatchObject({ text: "", reasoning: "Hm hm.", finishReason: "length" });
  });

  test("Google's thought tags are reasoning, and are not sent back", async () => {
    const thinking = (content: string) => chunk({ role: "assistant", content, extra_content: { google: { thought: true } } });
    const { result } = await stream(
      streamed(thinking("<thought>**Plan**\n\nHm"), thinking(" hm.\n"), chunk({ content: "</thought>Paris." }), stop),
    );
    expect(result).toMatchObject({ text: "Paris.", reasoning: "**Plan**\n\nHm hm." });
    expect(result.messages.at(-1)).toEqual({ role: "assistant", content: "Paris." });
  });

  test("tags later in the text, and text that only starts like a tag, are text", async () => {
    for (const content of ["Use <think> tags.", "<thin ice>", "<", "  <b>Hi</b>"]) {
      const { result } = await stream(streamed(...content.split("").map((unit) => chunk({ content: unit })), stop));
      expect(result.text).toBe(content);
      expect(result).not.toHaveProperty("reasoning");
    }
  });
});

describe("finish reasons", () => {
  test.each([
    ["function_call", "stop"],
    ["model_length", "length"],
    ["max_tokens", "length"],
    ["MAX_TOKENS", "length"],
    ["end_turn", "stop"],
    ["eos", "stop"],
    ["insufficient_system_resource", "other"],
    ["error", "other"],
    ["content_filter", "content-filter"],
  ])("the finish reason %s is read as %s and kept", async (raw, finishReason) => {
    const viaStream = await stream(streamed(chunk({ content: "Paris." }), chunk({}, raw)));
    for (const result of [await chat(answered({ content: "Paris." }, raw)), viaStream.result]) {
      expect(result).toMatchObject({
        text: "Paris.",
        finishReason,
        rawFinishReason: raw,
        turns: [{ finishReason, rawFinishReason: raw }],
        warnings: [],
      });
    }
  });

  test("function_call with the call in the old field is a call", async () => {
    const message = { content: null, function_call: { name: "weather", arguments: '{"city":"Paris"}' } };
    const result = await chat(answered(message, "function_call"));
    expect(result.turns[0]).toMatchObject({
      finishReason: "tool-calls",
      toolCalls: [{ name: "weather", args: { city: "Paris" } }],
    });
  });
});

describe("other fields of a message", () => {
  const annotations = [
    { type: "url_citation", url_citation: { url: "https://example.com/", title: "Example", start_index: 0, end_index: 6 } },
  ];
  const citations = ["https://example.com/", "https://example.org/"];
  const search_results = [{ title: "Example", url: "https://example.com/" }];
  const logprob = (token: string) => ({ token, logprob: -0.1, bytes: null, top_logprobs: [] });

  test("a refusal is on the result", async () => {
    expect(await chat(answered({ content: null, refusal: "I can't." }))).toMatchObject({ text: "", refusal: "I can't." });
    const { result } = await stream(streamed(chunk({ refusal: "I " }), chunk({ refusal: "can't." }), stop));
    expect(result).toMatchObject({ text: "", refusal: "I can't.", raw: { choices: [{ message: { refusal: "I can't." } }] } });
  });

  test("annotations are the citations", async () => {
    expect((await chat(answered({ content: "Paris.", annotations }))).citations).toEqual(annotations);
    const { result } = await stream(streamed(chunk({ content: "Paris." }), chunk({ annotations }), stop));
    expect(result.citations).toEqual(annotations);
  });

  test("citations and search results next to the choices are on the result", async () => {
    const sources = { citations, search_results };
    const viaStream = await stream(
      streamed(chunk({ content: "Par" }, null, sources), chunk({ content: "is." }, "stop", sources)),
    );
    for (const result of [await chat(answered({ content: "Paris." }, "stop", sources)), viaStream.result])
      expect(result).toMatchObject({ text: "Paris.", citations, raw: sources });
  });

  test("citations on the message are on the result, and undefined without sources", async () => {
    expect((await chat(answered({ content: "Paris.", citations }))).citations).toEqual(citations);
    expect(await chat(answered({ content: "Paris.", annotations: [] }, "stop", { citations: [] }))).not.toHaveProperty(
      "citations",
    );
  });

  test("log probabilities are on the result, and accumulated from a stream", async () => {
    const logprobs = { content: [logprob("Par"), logprob("is.")], refusal: null };
    const choice = (token: string) => ({
      ...chunk({}),
      choices: [{ index: 0, delta: { content: token }, logprobs: { content: [logprob(token)] }, finish_reason: null }],
    });
    const whole = await chat(
      json({
        ...completion({}),
        choices: [{ index: 0, message: { role: "assistant", content: "Paris." }, logprobs, finish_reason: "stop" }],
      }),
    );
    const { result } = await stream(streamed(choice("Par"), choice("is."), stop));
    for (const { raw } of [whole, result]) expect(raw).toMatchObject({ choices: [{ logprobs, message: { content: "Paris." } }] });
  });

  test("audio is on the result, accumulated from a stream, and its id is sent back", async () => {
    const audio = { id: "audio_1", data: "UklGRg==", transcript: "Paris.", expires_at: 1_770_003_600 };
    const whole = await chat(answered({ content: null, audio }));
    const pieces = [
      { id: "audio_1", data: "UklG" },
      { transcript: "Par" },
      { data: "Rg==", transcript: "is." },
      { expires_at: 1_770_003_600 },
    ];
    const { result } = await stream(streamed(...pieces.map((piece) => chunk({ audio: piece })), stop));
    for (const { raw, messages } of [whole, result]) {
      expect(raw).toMatchObject({ choices: [{ message: { audio } }] });
      expect(messages.at(-1)).toEqual({ role: "assistant", content: "", audio: { id: "audio_1" } });
    }
  });

  test("raw of a stream is the assembled completion", async () => {
    const call = { index: 0, id: "a", type: "function", function: { name: "weather", arguments: '{"ci' } };
    const chunks = [
      chunk({ content: "Let me see." }),
      calling(call),
      calling({ index: 0, function: { arguments: 'ty":1}' } }),
      chunk({}, "length", { system_fingerprint: "fp" }),
      { choices: [], usage },
    ];
    const { result } = await stream(streamed(...chunks));
    expect(result.raw).toEqual({
      ...completion(
        {
          content: "Let me see.",
          tool_calls: [{ id: "a", type: "function", function: { name: "weather", arguments: '{"city":1}' } }],
        },
        "length",
        { usage },
      ),
      system_fingerprint: "fp",
    });
  });
});

describe("token counts", () => {
  const rows: [string, object, object][] = [
    [
      "OpenAI",
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 80 },
        completion_tokens_details: { reasoning_tokens: 30 },
      },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 80, thinkingTokens: 30 },
    ],
    [
      "DeepSeek",
      { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 64 },
    ],
    [
      "Mistral",
      { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, num_cached_tokens: 48 },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 48 },
    ],
    [
      "Moonshot",
      { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, cached_tokens: 40 },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 40 },
    ],
    [
      "Anthropic",
      {
        prompt_tokens: 20,
        completion_tokens: 50,
        total_tokens: 70,
        cache_read_input_tokens: 70,
        cache_creation_input_tokens: 10,
      },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 70, cacheWriteTokens: 10 },
    ],
    [
      "xAI, whose completion leaves reasoning out",
      {
        prompt_tokens: 100,
        completion_tokens: 20,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 5 },
        completion_tokens_details: { reasoning_tokens: 30 },
      },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 5, thinkingTokens: 30 },
    ],
    [
      "xAI, whose cache exceeds the prompt",
      { prompt_tokens: 20, completion_tokens: 50, total_tokens: 70, prompt_tokens_details: { cached_tokens: 80 } },
      { inputTokens: 100, outputTokens: 50, totalTokens: 150, cachedInputTokens: 80 },
    ],
    [
      "null details",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        prompt_tokens_details: null,
        completion_tokens_details: { reasoning_tokens: null },
      },
      counts,
    ],
    ["negative counts", { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, num_cached_tokens: -1 }, counts],
  ];

  test.each(rows)("the counts of %s are mapped, and missing ones stay undefined", async (_, usage, expected) => {
    const names = { provider: "openai", model: "openai/gpt-4o-mini", requestId: "chatcmpl-8f2c" };
    expect((await chat(answered({ content: "Paris." }, "stop", { usage }))).usage).toEqual({ ...expected, ...names });
    const { result } = await stream(streamed(chunk({ content: "Paris." }), stop, { choices: [], usage }));
    expect(result.usage).toEqual({ ...expected, ...names });
  });
});

test("without usage the counts are undefined and the rest is intact", async () => {
  const expected = { provider: "openai", model: "openai/gpt-4o-mini", requestId: "chatcmpl-8f2c" };
  const result = await chat(answered({ content: "Paris.", reasoning: "Hm." }, "stop", { usage: undefined }));
  const viaStream = await stream(eventStream(frame(chunk({ content: "Paris.", reasoning: "Hm." })) + frame(stop)));
  for (const each of [result, viaStream.result]) {
    expect(each).toMatchObject({ text: "Paris.", reasoning: "Hm.", finishReason: "stop", warnings: [] });
    expect(each.usage).toEqual(expected);
  }
});
