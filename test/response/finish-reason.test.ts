import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { finishReasons, laterFinishReason, mapFinishReason, readFinishReason } from "../../src/response/finish-reason.ts";

/** Finish reasons of answers whose calls may be truncated or unintended. */
const incomplete: [raw: string, reason: string][] = [
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
];

describe("mapFinishReason", () => {
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
    ...incomplete,
    ["completed", "stop"],
    ["tool_call", "stop"],
    ["model_context_window_exceeded", "length"],
    ["content_filtered", "content-filter"],
    ["blocklist", "content-filter"],
    ["prohibited_content", "content-filter"],
    ["spii", "content-filter"],
    ["image_safety", "content-filter"],
    ["image_prohibited_content", "content-filter"],
    ["image_recitation", "content-filter"],
    ["sensitive", "content-filter"],
    ["guardrail_intervened", "content-filter"],
    ["error_toxic", "content-filter"],
    // Unlisted words, classified by their meaning.
    ["contentfilter_hit", "content-filter"],
    ["blocked_by_moderation", "content-filter"],
    ["censored", "content-filter"],
    ["max_new_tokens", "length"],
    ["token_limit", "length"],
    ["context_length_exceeded", "length"],
    ["length_limit", "length"],
    ["max_length", "length"],
    ["prompt_too_long", "length"],
    // The provider's own word after the usual one, and other spellings.
    ["content_filter: SAFETY", "content-filter"],
    ["endTurn", "stop"],
    ["max-tokens", "length"],
    [" STOP ", "stop"],
    ["something_new", "other"],
    ["constructor", "other"],
    ["__proto__", "other"],
    ["", "other"],
    [undefined, "other"],
  ])("maps %s without calls to %s", (raw, reason) => {
    expect(mapFinishReason(raw, false).reason).toBe(reason);
  });

  test.each(["stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete", "tool_calls", "tool_use", "function_call"])(
    "gives calls precedence over %s",
    (raw) => {
      expect(mapFinishReason(raw, true)).toEqual({ reason: "tool-calls", runsTools: true });
    },
  );

  test("runs the calls of an answer without a finish reason", () => {
    expect(mapFinishReason(undefined, true)).toEqual({ reason: "tool-calls", runsTools: true });
  });

  test.each(["something_new", "constructor", "network_error", "abort", "MALFORMED_FUNCTION_CALL"])(
    "runs no calls of an answer that ends with %s, and marks the word as unknown",
    (raw) => {
      expect(mapFinishReason(raw, true)).toEqual({ reason: "other", runsTools: false, isUnknown: true });
    },
  );

  test.each(incomplete)("runs no calls of an answer that ends with %s", (raw, reason) => {
    expect(mapFinishReason(raw, true)).toEqual({ reason, runsTools: false });
  });

  test.each(["STOP", "MAX_TOKENS", "SAFETY"])("reads %s whatever its case", (raw) => {
    expect(mapFinishReason(raw, false)).toEqual(mapFinishReason(raw.toLowerCase(), false));
    expect(mapFinishReason(raw, false).reason).not.toBe("other");
  });
});

test("the finish reasons that the spec names are known", async () => {
  const spec = parse(await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8"));
  const { description, "x-extensible-enum": named } = spec.components.schemas.FinishReason;
  expect(named.filter((reason: string) => !Object.hasOwn(finishReasons, reason))).toEqual([]);
  // The description tells who sends them.
  expect([...description.matchAll(/`(\w+)`/g)].map(([, word]) => word).filter((word) => word !== "null")).toEqual([
    ...named,
    "stop",
  ]);
});

describe("readFinishReason", () => {
  test.each([
    ["stop", "stop"],
    ["END_TURN", "END_TURN"],
    [{ type: "length" }, "length"],
    [7, "7"],
  ])("returns %j as the provider wrote it", (value, word) => {
    expect(readFinishReason(value)).toBe(word);
  });

  test.each(["", "null", "none", "undefined", "NOT_FINISHED", "in-progress", "FINISH_REASON_UNSPECIFIED", null, true, {}])(
    "treats %j as an unfinished answer",
    (value) => {
      expect(readFinishReason(value)).toBeUndefined();
    },
  );
});

describe("laterFinishReason", () => {
  test.each([
    [undefined, "stop", "stop"],
    ["stop", "tool_calls", "tool_calls"],
    ["stop", "length", "length"],
    ["length", "stop", "length"],
    ["content_filter", "something_new", "content_filter"],
    ["length", "content_filter", "content_filter"],
    ["something_new", "stop", "stop"],
  ])("of %s and then %s keeps %s", (earlier, later, kept) => {
    expect(laterFinishReason(earlier, later)).toBe(kept);
  });
});
