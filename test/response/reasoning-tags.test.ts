import { describe, expect, test } from "vitest";
import { LeadingReasoning } from "../../src/response/reasoning-tags.ts";

type Piece = ["text" | "reasoning", string];

function read(...input: string[]): { text: string; reasoning: string; pieces: Piece[] } {
  const pieces: Piece[] = [];
  const tags = new LeadingReasoning(
    (text) => pieces.push(["text", text]),
    (text) => pieces.push(["reasoning", text]),
    false,
  );
  for (const piece of input) tags.push(piece);
  tags.end();
  const joined = (kind: Piece[0]) => pieces.map(([each, text]) => (each === kind ? text : "")).join("");
  return { text: joined("text"), reasoning: joined("reasoning"), pieces };
}

const cases: [string, string, string, string][] = [
  ["tags at the very start", "<think>Hm.</think>Paris.", "Paris.", "Hm."],
  ["white space next to the tags", " \n<think>\n\n Hm. \n</think>\n\nParis. \n", "Paris. \n", "Hm."],
  ["white space within the reasoning", "<think>One two\n\nthree</think>Paris.", "Paris.", "One two\n\nthree"],
  [
    "what looks like tags within the reasoning",
    "<think>a < b, </b>, </thin, <think></think>Paris.",
    "Paris.",
    "a < b, </b>, </thin, <think>",
  ],
  ["tags later in the text", "Paris <think>is</think> it.", "Paris <think>is</think> it.", ""],
  ["a second pair", "<think>a</think>b<think>c</think>", "b<think>c</think>", "a"],
  ["empty tags", "<think>\n\n</think>\n\nParis.", "Paris.", ""],
  ["tags alone", "<think>Hm.</think>", "", "Hm."],
  ["a tag that never closes", "<think>Hm. ", "", "Hm."],
  ["a closing tag that is cut off", "<think>Hm. </thi", "", "Hm. </thi"],
  ["a start like a tag", "<thinker>Hm.", "<thinker>Hm.", ""],
  ["half a tag", "<thi", "<thi", ""],
  ["white space alone", " \n", " \n", ""],
  ["Google's tags", "<thought>**Hm**\n a </think> b</thought>Paris.", "Paris.", "**Hm**\n a </think> b"],
  ["half of Google's tag", "<thoug", "<thoug", ""],
  ["nothing", "", "", ""],
];

describe("reasoning in tags is separated from the text", () => {
  test.each(cases)("with %s", (_, input, text, reasoning) => {
    expect(read(input)).toMatchObject({ text, reasoning });
  });

  test.each(cases)("with %s, split at every position and one code unit at a time", (_, input, text, reasoning) => {
    for (let at = 0; at <= input.length; at++)
      expect(read(input.slice(0, at), input.slice(at))).toMatchObject({ text, reasoning });
    expect(read(...input.split(""))).toMatchObject({ text, reasoning });
  });

  test("text that can't start a tag is passed on immediately", () => {
    expect(read("Par", "is").pieces).toEqual([
      ["text", "Par"],
      ["text", "is"],
    ]);
  });

  test("reasoning is passed on up to a possible closing tag", () => {
    expect(read("<think>One", " two <", "/think>", "Paris").pieces).toEqual([
      ["reasoning", "One"],
      ["reasoning", " two"],
      ["text", "Paris"],
    ]);
  });
});
