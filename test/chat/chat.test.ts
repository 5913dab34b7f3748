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
import { describe, expect, test, vi } from "vitest";
import { captureRejection } from "../failures/capture-error.ts";
import { useLocalGateway } from "../local-gateway.ts";

const token = "test-token";
const local = useLocalGateway({
  storedKeys: {
    openai: ["default", "team"],
    anthropic: ["default"],
    openrouter: ["default"],
    xai: ["default"],
    "google-ai-studio": ["default"],
  },
});
const sent = (index = 0) => {
  const request = local.requests.at(index);
  if (!request) throw new Error(`There is no request ${index}.`);
  return request;
};

describe("the conversation", () => {
  test("consists of the prompt, with the system message before it", async () => {
    const result = await local.client().chat({ system: "You are helpful.", prompt: "Capital of France?" });
    expect(result.text).toBe("Capital of France?");
    expect(sent().body).toEqual({
      model: "openai/gpt-4o-mini",
      messages: [
        { role: "system", content: "You are helpful." },
        { role: "user", content: "Capital of France?" },
      ],
    });
  });

  test("can be given as messages of every role and content type, which are sent unchanged", async () => {
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
    await local.client().chat({ system: "You see.", messages });
    expect(sent().body.messages).toEqual([{ role: "system", content: "You see." }, ...messages]);
  });

  test("continues from the messages of the last result, with the system message first", async () => {
    local.reply({ text: "Hello Ann." }, { text: "You are Ann." });
    const gateway = local.client();
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

  test("does not mutate the caller's messages", async () => {
    const messages: Message[] = [{ role: "user", content: "Hello" }];
    await local.client().chat({ messages });
    expect(messages).toEqual([{ role: "user", content: "Hello" }]);
  });
});

describe("the request", () => {
  test("sends every sampling option under its wire name", async () => {
    await local.client().chat({
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

  test("sets stream for stream only", async () => {
    const gateway = local.client();
    await gateway.chat({ prompt: "Hello" });
    expect(sent().body).not.toHaveProperty("stream");
    await gateway.stream({ prompt: "Hello" }).result;
    expect(sent(1).body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  test("goes to the gateway's path with the gateway token as its only authentication", async () => {
    await local.client().chat({ prompt: "Hello" });
    const { method, path, headers } = sent();
    expect(`${method} ${path}`).toBe("POST /v1/acc/gw/compat/chat/completions");
    const authentication = [...headers].filter(([, value]) => value.includes(token));
    expect(authentication).toEqual([["cf-aig-authorization", `Bearer ${token}`]]);
    expect(headers.has("authorization")).toBe(false);
  });

  test("goes to rest with the API token as its only authentication, and names the gateway", async () => {
    await local
      .client({
        endpoint: "rest",
        gatewayToken: "not-used",
        apiToken: token,
        provider: "google-ai-studio",
        model: "gemini",
      })
      .chat({
        prompt: "Hello",
      });
    const { method, path, headers, body } = sent();
    expect(`${method} ${path}`).toBe("POST /client/v4/accounts/acc/ai/v1/chat/completions");
    expect(headers.get("authorization")).toBe(`Bearer ${token}`);
    expect(headers.has("cf-aig-authorization")).toBe(false);
    expect(headers.get("cf-aig-gateway-id")).toBe("gw");
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

  test("merges the chat's gateway options and headers over the defaults, and undefined removes one", async () => {
    const gateway = local.client({
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

  test("calls a token function once per request", async () => {
    let asked = 0;
    const gatewayToken = async () => {
      asked++;
      return token;
    };
    const gateway = local.client({ gatewayToken });
    await gateway.chat({ prompt: "Hello" });
    await gateway.chat({ prompt: "Hello again" });
    expect(asked).toBe(2);
  });
});

describe("stored keys", () => {
  test("are the only means of payment, unless Unified Billing is allowed", async () => {
    await local.client().chat({ prompt: "Hello" });
    expect(sent().headers.get("cf-aig-no-wholesale")).toBe("true");
    await local.client({ gateway: { allowUnifiedBilling: true } }).chat({ prompt: "Hello" });
    expect(sent(1).headers.has("cf-aig-no-wholesale")).toBe(false);
  });

  test("that are missing cause a BadRequestError with a hint", async () => {
    const error = await captureRejection(local.client({ provider: "cohere", model: "command-a" }).chat({ prompt: "Hello" }));
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

  test("are selected by alias, and an unknown alias lists the known ones", async () => {
    await local.client().chat({ prompt: "Hello", gateway: { byokAlias: "team" } });
    const error = await captureRejection(local.client().chat({ prompt: "Hello", gateway: { byokAlias: "nobody" } }));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ gatewayCode: 2040, hint: expect.stringContaining("byokAlias") });
    expect((error as Error).message).toContain("Configured aliases: default, team");
  });
});

describe("the result", () => {
  test("has text, finish reason, usage, the turn and the raw response", async () => {
    local.reply({ text: "Paris.", usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } });
    const result = await local.client().chat({ prompt: "Capital of France?" });
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

  test("has reasoning, and counts reasoning tokens separately", async () => {
    local.reply({ text: "42.", reasoning: "Six times seven.", dialect: "deepseek" });
    const result = await local.client().chat({ prompt: "6 * 7?" });
    expect(result).toMatchObject({ text: "42.", reasoning: "Six times seven." });
    expect(result.usage.thinkingTokens).toBeGreaterThan(0);
  });

  test("leaves undefined what the response does not report", async () => {
    local.reply({ text: "Paris.", usage: null });
    const { usage, text } = await local.client().chat({ prompt: "Capital of France?" });
    expect(text).toBe("Paris.");
    expect(Object.keys(usage).sort()).toEqual(["model", "provider", "requestId"]);
  });

  test.each([
    ["length", "length"],
    ["content_filter", "content-filter"],
    ["something_new", "other"],
  ])("maps the finish reason %s to %s and keeps it raw", async (rawFinishReason, finishReason) => {
    local.reply({ text: "Par", finishReason: rawFinishReason });
    expect(await local.client().chat({ prompt: "Hello" })).toMatchObject({ finishReason, rawFinishReason, text: "Par" });
  });

  test("warns about an option that the model rejects and about an answer without a finish reason", async () => {
    local.reply({ status: 200, body: '{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"}}]}' });
    const result = await local.client({ model: "gpt-5-mini" }).chat({ prompt: "Hello", temperature: 1, maxTokens: 100 });
    expect(result.finishReason).toBe("other");
    expect(result.warnings).toEqual([
      {
        code: "option-dropped",
        option: "temperature",
        message: "openai/gpt-5-mini rejects temperature; temperature was left out.",
      },
      {
        code: "option-renamed",
        option: "maxTokens",
        message: "openai/gpt-5-mini rejects max_tokens; maxTokens was sent as max_completion_tokens.",
      },
      { code: "no-finish-reason", message: expect.stringContaining("openai/gpt-5-mini") },
    ]);
    expect(sent().body).toMatchObject({ max_completion_tokens: 100 });
  });

  test("has the gateway's metadata, on each turn too", async () => {
    const result = await local.client().chat({ prompt: "Hello", gateway: { eventId: "order-4711" } });
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

  test("marks an answer from the cache, whose turn is not billed", async () => {
    const gateway = local.client({ gateway: { cacheTtl: 60 } });
    const first = await gateway.chat({ prompt: "Hello" });
    const second = await gateway.chat({ prompt: "Hello" });
    expect([first.gateway.cacheStatus, second.gateway.cacheStatus]).toEqual(["MISS", "HIT"]);
    expect(first.usage.cachedTurns).toBeUndefined();
    expect(second.usage.cachedTurns).toBe(1);
    expect(second.text).toBe(first.text);
  });
});

describe("with()", () => {
  test("changes provider and model, and keeps the rest", async () => {
    const gateway = local.client({ temperature: 0.5, gateway: { metadata: { team: "search" } } });
    await gateway.with({ provider: "anthropic", model: "claude-sonnet-4-5" }).chat({ prompt: "Hello" });
    await gateway.chat({ prompt: "Hello" });
    expect(sent(0).body).toMatchObject({ model: "anthropic/claude-sonnet-4-5", temperature: 0.5 });
    expect(sent(0).headers.get("cf-aig-metadata")).toBe('{"team":"search"}');
    expect(sent(1).body.model).toBe("openai/gpt-4o-mini");
  });

  test("merges gateway options and headers key by key, and undefined removes one", async () => {
    const gateway = local.client({ gateway: { cacheTtl: 60, eventId: "e" }, headers: { "x-a": "1", "x-b": "2" }, seed: 7 });
    await gateway
      .with({ gateway: { cacheTtl: undefined }, headers: { "X-A": undefined }, seed: undefined })
      .chat({ prompt: "Hello" });
    const { headers, body } = sent();
    expect([headers.get("cf-aig-cache-ttl"), headers.get("cf-aig-event-id")]).toEqual([null, "e"]);
    expect([headers.get("x-a"), headers.get("x-b")]).toEqual([null, "2"]);
    expect(body).not.toHaveProperty("seed");
  });

  test("can be chained, and validates its options", async () => {
    const gateway = local.client().with({ provider: "openrouter", model: "openai/gpt-4o" }).with({ maxTokens: 5 });
    await gateway.chat({ prompt: "Hello" });
    expect(sent().body).toMatchObject({ model: "openrouter/openai/gpt-4o", max_tokens: 5 });
    expect(() => gateway.with({ temperature: 9 })).toThrow(ConfigurationError);
    expect(() => gateway.with({ gatewayToken: "a b" })).toThrow(/gatewayToken/);
  });

  test("keeps the environment variables that the gateway was created with", async () => {
    vi.stubEnv("CLOUDFLARE_GATEWAY_TOKEN", token);
    const gateway = local.client({ gatewayToken: undefined });
    vi.stubEnv("CLOUDFLARE_GATEWAY_TOKEN", "of-somebody-else");
    await gateway.with({ seed: 7 }).chat({ prompt: "Hello" });
    expect(sent().headers.get("cf-aig-authorization")).toBe(`Bearer ${token}`);
  });

  test("switches to the other endpoint", async () => {
    await local.client({ provider: "xai", model: "grok-4" }).chat({ prompt: "Hello" });
    await local.client({ provider: "xai", model: "grok-4" }).with({ endpoint: "rest" }).chat({ prompt: "Hello" });
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
    const gateway = local.client();
    const errors = [await captureRejection(gateway.chat(options)), await captureRejection(gateway.stream(options).result)];
    for (const error of errors) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as ConfigurationError).issues.map((issue) => issue.option)).toContain(option);
      expect(inspect(error)).not.toContain("sk-secret");
    }
    expect(local.requests).toHaveLength(0);
  });

  test("every problem is reported at once", async () => {
    const error = await captureRejection(local.client().chat({ temperature: 9, maxTokens: 0, gateway: { cacheTtl: 1 } }));
    const { issues } = error as ConfigurationError;
    expect(issues.map(({ option }) => option)).toEqual(["temperature", "maxTokens", "gateway.cacheTtl", "prompt"]);
  });

  test("a dynamic route and a model alias are sent unchanged, on both endpoints", async () => {
    for (const model of ["dynamic/support", "custom/fast"]) {
      const gateway = local.client({ model });
      await gateway.chat({ prompt: "Hello" });
      await gateway.with({ endpoint: "rest" }).chat({ prompt: "Hello" });
    }
    expect(local.requests.map(({ body }) => body.model)).toEqual([
      "dynamic/support",
      "dynamic/support",
      "custom/fast",
      "custom/fast",
    ]);
    expect(sent(1).headers.get("cf-aig-gateway-id")).toBe("gw");
  });
});

describe("an error", () => {
  test("has class, status, codes, origin, hint, provider, model and the gateway's metadata", async () => {
    local.reply({ error: { gatewayCode: 2001 } });
    const error = await captureRejection(local.client().chat({ prompt: "Hello", gateway: { eventId: "e-1" } }));
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

  test("is a ProviderError for a 200 that is an HTML page, empty or an error object", async () => {
    for (const reply of [{ fault: "html" as const }, { fault: "empty" as const }, { error: { status: 200 } }]) {
      local.reply(reply);
      expect(await captureRejection(local.client().chat({ prompt: "Hello" }))).toBeInstanceOf(ProviderError);
    }
  });

  test("never contains a token in any printed form, even one that the server echoes", async () => {
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
      const gateway = local.client(config);
      for (const error of [
        await captureRejection(gateway.chat({ prompt: "Hello" })),
        await captureRejection(gateway.stream({ prompt: "Hello" }).result),
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
    const refused = await captureRejection(local.client({ gatewayToken: wrong }).chat({ prompt: "Hello" }));
    expect(refused).toBeInstanceOf(AuthenticationError);
    expect(refused).toMatchObject({ gatewayCode: 2009, status: 401, hint: expect.stringContaining("CLOUDFLARE_GATEWAY_TOKEN") });
  });
});
