import type { StreamEvent } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import { recordingTools, textOf, useScriptedChats } from "./scripted-chats.ts";
import { answered, calling, chunk, streamed } from "./wire.ts";

const { chat, stream, sent } = useScriptedChats();
const end = chunk({}, "tool_calls");
const paris = '{"city":"Paris"}';
const rome = '{"city":"Rome"}';
const bothRan = [
  { name: "weather", args: { city: "Paris" } },
  { name: "time", args: { city: "Rome" } },
];

const listStarts = (events: readonly StreamEvent[]) => events.filter((event) => event.type === "tool-call-start");

/** The assistant message of the second request, and the tool messages after it. */
function replayed() {
  const [, assistant, ...answers] = sent(1).messages;
  return { assistant, answers };
}

describe("streamed calls without an index", () => {
  test("streamed calls without an index are distinguished by their IDs", async () => {
    const { executed, tools } = recordingTools();
    const first = { id: "function-call-1", type: "function", function: { name: "weather", arguments: paris } };
    const second = { id: "function-call-2", type: "function", function: { name: "time", arguments: rome } };
    const { result } = await stream(streamed(calling(first), calling(second), end), { tools });
    expect(executed).toEqual(bothRan);
    expect(result.turns[0]?.toolCalls.map(({ id }) => id)).toEqual(["function-call-1", "function-call-2"]);
  });

  test("deltas without index and ID belong to the most recent call", async () => {
    const { executed, tools } = recordingTools();
    const pieces = [
      calling({ id: "a", function: { name: "weather", arguments: '{"ci' } }),
      calling({ function: { arguments: 'ty":"Paris"}' } }),
      calling({ id: "b", function: { name: "time" } }),
      calling({ function: { arguments: rome.slice(0, 4) } }),
      calling({ function: { arguments: rome.slice(4) } }),
    ];
    await stream(streamed(...pieces, end), { tools });
    expect(executed).toEqual(bothRan);
  });

  test("two calls in one delta with neither index nor ID are two calls", async () => {
    const { executed, tools } = recordingTools();
    const delta = calling({ function: { name: "weather", arguments: paris } }, { function: { name: "time", arguments: rome } });
    await stream(streamed(delta, end), { tools });
    expect(executed).toEqual(bothRan);
  });
});

test("a new ID under the same index is a new call", async () => {
  const { executed, tools } = recordingTools();
  const pieces = [
    calling({ index: 0, id: "a", type: "function", function: { name: "weather", arguments: "" } }),
    calling({ index: 0, function: { arguments: paris } }),
    calling({ index: 0, id: "b", type: "function", function: { name: "time", arguments: "" } }),
    calling({ index: 0, function: { arguments: rome } }),
  ];
  await stream(streamed(...pieces, end), { tools });
  expect(executed).toEqual(bothRan);
});

describe("call IDs that are missing or repeated", () => {
  const calls = (first: object, second: object) => [
    { ...first, type: "function", function: { name: "weather", arguments: paris } },
    { ...second, type: "function", function: { name: "time", arguments: rome } },
  ];
  const cases: [string, object, object][] = [
    ["missing", {}, {}],
    ["empty", { id: "" }, { id: "" }],
    ["null", { id: null }, { id: null }],
    ["repeated", { id: "call_0" }, { id: "call_0" }],
  ];

  test.each(cases)(
    "IDs that are %s are replaced by unique ones, consistently in the transcript (chat)",
    async (_, first, second) => {
      const { executed, tools } = recordingTools();
      const result = await chat(answered({ content: null, tool_calls: calls(first, second) }, "tool_calls"), { tools });
      expect(executed).toEqual(bothRan);
      expectOneIdEach(result.turns[0]?.toolCalls.map(({ id }) => id));
    },
  );

  test.each(cases)(
    "IDs that are %s are replaced by unique ones, consistently in the transcript (stream)",
    async (_, first, second) => {
      const { executed, tools } = recordingTools();
      const deltas = calls(first, second).map((call, index) => calling({ index, ...call }));
      const { events, result } = await stream(streamed(...deltas, end), { tools });
      expect(executed).toEqual(bothRan);
      const ids = result.turns[0]?.toolCalls.map(({ id }) => id);
      expectOneIdEach(ids);
      expect(listStarts(events).map(({ id }) => id)).toEqual(ids);
    },
  );

  test("one ID for two calls without an index is two calls", async () => {
    const { executed, tools } = recordingTools();
    const deltas = calls({ id: "call_0" }, { id: "call_0" }).map((call) => calling(call));
    const { result } = await stream(streamed(...deltas, end), { tools });
    expect(executed).toEqual(bothRan);
    expectOneIdEach(result.turns[0]?.toolCalls.map(({ id }) => id));
  });

  test("one ID under two indexes is two calls, even when their deltas interleave", async () => {
    const { executed, tools } = recordingTools();
    const piece = (index: number, args: string, name?: string) =>
      calling({ index, id: "call_0", function: { name, arguments: args } });
    const pieces = [piece(0, '{"city":', "weather"), piece(1, '{"city":', "weather"), piece(0, '"Paris"}'), piece(1, '"Rome"}')];
    const { result } = await stream(streamed(...pieces, end), { tools });
    expect(executed.map(({ args }) => args)).toEqual([{ city: "Paris" }, { city: "Rome" }]);
    expectOneIdEach(result.turns[0]?.toolCalls.map(({ id }) => id));
  });

  test("one ID for two calls of one tool without arguments is two calls", async () => {
    const { executed, tools } = recordingTools();
    const call = { id: "call_0", type: "function", function: { name: "weather", arguments: "" } };
    const result = await chat(answered({ content: null, tool_calls: [call, call] }, "tool_calls"), { tools });
    expect(executed).toHaveLength(2);
    expectOneIdEach(result.turns[0]?.toolCalls.map(({ id }) => id));
  });

  test("an ID that the conversation already contains is not reused", async () => {
    const { tools } = recordingTools();
    const call = { id: "call_0", type: "function" as const, function: { name: "weather", arguments: paris } };
    const messages = [
      { role: "user" as const, content: "Weather?" },
      { role: "assistant" as const, content: null, tool_calls: [call] },
      { role: "tool" as const, tool_call_id: "call_0", content: "Sunny." },
      { role: "user" as const, content: "And now?" },
    ];
    const reply = answered({ content: null, tool_calls: [call] }, "tool_calls");
    const result = await chat(reply, { tools, prompt: undefined, messages } as never);
    const id = result.turns[0]?.toolCalls[0]?.id;
    expect(id).not.toBe("call_0");
    expect(
      sent(1)
        .messages.slice(4)
        .map((message: { tool_call_id?: string }) => message.tool_call_id),
    ).toEqual([undefined, id]);
  });

  test("the provider's own ID is kept", async () => {
    const { tools } = recordingTools();
    await chat(answered({ content: null, tool_calls: calls({ id: "toolu_01A" }, { id: "9-chars-x" }) }, "tool_calls"), { tools });
    expect(replayed().assistant.tool_calls.map(({ id }: { id: string }) => id)).toEqual(["toolu_01A", "9-chars-x"]);
  });

  function expectOneIdEach(ids: string[] | undefined): void {
    expect(new Set(ids).size).toBe(2);
    expect(ids?.every((id) => id.length > 0)).toBe(true);
    const { assistant, answers } = replayed();
    expect(assistant.tool_calls.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(answers.map((answer: { tool_call_id: string }) => answer.tool_call_id)).toEqual(ids);
  }
});

test.each([undefined, "", null])("a call whose type is %j is a function call", async (type) => {
  const { executed, tools } = recordingTools();
  const call = { id: "a", ...(type === undefined ? {} : { type }), function: { name: "weather", arguments: paris } };
  await chat(answered({ content: null, tool_calls: [call] }, "tool_calls"), { tools });
  await stream(streamed(calling({ index: 0, ...call }), end), { tools });
  expect(executed).toEqual([bothRan[0], bothRan[0]]);
  expect(replayed().assistant.tool_calls[0].type).toBe("function");
});

test("arguments that arrive before the name are kept", async () => {
  const { executed, tools } = recordingTools();
  const pieces = [
    calling({ index: 0, id: "a", function: { arguments: '{"city":' } }),
    calling({ index: 0, function: { name: "weather", arguments: '"Par' } }),
    calling({ index: 0, function: { arguments: 'is"}' } }),
  ];
  const { events } = await stream(streamed(...pieces, end), { tools });
  expect(executed).toEqual([bothRan[0]]);
  expect(listStarts(events)).toEqual([{ type: "tool-call-start", id: "a", name: "weather" }]);
  expect(events.map((event) => (event.type === "tool-call-delta" ? event.argsText : "")).join("")).toBe(paris);
});

describe("empty deltas of a call", () => {
  const opening = calling({ index: 0, id: "a", type: "function", function: { name: "weather", arguments: '{"city":' } });
  const nothing = { id: null, type: null, function: { name: null, arguments: null } };

  test("a delta with an empty ID and a null name continues its call", async () => {
    const { executed, tools } = recordingTools();
    const rest = calling({ index: 0, id: "", type: "function", function: { name: null, arguments: '"Paris"}' } });
    await stream(streamed(opening, rest, end), { tools });
    expect(executed).toEqual([bothRan[0]]);
  });

  test.each([
    ["the same index", { index: 0, ...nothing }],
    ["no index", nothing],
    ["an index of its own", { index: 1, ...nothing }],
    ["empty texts", { index: 1, id: "", type: "", function: { name: "", arguments: "" } }],
  ])("an empty final delta, with %s, is not a call", async (_, finaliser) => {
    const { executed, tools } = recordingTools();
    const rest = calling({ index: 0, function: { arguments: '"Paris"}' } });
    const { result } = await stream(streamed(opening, rest, calling(finaliser), end), { tools });
    expect(executed).toEqual([bothRan[0]]);
    expect(result.turns[0]?.toolCalls).toHaveLength(1);
  });

  test("an empty final delta in an answer without calls adds none", async () => {
    const { tools } = recordingTools();
    const { result } = await stream(
      streamed(chunk({ content: "Paris." }), calling({ index: 0, ...nothing }), chunk({}, "stop")),
      { tools },
    );
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop", turns: [{ toolCalls: [] }] });
  });
});

test("arguments that are already an object are used unchanged", async () => {
  const { executed, tools } = recordingTools();
  const call = { id: "a", type: "function", function: { name: "weather", arguments: { city: "Paris" } } };
  await chat(answered({ content: null, tool_calls: [call] }, "tool_calls"), { tools });
  expect(replayed().assistant.tool_calls[0].function.arguments).toBe(paris);
  await stream(streamed(calling({ index: 0, ...call }), end), { tools });
  expect(executed).toEqual([bothRan[0], bothRan[0]]);
});

test.each([
  ["without `function`", { id: "a", name: "weather", arguments: paris }],
  ["without `function` or id, its arguments an object", { name: "weather", arguments: { city: "Paris" } }],
  ["with `input`", { type: "tool_use", id: "a", name: "weather", input: { city: "Paris" } }],
  ["with `parameters`", { id: "a", function: { name: "weather", parameters: paris } }],
  ["with white space around the name", { id: "a", function: { name: " weather\n", arguments: paris } }],
])("a call %s is run", async (_, call) => {
  const { executed, tools } = recordingTools();
  await chat(answered({ content: null, tool_calls: [call] }, "tool_calls"), { tools });
  expect(replayed().assistant.tool_calls[0].function).toEqual({ name: "weather", arguments: paris });
  await chat(answered({ content: null, tool_calls: call }, "tool_calls"), { tools });
  await stream(streamed(calling({ index: 0, ...call }), end), { tools });
  expect(executed).toEqual([bothRan[0], bothRan[0], bothRan[0]]);
});

describe("arguments that are empty or malformed", () => {
  const call = (args: unknown) => ({ id: "a", type: "function", function: { name: "weather", arguments: args } });

  test.each(["", null, " \n"])("arguments %j mean no arguments", async (args) => {
    const { executed, tools } = recordingTools();
    await chat(answered({ content: null, tool_calls: [call(args)] }, "tool_calls"), { tools });
    expect(executed).toEqual([{ name: "weather", args: {} }]);
    expect(replayed().assistant.tool_calls[0].function.arguments).toBe("{}");
  });

  test.each(['{"city":"Par', "{city: 'Paris'}", '{"city":"Paris"}}'])(
    "the malformed arguments %s run nothing, and the tool result says so",
    async (args) => {
      const { executed, tools } = recordingTools();
      const { result } = await stream(streamed(calling({ index: 0, ...call(args) }), end), { tools });
      expect(executed).toEqual([]);
      expect(result.turns[0]?.toolResults).toMatchObject([{ isError: true, args }]);
      expect(replayed().answers).toEqual([
        { role: "tool", tool_call_id: "a", content: expect.stringContaining("not valid JSON") },
      ]);
      expect(result.text).toBe("Done.");
    },
  );
});

describe("a finish reason that contradicts the calls", () => {
  const call = { id: "a", type: "function", function: { name: "weather", arguments: paris } };

  test.each(["stop", "end_turn", "function_calls", "toolUse", null])(
    "calls run even if the finish reason is %j",
    async (reason) => {
      const { executed, tools } = recordingTools();
      const result = await chat(answered({ content: null, tool_calls: [call] }, reason), { tools });
      expect(executed).toEqual([bothRan[0]]);
      expect(result.turns[0]?.finishReason).toBe("tool-calls");
      await stream(streamed(calling({ index: 0, ...call }), chunk({}, reason)), { tools });
      expect(executed).toHaveLength(2);
    },
  );

  test("tool_calls without a call is a stop", async () => {
    const { tools } = recordingTools();
    const { result } = await stream(streamed(chunk({ content: "Paris." }), chunk({}, "tool_calls")), { tools });
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop", rawFinishReason: "tool_calls" });
    expect(await chat(answered({ content: "Paris.", tool_calls: [] }, "tool_calls"), { tools })).toMatchObject({
      finishReason: "stop",
    });
  });
});

test.each([
  ["length", "length"],
  ["content_filter", "content-filter"],
])("calls of an answer that ended with %s do not run", async (raw, finishReason) => {
  const { executed, tools } = recordingTools();
  const call = { id: "a", type: "function", function: { name: "weather", arguments: paris } };
  const result = await chat(answered({ content: "Let me", tool_calls: [call] }, raw), { tools });
  const viaStream = await stream(streamed(chunk({ content: "Let me" }), calling({ index: 0, ...call }), chunk({}, raw)), {
    tools,
  });
  for (const each of [result, viaStream.result]) {
    expect(each).toMatchObject({ text: "Let me", finishReason, rawFinishReason: raw });
    expect(each.messages.at(-1)).toMatchObject({
      role: "tool",
      tool_call_id: "a",
      content: expect.stringMatching(/^Not executed/),
    });
  }
  expect(executed).toEqual([]);
});

describe("thought signatures", () => {
  const signature = { google: { thought_signature: "CiQBq1/+==" } };
  const call = (id: string, name: string, more: object = {}) => ({
    id,
    type: "function",
    function: { name, arguments: "{}" },
    ...more,
  });
  const calls = [call("a", "weather", { extra_content: signature }), call("b", "time")];

  test("a signature on the first call is sent back on the first call (chat)", async () => {
    const { tools } = recordingTools();
    await chat(answered({ tool_calls: calls }, "tool_calls"), { tools });
    expect(replayed().assistant.tool_calls).toEqual(calls);
  });

  test("a signature on the first call is sent back on the first call (stream)", async () => {
    const { tools } = recordingTools();
    await stream(streamed(...calls.map((each) => calling(each)), end), { tools });
    expect(replayed().assistant.tool_calls).toEqual(calls);
  });

  test("a signature in a separate delta is sent back on the most recent call", async () => {
    const { tools } = recordingTools();
    await stream(streamed(calling(call("a", "weather")), calling({ extra_content: signature }), end), { tools });
    expect(replayed().assistant.tool_calls).toEqual([calls[0]]);
  });

  test("a signature on the message is sent back on the message", async () => {
    const { tools } = recordingTools();
    await chat(answered({ extra_content: signature, tool_calls: [call("a", "weather")] }, "tool_calls"), { tools });
    expect(replayed().assistant).toMatchObject({ extra_content: signature, tool_calls: [call("a", "weather")] });
    const { result } = await stream(
      streamed(chunk({ content: "Hi" }), chunk({ content: "", extra_content: signature }), chunk({}, "stop")),
    );
    expect(result.messages.at(-1)).toEqual({ role: "assistant", content: "Hi", extra_content: signature });
  });
});

test("text and a call in one delta are both kept", async () => {
  const { executed, tools } = recordingTools();
  const call = { index: 0, id: "a", type: "function", function: { name: "weather", arguments: paris } };
  const { events, result } = await stream(streamed(chunk({ content: "One moment.", tool_calls: [call] }, "tool_calls")), {
    tools,
  });
  expect(executed).toEqual([bothRan[0]]);
  expect(result.turns[0]?.text).toBe("One moment.");
  expect(textOf(events)).toBe("One moment.Done.");
  expect(replayed().assistant.content).toBe("One moment.");
});

describe("a forced call that leaked into the text", () => {
  test.each([
    ["bare arguments", paris],
    ["name and arguments", `{"name":"weather","arguments":${paris}}`],
    ["a call with function", `{"type":"function","function":{"name":"weather","arguments":${paris}}}`],
    ["name and arguments as text", JSON.stringify({ name: "weather", arguments: paris })],
    ["type, name and parameters", `{"type":"function","name":"weather","parameters":${paris}}`],
  ])("a forced call leaked into the text as %s is recognised", async (_, text) => {
    const { executed, tools } = recordingTools();
    const result = await chat(answered({ content: text }), { tools, toolChoice: { tool: "weather" } });
    const viaStream = await stream(streamed(chunk({ content: text }), chunk({}, "stop")), {
      tools,
      toolChoice: { tool: "weather" },
    });
    expect(executed).toEqual([bothRan[0], bothRan[0]]);
    expect(result.turns[0]).toMatchObject({
      finishReason: "tool-calls",
      text: "",
      toolCalls: [{ name: "weather", args: { city: "Paris" } }],
    });
    expect(viaStream.result.text).toBe("Done.");
  });

  test("JSON that looks like a call is text when no tool, or more than one, was forced", async () => {
    const { executed, tools } = recordingTools();
    expect((await chat(answered({ content: paris }), { tools })).text).toBe(paris);
    expect((await chat(answered({ content: paris }), { tools, toolChoice: "required" })).text).toBe(paris);
    expect(executed).toEqual([]);
  });

  test("prose instead of a forced call is text", async () => {
    const { executed, tools } = recordingTools();
    const result = await chat(answered({ content: "I would rather not." }), { tools, toolChoice: { tool: "weather" } });
    expect(result.text).toBe("I would rather not.");
    expect(executed).toEqual([]);
  });
});

describe("a message that is sent back", () => {
  const call = { id: "a", type: "function", function: { name: "weather", arguments: "{}" } };
  const message = {
    content: null,
    refusal: null,
    annotations: [],
    audio: null,
    function_call: null,
    tool_calls: [{ index: 0, ...call }],
  };

  test("an assistant message is sent back with request fields only", async () => {
    const { tools } = recordingTools();
    await chat(answered(message, "tool_calls"), { tools });
    expect(replayed().assistant).toEqual({ role: "assistant", content: null, tool_calls: [call] });
  });

  test("an assistant message assembled from a stream is sent back with request fields only", async () => {
    const { tools } = recordingTools();
    await stream(streamed(chunk({ role: "assistant", ...message }), chunk({ content: "" }, "tool_calls")), { tools });
    expect(replayed().assistant).toEqual({ role: "assistant", content: null, tool_calls: [call] });
  });

  test("Workers AI, which rejects null, gets an empty string as content", async () => {
    const { tools } = recordingTools();
    const model = { provider: "workers-ai", model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast" };
    await chat(answered(message, "tool_calls"), { tools, ...model });
    expect(replayed().assistant).toEqual({ role: "assistant", content: "", tool_calls: [call] });
  });
});

describe("calls that interleave", () => {
  test("calls that begin at index 1 and interleave keep the order in which they appeared", async () => {
    const { executed, tools } = recordingTools();
    const pieces = [
      calling({ index: 1, id: "a", function: { name: "weather", arguments: '{"city":' } }),
      calling({ index: 3, id: "b", function: { name: "time", arguments: '{"ci' } }),
      calling({ index: 1, function: { arguments: '"Paris"}' } }),
      calling({ index: 3, function: { arguments: 'ty":"Rome"}' } }),
    ];
    const { result } = await stream(streamed(...pieces, end), { tools });
    expect(executed).toEqual(bothRan);
    expect(result.turns[0]?.toolCalls.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(replayed().answers.map((answer: { tool_call_id: string }) => answer.tool_call_id)).toEqual(["a", "b"]);
  });

  test("indexes may be digits in strings", async () => {
    const { executed, tools } = recordingTools();
    const pieces = [
      calling({ index: "0", id: "a", function: { name: "weather", arguments: "" } }),
      calling({ index: "1", id: "b", function: { name: "time", arguments: "" } }),
      calling({ index: "0", function: { arguments: paris } }),
      calling({ index: "1", function: { arguments: rome } }),
    ];
    await stream(streamed(...pieces, end), { tools });
    expect(executed).toEqual(bothRan);
  });

  test("a call with a lower index that arrived later stays after the earlier one", async () => {
    const { executed, tools } = recordingTools();
    const pieces = [
      calling({ index: 2, id: "a", function: { name: "weather", arguments: paris } }),
      calling({ index: 0, id: "b", function: { name: "time", arguments: rome } }),
    ];
    await stream(streamed(...pieces, end), { tools });
    expect(executed).toEqual(bothRan);
  });
});

describe("calls that are split anywhere", () => {
  const args = '{"city":"Zürich \\"🏔\\" \\ud83c\\udfd4 \\n"}';
  const expected = [{ name: "weather", args: { city: 'Zürich "🏔" \ud83c\udfd4 \n' } }];

  test("a call that arrives complete in one delta is run", async () => {
    const { executed, tools } = recordingTools();
    await stream(
      streamed(calling({ index: 0, id: "a", type: "function", function: { name: "weather", arguments: args } }), end),
      { tools },
    );
    expect(executed).toEqual(expected);
  });

  test("arguments may be split anywhere, including inside escapes and surrogate pairs", async () => {
    const { executed, tools } = recordingTools();
    const pieces = args.split("").map((unit) => calling({ index: 0, function: { arguments: unit } }));
    const opening = calling({ index: 0, id: "a", type: "function", function: { name: "weather", arguments: "" } });
    const { events } = await stream(streamed(opening, ...pieces, end), { tools });
    expect(executed).toEqual(expected);
    expect(events.map((event) => (event.type === "tool-call-delta" ? event.argsText : "")).join("")).toBe(args);
  });
});
