import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractJson } from "../../src/output/extract-json.ts";

describe("extractJson", () => {
  it.each<[string, string, unknown]>([
    ["the whole text", ' {"a": 1}\n', { a: 1 }],
    ["a scalar that is the whole text", "null", null],
    ["a code fence", 'Here you are:\n```json\n{"a": 1}\n```\nAnything else?', { a: 1 }],
    ["a code fence without a language", '```\n[{"a": 1}]\n```', [{ a: 1 }]],
    ["a fence before an example in the prose", 'For {"q": 1} it is:\n```json\n{"a": 1}\n```', { a: 1 }],
    ["backticks within the JSON", '```json\n{"a": "```x```"}\n```', { a: "```x```" }],
    ["an object among prose", 'The answer is {"a": "}"} as you see.', { a: "}" }],
    ["an array among prose", 'So: [{"a": 1}, {"a": 2}]. Done.', [{ a: 1 }, { a: 2 }]],
    ["an object after a citation", 'As shown in [1], [2, 3]: {"a": 1}', { a: 1 }],
    ["an array of scalars in a fence", "The primes:\n```json\n[2, 3, 5]\n```", [2, 3, 5]],
    ["an object before a fence of something else", '{"a": 1} as in\n```\nx = 1\n```', { a: 1 }],
    ["an object after brackets that are no JSON", 'Use {braces} and [brackets]: {"a": [1]}', { a: [1] }],
    ["an object behind reasoning", 'Perhaps {"a": 2}? No.\n</think>\n\n{"a": 1}', { a: 1 }],
    ["a fence behind reasoning with a fence", '```json\n{"a": 2}\n```</think>\n```json\n{"a": 1}\n```', { a: 1 }],
    ["a closing tag within a string", 'So: {"a": "x</think>"}', { a: "x</think>" }],
    ["a fence within a string, among words", 'It is {"a": "```js\\n1\\n```"} then.', { a: "```js\n1\n```" }],
    ["a fence of code before one of JSON", '```python\n{x: 1}\n```\n```json\n{"a": 1}\n```', { a: 1 }],
    ["a fence on one line", 'It is ```json {"a": 1}``` then.', { a: 1 }],
    ["an object followed by the rest of some markup", '{"a": 1}\n</tool_call>', { a: 1 }],
    ["the first of two objects", '{"a": 1} or {"a": 2}', { a: 1 }],
  ])("finds %s", (_, text, value) => {
    expect(extractJson(text)).toEqual({ found: true, value });
  });

  it.each([
    ["nothing", ""],
    ["prose", "I cannot do that."],
    ["a cut object", '{"a": "A long t'],
    ["a cut object in a fence", '```json\n{"a": {"b": 1}, "c": '],
    ["an object within a malformed one", `{"name": "a", "children": [{"name": "b"}], oops}`],
    ["an object after a malformed start", `{"name": 'a', "children": [{"name": "b"}]}`],
    ["JSON with single quotes", "{'a': 1}"],
    ["an object in the reasoning alone", 'Perhaps {"a": 2}.\n</think>\nI am not sure.'],
    ["a fence within a malformed object", '{"a": "\n```json\n{\\"b\\": 1}\n```", oops'],
  ])("does not guess at %s", (_, text) => {
    expect(extractJson(text)).toEqual({ found: false });
  });

  it("finds any object in any prose without brackets", () => {
    const words = fc.string().map((text) => text.replace(/[[\]{}`"\d]/g, ""));
    fc.assert(
      fc.property(
        words,
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        words,
        fc.boolean(),
        (before, value, after, fenced) => {
          const json = JSON.stringify(value);
          expect(extractJson(fenced ? `${before}\n\`\`\`json\n${json}\n\`\`\`${after}` : `${before}${json}${after}`)).toEqual({
            found: true,
            value: JSON.parse(json),
          });
        },
      ),
    );
  });

  it("takes linear time for many brackets", () => {
    const start = performance.now();
    expect(extractJson("[{".repeat(200_000))).toEqual({ found: false });
    expect(extractJson('{"a": '.repeat(200_000))).toEqual({ found: false });
    expect(extractJson("```\n{ x }\n```\n".repeat(20_000))).toEqual({ found: false });
    expect(extractJson('{"a": 1} '.repeat(100_000))).toEqual({ found: true, value: { a: 1 } });
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
