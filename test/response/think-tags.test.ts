import { describe, expect, test } from "vitest";
import { ThinkTags } from "../../src/response/think-tags.ts";

type Said = ["text" | "thinking", string];

function read(...pieces: string[]): { text: string; thinking: string; said: Said[] } {
  const said: Said[] = [];
  const tags = new ThinkTags(
    (text) => said.push(["text", text]),
    (text) => said.push(["thinking", text]),
  );
  for (const piece of pieces) tags.push(piece);
  tags.end();
  const joined = (kind: Said[0]) => said.map(([each, text]) => (each === kind ? text : "")).join("");
  return { text: joined("text"), thinking: joined("thinking"), said };
}

const cases: [string, string, string, string][] = [
  ["tags at the very start", "<think>Hm.</think>Paris.", "Paris.", "Hm."],
  ["white space next to the tags", " \n<think>\n\n Hm. \n</think>\n\nParis. \n", "Paris. \n", "Hm."],
  ["white space within the thinking", "<think>One two\n\nthree</think>Paris.", "Paris.", "One two\n\nthree"],
  [
    "what looks like tags within the thinking",
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
  ["a start like a tag", "<thinking>Hm.", "<thinking>Hm.", ""],
  ["half a tag", "<thi", "<thi", ""],
  ["white space alone", " \n", " \n", ""],
  ["Google's tags", "<thought>**Hm**\n a </think> b</thought>Paris.", "Paris.", "**Hm**\n a </think> b"],
  ["half of Google's tag", "<thoug", "<thoug", ""],
  ["nothing", "", "", ""],
];

describe("think tags", () => {
  test.each(cases)("%s", (_, input, text, thinking) => {
    expect(read(input)).toMatchObject({ text, thinking });
  });

  test.each(cases)("%s, cut at every place and unit by unit", (_, input, text, thinking) => {
    for (let at = 0; at <= input.length; at++)
      expect(read(input.slice(0, at), input.slice(at))).toMatchObject({ text, thinking });
    expect(read(...input.split(""))).toMatchObject({ text, thinking });
  });

  test("text is passed on at once when it can be no tag", () => {
    expect(read("Par", "is").said).toEqual([
      ["text", "Par"],
      ["text", "is"],
    ]);
  });

  test("thinking is passed on as far as it can be no closing tag", () => {
    expect(read("<think>One", " two <", "/think>", "Paris").said).toEqual([
      ["thinking", "One"],
      ["thinking", " two"],
      ["text", "Paris"],
    ]);
  });
});
