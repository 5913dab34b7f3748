import { ConfigurationError, createGateway, tool } from "cf-ai-gateway";
import { fixtureHandlers, localBinding, startLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it, test, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { issue } from "./issue.ts";

const local = useLocalGateway();
const weather = tool({
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  execute: () => "22 °C",
});

describe("a rule of the local gateway", () => {
  it("answers every request that matches, and does not affect others", async () => {
    local.when({ user: "France" }, { text: "Paris." });
    local.when({ user: /\bJapan\b/ }, { text: "Tokyo." });
    const text = async (prompt: string) => (await local.client().chat({ prompt })).text;
    expect([await text("Capital of France?"), await text("Capital of Japan?"), await text("Capital of Peru?")]).toEqual([
      "Paris.",
      "Tokyo.",
      "Capital of Peru?",
    ]);
    expect(await text("France again?")).toBe("Paris.");
  });

  it("gives its replies in order, and repeats the last one", async () => {
    local.when({}, { error: { status: 503 } }, { text: "up" });
    const gateway = local.client({ maxRetries: 1 });
    expect((await gateway.chat({ prompt: "x" })).text).toBe("up");
    expect((await gateway.chat({ prompt: "x" })).text).toBe("up");
  });

  it("plays a tool loop, whatever order its rules are defined in", async () => {
    for (const isReversed of [false, true]) {
      local.reset();
      const rules = [
        () => local.when({ user: "weather" }, { toolCalls: [{ name: "weather", args: { city: "Paris" } }] }),
        () => local.when({ toolResult: /°C/ }, { text: "Warm." }),
      ];
      for (const define of isReversed ? rules.reverse() : rules) define();
      const { text, turns } = await local.client().chat({ prompt: "The weather?", tools: { weather } });
      expect([text, turns.length]).toEqual(["Warm.", 2]);
    }
  });

  it.each([
    ["system", { system: "pirate" }, { system: "Talk like a pirate." }],
    ["provider", { provider: "xai" }, { provider: "xai", model: "grok-4" }],
    ["model", { model: /^grok-4$/ }, { provider: "xai", model: "grok-4" }],
    ["the model with its prefix", { model: "openai/gpt-4o" }, {}],
    ["a tool on offer", { tool: "weather" }, { tools: { get_weather: weather } }],
    ["the turn", { turn: 0 }, {}],
  ])("matches by %s", async (_, matcher, options) => {
    local.when(matcher, { text: "matched" });
    expect((await local.client().chat({ prompt: "x", ...options })).text).toBe("matched");
    local.reset();
    local.when({ ...matcher, user: "something else" }, { text: "matched" });
    expect((await local.client().chat({ prompt: "x", ...options })).text).toBe("x");
  });

  it("matches by a function, and by the number of the turn", async () => {
    local.when(({ body }) => body.seed === 7, { text: "seven" });
    expect((await local.client().chat({ prompt: "x", seed: 7 })).text).toBe("seven");
    local.when({ turn: 0 }, { toolCalls: [{ name: "weather", args: { city: "Paris" } }] });
    local.when({ turn: 1 }, { text: "second turn" });
    expect((await local.client().chat({ prompt: "x", tools: { weather } })).text).toBe("second turn");
  });

  it("yields to one with more conditions, and to a newer one with as many", async () => {
    local.when({ user: "x", model: "gpt" }, { text: "specific" });
    local.when({}, { text: "any" });
    local.when({ user: "y" }, { text: "old" });
    local.when({ user: "y" }, { text: "new" });
    expect((await local.client().chat({ prompt: "x" })).text).toBe("specific");
    expect((await local.client().chat({ prompt: "y" })).text).toBe("new");
    expect((await local.client().chat({ prompt: "z" })).text).toBe("any");
  });

  it("applies after queued replies and before the script", async () => {
    await using scripted = await startLocalGateway({ script: () => ({ text: "script" }) });
    scripted.when({ user: "rule" }, { text: "rule" });
    scripted.reply({ text: "queued" });
    const gateway = local.client({ baseUrl: scripted.url });
    const texts = [];
    for (const prompt of ["rule", "rule", "other"]) texts.push((await gateway.chat({ prompt })).text);
    expect(texts).toEqual(["queued", "rule", "script"]);
  });

  it.each([
    [() => local.when({ usr: "x" } as object, { text: "x" }), 'when has no condition "usr"; there are user, system,'],
    [() => local.when({ turn: "1" } as object, { text: "x" }), 'when has a condition "turn" that must be an integer, got string'],
    [() => local.when({ user: "x" }), "when needs a reply after its condition"],
    [() => local.reply({ txt: "x" } as object), "txt is not a field of it; the fields are text,"],
    [() => local.reply({ fault: "hang" } as never), "fault must be one of reset-before-headers,"],
    [() => local.reply({ status: 200 } as never), "a response needs a number as status and a string as body"],
    [() => local.reply("x" as never), 'it must be an object such as { text: "Paris." }, got "x"'],
    [() => local.reply({ status: 99, body: "" }), "status must be an integer between 200 and 599"],
    [() => local.reply({ status: 200, headers: { "a b": "x" }, body: "" }), "headers must be valid names and values"],
    [() => local.reply({ error: { status: 1 } }), "error.status must be an integer between 200 and 599"],
    [() => local.reply({ error: { gatewayCode: "2016" as never } }), "error.gatewayCode must be an integer"],
    [() => local.reply({ fault: "stall", afterBytes: -1 }), "afterBytes must be a non-negative number"],
    [() => local.reply({ text: "x", delayMs: Number.NaN }), "delayMs must be a non-negative number"],
    [() => local.reply({ text: "x", usage: 5 as never }), "usage must be an object or null, got number"],
    [() => local.reply({ toolCalls: [{ name: "x", args: 1n }] }), "toolCalls can't be written as JSON"],
    [() => local.reply({ text: "x", chunks: { every: 5 } as object }), "chunks.every is not a field of it"],
  ])("is rejected when it makes no sense (%#)", (define, message) => {
    expect(define).toThrow(ConfigurationError);
    expect(define).toThrow(issue(message));
  });
});

test.each([
  [() => local.gateway.session(""), "session needs a name"],
  [() => localBinding({} as never), "local must be a local gateway"],
  [() => fixtureHandlers(""), "directory must be a path or a file: URL"],
  [() => fixtureHandlers("fixtures", { cases: "chat" as never }), "cases must be an array of names of fixtures"],
])("a wrong argument of a test double is rejected by name (%#)", (call, message) => {
  expect(call).toThrow(ConfigurationError);
  expect(call).toThrow(issue(message));
});

describe("a session", () => {
  it("has its own replies, rules and requests, selected by its token", async () => {
    const [one, two] = [local.gateway.session("one"), local.gateway.session("two")];
    const client = ({ url, apiUrl, gatewayToken }: typeof one) =>
      local.client({ baseUrl: url, apiBaseUrl: apiUrl, gatewayToken });
    one.reply({ text: "first" });
    two.when({}, { text: "second" });
    local.reply({ text: "main" });
    const texts = await Promise.all([client(one), client(two), local.client()].map((each) => each.chat({ prompt: "x" })));
    expect(texts.map(({ text }) => text)).toEqual(["first", "second", "main"]);
    expect([one.requests.length, two.requests.length, local.requests.length]).toEqual([1, 1, 1]);
    one.reset();
    expect([one.requests.length, two.requests.length]).toEqual([0, 1]);
  });

  it("with the same name is the same session, and works on the rest endpoint and for logs", async () => {
    const session = local.gateway.session("rest");
    local.gateway.session("rest").reply({ text: "shared" });
    const gateway = local.client({ endpoint: "rest", gatewayToken: session.gatewayToken, apiToken: session.gatewayToken });
    const { text, gateway: metadata } = await gateway.chat({ prompt: "x" });
    expect(text).toBe("shared");
    expect(await gateway.logs.get(metadata.logId ?? "")).toMatchObject({ provider: "openai" });
    await expect(local.client().logs.get(metadata.logId ?? "", { waitMs: 0 })).rejects.toMatchObject({ code: "not-found" });
  });

  it("does not make other tokens valid", async () => {
    await expect(local.client({ gatewayToken: "test-token.unknown" }).chat({ prompt: "x" })).rejects.toMatchObject({
      gatewayCode: 2009,
    });
  });
});

describe("the journal", () => {
  it("keeps each request with its response", async () => {
    local.reply({ text: "Paris." }, { error: { status: 404 } });
    await local.client().stream({ prompt: "Capital?" }).result;
    await local
      .client()
      .chat({ prompt: "x" })
      .catch(() => undefined);
    expect(local.requests.map(({ answer }) => answer?.status)).toEqual([200, 404]);
    expect(local.requests[0]?.answer?.text).toContain("data: [DONE]");
    expect(local.requests[0]?.answer?.headers.get("cf-aig-log-id")).toBeTruthy();
  });

  it("keeps only the last 1,000 requests", async () => {
    const { fetch } = local.gateway;
    for (let at = 0; at < 1_003; at++) await fetch(`http://local/${at}`, { method: "GET" });
    expect(local.requests).toHaveLength(1_000);
    expect([local.requests[0]?.path, local.requests.at(-1)?.path]).toEqual(["/3", "/1002"]);
  });
});

describe("fetch without a socket", () => {
  const client = (config = {}) =>
    local.client({ baseUrl: "https://gateway.ai.cloudflare.com", fetch: local.gateway.fetch, ...config });

  it("serves chats and streams whatever the host, and shares replies and the journal with the server", async () => {
    local.reply({ text: "by chat" }, { text: "by stream" });
    expect((await client().chat({ prompt: "x" })).text).toBe("by chat");
    expect((await client().stream({ prompt: "x" }).result).text).toBe("by stream");
    expect(local.requests).toHaveLength(2);
  });

  it("fails as it would over a socket", async () => {
    local.reply({ fault: "reset-before-headers" }, { fault: "reset-mid-body", afterBytes: 20 });
    await expect(client().chat({ prompt: "x" })).rejects.toMatchObject({ code: "network" });
    await expect(client().chat({ prompt: "x" })).rejects.toMatchObject({ code: "network" });
  });

  it("is aborted by the signal, before the headers and within the body", async () => {
    for (const afterBytes of [undefined, 10]) {
      const controller = new AbortController();
      local.reply(afterBytes === undefined ? { fault: "stall" } : { fault: "stall", afterBytes });
      const chat = client().chat({ prompt: "x", signal: controller.signal });
      await vi.waitFor(() => expect(local.requests.at(-1)?.answer).toBeDefined());
      controller.abort(new Error("enough"));
      await expect(chat).rejects.toThrow("enough");
      local.reset();
    }
  });
});

describe("localBinding", () => {
  it("serves chats, streams and logs, without account and token", async () => {
    const gateway = createGateway({ binding: localBinding(local.gateway), gatewayId: "gw", model: "openai/gpt-4o-mini" });
    local.reply({ text: "one" }, { text: "two" });
    const { text, gateway: metadata } = await gateway.chat({ prompt: "x" });
    expect([text, (await gateway.stream({ prompt: "x" }).result).text]).toEqual(["one", "two"]);
    expect(await gateway.logs.get(metadata.logId ?? "")).toMatchObject({ model: "gpt-4o-mini" });
    await gateway.logs.feedback(metadata.logId ?? "", { feedback: 1 });
    await expect(gateway.logs.get("nothing", { waitMs: 0 })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("chunk timing", () => {
  const listPieces = async (chunks: object) => {
    local.reply({ text: "The quick brown fox jumps.", chunks });
    const pieces: string[] = [];
    for await (const event of local.client().stream({ prompt: "x" })) if (event.type === "text-delta") pieces.push(event.text);
    return pieces;
  };

  it("splits text into pieces of a given size, which a seed varies in the same way on every run", async () => {
    expect(await listPieces({ size: 10 })).toEqual(["The quick ", "brown fox ", "jumps."]);
    const varied = await listPieces({ size: 5, seed: 7 });
    expect(varied.join("")).toBe("The quick brown fox jumps.");
    expect(new Set(varied.map((piece) => piece.length)).size).toBeGreaterThan(1);
    expect(await listPieces({ size: 5, seed: 7 })).toEqual(varied);
    expect(await listPieces({ size: 5, seed: 8 })).not.toEqual(varied);
  });

  it("pauses before the first chunk and between the others", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    local.reply({ text: "a b c", chunks: { firstMs: 7, everyMs: 3 } });
    await local.client().stream({ prompt: "x" }).result;
    const waits = timers.mock.calls.map(([, ms]) => ms);
    timers.mockRestore();
    expect(waits.filter((ms) => ms === 7)).toHaveLength(1);
    expect(waits.filter((ms) => ms === 3).length).toBeGreaterThanOrEqual(3);
  });
});

describe("the options of the local gateway", () => {
  it.each([
    [{ port: -1 }, "port must be an integer between 0 and 65535"],
    [{ token: "" }, "token must be a non-empty string"],
    [{ script: "Paris." }, "script must be an array of replies or a function"],
    [{ script: [{ txt: "x" }] }, "script has a reply that can't be used, number 1"],
    [{ rateLimit: { requests: 1 } }, "rateLimit must be { requests, windowMs }, two positive integers"],
    [{ fixture: "." }, "fixture is not an option of the local gateway"],
  ])("are rejected when they are invalid: %j", async (options, message) => {
    await expect(startLocalGateway(options as object)).rejects.toThrow(issue(message));
  });
});
