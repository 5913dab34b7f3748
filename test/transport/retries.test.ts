import { type GatewayConfig, type GatewayError, RateLimitError, SpendLimitError } from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { captureError, chatMethods, gatewayAt } from "../failures/capture-error.ts";
import { rawServer, resetConnection, sendCompletion } from "../failures/raw-server.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();
/** Retries follow immediately: the random delay is 0. */
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

/** A client with the default retries. */
const gatewayFor = (config: GatewayConfig = {}) => local.client({ maxRetries: undefined, ...config });

const gatewayCode = (code: number): ScriptedReply => ({ error: { gatewayCode: code } });
const status = (number: number, body?: unknown): ScriptedReply => ({ error: { status: number, ...(body ? { body } : {}) } });
const policy = { success: false, error: { message: "Access denied by policy" } };
const spending = { success: false, error: { message: "Spending limit exceeded", bucket: "month", spent: 11, limit: 10 } };
const noQuota = { error: { message: "You exceeded your current quota", type: "insufficient_quota", code: "insufficient_quota" } };

const retried: [string, ScriptedReply][] = [
  ...[408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529].map((number): [string, ScriptedReply] => [
    `status ${number}`,
    status(number),
  ]),
  ...[2003, 2005, 2018, 7013].map((code): [string, ScriptedReply] => [`code ${code}`, gatewayCode(code)]),
  ["a connection reset before the headers", { fault: "reset-before-headers" }],
];
const notRetried: [string, ScriptedReply][] = [
  ...[400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 424, 451, 501, 505].map((number): [string, ScriptedReply] => [
    `status ${number}`,
    status(number),
  ]),
  ...[2001, 2008, 2009, 2016, 2017, 2019, 2021, 2029, 2030, 2036, 2040, 2041, 9106, 10000].map(
    (code): [string, ScriptedReply] => [`code ${code}`, gatewayCode(code)],
  ),
  ["a policy's refusal", status(403, policy)],
  ["a spending limit without a code", status(429, spending)],
  ["a provider's insufficient_quota", status(429, noQuota)],
  ["an HTML page in a 200", { fault: "html" }],
  ["an empty 200", { fault: "empty" }],
  ["a truncated answer", { fault: "truncate" }],
  ["a malformed answer", { fault: "malformed" }],
  ["no choices", { status: 200, body: '{"choices":[]}' }],
];

describe.each(chatMethods)("%s", (_, call) => {
  it.each(retried)("retries after %s, and reports each retry", async (_what, reply) => {
    local.reply(reply, reply, { text: "Third time lucky." });
    const retries: { attempt: number; delayMs: number; error: GatewayError }[] = [];
    const result = await call(gatewayFor({ onRetry: (retry) => retries.push(retry) }), { prompt: "Hi" });
    expect(result.text).toBe("Third time lucky.");
    expect(result.turns[0]?.attempts).toBe(3);
    expect(retries.map(({ attempt, delayMs }) => ({ attempt, delayMs }))).toEqual([
      { attempt: 1, delayMs: 0 },
      { attempt: 2, delayMs: 0 },
    ]);
    expect(retries.every(({ error }) => error.retryable)).toBe(true);
    expect(result.failedAttempts.map(({ error }) => error)).toEqual(retries.map(({ error }) => error));
    expect(local.requests).toHaveLength(3);
  });

  it.each(notRetried)("does not retry after %s", async (_what, reply) => {
    local.reply(reply);
    const onRetry = vi.fn();
    const error = await captureError(call(gatewayFor({ onRetry, maxRetries: 5 }), { prompt: "Hello there" }));
    expect(error).toMatchObject({ retryable: false, attempts: 1 });
    expect(onRetry).not.toHaveBeenCalled();
    expect(local.requests).toHaveLength(1);
  });

  it("stops after maxRetries, with the last failure and the number of attempts", async () => {
    local.reply(status(503), status(429), status(500));
    const error = await captureError(call(gatewayFor(), { prompt: "Hi" }));
    expect(error).toMatchObject({ code: "provider", status: 500, attempts: 3, retryable: true });
    expect(error.partial?.failedAttempts?.map((failed) => failed.error.status)).toEqual([503, 429]);
    expect(local.requests).toHaveLength(3);
  });

  it("sends the same request when it retries", async () => {
    local.reply(status(503));
    await call(gatewayFor({ gateway: { eventId: "event-1" } }), { prompt: "Hi" });
    const [first, second] = local.requests;
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers.get("cf-aig-event-id")).toBe("event-1");
  });

  it("waits as long as retry-after-ms specifies", async () => {
    local.reply({ status: 429, headers: { "retry-after-ms": "20", "retry-after": "50" }, body: "{}" });
    const delays: number[] = [];
    await call(gatewayFor({ onRetry: ({ delayMs }) => delays.push(delayMs) }), { prompt: "Hi" });
    expect(delays).toEqual([20]);
  });

  it("fails immediately when it would have to wait longer than a minute, with the requested delay on the error", async () => {
    local.reply({ status: 429, headers: { "retry-after": "61" }, body: '{"error":{"message":"Slow down"}}' });
    const error = await captureError(call(gatewayFor(), { prompt: "Hi" }));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 61_000, retryable: true, attempts: 1, origin: "provider" });
    expect(local.requests).toHaveLength(1);
  });

  it("reads a date in retry-after", async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    local.reply({ status: 503, headers: { "retry-after": date }, body: "{}" });
    const error = await captureError(call(gatewayFor(), { prompt: "Hi" }));
    expect(error.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });

  it("leaves retrying to the gateway when it retries by itself", async () => {
    local.reply(status(503));
    const error = await captureError(call(gatewayFor({ gateway: { maxAttempts: 3 } }), { prompt: "Hi" }));
    expect(error).toMatchObject({ status: 503, retryable: true, attempts: 1 });
    expect(local.requests).toHaveLength(1);
  });

  it("retries a failed connection even when the gateway retries by itself", async () => {
    local.reply({ fault: "reset-before-headers" }, { text: "Hello" });
    const result = await call(gatewayFor({ gateway: { maxAttempts: 3 } }), { prompt: "Hi" });
    expect(result.turns[0]?.attempts).toBe(2);
  });

  it("retries both when maxRetries is set too", async () => {
    local.reply(status(503), { text: "Hello" });
    const result = await call(gatewayFor({ maxRetries: 1, gateway: { maxAttempts: 3 } }), { prompt: "Hi" });
    expect(result.turns[0]?.attempts).toBe(2);
  });

  it("counts the attempts of each turn separately", async () => {
    local.reply(status(503), { toolCalls: [{ name: "add", args: { a: 1, b: 2 } }] }, status(500), status(502), { text: "3" });
    const { tool } = await import("cf-ai-gateway");
    const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
    const result = await call(gatewayFor(), { prompt: "Hi", tools: { add } });
    expect(result.turns.map(({ attempts }) => attempts)).toEqual([2, 3]);
    expect(result.failedAttempts.map(({ error }) => error.status)).toEqual([503, 500, 502]);
  });

  it("has the log of each failed attempt on its error", async () => {
    local.reply(status(503));
    const result = await call(gatewayFor(), { prompt: "Hi" });
    const logs = [...result.failedAttempts.map(({ error }) => error.gateway?.logId), result.gateway.logId];
    expect(logs.every((id) => typeof id === "string")).toBe(true);
    expect(new Set(logs).size).toBe(2);
  });

  it("rejects with an error thrown by onRetry, and leaves nothing running", async () => {
    local.reply(status(503));
    const thrown = new Error("the hook's own");
    await expect(
      call(
        gatewayFor({
          onRetry: () => {
            throw thrown;
          },
        }),
        { prompt: "Hi" },
      ),
    ).rejects.toBe(thrown);
    expect(local.requests).toHaveLength(1);
  });
});

it("a spend limit says that retrying soon won't help", async () => {
  local.reply(gatewayCode(2041));
  const error = await captureError(gatewayFor().chat({ prompt: "Hi" }));
  expect(error).toBeInstanceOf(SpendLimitError);
  expect(error).toMatchObject({ gatewayCode: 2041, status: 429, origin: "gateway", retryable: false });
  expect(error.hint).toContain("Retrying soon won't help");
});

it("a truncated body is retried if none of it was delivered", async () => {
  local.reply({ fault: "reset-mid-body" }, { text: "Whole." });
  const result = await gatewayFor().chat({ prompt: "Hi" });
  expect(result).toMatchObject({ text: "Whole.", turns: [{ attempts: 2 }] });
});

it("connections that fail one after the other use up the retries", async () => {
  await using server = await rawServer(
    ({ socket }) => resetConnection(socket),
    ({ socket }) => resetConnection(socket),
    ({ socket }) => resetConnection(socket),
    sendCompletion("Late"),
  );
  const error = await captureError(gatewayAt(server.url, { maxRetries: 2 }).chat({ prompt: "Hi" }));
  expect(error).toMatchObject({ code: "network", attempts: 3 });
  expect(server.requests).toHaveLength(3);
});
