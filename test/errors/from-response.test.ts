import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  AuthenticationError,
  BadRequestError,
  DlpError,
  GatewayError,
  GuardrailError,
  InsufficientCreditsError,
  NotFoundError,
  PermissionError,
  ProviderError,
  RateLimitError,
  SpendLimitError,
  StreamError,
} from "../../src/errors/errors.ts";
import { errorFromFrame, errorFromPayload, errorFromResponse } from "../../src/errors/from-response.ts";
import { isHtml, parseErrorBody } from "../../src/errors/parse-error-body.ts";
import { createRedact } from "../../src/errors/redact.ts";

const asked = { provider: "openai", model: "openai/gpt-4o" };
const untouched = createRedact([]);

function readError(status: number, body: unknown, headers: Record<string, string> = {}): GatewayError {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return errorFromResponse({ status, headers: new Headers(headers) }, text, asked, untouched);
}

type Class = new (...args: never[]) => GatewayError;

/** The codes of Cloudflare's own error bodies: status, message, class, origin, retryable, meaning, hint. */
const gatewayCodes: [
  code: number,
  status: number,
  said: string,
  type: Class,
  origin: GatewayError["origin"],
  retryable: boolean,
  means: RegExp,
  hint: RegExp,
][] = [
  [
    2001,
    400,
    "Please configure AI Gateway in the Cloudflare dashboard",
    NotFoundError,
    "gateway",
    false,
    /no such gateway/,
    /gatewayId \(CLOUDFLARE_GATEWAY_ID\).*stores a key/,
  ],
  [2003, 429, "Too many requests", RateLimitError, "gateway", true, /gateway's own rate limit/, /Wait and try again/],
  [
    2005,
    502,
    "Failed to get response from provider",
    ProviderError,
    "provider",
    true,
    /could not reach the provider/,
    /Try again.*fallbacks/,
  ],
  [2008, 400, "Invalid provider", BadRequestError, "gateway", false, /doesn't know the provider/, /\{provider\}\/\{model\}/],
  [
    2009,
    401,
    "Unauthorized",
    AuthenticationError,
    "gateway",
    false,
    /gateway token is missing or wrong/,
    /gatewayToken \(CLOUDFLARE_GATEWAY_TOKEN\)/,
  ],
  [
    2009,
    400,
    "Unauthorized",
    AuthenticationError,
    "gateway",
    false,
    /gateway token is missing or wrong/,
    /gatewayToken \(CLOUDFLARE_GATEWAY_TOKEN\)/,
  ],
  [
    2016,
    424,
    "Prompt blocked due to security configurations",
    GuardrailError,
    "gateway",
    false,
    /Guardrails blocked the prompt/,
    /Change the prompt/,
  ],
  [
    2017,
    424,
    "Response blocked due to security configurations",
    GuardrailError,
    "gateway",
    false,
    /Guardrails blocked the response/,
    /Change the prompt/,
  ],
  [
    2018,
    429,
    "Wholesale Rate limited",
    RateLimitError,
    "gateway",
    true,
    /Unified Billing's rate limit/,
    /Wait.*your own provider key/,
  ],
  [2019, 400, "Chat completion bad format", BadRequestError, "gateway", false, /could not read the request/, /Set provider/],
  [
    2021,
    402,
    "Insufficient wholesale credits",
    InsufficientCreditsError,
    "gateway",
    false,
    /no stored key/,
    /Store a provider key/,
  ],
  [
    2029,
    400,
    "Request content blocked due to DLP policy violations",
    DlpError,
    "gateway",
    false,
    /blocked the request/,
    /Remove the sensitive data/,
  ],
  [
    2030,
    400,
    "Response content blocked due to DLP policy violations",
    DlpError,
    "gateway",
    false,
    /blocked the response/,
    /response contained sensitive data/,
  ],
  [
    2036,
    403,
    "This feature is not available for your account",
    PermissionError,
    "gateway",
    false,
    /not available to the account/,
    /Leave the option out/,
  ],
  [
    2040,
    400,
    "Provider 'openai' has no BYOK credential named 'x'",
    BadRequestError,
    "gateway",
    false,
    /no key for the provider under that alias/,
    /gateway\.byokAlias/,
  ],
  [
    2041,
    429,
    "Spend limit exceeded: rule 'monthly'",
    SpendLimitError,
    "gateway",
    false,
    /spend limit rule/,
    /Retrying soon won't help/,
  ],
  [7013, 503, "Guardrails scanner unavailable", ProviderError, "gateway", true, /scanner is unavailable/, /Try again/],
  [
    9106,
    401,
    "Missing Authorization header",
    AuthenticationError,
    "gateway",
    false,
    /API token is missing or malformed/,
    /apiToken \(CLOUDFLARE_API_TOKEN\): the rest endpoint/,
  ],
  [
    10000,
    403,
    "Authentication error",
    AuthenticationError,
    "gateway",
    false,
    /API token is wrong/,
    /apiToken \(CLOUDFLARE_API_TOKEN\): it needs/,
  ],
];

describe("a response body from the gateway", () => {
  test.each(gatewayCodes)(
    "with code %i and status %i is classified by its code",
    (code, status, message, type, origin, retryable, means, hint) => {
      const entry = { code, message };
      const shapes = [
        { success: false, result: [], messages: [], error: [entry] },
        { success: false, error: [entry], name: "AiGatewayError", httpCode: status, internalCode: code, message },
        { success: false, errors: [entry], messages: [], result: null },
        { success: false, error: entry },
        { success: false, internalCode: code, message },
      ];
      for (const shape of shapes) {
        const error = readError(status, shape);
        expect(error).toBeInstanceOf(type);
        expect(error).toMatchObject({ status, gatewayCode: code, origin, retryable, body: shape, ...asked });
        expect(error.hint).toMatch(hint);
        expect(error.message).toMatch(means);
        expect(error.message).toContain(`openai/gpt-4o: ${message}. (HTTP ${status}, gateway code ${code}) ${error.hint}`);
      }
    },
  );

  test("is recognized by the first entry that is an error", () => {
    const error = readError(400, { success: false, errors: [null, [], "x", { code: 2001, message: "Said so" }] });
    expect(error).toMatchObject({ gatewayCode: 2001, message: expect.stringContaining("Said so.") });
  });

  test("says whether the prompt or the response was blocked, whatever the message", () => {
    const [error] = [readError(424, { success: false, error: [{ code: 2016, message: "There is no response" }] })];
    expect((error as GuardrailError).blocked).toBe("prompt");
    expect(readError(400, { error: { message: "Bad response format" } })).not.toHaveProperty("blocked");
    expect(readError(502, { success: false, error: { message: "No response" } })).not.toHaveProperty("blocked");
  });

  test("says whether the prompt or the response was blocked", () => {
    const blocked = [2016, 2017, 2029, 2030].map((code) => readError(400, { success: false, error: [{ code }] }));
    expect(blocked.map((error) => (error as GuardrailError | DlpError).blocked)).toEqual([
      "prompt",
      "response",
      "request",
      "response",
    ]);
    expect(readError(400, { success: false, error: [{ code: 2019 }] })).not.toHaveProperty("blocked");
  });

  test("is a SpendLimitError when its message says so, without a code and with any status", () => {
    const body = { success: false, error: { message: "Spending limit exceeded", bucket: "team", spent: 1000.42, limit: 1000 } };
    for (const status of [400, 402, 403, 429]) {
      const error = readError(status, body);
      expect(error).toBeInstanceOf(SpendLimitError);
      expect(error).toMatchObject({ status, origin: "gateway", retryable: false, body });
      expect(error).not.toHaveProperty("gatewayCode");
      expect(error.hint).toMatch(/Retrying soon won't help/);
      expect(error.message).toMatch(/^A spending limit of the gateway is exceeded\. openai\/gpt-4o: Spending limit exceeded\./);
    }
    expect(readError(429, { success: false, error: { message: "Spend limit exceeded" } })).toBeInstanceOf(SpendLimitError);
  });

  test("is a PermissionError when its message names a policy", () => {
    const error = readError(403, { success: false, error: { message: "Access denied by policy" } });
    expect(error).toBeInstanceOf(PermissionError);
    expect(error).toMatchObject({ origin: "gateway", retryable: false });
    expect(error.hint).toMatch(/your gateway administrator/);
    expect(error.message).toMatch(/^A policy of the gateway denies this request\./);
    expect(readError(400, { success: false, error: { message: "Access denied by policy" } })).toBeInstanceOf(PermissionError);
  });

  test("means a missing stored key when it is a 400 without a known code or message", () => {
    for (const error of [{ message: "No key for this provider" }, [{ code: 2099, message: "No key for this provider" }]]) {
      const read = readError(400, { success: false, error });
      expect(read).toBeInstanceOf(BadRequestError);
      expect(read).toMatchObject({ origin: "gateway", retryable: false });
      expect(read.hint).toMatch(/no key is stored for this provider.*gateway\.allowUnifiedBilling/);
      expect(read.message).toMatch(/stores no key for the provider/);
    }
  });

  test.each([
    [401, AuthenticationError, false, /CLOUDFLARE_GATEWAY_TOKEN/],
    [402, InsufficientCreditsError, false, /Store a provider key/],
    [403, PermissionError, false, /gateway administrator/],
    [404, NotFoundError, false, /gateway itself rejected it/],
    [424, GuardrailError, false, /Change the prompt/],
    [429, RateLimitError, true, /Wait and try again/],
    [499, BadRequestError, false, /gateway itself rejected it/],
    [451, BadRequestError, false, /gateway itself rejected it/],
    [500, ProviderError, true, /gateway itself rejected it/],
    [503, ProviderError, true, /gateway itself rejected it/],
    [501, ProviderError, false, /gateway itself rejected it/],
  ])("without a known code is classified by its status %i, and still comes from the gateway", (status, type, retryable, hint) => {
    for (const error of [undefined, [{ code: 7999, message: "Something" }]]) {
      const read = readError(status, { success: false, error });
      expect(read).toBeInstanceOf(type);
      expect(read).toMatchObject({ origin: "gateway", retryable });
      expect(read.hint).toMatch(hint);
    }
  });

  test("determines the side that Guardrails blocked from its message when there is no code", () => {
    const blockedBy = (message: string) => (readError(424, { success: false, error: { message } }) as GuardrailError).blocked;
    expect(blockedBy("Prompt blocked")).toBe("prompt");
    expect(blockedBy("Response blocked")).toBe("response");
    expect((readError(424, "") as GuardrailError).blocked).toBe("prompt");
  });
});

describe("a response body from a provider", () => {
  const openai = (fields: object) => ({ error: { message: "Said so", type: null, param: null, code: null, ...fields } });

  test.each<[who: string, body: unknown, said: string]>([
    ["OpenAI", openai({ type: "invalid_request_error", param: "messages" }), "Said so."],
    ["OpenAI's with a status for a code", openai({ code: 400 }), "Said so."],
    ["Anthropic", { type: "error", error: { type: "invalid_request_error", message: "Said so" } }, "Said so."],
    ["Google", [{ error: { code: 400, message: "Said so!", status: "INVALID_ARGUMENT" } }], "Said so!"],
    ["Mistral", { object: "error", message: "Said so", type: "invalid_request_error", code: 3051 }, "Said so."],
    [
      "Mistral's list of details",
      { detail: [{ loc: ["body", "messages", 0], msg: "Field required" }, { msg: "Wrong" }] },
      "body.messages.0: Field required; Wrong.",
    ],
    [
      "Mistral's details within the message",
      { object: "error", message: { detail: [{ loc: ["body"], msg: "Wrong" }] } },
      "body: Wrong.",
    ],
    ["a detail that is a text", { detail: "Not here" }, "Not here."],
    ["Cohere", { message: "Said so" }, "Said so."],
    ["xAI", { code: "Client specified an invalid argument", error: "Said so" }, "Said so."],
    ["a text alone under error", { error: "Said so" }, "Said so."],
    ["an error of a type alone", { error: { type: "invalid_request_error" } }, "invalid_request_error."],
    ["an error that says nothing", { error: {} }, "The response says nothing more."],
    ["a list of details without any", { detail: [] }, "The response says nothing more."],
    ["a list of no objects", [1], "The response says nothing more."],
    ["an empty message before another", { error: { message: "" }, message: "Said so" }, "Said so."],
    ["a message beside an error without one", { error: { type: "x" }, message: "Said so" }, "Said so."],
    ["a page with an empty title", "<html><title> </title></html>", "The response says nothing more."],
    ["a bare text", "Said so", "Said so."],
    ["a JSON text", '"Said so"', "Said so."],
    ["a page", "<!DOCTYPE html><html><head><title>400 Bad Request</title></head></html>", "400 Bad Request."],
    ["a page without a title", "\n<html><body>Oops</body></html>", "an HTML page."],
    ["nothing", "", "The response has no body."],
    ["white space", " \n", "The response has no body."],
  ])("with %s is quoted in the message", (_, body, said) => {
    const error = readError(400, body);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ status: 400, origin: "provider", retryable: false, ...asked });
    expect(error).not.toHaveProperty("gatewayCode");
    expect(error.message).toBe(
      `The provider rejected the request. openai/gpt-4o: ${said} (HTTP 400) The message says what it rejected; change the request.`,
    );
  });

  test("is kept completely on the error, parsed if it is JSON", () => {
    expect(readError(400, openai({})).body).toEqual(openai({}));
    expect(readError(502, "<html>x</html>").body).toBe("<html>x</html>");
    expect(readError(500, "")).not.toHaveProperty("body");
  });

  test("is quoted up to 200 characters when it is plain text", () => {
    expect(readError(400, "x".repeat(300)).message).toContain(`: ${"x".repeat(200)}… (HTTP`);
  });

  test.each<[status: number, type: Class, retryable: boolean, means: RegExp, hint: RegExp]>([
    [400, BadRequestError, false, /rejected the request/, /change the request/],
    [401, AuthenticationError, false, /rejected its key/, /provider key stored in the gateway/],
    [402, InsufficientCreditsError, false, /no credit or quota left/, /Add credit/],
    [403, PermissionError, false, /doesn't allow this request/, /stored provider key is allowed/],
    [404, NotFoundError, false, /no such model/, /Check the model's name/],
    [408, ProviderError, true, /timed out/, /Try again/],
    [409, ProviderError, true, /conflict/, /Try again/],
    [413, BadRequestError, false, /rejected the request/, /change the request/],
    [422, BadRequestError, false, /rejected the request/, /change the request/],
    [425, ProviderError, true, /not ready/, /Try again/],
    [429, RateLimitError, true, /rate limit/, /retryAfterMs/],
    [500, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [501, ProviderError, false, /proxy in front of it, failed/, /status page/],
    [502, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [503, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [504, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [520, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [521, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [522, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [523, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [524, ProviderError, true, /proxy in front of it, failed/, /status page/],
    [525, ProviderError, false, /proxy in front of it, failed/, /status page/],
    [529, ProviderError, true, /overloaded/, /Try again/],
    [599, ProviderError, false, /proxy in front of it, failed/, /status page/],
  ])("of status %i becomes its class, with or without a body", (status, type, retryable, means, hint) => {
    for (const body of [openai({}), "", "<!doctype html><title>Error</title>"]) {
      const error = readError(status, body);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ status, origin: "provider", retryable });
      expect(error.message).toMatch(means);
      expect(error.hint).toMatch(hint);
    }
  });

  test("with a status that is not an error points to the base URL", () => {
    const error = readError(399, "");
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ retryable: false, origin: "provider" });
    expect(error.hint).toMatch(/Check baseUrl and customDomain/);
    expect(error.message).toMatch(/not from a chat-completions endpoint/);
  });

  test("is a Guardrails error when its status is 424, whoever sent it", () => {
    const error = readError(424, "");
    expect(error).toBeInstanceOf(GuardrailError);
    expect(error).toMatchObject({ origin: "gateway", retryable: false, blocked: "prompt" });
    expect(error.hint).toMatch(/Change the prompt/);
    expect(error.message).toMatch(/Guardrails blocked the request/);
  });

  test.each(["insufficient_quota", "insufficient_balance", "billing_hard_limit_reached", "billing_not_active", "billing_error"])(
    "with the code %s means missing credit, which is not retryable",
    (code) => {
      for (const body of [openai({ code }), openai({ type: code }), { code, error: "x" }, { type: code, message: "x" }]) {
        const error = readError(429, body);
        expect(error).toBeInstanceOf(InsufficientCreditsError);
        expect(error).toMatchObject({ status: 429, origin: "provider", retryable: false });
        expect(error.hint).toMatch(/Add credit at the provider/);
        expect(error.message).toMatch(/no credit or quota left/);
      }
      expect(readError(429, openai({ code: `not_${code}_x` }))).toBeInstanceOf(RateLimitError);
    },
  );

  test("is classified by its status when its code is less specific", () => {
    // Groq answers 413 with rate_limit_exceeded when a request is larger than the limit will ever allow.
    expect(readError(413, openai({ code: "rate_limit_exceeded" }))).toBeInstanceOf(BadRequestError);
    expect(readError(401, openai({ type: "invalid_request_error" }))).toBeInstanceOf(AuthenticationError);
    expect(readError(501, openai({ type: "server_error" }))).toMatchObject({ retryable: false });
  });

  test("with the provider's own codes is not mistaken for the gateway's", () => {
    const error = readError(400, { error: { code: 2009, message: "x" } });
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).not.toHaveProperty("gatewayCode");
  });
});

describe("the headers of an error", () => {
  test("give gateway metadata", () => {
    const headers = { "cf-aig-log-id": "log-1", "cf-aig-dlp": '{"action":"BLOCK","findings":[1]}', "cf-ray": "ray-1" };
    expect(readError(400, "", headers).gateway).toEqual({
      logId: "log-1",
      dlp: { action: "BLOCK", findings: [1] },
      ray: "ray-1",
    });
  });

  test.each([
    [{ "retry-after": "2" }, 2000],
    [{ "retry-after": "1.5" }, 1500],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after": "0" }, 0],
  ])("give retryAfterMs: %j", (headers, retryAfterMs) => {
    expect(readError(429, "", headers as Record<string, string>)).toMatchObject({ retryAfterMs });
  });

  test("give no metadata when they contain none", () => {
    expect(readError(429, "")).not.toHaveProperty("retryAfterMs");
    expect(readError(429, "", { "retry-after": "soon" })).not.toHaveProperty("retryAfterMs");
  });
});

describe("a token that a server echoes", () => {
  const token = "cf/secret+token";
  const redact = createRedact([token]);

  test.each<[where: string, body: string]>([
    ["a message", JSON.stringify({ error: { message: `Bad token ${token}` } })],
    ["a message with escapes", `{"error":{"message":"Bad token cf\\/secret\\u002btoken"}}`],
    ["a key", JSON.stringify({ [token]: 1 })],
    ["a nested list", JSON.stringify({ errors: [{ detail: [[token]] }], success: false })],
    ["a page", `<html><title>${token}</title></html>`],
    ["a text", `no: ${token}`],
  ])("is redacted in %s before it reaches the error", (_, body) => {
    const headers = new Headers({ "cf-aig-event-id": token, "cf-aig-dlp": JSON.stringify({ action: token }) });
    const error = errorFromResponse({ status: 401, headers }, body, asked, redact);
    const shown = [
      error.message,
      error.stack,
      JSON.stringify(error),
      inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      String(error),
    ].join("\n");
    expect(shown).not.toMatch(/secret/);
    expect(shown).toContain("[redacted]");
  });

  test("is redacted in an error inside a 200, too", () => {
    const error = errorFromPayload({ message: `Bad token ${token}` }, asked, redact, { retryable: true });
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toMatch(/secret/);
    expect(error.message).toContain("Bad token [redacted].");
  });
});

describe("an error inside a 200", () => {
  const read = (payload: unknown, retryable = true) => errorFromPayload(payload, asked, untouched, { retryable });

  test.each<[payload: unknown, type: Class, retryable: boolean, hint: RegExp]>([
    [{ type: "overloaded_error", message: "Overloaded" }, ProviderError, true, /status page/],
    [{ type: "server_error", message: "x" }, ProviderError, true, /status page/],
    [{ type: "api_error", message: "x" }, ProviderError, true, /status page/],
    [{ code: "internal_server_error", message: "x" }, ProviderError, true, /status page/],
    [{ code: "service_unavailable", message: "x" }, ProviderError, true, /status page/],
    [{ status: "UNAVAILABLE", message: "x" }, ProviderError, true, /status page/],
    [{ status: "INTERNAL", message: "x" }, ProviderError, true, /status page/],
    [{ type: "rate_limit_error", message: "x" }, RateLimitError, true, /retryAfterMs/],
    [{ code: "rate_limit_exceeded", message: "x" }, RateLimitError, true, /retryAfterMs/],
    [{ status: "RESOURCE_EXHAUSTED", message: "x" }, RateLimitError, true, /retryAfterMs/],
    [{ type: "invalid_request_error", message: "x" }, BadRequestError, false, /change the request/],
    [{ type: "invalid_request", message: "x" }, BadRequestError, false, /change the request/],
    [{ status: "INVALID_ARGUMENT", message: "x" }, BadRequestError, false, /change the request/],
    [{ code: "invalid_prompt", message: "x" }, BadRequestError, false, /change the request/],
    [{ code: "context_length_exceeded", message: "x" }, BadRequestError, false, /change the request/],
    [{ code: "insufficient_quota", message: "x" }, InsufficientCreditsError, false, /Add credit/],
    // a status in the body, as OpenRouter and Google send it
    [{ code: 429, message: "x" }, RateLimitError, true, /retryAfterMs/],
    [{ code: "502", message: "x" }, ProviderError, true, /status page/],
    [{ status_code: 400, message: "x" }, BadRequestError, false, /change the request/],
    [{ status: 401, message: "x" }, AuthenticationError, false, /provider key/],
    [{ code: 599, message: "x" }, ProviderError, false, /status page/],
    [{ code: 400, message: "x" }, BadRequestError, false, /change the request/],
    [{ code: null, status: 399, status_code: 429, message: "x" }, RateLimitError, true, /retryAfterMs/],
    [{ code: 600, status_code: 429, message: "x" }, RateLimitError, true, /retryAfterMs/],
    // the gateway's own
    [{ success: false, error: [{ code: 2017, message: "x" }] }, GuardrailError, false, /Change the prompt/],
    [{ success: false, error: [{ code: 7013, message: "x" }] }, ProviderError, true, /Cloudflare's status page/],
  ])("%j becomes its class", (payload, type, retryable, hint) => {
    const origin = "success" in (payload as object) ? "gateway" : "provider";
    for (const otherwise of [true, false]) {
      const error = read(payload, otherwise);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ retryable, origin, body: payload, ...asked });
      expect(error.message).toContain(error.hint);
      expect(error).not.toHaveProperty("status");
      expect(error.hint).toMatch(hint);
    }
  });

  test.each<[payload: unknown, said: string]>([
    [{ message: "Said so" }, "Said so."],
    ["Said so?", "Said so?"],
    [{ code: 1302, message: "Said so" }, "Said so."],
    [{ success: false, error: [{ code: 2999, message: "Said so" }] }, "Said so."],
    [{}, "It says nothing more."],
  ])("%j that names no kind is a ProviderError, retryable if the caller says so", (payload, said) => {
    for (const retryable of [true, false]) {
      const error = read(payload, retryable);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ origin: "provider", retryable });
      expect(error.hint).toMatch(/status page/);
      expect(error.message).toBe(`The response has status 200 but contains an error. openai/gpt-4o: ${said} ${error.hint}`);
    }
  });

  test("carries the gateway's code", () => {
    expect(read({ success: false, error: [{ code: 2016, message: "x" }] })).toMatchObject({
      gatewayCode: 2016,
      blocked: "prompt",
    });
  });
});

describe("an error that a stream reports", () => {
  const quota = { message: "No quota", code: "insufficient_quota" };

  test("before the first event has the class that it names, and is retryable when it names none", () => {
    expect(errorFromFrame(quota, asked, untouched, false)).toBeInstanceOf(InsufficientCreditsError);
    expect(errorFromFrame({ message: "Oops" }, asked, untouched, false)).toMatchObject({ code: "provider", retryable: true });
  });

  test.each([
    [quota, false, /Add credit/],
    [{ message: "Overloaded", type: "overloaded_error" }, true, /status page/],
    [{ message: "Oops" }, true, /status page/],
  ])("after the first event is a StreamError, as retryable as the error that it names: %j", (payload, retryable, hint) => {
    const error = errorFromFrame(payload, asked, untouched, true);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({
      code: "stream",
      reason: "error-event",
      origin: "provider",
      retryable,
      body: payload,
      ...asked,
    });
    expect(error.hint).toMatch(hint);
    expect(error.message).toContain(payload.message);
    expect(error.cause).toBeInstanceOf(GatewayError);
  });
});

test("an HTML page is distinguished from plain text by its first tag", () => {
  for (const page of ["<!DOCTYPE html>", " \n<html lang=en>", "<head>", "<BODY>"]) expect(isHtml(page)).toBe(true);
  for (const text of ["", "{}", "a <html>", "<p>", "<htmlx>"]) expect(isHtml(text)).toBe(false);
});

test("every field of a body that may name the kind of error is read", () => {
  const body = { code: "a", type: "b", error: { code: "c", type: "d", status: "e" } };
  expect(parseErrorBody(body).codes).toEqual(["c", "d", "e", "a", "b"]);
});

describe("the wait that a body names", () => {
  const inAMinute = String(Date.now() + 60_000);
  test.each([
    ["retry_after of the error", { error: { message: "Slow down.", retry_after: 5 } }, 5_000],
    ["retry_after of the body", { message: "You are being rate limited.", retry_after: 3.5 }, 3_500],
    ["retry_after_seconds of the metadata", { error: { message: "x", metadata: { retry_after_seconds: 2 } } }, 2_000],
    ["the words of the message", { error: { message: "Your quota will reset after 45s." } }, 45_000],
  ])("%s is retryAfterMs", (_, body, milliseconds) => {
    expect(readError(429, body)).toMatchObject({ code: "rate-limit", retryable: true, retryAfterMs: milliseconds });
  });

  test.each(["X-RateLimit-Reset", "x-ratelimit-reset"])("the time in %s is retryAfterMs", (name) => {
    const { retryAfterMs } = readError(429, { error: { message: "x", metadata: { headers: { [name]: inAMinute } } } });
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });
});
