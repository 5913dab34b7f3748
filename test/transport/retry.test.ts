import { type ChatDefaults, GatewayError } from "cf-ai-gateway";
import { describe, expect, it, vi } from "vitest";
import { readRetryAfter } from "../../src/errors/retry-after.ts";
import { retryDelay } from "../../src/transport/retry.ts";

function failure(fields: { code?: GatewayError["code"]; retryable?: boolean; retryAfterMs?: number } = {}): GatewayError {
  return new GatewayError("It failed.", { code: "provider", origin: "provider", retryable: true, hint: "", ...fields });
}

describe("the delay before a retry", () => {
  it("is random between 0 and a bound that doubles from 500 ms to 8 s", () => {
    const options = { maxRetries: 10 };
    const longest = Array.from({ length: 8 }, (_, n) => retryDelay(failure(), n + 1, options, () => 1));
    expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
    expect(retryDelay(failure(), 3, options, () => 0)).toBe(0);
    expect(retryDelay(failure(), 3, options, () => 0.25)).toBe(500);
  });

  it("is drawn each time with Math.random", () => {
    const random = vi.spyOn(Math, "random").mockReturnValueOnce(0.5).mockReturnValueOnce(0.1);
    expect([retryDelay(failure(), 1, {}), retryDelay(failure(), 1, {})]).toEqual([250, 50]);
    random.mockRestore();
  });

  it("is what the response specifies, up to a minute, without jitter", () => {
    for (const retryAfterMs of [0, 1, 1500, 60_000]) {
      expect(retryDelay(failure({ retryAfterMs }), 1, {}, () => 0)).toBe(retryAfterMs);
    }
  });

  it("is undefined when the response specifies more than a minute: the call fails immediately", () => {
    expect(retryDelay(failure({ retryAfterMs: 60_001 }), 1, {})).toBeUndefined();
  });

  it("is undefined for errors that a retry can't fix, whatever the response specifies", () => {
    expect(retryDelay(failure({ retryable: false }), 1, {})).toBeUndefined();
    expect(retryDelay(failure({ retryable: false, retryAfterMs: 1 }), 1, {})).toBeUndefined();
  });

  it.each<[ChatDefaults, number]>([
    [{}, 2],
    [{ maxRetries: 0 }, 0],
    [{ maxRetries: 1 }, 1],
    [{ maxRetries: 5 }, 5],
    [{ gateway: { maxAttempts: 1 } }, 2],
    [{ maxRetries: 2, gateway: { maxAttempts: 5 } }, 2],
    [{ gateway: { maxAttempts: 2 } }, 0],
  ])("with %o is given to %i retries of a failure at the provider", (options, retries) => {
    const delays = [1, 2, 3, 4, 5, 6].map((retry) => retryDelay(failure(), retry, options));
    expect(delays.filter((delay) => delay !== undefined)).toHaveLength(retries);
  });

  it("applies to failed connections even when the gateway retries by itself, since it never saw them", () => {
    const options = { gateway: { maxAttempts: 5 } };
    expect(retryDelay(failure({ code: "network" }), 2, options)).toBeTypeOf("number");
    expect(retryDelay(failure({ code: "network" }), 3, options)).toBeUndefined();
    for (const code of ["provider", "rate-limit"] as const) expect(retryDelay(failure({ code }), 1, options)).toBeUndefined();
  });
});

describe("the retry delay that a response specifies", () => {
  const now = Date.parse("2026-11-15T12:00:00Z");

  it.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ "retry-after": "3" }, 3000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1.5" }, 1500],
    [{ "retry-after": " 7 " }, 7000],
    [{ "retry-after": "Sun, 15 Nov 2026 12:00:20 GMT" }, 20_000],
    [{ "retry-after": "Sun, 15 Nov 2026 11:00:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{ "retry-after-ms": "250" }, 250],
    [{ "retry-after-ms": "250.5" }, 250.5],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after-ms": "never", "retry-after": "9" }, 9000],
    [{ "retry-after-ms": "-1", "retry-after": "9" }, 9000],
    [{ "retry-after-ms": "Infinity" }, undefined],
  ])("is read from %o", (headers, milliseconds) => {
    expect(readRetryAfter(new Headers(headers), now)).toBe(milliseconds);
  });
});
