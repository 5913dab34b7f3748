import { describe, expect, it } from "vitest";
import { makeError } from "../../src/errors/create-error.ts";
import { getRejectedText } from "../../src/output/rejected-output.ts";

function providerError(body: unknown, code: "bad-request" | "rate-limit" = "bad-request") {
  return makeError("The provider rejected the request.", { code, origin: "provider", retryable: false, hint: "", body });
}

const groq = { error: { message: "Failed to validate JSON.", code: "json_validate_failed", failed_generation: '{"nme": 1}' } };

describe("output that the provider itself rejected", () => {
  it.each<[string, unknown, string]>([
    ["Groq, with what the model wrote", groq, '{"nme": 1}'],
    ["Groq, with nothing", { error: { code: "json_validate_failed", failed_generation: "" } }, ""],
    [
      "Groq behind OpenRouter",
      { error: { message: "Provider returned error", metadata: { raw: JSON.stringify(groq) } } },
      '{"nme": 1}',
    ],
    ["Workers AI", { errors: [{ code: 5024, message: "AiError: JSON Mode couldn't be met" }] }, ""],
  ])("is recognised from %s", (_, body, text) => {
    expect(getRejectedText(providerError(body), { asTool: false })).toBe(text);
  });

  it("may be a rejected call with the tool strategy", () => {
    const body = { error: { code: "tool_use_failed", failed_generation: "<function=output>" } };
    expect(getRejectedText(providerError(body), { asTool: true })).toBe("<function=output>");
    expect(getRejectedText(providerError(body), { asTool: false })).toBeUndefined();
  });

  it("is not detected in other errors", () => {
    expect(getRejectedText(providerError({ error: { message: "Bad request" } }), { asTool: true })).toBeUndefined();
    expect(getRejectedText(providerError(groq, "rate-limit"), { asTool: false })).toBeUndefined();
  });
});
