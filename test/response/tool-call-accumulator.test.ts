import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnswerEvent } from "../../src/response/answer-event.ts";
import { uniqueCallId } from "../../src/response/call-id.ts";
import { ToolCallAccumulator, wireToolCalls } from "../../src/response/tool-call-accumulator.ts";
import type { ChunkToolCall } from "../../src/wire.ts";

/** Accumulates the tool calls of these deltas; each delta may contain several. */
function track(deltas: (ChunkToolCall | ChunkToolCall[])[], usedIds = new Set<string>()) {
  const tracker = new ToolCallAccumulator(usedIds);
  const events: AnswerEvent[] = [];
  for (const delta of deltas) tracker.add([delta].flat(), false, events);
  const { calls } = tracker.finish(events);
  return { calls, events, brief: calls.map(({ name, argsText }) => `${name}(${argsText})`) };
}

const begin = (id: string, name: string, args = ""): ChunkToolCall => ({ id, function: { name, arguments: args } });

describe("a delta belongs to", () => {
  test("the call with its ID", () => {
    expect(track([begin("a", "f"), begin("b", "g"), { id: "a", function: { arguments: "{}" } }]).brief).toEqual([
      "f({})",
      "g({})",
    ]);
    expect(
      track([
        begin("a", "f", '{"x"'),
        begin("b", "g", "{"),
        { id: "a", function: { arguments: ":1}" } },
        { id: "b", function: { arguments: "}" } },
      ]).brief,
    ).toEqual(['f({"x":1})', "g({})"]);
  });

  test("the call with its index, without an ID", () => {
    const deltas = [
      { index: 4, ...begin("a", "f") },
      { index: 2, ...begin("b", "g") },
      { index: 4, function: { arguments: '{"x":1}' } },
    ];
    expect(track(deltas).brief).toEqual(['f({"x":1})', "g({})"]);
  });

  test("the last open call, without ID and index", () => {
    expect(track([begin("a", "f"), begin("b", "g"), { function: { arguments: '{"x":1}' } }]).brief).toEqual([
      "f({})",
      'g({"x":1})',
    ]);
  });
});

describe("a new call starts with", () => {
  test("a new ID under the same index", () => {
    expect(
      track([
        { index: 0, ...begin("a", "f", "{}") },
        { index: 0, ...begin("b", "f", "{}") },
      ]).brief,
    ).toEqual(["f({})", "f({})"]);
  });

  test("the same ID under another index, whose pieces may repeat the ID", () => {
    const deltas = [
      { index: 0, ...begin("a", "f", "{") },
      { index: 1, ...begin("a", "g", "{") },
      { index: 0, id: "a", function: { arguments: '"x":1}' } },
      { index: 1, id: "a", function: { arguments: '"y":2}' } },
    ];
    expect(track(deltas).brief).toEqual(['f({"x":1})', 'g({"y":2})']);
  });

  test("another name under the same ID", () => {
    expect(track([begin("a", "f", "{}"), begin("a", "g", "{}")]).brief).toEqual(["f({})", "g({})"]);
  });

  test("arguments under the same ID and name after complete arguments", () => {
    expect(track([begin("a", "f", '{"x":1}'), begin("a", "f", '{"x":2}')]).brief).toEqual(['f({"x":1})', 'f({"x":2})']);
  });

  test("a name without an ID, if the last call is complete", () => {
    const bare = (name: string, args: string): ChunkToolCall => ({ function: { name, arguments: args } });
    expect(track([bare("f", '{"x":1}'), bare("f", '{"x":2}'), bare("g", "{}")]).brief).toEqual([
      'f({"x":1})',
      'f({"x":2})',
      "g({})",
    ]);
  });

  test("each entry of a delta that has an ID or a name", () => {
    expect(track([[begin("a", "f", "{}"), begin("a", "f", "{}")]]).brief).toEqual(["f({})", "f({})"]);
    expect(track([[{ function: { name: "f" } }, { function: { name: "f" } }]]).brief).toEqual(["f({})", "f({})"]);
  });
});

describe("no new call starts with", () => {
  test("ID and name repeated on every piece", () => {
    expect(track([begin("a", "f", '{"x'), begin("a", "f", '":1'), begin("a", "f", "}")]).brief).toEqual(['f({"x":1})']);
    const indexed = [begin("a", "f", '{"x'), begin("a", "f", '":1}')].map((delta) => ({ index: 0, ...delta }));
    expect(track(indexed).brief).toEqual(['f({"x":1})']);
  });

  test("an empty entry", () => {
    const nothing = { id: "", type: "", function: { name: null, arguments: null } } as unknown as ChunkToolCall;
    expect(track([nothing]).brief).toEqual([]);
    expect(track([begin("a", "f", "{}"), { index: 7, ...nothing }, nothing, begin("a", "f", "")]).brief).toEqual(["f({})"]);
  });

  test("an ID that arrives late", () => {
    const deltas = [
      { index: 0, function: { name: "f", arguments: "{" } },
      { index: 0, id: "a", function: { arguments: "}" } },
    ];
    expect(track(deltas).calls).toMatchObject([{ id: "a", name: "f", argsText: "{}" }]);
  });
});

describe("call IDs", () => {
  test("of the provider are kept, and emitted as soon as the name is known", () => {
    const { calls, events } = track([begin("toolu_01", "f", '{"x'), { function: { arguments: '":1}' } }]);
    expect(calls[0]?.id).toBe("toolu_01");
    expect(events).toEqual([
      { type: "tool-call-start", id: "toolu_01", name: "f" },
      { type: "tool-call-delta", id: "toolu_01", argsText: '{"x' },
      { type: "tool-call-delta", id: "toolu_01", argsText: '":1}' },
    ]);
  });

  test("that are missing are generated at the end, since one may arrive late", () => {
    const { calls, events } = track([
      { index: 0, function: { name: "f", arguments: "{" } },
      { index: 0, function: { arguments: "}" } },
    ]);
    expect(events).toEqual([
      { type: "tool-call-start", id: calls[0]?.id, name: "f" },
      { type: "tool-call-delta", id: calls[0]?.id, argsText: "{}" },
    ]);
  });

  test("that the conversation already contains are replaced", () => {
    const used = new Set(["a", "call00001"]);
    const { calls } = track([begin("a", "f"), begin("", "g")], used);
    expect(new Set([...calls.map(({ id }) => id), "a", "call00001"]).size).toBe(4);
    expect(calls.every(({ id }) => used.has(id))).toBe(true);
  });

  test("that are generated have nine letters and digits, as Mistral requires", () => {
    for (const size of [0, 5, 100]) {
      const used = new Set(Array.from({ length: size }, (_, n) => uniqueCallId("", new Set(Array.from({ length: n }, String)))));
      expect(uniqueCallId("", used)).toMatch(/^[a-z0-9]{9}$/);
    }
  });
});

describe("call arguments", () => {
  test.each([undefined, null, "", " \n"])("that are %j are {}", (args) => {
    expect(track([{ id: "a", function: { name: "f", arguments: args } } as ChunkToolCall]).brief).toEqual(["f({})"]);
  });

  test("that are an object become its JSON", () => {
    expect(track([{ id: "a", function: { name: "f", arguments: { x: [1] } } } as unknown as ChunkToolCall]).brief).toEqual([
      'f({"x":[1]})',
    ]);
  });

  test("that are malformed are unchanged", () => {
    expect(track([begin("a", "f", '{"x":')]).calls[0]?.argsText).toBe('{"x":');
  });

  test("are the same however they are split, and their events add up to them", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.nat(), { maxLength: 8 }), (value, cuts) => {
        const json = JSON.stringify({ value });
        const places = [0, ...cuts.map((cut) => cut % (json.length + 1)).sort((a, b) => a - b), json.length];
        const pieces = places.slice(1).map((end, at) => json.slice(places[at], end));
        const { calls, events } = track([
          { index: 0, ...begin("a", "f") },
          ...pieces.map((piece) => ({ index: 0, function: { arguments: piece } })),
        ]);
        expect(calls).toMatchObject([{ argsText: json }]);
        expect(events.map((event) => (event.type === "tool-call-delta" ? event.argsText : "")).join("")).toBe(json);
      }),
      { numRuns: 200 },
    );
  });
});

test("entries that are not objects are skipped", () => {
  expect(track([[null, "x", 1, begin("a", "f")] as unknown as ChunkToolCall[]]).brief).toEqual(["f({})"]);
});

test("a call is sent back with request fields only, including its signature", () => {
  const { calls } = track([
    {
      index: 0,
      ...begin("a", "f", "{}"),
      type: "function",
      extra_content: { google: { thought_signature: "x" } },
    } as ChunkToolCall,
    begin("b", "g"),
  ]);
  expect(wireToolCalls(calls)).toEqual([
    {
      id: "a",
      type: "function",
      function: { name: "f", arguments: "{}" },
      extra_content: { google: { thought_signature: "x" } },
    },
    { id: "b", type: "function", function: { name: "g", arguments: "{}" } },
  ]);
});
