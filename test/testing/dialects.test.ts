import { describe, expect, test } from "vitest";
import { dialects } from "../../src/testing/dialects/index.ts";
import type { ScriptedAnswer } from "../../src/testing/index.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { ask, chunks, deltas, expectSpec, type Json, prompt, spoken } from "./ask.ts";

const local = useLocalGateway();

const answers: Record<string, ScriptedAnswer> = {
  text: { text: "Hello to you, 日本 😀!" },
  thinking: { text: "Three.", reasoning: "I count the letters." },
  calls: {
    toolCalls: [
      { name: "get_weather", args: { city: "Tokyo" } },
      { name: "calculate", args: { expression: "15 * 7" } },
    ],
  },
  both: { text: "Let me look.", reasoning: "A tool helps.", toolCalls: [{ name: "get_weather", args: { city: "Paris" } }] },
  silent: { text: "", usage: null },
};

const conversation = {
  messages: [
    { role: "user", content: "My name is Ada." },
    { role: "assistant", content: "Nice to meet you." },
    { role: "user", content: "Hello again" },
  ],
};

async function completion(dialect: string, answer: ScriptedAnswer): Promise<Json> {
  local.reply({ ...answer, dialect });
  const { json } = await ask(local, prompt("x", conversation));
  await expectSpec("ChatCompletion", json);
  return json;
}

async function stream(
  dialect: string,
  answer: ScriptedAnswer,
  more: object = { stream_options: { include_usage: true } },
): Promise<{ text: string; all: Json[] }> {
  local.reply({ ...answer, dialect });
  const { text } = await ask(local, prompt("x", { ...conversation, stream: true, ...more }));
  const all = chunks(text);
  for (const chunk of all) await expectSpec("ChatCompletionChunk", chunk);
  return { text, all };
}

const calls = (all: Json[]): Json[] =>
  all.flatMap(({ choices }) => (choices ?? []).flatMap((choice: Json) => choice.delta?.tool_calls ?? []));
const finishReasons = (all: Json[]): Json[] =>
  all.flatMap(({ choices }) => (choices ?? []).map((choice: Json) => choice.finish_reason)).filter(Boolean);
const getMessage = (json: Json) => json.choices[0].message;

describe.each(Object.keys(dialects))("the dialect of %s", (dialect) => {
  test.each(Object.entries(answers))("sends %s in a form that matches the spec, streamed and not", async (_, answer) => {
    const json = await completion(dialect, answer);
    const { all } = await stream(dialect, answer);
    expect(json.choices).toHaveLength(1);
    expect(finishReasons(all)).toHaveLength(1);
    expect(finishReasons(all)[0]).toBe(json.choices[0].finish_reason);
    expect(
      new Set(
        calls(all)
          .map(({ function: called }) => called?.name)
          .filter(Boolean),
      ).size,
    ).toBe(answer.toolCalls?.length ?? 0);
  });

  test("streams the text in several pieces that add up to the full text", async () => {
    const { text } = await stream(dialect, answers.text ?? {});
    expect(spoken(text)).toBe("Hello to you, 日本 😀!");
    expect(deltas(text).filter(({ content }) => content).length).toBeGreaterThan(2);
  });

  test("gives every call a unique ID, across answers too", async () => {
    const ids = [await completion(dialect, answers.calls ?? {}), await completion(dialect, answers.calls ?? {})].flatMap((json) =>
      getMessage(json).tool_calls.map(({ id }: Json) => id),
    );
    expect(new Set(ids).size).toBe(4);
    expect(ids.every((id) => typeof id === "string" && id !== "")).toBe(true);
  });
});

test("openai sends a call's name first, then its arguments in pieces, and usage only when it is requested", async () => {
  const { all, text } = await stream("openai", answers.calls ?? {});
  expect(calls(all)[0]).toEqual({
    index: 0,
    id: expect.stringMatching(/^call_/),
    type: "function",
    function: { name: "get_weather", arguments: "" },
  });
  const pieces = calls(all).filter(({ index, id }) => index === 0 && id === undefined);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.map(({ function: called }) => called.arguments).join("")).toBe('{"city":"Tokyo"}');
  expect(all.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens_details: { cached_tokens: expect.any(Number) } } });
  expect(all[0].usage).toBeNull();
  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  const unasked = await stream("openai", answers.text ?? {}, {});
  expect(unasked.all.some((chunk) => "usage" in chunk)).toBe(false);
});

test("anthropic indexes tool calls from 1, and counts cached tokens separately from the prompt's", async () => {
  const { all } = await stream("anthropic", answers.calls ?? {});
  expect([...new Set(calls(all).map(({ index }) => index))]).toEqual([1, 2]);
  const { usage } = await completion("anthropic", answers.text ?? {});
  expect(usage.cache_read_input_tokens).toBeGreaterThan(0);
  expect(usage.cache_creation_input_tokens).toBe(0);
  expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
});

test("google-ai-studio sends whole calls without an index, a thought signature on the first, and the finish reason stop", async () => {
  const { all } = await stream("google-ai-studio", answers.calls ?? {});
  expect(calls(all)).toHaveLength(2);
  expect(calls(all).some((call) => "index" in call)).toBe(false);
  expect(calls(all).map((call) => call.extra_content?.google.thought_signature !== undefined)).toEqual([true, false]);
  expect(finishReasons(all)).toEqual(["stop"]);
  const { usage } = await completion("google-ai-studio", answers.thinking ?? {});
  expect(usage.total_tokens).toBeGreaterThan(usage.prompt_tokens + usage.completion_tokens);
});

test("openrouter sends comments, reasoning in two fields, and usage in a chunk without choices", async () => {
  const { all, text } = await stream("openrouter", answers.thinking ?? {});
  expect(text.startsWith(": OPENROUTER PROCESSING\n\n")).toBe(true);
  expect(text.match(/: OPENROUTER PROCESSING/g)?.length).toBeGreaterThan(1);
  expect(deltas(text)[0]).toMatchObject({ reasoning: "I", reasoning_details: [{ type: "reasoning.text", text: "I" }] });
  expect(all.at(-1)).toMatchObject({ choices: [], usage: { cost: expect.any(Number) } });
  expect(getMessage(await completion("openrouter", answers.thinking ?? {}))).toMatchObject({
    reasoning: "I count the letters.",
    reasoning_details: [{}],
  });
});

test("groq sends a complete call in one delta, and usage both in x_groq and at the top level", async () => {
  const { all } = await stream("groq", answers.calls ?? {});
  expect(calls(all)).toHaveLength(2);
  expect(calls(all)[1]).toMatchObject({ index: 1, function: { name: "calculate", arguments: '{"expression":"15 * 7"}' } });
  expect(all.at(-1).x_groq.usage).toEqual(all.at(-1).usage);
  expect(all[0].x_groq).toMatchObject({ id: expect.stringMatching(/^req_/) });
  expect(getMessage(await completion("groq", answers.calls ?? {}))).not.toHaveProperty("content");
  expect(getMessage(await completion("groq", answers.thinking ?? {})).reasoning).toBe("I count the letters.");
});

test("mistral sends reasoning as content parts, and calls with neither index nor type and an ID of nine characters", async () => {
  expect(getMessage(await completion("mistral", answers.thinking ?? {})).content).toEqual([
    { type: "thinking", thinking: [{ type: "text", text: "I count the letters." }] },
    { type: "text", text: "Three." },
  ]);
  const thinking = await stream("mistral", answers.thinking ?? {});
  expect(deltas(thinking.text)[1].content).toEqual([{ type: "thinking", thinking: [{ type: "text", text: "I" }] }]);
  const { all } = await stream("mistral", answers.calls ?? {});
  expect(calls(all)[0]).toEqual({
    id: expect.stringMatching(/^\w{9}$/),
    function: { name: "get_weather", arguments: '{"city":"Tokyo"}' },
  });
  expect(all.at(-1)).toMatchObject({ choices: [{ finish_reason: "tool_calls", delta: { content: null } }], usage: {} });
  expect((await completion("mistral", answers.text ?? {})).usage.num_cached_tokens).toBeGreaterThan(0);
});

test("cohere derives call IDs from the tools' names, and sends usage with the finish reason", async () => {
  const { all } = await stream("cohere", answers.calls ?? {});
  expect(calls(all)[0].id).toMatch(/^get_weather_\w+$/);
  expect(all.at(-1)).toMatchObject({ choices: [{ finish_reason: "tool_calls" }], usage: { total_tokens: expect.any(Number) } });
});

test("xai excludes reasoning from the completion tokens, and omits the finish reason until the last chunk", async () => {
  const { usage, choices } = await completion("xai", answers.thinking ?? {});
  expect(usage.total_tokens).toBe(
    usage.prompt_tokens + usage.completion_tokens + usage.completion_tokens_details.reasoning_tokens,
  );
  expect(usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  expect(choices[0].message.reasoning_content).toBe("I count the letters.");
  const { all, text } = await stream("xai", answers.both ?? {});
  expect("finish_reason" in all[0].choices[0]).toBe(false);
  expect(deltas(text).filter(({ role }) => role)).toHaveLength(1);
  expect(calls(all)).toEqual([
    {
      id: expect.stringMatching(/^call_\d+$/),
      index: 0,
      type: "function",
      function: { name: "get_weather", arguments: '{"city":"Paris"}' },
    },
  ]);
  expect(all.at(-1).choices).toEqual([]);
});

test("deepseek sends null content while it reasons, and reports cache hits and misses", async () => {
  const { all, text } = await stream("deepseek", answers.thinking ?? {});
  expect(deltas(text)[1]).toEqual({ content: null, reasoning_content: "I" });
  expect(deltas(text).at(-2)).toMatchObject({ reasoning_content: null });
  expect(all[0].usage).toBeNull();
  const { usage } = all.at(-1);
  expect(usage.prompt_cache_hit_tokens).toBeGreaterThan(0);
  expect(usage.prompt_cache_hit_tokens + usage.prompt_cache_miss_tokens).toBe(usage.prompt_tokens);
});

test("perplexity sends citations and cumulative usage in every chunk, and ends without [DONE]", async () => {
  const { all, text } = await stream("perplexity", answers.text ?? {});
  expect(all.every(({ citations, search_results }) => citations.length === 2 && search_results.length === 2)).toBe(true);
  const counted = all.map(({ usage }) => usage.completion_tokens);
  expect(counted).toEqual([...counted].sort((a, b) => a - b));
  expect(counted[0]).toBeLessThan(counted.at(-1));
  expect(all.at(-1)).toMatchObject({ object: "chat.completion.done", choices: [{ finish_reason: "stop" }] });
  expect(text).not.toContain("[DONE]");
  expect(getMessage(await completion("perplexity", answers.thinking ?? {})).content).toBe(
    "<think>\nI count the letters.\n</think>\n\nThree.",
  );
});

test("workers-ai sends neither an ID nor a timestamp, and arguments as an object", async () => {
  const { all } = await stream("workers-ai", answers.calls ?? {});
  expect(all.some((chunk) => "id" in chunk || "created" in chunk)).toBe(false);
  expect(calls(all)[0].function).toEqual({ name: "get_weather", arguments: { city: "Tokyo" } });
  expect(all.at(-1)).toMatchObject({ choices: [], usage: {} });
  const json = await completion("workers-ai", answers.calls ?? {});
  expect("id" in json || "created" in json).toBe(false);
  expect(getMessage(json).tool_calls[0].function.arguments).toEqual({ city: "Tokyo" });
});

test("alibaba sends usage: null in every chunk but the last, requested or not", async () => {
  const { all } = await stream("alibaba", answers.text ?? {});
  expect(all.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  expect(all.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  const unasked = await stream("alibaba", answers.text ?? {}, {});
  expect(unasked.all.every(({ usage }) => usage === null)).toBe(true);
});

test("azure begins with a chunk that has filter results and no choices", async () => {
  const { all } = await stream("azure", answers.text ?? {});
  expect(all[0]).toMatchObject({ choices: [], id: "", model: "", prompt_filter_results: [{ prompt_index: 0 }] });
});

test("the request's provider determines the dialect, under each of its names", async () => {
  const getId = async (model: string) => (await ask(local, prompt("x", { model }))).json.id;
  expect(await getId("anthropic/claude")).toMatch(/^msg_/);
  expect(await getId("openrouter/anthropic/claude")).toMatch(/^gen-/);
  expect(await getId("workers-ai/@cf/meta/llama")).toBeUndefined();
  expect(await getId("custom-workers-ai/x")).toBeUndefined();
  expect(await getId("custom-mine/x")).toMatch(/^chatcmpl-/);
  expect((await ask(local, prompt("x", { model: "grok/grok-2" }))).json.usage).toHaveProperty("cost_in_usd_ticks");
  expect((await ask(local, prompt("x", { model: "google-vertex-ai/google/gemini" }))).json.choices[0].message).toHaveProperty(
    "role",
  );
});

test("a completion contains the provider's own name for the model", async () => {
  expect((await ask(local, prompt("x", { model: "openrouter/openai/gpt-4o" }))).json.model).toBe("openai/gpt-4o");
});

test("megabytes are streamed completely, in fewer and longer pieces", async () => {
  const long = "0123456789 ".repeat(100_000);
  const args = JSON.stringify({ text: long });
  local.reply({ text: long, toolCalls: [{ name: "save", args }], dialect: "openai" });
  const { text } = await ask(local, prompt("x", { stream: true }));
  expect(spoken(text)).toBe(long);
  expect(
    calls(chunks(text))
      .map((call) => call.function.arguments)
      .join(""),
  ).toBe(args);
  expect(chunks(text).length).toBeLessThan(5_000);
});
