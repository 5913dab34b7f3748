import { describe, expect, test } from "vitest";
import type { ExpectedAnswer } from "../../src/response/accumulator.ts";
import type { Answer } from "../../src/response/answer.ts";
import type { AnswerEvent } from "../../src/response/answer-event.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../../src/wire.ts";
import { createAccumulator } from "./create-accumulator.ts";

type Json = Record<string, unknown>;

function accumulate(chunks: Json[], expected: Partial<ExpectedAnswer> = {}) {
  const accumulator = createAccumulator(expected);
  const events: AnswerEvent[] = [];
  for (const chunk of chunks) accumulator.add(chunk as ChatCompletionChunk, events);
  return { answer: accumulator.finish(events), events, accumulator };
}

function accumulateWhole(completion: Json): { answer: Answer; events: AnswerEvent[] } {
  const accumulator = createAccumulator();
  const events: AnswerEvent[] = [];
  accumulator.addBody(completion as unknown as ChatCompletion, events);
  return { answer: accumulator.finish(events), events };
}

const delta = (fields: Json, more: Json = {}): Json => ({ choices: [{ index: 0, delta: fields, ...more }] });

test("a completion gives the same answer whole and in chunks", () => {
  const message = {
    role: "assistant",
    content: "It is Paris.",
    reasoning_content: "Hm hm.",
    tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: '{"x":1}' } }],
  };
  const frame = { id: "x", object: "chat.completion", created: 1, model: "m" };
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  const whole = accumulateWhole({ ...frame, choices: [{ index: 0, message, finish_reason: "tool_calls" }], usage }).answer;
  const chunks = [
    { ...frame, ...delta({ role: "assistant", content: "" }) },
    delta({ reasoning_content: "Hm " }),
    delta({ reasoning_content: "hm." }),
    delta({ content: "It is " }),
    delta({ content: "Paris." }),
    delta({ tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: '{"x"' } }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
    delta({}, { finish_reason: "tool_calls" }),
    { choices: [], usage },
  ];
  expect(accumulate(chunks).answer).toEqual(whole);
  expect(whole).toMatchObject({ text: "It is Paris.", reasoning: "Hm hm.", rawFinishReason: "tool_calls", usage, id: "x" });
});

test("a whole completion is its own raw", () => {
  const completion = { choices: [{ index: 0, message: { content: "Hi" } }], vendor: { x: 1 } };
  expect(accumulateWhole(completion).answer.raw).toBe(completion);
});

test("events are emitted in the order of the chunks", () => {
  const { events } = accumulate([
    delta({ reasoning: "Hm." }),
    delta({ content: "Pa" }),
    delta({ content: "ris", tool_calls: [{ id: "a", function: { name: "f" } }] }),
  ]);
  expect(events).toEqual([
    { type: "reasoning-delta", text: "Hm." },
    { type: "text-delta", text: "Pa" },
    { type: "text-delta", text: "ris" },
    { type: "tool-call-start", id: "a", name: "f" },
  ]);
});

test("an answer counts as delivered from its first text, reasoning or call", () => {
  expect(accumulate([delta({ role: "assistant", content: "" }), { usage: {} }]).accumulator.delivered).toBe(false);
  for (const fields of [{ content: "x" }, { reasoning: "x" }, { tool_calls: [{ id: "a" }] }])
    expect(accumulate([delta(fields)]).accumulator.delivered).toBe(true);
});

test("an answer is finished once it has a finish reason", () => {
  expect(accumulate([delta({ content: "x" }, { finish_reason: null })]).accumulator.finished).toBe(false);
  expect(accumulate([delta({ content: "x" }, { finish_reason: "" })]).accumulator.finished).toBe(false);
  expect(accumulate([delta({ content: "x" }, { finish_reason: "stop" })]).accumulator.finished).toBe(true);
});

describe("further choices", () => {
  test("are kept for raw, and are not mixed with the first", () => {
    const choice = (index: number, content: string, finish_reason: string | null = null) => ({
      choices: [{ index, delta: { content }, finish_reason }],
    });
    const chunks = [choice(0, "Pa"), choice(1, "Ro"), choice(0, "ris", "stop"), choice(1, "me", "length")];
    const { answer, events } = accumulate(chunks, { choices: 2 });
    expect(answer).toMatchObject({ text: "Paris", rawFinishReason: "stop" });
    expect(answer.raw).toMatchObject({
      choices: [
        { index: 0, message: { content: "Paris" }, finish_reason: "stop" },
        { index: 1, message: { content: "Rome" }, finish_reason: "length" },
      ],
    });
    expect(events).toHaveLength(2);
  });

  test("are the answer when they arrive before index 0: the first to arrive is used", () => {
    expect(
      accumulate(
        [{ choices: [{ index: 1, delta: { content: "Rome" } }] }, { choices: [{ index: 0, delta: { content: "Paris" } }] }],
        { choices: 2 },
      ).answer.text,
    ).toBe("Rome");
  });
});

describe("a complete message within a stream", () => {
  test("is read if there is no delta", () => {
    expect(accumulate([{ choices: [{ index: 0, message: { content: "Paris." }, finish_reason: "stop" }] }]).answer.text).toBe(
      "Paris.",
    );
  });

  test("is ignored next to a delta, since it repeats it (Perplexity)", () => {
    const both = (content: string, soFar: string) => ({
      choices: [{ index: 0, delta: { content }, message: { content: soFar } }],
    });
    expect(accumulate([both("Par", "Par"), both("is.", "Paris.")]).answer.text).toBe("Paris.");
  });
});

test("the message of a complete response takes precedence over an empty delta next to it (Perplexity)", () => {
  const choice = { index: 0, message: { role: "assistant", content: "Paris." }, delta: { role: "assistant", content: "" } };
  expect(accumulateWhole({ choices: [choice] }).answer.text).toBe("Paris.");
});

describe("reasoning details", () => {
  test("that arrive in pieces are joined by index for replay", () => {
    const piece = (text: string, more: Json = {}) =>
      delta({ reasoning_details: [{ type: "reasoning.text", index: 0, text, ...more }] });
    const { answer } = accumulate([
      piece("Hm "),
      piece("hm."),
      piece("", { signature: "s" }),
      delta({ reasoning_details: [{ type: "reasoning.encrypted", index: 1, data: "x" }] }),
    ]);
    expect(answer.reasoning).toBe("Hm hm.");
    expect(answer.replay.reasoning_details).toEqual([
      { type: "reasoning.text", index: 0, text: "Hm hm.", signature: "s" },
      { type: "reasoning.encrypted", index: 1, data: "x" },
    ]);
  });

  test("without an index stay separate", () => {
    const { answer } = accumulate([delta({ reasoning_details: [{ type: "a", text: "1" }, { type: "a", text: "2" }, null] })]);
    expect(answer.replay.reasoning_details).toHaveLength(2);
  });
});

describe("the message that is sent back", () => {
  test("contains the reasoning in the field that it was received in", () => {
    const call = { tool_calls: [{ id: "a", function: { name: "f" } }] };
    expect(accumulate([delta({ reasoning_content: "Hm.", ...call })]).answer.replay).toEqual({ reasoning_content: "Hm." });
    expect(accumulate([delta({ reasoning_content: "Hm.", content: "x" })]).answer.replay).toEqual({ reasoning_content: "Hm." });
    expect(accumulate([delta({ reasoning: "Hm.", ...call })]).answer.replay).toEqual({ reasoning: "Hm." });
    expect(accumulate([delta({ reasoning_content: "", ...call })]).answer.replay).toEqual({ reasoning_content: "" });
    expect(accumulate([delta({ content: "<think>Hm.</think>x" })]).answer.replay).toEqual({ content: "<think>Hm.</think>x" });
  });
});

test("empty chunks are skipped", () => {
  const odd = [
    {},
    { choices: "x" },
    { choices: [null, 1, {}] },
    { choices: [{ delta: "x" }] },
    delta({ content: null, tool_calls: "x", audio: null, reasoning_details: 1, annotations: 1 }),
  ];
  const { answer, events } = accumulate(odd as Json[]);
  expect(events).toEqual([]);
  expect(answer).toMatchObject({
    text: "",
    calls: [],
    reasoning: undefined,
    refusal: undefined,
    citations: undefined,
    usage: undefined,
    id: undefined,
  });
});
