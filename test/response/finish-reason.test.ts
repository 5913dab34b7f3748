import { describe, expect, test } from "vitest";
import { mapFinishReason } from "../../src/response/finish-reason.ts";

describe("mapFinishReason", () => {
  // quirk 37
  test.each([
    ["stop", "stop"],
    ["end_turn", "stop"],
    ["stop_sequence", "stop"],
    ["eos", "stop"],
    ["eos_token", "stop"],
    ["complete", "stop"],
    ["tool_calls", "stop"],
    ["tool_use", "stop"],
    ["function_call", "stop"],
    ["length", "length"],
    ["max_tokens", "length"],
    ["model_length", "length"],
    ["max_output_tokens", "length"],
    ["content_filter", "content-filter"],
    ["safety", "content-filter"],
    ["recitation", "content-filter"],
    ["refusal", "content-filter"],
    ["error", "other"],
    ["insufficient_system_resource", "other"],
    ["something_new", "other"],
    ["constructor", "other"],
    ["__proto__", "other"],
    ["", "other"],
    [undefined, "other"],
  ])("maps %s without calls to %s", (raw, reason) => {
    expect(mapFinishReason(raw, false).reason).toBe(reason);
  });

  // quirk 9
  test.each(["stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete", "tool_calls", "tool_use", "function_call"])(
    "lets the calls decide over %s",
    (raw) => {
      expect(mapFinishReason(raw, true)).toEqual({ reason: "tool-calls", runsTools: true });
    },
  );

  test("runs the calls of an answer without a finish reason", () => {
    expect(mapFinishReason(undefined, true)).toEqual({ reason: "tool-calls", runsTools: true });
  });

  test.each(["something_new", "constructor", "network_error", "abort", "MALFORMED_FUNCTION_CALL"])(
    "row 62: runs no calls of an answer that ends with %s, and marks the word as unknown",
    (raw) => {
      expect(mapFinishReason(raw, true)).toEqual({ reason: "other", runsTools: false, isUnknown: true });
    },
  );

  // quirk 10
  test.each([
    ["length", "length"],
    ["max_tokens", "length"],
    ["model_length", "length"],
    ["max_output_tokens", "length"],
    ["content_filter", "content-filter"],
    ["safety", "content-filter"],
    ["recitation", "content-filter"],
    ["refusal", "content-filter"],
    ["error", "other"],
    ["insufficient_system_resource", "other"],
  ])("runs no calls of an answer that ends with %s", (raw, reason) => {
    expect(mapFinishReason(raw, true)).toEqual({ reason, runsTools: false });
  });

  test.each(["STOP", "MAX_TOKENS", "SAFETY"])("reads %s whatever its case", (raw) => {
    expect(mapFinishReason(raw, false)).toEqual(mapFinishReason(raw.toLowerCase(), false));
    expect(mapFinishReason(raw, false).reason).not.toBe("other");
  });
});
