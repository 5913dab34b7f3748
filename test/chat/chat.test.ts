import { inspect } from "node:util";
import {
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  createGateway,
  type GatewayConfig,
  GatewayError,
  type Message,
  NotFoundError,
  ProviderError,
} from "cf-ai-gateway";
import { type LocalGateway, startLocalGateway } from "cf-ai-gateway/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

const token = "test-token";
let local: LocalGateway;

beforeAll(async () => {
  local = await startLocalGateway({
    storedKeys: {
      openai: ["default", "team"],
      anthropic: ["default"],
      openrouter: ["default"],
      xai: ["default"],
      "google-ai-studio": ["default"],
    },
  });
});
afterAll(() => local.close());
beforeEach(() => local.reset());

const gatewayTo = (config: GatewayConfig = {}) =>
  createGateway({
    baseUrl: local.url,
    apiBaseUrl: local.apiUrl,
    accountId: "account",
    gatewayId: "default",
    gatewayToken: token,
    provider: "openai",
    model: "gpt-4o-mini",
    maxRetries: 0,
    ...config,
  });
const sent = (index = 0) => {
  const request = local.requests.at(index);
  if (!request) throw new Error(`there is no request ${index}`);
  return request;
};
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => error,
  );

describe("the conversation", () => {
  test("is the prompt, with the system message before it", async () => {
    const result = await gatewayTo().chat({ system: "You are helpful.", prompt: "Capital of France?" });
    expect(result.text).toBe("Capital of France?");
    expect(sent().body).toEqual({
      model: "openai/gpt-4o-mini",
      messages: [
        { role: "system", content: "You are helpful." },
        { role: "user", content: "Capital of France?" },
      ],
    });
  });

  test("may be whole messages of every role and kind of content, sent as they are", async () => {
    const messages: Message[] = [
      { role: "developer", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "https://example.com/a.png" } },
        ],
      },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call-1", type: "function", function: { name: "look", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "call-1", content: "a cat" },
      { role: "user", content: "Thanks." },
    ];
    await gatewayTo().chat({ system: "You see.", messages });
    expect(sent().body.messages).toEqual([{ role: "system", content: "You see." }, ...messages]);
  });

  test("goes on with the messages of the last result, the system message first", async () => {
    local.reply({ text: "Hello Ann." }, { text: "You are Ann." });
    const gateway = gatewayTo();
    const first = await gateway.chat({ system: "You are helpful.", prompt: "I am Ann." });
    expect(first.messages).toEqual([
      { role: "system", content: "You are helpful." },
      { role: "user", content: "I am Ann." },
      { role: "assistant", content: "Hello Ann." },
    ]);
    const second = await gateway.chat({ messages: [...first.messages, { role: "user", content: "Who am I?" }] });
    expect(sent(1).body.messages).toEqual([...first.messages, { role: "user", content: "Who am I?" }]);
    expect(second.messages).toHaveLength(5);
  });

  test("leaves the caller's own messages as they are", async () => {
    const messages: Message[] = [{ role: "user", content: "Hello" }];
    await gatewayTo().chat({ messages });
    expect(messages).toEqual([{ role: "user", content: "Hello" }]);
  });
});

describe("the request", () => {
  test("carries every sampling option under its name on the wire", async () => {
    await gatewayTo().chat({
      prompt: "Hello",
      temperature: 0,
      maxTokens: 100,
      topP: 0.9,
      stop: ["END"],
      seed: 7,
      frequencyPenalty: -1,
      presencePenalty: 1,
      reasoningEffort: "low",
      extraBody: { logprobs: true, top_logprobs: 2, user: "u-1" },
    });
    expect(sent().body).toEqual({
      model: "openai/gpt-4o-mini",
      messages: [{ role: "user", content: "Hello" }],
      temperature: 0,
      max_tokens: 100,
      top_p: 0.9,
      stop: ["END"],
      seed: 7,
      frequency_penalty: -1,
      presence_penalty: 1,
      reasoning_effort: "low",
      logprobs: true,
      top_logprobs: 2,
      user: "u-1",
    });
  });

  test("never asks for a stream in chat, and always in stream", async () => {
    const gateway = gatewayTo();
    await gateway.chat({ prompt: "Hello" });
    expect(sent().body).not.toHaveProperty("stream");
    await gateway.stream({ prompt: "Hello" }).result;
    expect(sent(1).body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  test("goes to the gateway's path with the gateway token as its only authentication", async () => {
    await gatewayTo().chat({ prompt: "Hello" });
    const { method, path, headers } = sent();
    expect(`${method} ${path}`).toBe("POST /v1/account/default/compat/chat/completions");
    const authentication = [...headers].filter(([, value]) => value.includes(token));
    expect(authentication).toEqual([["cf-aig-authorization", `Bearer ${token}`]]);
    expect(headers.has("authorization")).toBe(false);
  });

  test("goes to rest with the API token as its only authentication, and names the gateway", async () => {
    await gatewayTo({
      endpoint: "rest",
      gatewayToken: "not-used",
      apiToken: token,
      provider: "google-ai-studio",
      model: "gemini",
    }).chat({
      prompt: "Hello",
    });
    const { method, path, headers, body } = sent();
    expect(`${method} ${path}`).toBe("POST /client/v4/accounts/account/ai/v1/chat/completions");
    expect(headers.get("authorization")).toBe(`Bearer ${token}`);
    expect(headers.has("cf-aig-authorization")).toBe(false);
    expect(headers.get("cf-aig-gateway-id")).toBe("default");
    expect([...headers].some(([, value]) => value.includes("not-used"))).toBe(false);
    expect(body.model).toBe("google/gemini");
  });

  test("goes to a custom domain without ids", async () => {
    const urls: string[] = [];
    const gateway = createGateway({
      customDomain: "ai.example.com",
      model: "openai/gpt-4o-mini",
      headers: { "cf-access-token": token },
      fetch: (url, init) => {
        urls.push(url);
        return fetch(url.replace("https://ai.example.com", local.url), init);
      },
    });
    const result = await gateway.chat({ prompt: "Hello" });
    expect(result.text).not.toBe("");
    expect(urls).toEqual(["https://ai.example.com/compat/chat/completions"]);
    expect(sent().headers.has("cf-aig-authorization")).toBe(false);
  });

  test("carries gateway options and headers, the call's laid over the defaults, and undefined removes one", async () => {
    const gateway = gatewayTo({
      gateway: { cacheTtl: 3600, metadata: { team: "search" }, eventId: "e-1" },
      headers: { "X-Team": "search", "x-keep": "1" },
      timeout: { total: 60_000 },
      extraBody: { user: "u-1", store: true },
      temperature: 0.5,
    });
    await gateway.chat({
      prompt: "Hello",
      gateway: { cacheTtl: 60, eventId: undefined },
      headers: { "x-team": undefined, "x-new": "2" },
      extraBody: { user: undefined },
      temperature: undefined,
    });
    const { headers, body } = sent();
    expect(headers.get("cf-aig-cache-ttl")).toBe("60");
    expect(headers.get("cf-aig-metadata")).toBe('{"team":"search"}');
    expect(headers.get("x-keep")).toBe("1");
    expect(headers.get("x-new")).toBe("2");
    for (const removed of ["cf-aig-event-id", "x-team"]) expect(headers.has(removed)).toBe(false);
    expect(body).toEqual({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hello" }], store: true });
  });

  test("asks a token function once a request", async () => {
    let asked = 0;
    const gatewayToken = async () => {
      asked++;
      return token;
    };
    const gateway = gatewayTo({ gatewayToken });
    await gateway.chat({ prompt: "Hello" });
    await gateway.chat({ prompt: "Hello again" });
    expect(asked).toBe(2);
  });
});

describe("stored keys", () => {
  test("are all that pays, unless Unified Billing is allowed", async () => {
    await gatewayTo().chat({ prompt: "Hello" });
    expect(sent().headers.get("cf-aig-no-wholesale")).toBe("true");
    await gatewayTo({ gateway: { allowUnifiedBilling: true } }).chat({ prompt: "Hello" });
    expect(sent(1).headers.has("cf-aig-no-wholesale")).toBe(false);
  });

  test("that are missing make a BadRequestError whose hint says so", async () => {
    const error = await failure(gatewayTo({ provider: "cohere", model: "command-a" }).chat({ prompt: "Hello" }));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({
      code: "bad-request",
      status: 400,
      origin: "gateway",
      retryable: false,
      model: "cohere/command-a",
    });
    expect((error as GatewayError).hint).toMatch(/no key is stored for this provider/);
  });

  test("are chosen by their alias, and an unknown one tells those that are there", async () => {
    await gatewayTo().chat({ prompt: "Hello", gateway: { byokAlias: "team" } });
    const error = await failure(gatewayTo().chat({ prompt: "Hello", gateway: { byokAlias: "nobody" } }));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ gatewayCode: 2040, hint: expect.stringContaining("byokAlias") });
    expect((error as Error).message).toContain("Configured aliases: default, team");
  });
});

describe("the result", () => {
  test("holds text, finish reason, usage, the turn and the answer's own parts", async () => {
    local.reply({ text: "Paris.", usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } });
    const result = await gatewayTo().chat({ prompt: "Capital of France?" });
    expect(result).toMatchObject({
      text: "Paris.",
      output: undefined,
      finishReason: "stop",
      rawFinishReason: "stop",
      toolCalls: [],
      failedAttempts: [],
      warnings: [],
      backgroundTasks: [],
      usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15, provider: "openai", model: "openai/gpt-4o-mini" },
    });
    expect(result.turns).toHaveLength(1);
    expect(result.turns[0]).toMatchObject({
      text: "Paris.",
      finishReason: "stop",
      toolCalls: [],
      toolResults: [],
      attempts: 1,
      provider: "openai",
      model: "openai/gpt-4o-mini",
    });
    const raw = result.raw as { id: string; choices: { message: { content: string } }[] };
    expect(raw.choices[0]?.message.content).toBe("Paris.");
    expect(result.usage.requestId).toBe(raw.id);
    expect(result.headers.get("content-type")).toBe("application/json");
  });

  test("holds reasoning, and thinking tokens apart", async () => {
    local.reply({ text: "42.", reasoning: "Six times seven.", dialect: "deepseek" });
    const result = await gatewayTo().chat({ prompt: "6 * 7?" });
    expect(result).toMatchObject({ text: "42.", reasoning: "Six times seven." });
    expect(result.usage.thinkingTokens).toBeGreaterThan(0);
  });

  test("leaves undefined what the answer does not tell", async () => {
    local.reply({ text: "Paris.", usage: null });
    const { usage, text } = await gatewayTo().chat({ prompt: "Capital of France?" });
    expect(text).toBe("Paris.");
    expect(Object.keys(usage).sort()).toEqual(["model", "provider", "requestId"]);
  });

  test.each([
    ["length", "length"],
    ["content_filter", "content-filter"],
    ["something_new", "other"],
  ])("maps the finish reason %s to %s and keeps it raw", async (rawFinishReason, finishReason) => {
    local.reply({ text: "Par", finishReason: rawFinishReason });
    expect(await gatewayTo().chat({ prompt: "Hello" })).toMatchObject({ finishReason, rawFinishReason, text: "Par" });
  });

  test("warns of an option that the model refuses and of an answer without a finish reason", async () => {
    local.reply({ status: 200, body: '{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"}}]}' });
    const result = await gatewayTo({ model: "gpt-5-mini" }).chat({ prompt: "Hello", temperature: 1, maxTokens: 100 });
    expect(result.finishReason).toBe("other");
    expect(result.warnings).toEqual([
      {
        code: "option-dropped",
        option: "temperature",
        message: "openai/gpt-5-mini refuses temperature; temperature was left out.",
      },
      {
        code: "option-renamed",
        option: "maxTokens",
        message: "openai/gpt-5-mini refuses max_tokens; maxTokens was sent as max_completion_tokens.",
      },
      { code: "no-finish-reason", message: expect.stringContaining("openai/gpt-5-mini") },
    ]);
    expect(sent().body).toMatchObject({ max_completion_tokens: 100 });
  });

  test("holds the gateway's metadata, on each turn as well", async () => {
    const result = await gatewayTo().chat({ prompt: "Hello", gateway: { eventId: "order-4711" } });
    expect(result.gateway).toMatchObject({
      eventId: "order-4711",
      cacheStatus: "MISS",
      step: 0,
      provider: "openai",
      model: "gpt-4o-mini",
      logId: expect.stringMatching(/./),
      requestId: expect.stringMatching(/./),
      ray: expect.stringMatching(/./),
    });
    expect(result.turns[0]?.gateway).toEqual(result.gateway);
  });

  test("tells an answer from the cache, whose turn is not billed", async () => {
    const gateway = gatewayTo({ gateway: { cacheTtl: 60 } });
    const first = await gateway.chat({ prompt: "Hello" });
    const second = await gateway.chat({ prompt: "Hello" });
    expect([first.gateway.cacheStatus, second.gateway.cacheStatus]).toEqual(["MISS", "HIT"]);
    expect(first.usage.cachedTurns).toBeUndefined();
    expect(second.usage.cachedTurns).toBe(1);
    expect(second.text).toBe(first.text);
  });
});

describe("with", () => {
  test("changes provider and model, and keeps the rest", async () => {
    const gateway = gatewayTo({ temperature: 0.5, gateway: { metadata: { team: "search" } } });
    await gateway.with({ provider: "anthropic", model: "claude-sonnet-4-5" }).chat({ prompt: "Hello" });
    await gateway.chat({ prompt: "Hello" });
    expect(sent(0).body).toMatchObject({ model: "anthropic/claude-sonnet-4-5", temperature: 0.5 });
    expect(sent(0).headers.get("cf-aig-metadata")).toBe('{"team":"search"}');
    expect(sent(1).body.model).toBe("openai/gpt-4o-mini");
  });

  test("merges gateway options and headers key by key, and undefined removes", async () => {
    const gateway = gatewayTo({ gateway: { cacheTtl: 60, eventId: "e" }, headers: { "x-a": "1", "x-b": "2" }, seed: 7 });
    await gateway
      .with({ gateway: { cacheTtl: undefined }, headers: { "X-A": undefined }, seed: undefined })
      .chat({ prompt: "Hello" });
    const { headers, body } = sent();
    expect([headers.get("cf-aig-cache-ttl"), headers.get("cf-aig-event-id")]).toEqual([null, "e"]);
    expect([headers.get("x-a"), headers.get("x-b")]).toEqual([null, "2"]);
    expect(body).not.toHaveProperty("seed");
  });

  test("may be stacked, and checks what it is given", async () => {
    const gateway = gatewayTo().with({ provider: "openrouter", model: "openai/gpt-4o" }).with({ maxTokens: 5 });
    await gateway.chat({ prompt: "Hello" });
    expect(sent().body).toMatchObject({ model: "openrouter/openai/gpt-4o", max_tokens: 5 });
    expect(() => gateway.with({ temperature: 9 })).toThrow(ConfigurationError);
    expect(() => gateway.with({ gatewayToken: "a b" })).toThrow(/gatewayToken/);
  });

  test("keeps the environment that the gateway was created in", async () => {
    vi.stubEnv("CLOUDFLARE_GATEWAY_TOKEN", token);
    const gateway = gatewayTo({ gatewayToken: undefined });
    vi.stubEnv("CLOUDFLARE_GATEWAY_TOKEN", "of-somebody-else");
    await gateway.with({ seed: 7 }).chat({ prompt: "Hello" });
    expect(sent().headers.get("cf-aig-authorization")).toBe(`Bearer ${token}`);
  });

  test("moves to the other endpoint", async () => {
    await gatewayTo({ provider: "xai", model: "grok-4" }).chat({ prompt: "Hello" });
    await gatewayTo({ provider: "xai", model: "grok-4" }).with({ endpoint: "rest" }).chat({ prompt: "Hello" });
    expect([sent(0).body.model, sent(1).body.model]).toEqual(["grok/grok-4", "xai/grok-4"]);
  });
});

describe("before anything is sent", () => {
  test.each<[what: string, options: object, option: string]>([
    ["prompt together with messages", { prompt: "x", messages: [{ role: "user", content: "x" }] }, "prompt"],
    ["neither prompt nor messages", {}, "prompt"],
    ["no turns", { prompt: "x", maxTurns: 0 }, "maxTurns"],
    ["a negative number of turns", { prompt: "x", maxTurns: -1 }, "maxTurns"],
    ["a model without its provider", { prompt: "x", provider: undefined }, "provider"],
    ["no model", { prompt: "x", model: undefined }, "model"],
    ["zdr without Unified Billing", { prompt: "x", gateway: { zdr: true } }, "gateway.zdr"],
    ["an authorization header", { prompt: "x", headers: { Authorization: "Bearer sk-secret" } }, "headers.Authorization"],
    [
      "a fallback without its model",
      { prompt: "x", fallbacks: [{ provider: "openai", model: "openai/" }] },
      "fallbacks[0].model",
    ],
    ["an unknown option", { prompt: "x", max_tokens: 5 }, "max_tokens"],
  ])("%s is a ConfigurationError", async (_, options, option) => {
    const gateway = gatewayTo();
    const errors = [await failure(gateway.chat(options)), await failure(gateway.stream(options).result)];
    for (const error of errors) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as ConfigurationError).issues.map((issue) => issue.option)).toContain(option);
      expect(inspect(error)).not.toContain("sk-secret");
    }
    expect(local.requests).toHaveLength(0);
  });

  test("every problem is told at once", async () => {
    const error = await failure(gatewayTo().chat({ temperature: 9, maxTokens: 0, gateway: { cacheTtl: 1 } }));
    const { issues } = error as ConfigurationError;
    expect(issues.map(({ option }) => option)).toEqual(["temperature", "maxTokens", "gateway.cacheTtl", "prompt"]);
  });

  test("a dynamic route and a model alias are sent as they are, on both endpoints", async () => {
    for (const model of ["dynamic/support", "custom/fast"]) {
      const gateway = gatewayTo({ model });
      await gateway.chat({ prompt: "Hello" });
      await gateway.with({ endpoint: "rest" }).chat({ prompt: "Hello" });
    }
    expect(local.requests.map(({ body }) => body.model)).toEqual([
      "dynamic/support",
      "dynamic/support",
      "custom/fast",
      "custom/fast",
    ]);
    expect(sent(1).headers.get("cf-aig-gateway-id")).toBe("default");
  });
});

describe("an error", () => {
  test("carries class, status, codes, origin, hint, who was asked and the gateway's metadata", async () => {
    local.reply({ error: { gatewayCode: 2001 } });
    const error = await failure(gatewayTo().chat({ prompt: "Hello", gateway: { eventId: "e-1" } }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({
      code: "not-found",
      status: 400,
      gatewayCode: 2001,
      origin: "gateway",
      retryable: false,
      provider: "openai",
      model: "openai/gpt-4o-mini",
      attempts: 1,
      gateway: { eventId: "e-1", logId: expect.stringMatching(/./) },
      partial: { text: "", turns: [], messages: [{ role: "user", content: "Hello" }] },
    });
  });

  test("of a 200 that is a page, or nothing, or a bare error, is a ProviderError", async () => {
    for (const reply of [{ fault: "html" as const }, { fault: "empty" as const }, { error: { status: 200 } }]) {
      local.reply(reply);
      expect(await failure(gatewayTo().chat({ prompt: "Hello" }))).toBeInstanceOf(ProviderError);
    }
  });

  test("never holds a token, however it is looked at, even one that the server echoes", async () => {
    const wrong = "cf-wrong-secret-token";
    const echo = {
      status: 401,
      headers: { "cf-aig-event-id": wrong },
      body: `{"error":{"message":"Bad token ${wrong}","seen":["Bearer ${wrong}"]}}`,
    };
    const fetchTo = (reply: () => Promise<Response>) => ({ gatewayToken: wrong, fetch: reply });
    const failing: GatewayConfig[] = [
      { gatewayToken: wrong },
      { endpoint: "rest", apiToken: wrong },
      fetchTo(async () => new Response(echo.body, echo)),
      fetchTo(async () => Promise.reject(new Error(`cannot send Bearer ${wrong}`, { cause: new Error(wrong) }))),
      fetchTo(async () => new Response(`<html><title>${wrong}</title></html>`, { headers: { "content-type": "text/html" } })),
      fetchTo(async () => Response.json({ error: { message: `Bad token ${wrong}` } })),
      fetchTo(
        async () =>
          new Response(`data: {"error":{"message":"${wrong}"}}\n\n`, { headers: { "content-type": "text/event-stream" } }),
      ),
    ];
    for (const config of failing) {
      const gateway = gatewayTo(config);
      for (const error of [
        await failure(gateway.chat({ prompt: "Hello" })),
        await failure(gateway.stream({ prompt: "Hello" }).result),
      ]) {
        expect(error).toBeInstanceOf(GatewayError);
        const { message, stack, cause } = error as Error;
        const depth = Number.POSITIVE_INFINITY;
        const shown = [
          message,
          stack,
          JSON.stringify(error),
          inspect(error, { depth, showHidden: true }),
          inspect(cause, { depth, showHidden: true }),
        ];
        expect(shown.join("\n")).not.toContain("wrong-secret");
      }
      expect(inspect(gateway, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain("wrong-secret");
      expect(JSON.stringify(gateway)).not.toContain("wrong-secret");
    }
    const refused = await failure(gatewayTo({ gatewayToken: wrong }).chat({ prompt: "Hello" }));
    expect(refused).toBeInstanceOf(AuthenticationError);
    expect(refused).toMatchObject({ gatewayCode: 2009, status: 401, hint: expect.stringContaining("CLOUDFLARE_GATEWAY_TOKEN") });
  });
});
