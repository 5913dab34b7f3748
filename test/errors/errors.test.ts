import { describe, expect, expectTypeOf, test } from "vitest";
import { fail, makeError } from "../../src/errors/create-error.ts";
import type { ErrorCode } from "../../src/errors/error-table.ts";
import * as errors from "../../src/errors/errors.ts";
import { ConfigurationError, GatewayError } from "../../src/errors/errors.ts";
import * as index from "../../src/index.ts";

const classOf: Record<Exclude<ErrorCode, "configuration">, string> = {
  authentication: "AuthenticationError",
  permission: "PermissionError",
  "insufficient-credits": "InsufficientCreditsError",
  "rate-limit": "RateLimitError",
  "spend-limit": "SpendLimitError",
  guardrail: "GuardrailError",
  dlp: "DlpError",
  "bad-request": "BadRequestError",
  "not-found": "NotFoundError",
  provider: "ProviderError",
  network: "NetworkError",
  timeout: "TimeoutError",
  stream: "StreamError",
  "output-validation": "OutputValidationError",
};
const entry: Readonly<Record<string, unknown>> = { ...index };
const details = { origin: "gateway", retryable: false, hint: "Fix it." } as const;

describe("each error code", () => {
  test.each(Object.entries(classOf))("%s belongs to the class %s", (code, name) => {
    const error = makeError("It failed.", { ...details, code: code as ErrorCode });
    expect(error).toBeInstanceOf(entry[name]);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(error.code).toBe(code);
    expect(String(error)).toBe(`${name}: It failed.`);
    expect(error.stack).toContain("errors.test.ts");
  });

  test("belongs to one class only", () => {
    expect(new Set(Object.values(classOf)).size).toBe(14);
    const exported = Object.keys(errors).filter((name) => name.endsWith("Error") && name in entry);
    expect(exported.sort()).toEqual([...Object.values(classOf), "GatewayError", "ConfigurationError"].sort());
  });
});

describe("GatewayError", () => {
  const error = makeError("It failed.", {
    ...details,
    code: "provider",
    status: 503,
    gatewayCode: undefined,
    body: { a: 1 },
    cause: new TypeError("terminated"),
  });

  test("has the known fields and no others", () => {
    expect(Object.keys(error).sort()).toEqual(["body", "code", "hint", "origin", "retryable", "status"]);
    expect("gatewayCode" in error).toBe(false);
    expect(error.cause).toBeInstanceOf(TypeError);
    expect("cause" in makeError("x", { ...details, code: "provider" })).toBe(false);
  });

  test("serializes to JSON with name and message, without stack and cause", () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "ProviderError",
      message: "It failed.",
      code: "provider",
      origin: "gateway",
      retryable: false,
      hint: "Fix it.",
      status: 503,
      body: { a: 1 },
    });
  });

  test("can be given its attempts, its partial result and its provider", () => {
    const error = Object.assign(makeError("x", { ...details, code: "provider" }), { attempts: 3, partial: { text: "Hel" } });
    error.provider = "openai";
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ attempts: 3, partial: { text: "Hel" }, provider: "openai" });
  });

  test("is recognized by GatewayError.is, whichever copy of the package created it", () => {
    class Copy extends Error {
      static {
        Object.defineProperty(Copy.prototype, Symbol.for("cf-ai-gateway.error"), { value: true });
      }
    }
    expect(GatewayError.is(error)).toBe(true);
    expect(GatewayError.is(new ConfigurationError([]))).toBe(true);
    expect(GatewayError.is(new Copy())).toBe(true);
    for (const other of [new Error("x"), { code: "provider" }, "ProviderError", null, undefined]) {
      expect(GatewayError.is(other)).toBe(false);
    }
  });

  test("has fields that depend on its class, typed", () => {
    expectTypeOf<errors.TimeoutError["phase"]>().toEqualTypeOf<"first-byte" | "idle" | "chunk" | "total">();
    expectTypeOf<errors.StreamError["reason"]>().toEqualTypeOf<"truncated" | "malformed" | "error-event" | "empty">();
    expectTypeOf<errors.OutputValidationError["reason"]>().toEqualTypeOf<"invalid" | "refusal" | "length" | "content-filter">();
    expectTypeOf<errors.GuardrailError["blocked"]>().toEqualTypeOf<"prompt" | "response">();
    expectTypeOf<errors.DlpError["blocked"]>().toEqualTypeOf<"request" | "response">();
    expectTypeOf<errors.RateLimitError["retryAfterMs"]>().toEqualTypeOf<number | undefined>();
    const caught: unknown = error;
    if (GatewayError.is(caught)) expectTypeOf(caught).toEqualTypeOf<GatewayError>();
  });
});

describe("ConfigurationError", () => {
  const issues = [
    { option: "accountId", message: "is missing", env: "CLOUDFLARE_ACCOUNT_ID" },
    { option: "model", message: "is missing" },
  ];

  test("lists its issues, one line each", () => {
    const error = new ConfigurationError(issues);
    expect(error.name).toBe("ConfigurationError");
    expect(error.message).toBe("2 problems with the configuration:\n- accountId is missing\n- model is missing");
    expect(error).toMatchObject({ code: "configuration", origin: "client", retryable: false, issues });
    expect(error.hint).toMatch(/issues/);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: "ConfigurationError", issues });
  });

  test("reports a single problem in one line", () => {
    expect(new ConfigurationError(issues.slice(1)).message).toBe("model is missing");
  });
});

describe("fail", () => {
  test.each([
    ["timeout:first-byte", { phase: "first-byte" }],
    ["timeout:idle", { phase: "idle" }],
    ["timeout:chunk", { phase: "chunk" }],
    ["timeout:total", { phase: "total" }],
    ["stream:truncated", { reason: "truncated" }],
    ["stream:malformed", { reason: "malformed" }],
    ["stream:error-event", { reason: "error-event" }],
    ["stream:empty", { reason: "empty" }],
    ["output:invalid", { reason: "invalid" }],
    ["output:refusal", { reason: "refusal" }],
    ["output:length", { reason: "length" }],
    ["output:content-filter", { reason: "content-filter" }],
  ] as const)("%s has %j", (kind, own) => {
    expect(fail(kind, "x")).toMatchObject(own);
  });

  test.each(["network:dns", "answer:html"] as const)("%s has neither reason nor phase", (kind) => {
    const error = fail(kind, "x");
    expect(error).not.toHaveProperty("reason");
    expect(error).not.toHaveProperty("phase");
  });

  test("ends the message with the hint, its default or the given one", () => {
    expect(fail("answer:html", "A page came.").message).toBe(
      "A page came. Check baseUrl and customDomain: a login page or a proxy may have answered.",
    );
    const error = fail("answer:html", "A page came.", { hint: "Log in.", status: 200, retryable: true });
    expect(error).toMatchObject({ message: "A page came. Log in.", hint: "Log in.", status: 200, retryable: true });
  });
});
