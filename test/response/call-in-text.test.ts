import { describe, expect, test } from "vitest";
import { readCallMarkup, readForcedCall } from "../../src/response/call-in-text.ts";
import { holdsCallMarkup } from "../../src/response/call-marks.ts";
import { TextGate } from "../../src/response/text-gate.ts";

const args = '{"city":"Paris"}';

describe("a forced call in the text", () => {
  test.each([
    ["bare arguments", '{"city": "Rome"}', '{"city": "Rome"}'],
    ["a name with arguments", '{"name": "weather", "arguments": {"city": "Rome"}}', '{"city":"Rome"}'],
    ["arguments as a string", '{"name": "weather", "arguments": "{\\"city\\": 1}"}', '{"city": 1}'],
    ["parameters", '{"type": "function", "name": "weather", "parameters": {}}', "{}"],
    ["arguments that have a name of their own", '{"name": "Rome"}', '{"name": "Rome"}'],
  ])("is read from %s", (_, text, argsText) => {
    expect(readForcedCall(text, "weather")).toEqual({ name: "weather", argsText });
  });

  test.each(["", "Sure.", '{"city": "Ro', "[1]", "null", '"weather"', "7"])("is not recognised in %j", (text) => {
    expect(readForcedCall(text, "weather")).toBeUndefined();
  });
});

describe("calls in a model's own notation", () => {
  const notations: [string, string][] = [
    ["Hermes", `<tool_call>\n{"name": "weather", "arguments": ${args}}\n</tool_call>`],
    ["Qwen's XML", "<tool_call>\n<function=weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call>"],
    [
      "Kimi",
      `<|tool_calls_section_begin|><|tool_call_begin|>functions.weather:0<|tool_call_argument_begin|>${args}<|tool_call_end|><|tool_calls_section_end|>`,
    ],
    [
      "DeepSeek's tokens since V3.1",
      `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>${args}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
    ],
    [
      "DeepSeek's tokens before",
      `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather\n\`\`\`json\n${args}\n\`\`\`<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
    ],
    [
      "DSML",
      '<｜DSML｜function_calls>\n<｜DSML｜invoke name="weather">\n<｜DSML｜parameter name="city" string="true">Paris</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>',
    ],
    [
      "MiniMax",
      '<minimax:tool_call>\n<invoke name="weather">\n<parameter name="city">Paris</parameter>\n</invoke>\n</minimax:tool_call>',
    ],
  ];

  test.each(notations)("of %s are read", (_, text) => {
    const [call, ...others] = readCallMarkup(` \n${text}\n`) ?? [];
    expect(call?.name).toBe("weather");
    expect(JSON.parse(call?.argsText ?? "")).toEqual({ city: "Paris" });
    expect(others).toEqual([]);
    expect(holdsCallMarkup(text)).toBe(true);
  });

  test.each(notations)("of %s are not calls when truncated, or next to other text", (_, text) => {
    for (let length = 0; length < text.length; length++) expect(readCallMarkup(text.slice(0, length))).toBeUndefined();
    expect(readCallMarkup(`Let me see. ${text}`)).toBeUndefined();
    expect(readCallMarkup(`${text} Done.`)).toBeUndefined();
  });

  test.each(notations)("of %s are held back in a stream, however they are split", (_, text) => {
    for (const size of [1, 5, 1_000]) {
      const gate = new TextGate({ forcedTool: undefined, readsMarkup: true });
      const passed = (text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? []).map((piece) => gate.push(piece)).join("");
      expect(passed).toBe("");
      expect(gate.held).toBe(text);
    }
  });

  test("can be several", () => {
    const block = (city: string) => `<tool_call>{"name":"weather","arguments":{"city":"${city}"}}</tool_call>`;
    expect(readCallMarkup(`${block("Paris")}\n${block("Rome")}`)?.map(({ argsText }) => JSON.parse(argsText).city)).toEqual([
      "Paris",
      "Rome",
    ]);
  });

  test("keep the types of values that are JSON", () => {
    const text =
      '<｜DSML｜function_calls><｜DSML｜invoke name="f"><｜DSML｜parameter name="n" string="false">3</｜DSML｜parameter>' +
      '<｜DSML｜parameter name="s" string="true">3</｜DSML｜parameter></｜DSML｜invoke></｜DSML｜function_calls>';
    expect(JSON.parse(readCallMarkup(text)?.[0]?.argsText ?? "")).toEqual({ n: 3, s: "3" });
  });
});

test("text that can't start a call is passed on immediately", () => {
  const gate = new TextGate({ forcedTool: "weather", readsMarkup: true });
  expect(gate.push(" \n")).toBe("");
  expect(gate.push("Par")).toBe(" \nPar");
  expect(gate.push("{is}")).toBe("{is}");
});
