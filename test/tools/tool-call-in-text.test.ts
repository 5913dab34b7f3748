import { describe, expect, it } from "vitest";
import { leakedCall } from "../../src/tools/tool-call-in-text.ts";

describe("a leaked call", () => {
  it.each([
    ["bare arguments", '{"city": "Rome"}', '{"city": "Rome"}'],
    ["a name with arguments", '{"name": "weather", "arguments": {"city": "Rome"}}', '{"city":"Rome"}'],
    ["arguments that are text", '{"name": "weather", "arguments": "{\\"city\\": 1}"}', '{"city": 1}'],
    ["parameters", '{"type": "function", "name": "weather", "parameters": {}}', "{}"],
    ["arguments that have a name of their own", '{"name": "Rome"}', '{"name": "Rome"}'],
  ])("is found as %s", (_, text, args) => {
    expect(leakedCall(text, "weather")).toBe(args);
  });

  it.each(["", "Sure.", '{"city": "Ro', "[1]", "null", '"weather"', "7"])("is not seen in %j", (text) => {
    expect(leakedCall(text, "weather")).toBeUndefined();
  });
});
