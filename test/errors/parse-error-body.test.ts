import { describe, expect, it } from "vitest";
import { parseErrorBody } from "../../src/errors/parse-error-body.ts";

/** Plain JSON that can be converted neither to a string nor to a number. */
const unconvertible = { toString: 1, valueOf: 1 };

describe("parseErrorBody", () => {
  it.each([
    ["a code", { error: { code: unconvertible, message: "x" } }],
    ["a status", { error: { status: unconvertible, message: "x" } }],
    ["a detail's message", { detail: [{ loc: ["a"], msg: unconvertible }] }],
    ["a detail's path", { detail: [{ loc: [unconvertible], msg: "m" }] }],
    ["a wait", { error: { message: "x", metadata: { retry_after_seconds: unconvertible } } }],
    ["a reset time", { error: { message: "x", metadata: { headers: { "X-RateLimit-Reset": unconvertible } } } }],
    ["a quota", { error: { message: "x", details: [{ violations: [{ quotaId: unconvertible }] }] } }],
  ])("reads a body in which %s is an object without conversions", (_, body) => {
    expect(parseErrorBody(body).message).toEqual(expect.any(String));
  });

  it("names the path and the message of each detail", () => {
    const detail = [{ loc: ["body", "model"], msg: "field required" }, { msg: "too long" }];
    expect(parseErrorBody({ detail }).message).toBe("body.model: field required; too long");
  });
});
