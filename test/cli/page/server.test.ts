import { request } from "node:http";
import { createGateway, tool } from "cf-ai-gateway";
import { createLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { buildPage } from "../../../scripts/page/build.ts";
import { createJournal } from "../../../src/cli/page/journal.ts";
import { servePage } from "../../../src/cli/page/server.ts";
import { isRead, usePage } from "./page-server.ts";

const page = usePage();

/** Sends a request with headers that `fetch` does not allow. */
function raw(
  path: string,
  headers: Record<string, string>,
  method = "GET",
  body = "",
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(page.url + path, { method, headers }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
    sent.on("error", reject).end(body);
  });
}

describe("the gateway behind the page", () => {
  it("serves chats and streams as the local gateway does", async () => {
    page.local.reply({ text: "Paris." }, { text: "Paris, again." });
    expect((await page.client().chat({ prompt: "Capital of France?" })).text).toBe("Paris.");
    expect((await page.client().stream({ prompt: "Capital of France?" }).result).text).toBe("Paris, again.");
    expect((await page.client().chat({ prompt: "Repeat this." })).text).toBe("Repeat this.");
  });

  it("passes faults on as broken connections", async () => {
    page.local.reply({ fault: "reset-before-headers" }, { fault: "reset-mid-body" }, { fault: "truncate" });
    const failures = [];
    for (const _ of [1, 2, 3])
      failures.push(
        await page
          .client()
          .stream({ prompt: "Go." })
          .result.catch((error) => error.code),
      );
    expect(failures).toEqual(["network", "network", "stream"]);
    expect((await page.requests()).map(({ state, status }) => [state, status])).toEqual([
      ["failed", undefined],
      ["failed", 200],
      ["complete", 200],
    ]);
  });

  it("ends a stalled response when the client hangs up", async () => {
    page.local.reply({ fault: "stall", afterBytes: 40 });
    const abort = new AbortController();
    const chat = page
      .client()
      .stream({ prompt: "Wait.", signal: abort.signal })
      .result.catch(() => "aborted");
    await page.until(({ firstChunkMs }) => firstChunkMs !== undefined);
    abort.abort();
    expect(await chat).toBe("aborted");
    expect(await page.until(({ durationMs }) => durationMs !== undefined)).toMatchObject({ state: "cancelled", status: 200 });
  });

  it("serves the logs API too", async () => {
    const { gateway } = await page.client().chat({ prompt: "Log this." });
    expect(await page.client().logs.get(gateway.logId ?? "")).toMatchObject({ provider: "openai", statusCode: 200 });
  });
});

describe("the data of the page's table", () => {
  it("has model, status, tokens, times and cache of each request", async () => {
    const options = { prompt: "Which day is it?", gateway: { cacheTtl: 60 } };
    await page.client().chat(options);
    const first = await page.until(isRead);
    await page.client().chat(options);
    const second = await page.until((exchange) => exchange.id !== first.id && isRead(exchange));
    expect(first).toMatchObject({ provider: "openai", model: "gpt-4o-mini", status: 200, cacheStatus: "MISS", isStream: false });
    expect(first.inputTokens).toBeGreaterThan(0);
    expect(first.outputTokens).toBeGreaterThan(0);
    expect(first.firstChunkMs).toBeLessThanOrEqual(first.durationMs ?? 0);
    expect(second.cacheStatus).toBe("HIT");
  });

  it("reads the cost from the response, else from the gateway's log", async () => {
    await page.client().chat({ prompt: "What does it cost?" });
    const { cost, inputTokens = 0, outputTokens = 0 } = await page.until(isRead);
    expect(cost).toBeCloseTo(inputTokens * 0.15e-6 + outputTokens * 0.6e-6, 12);
    page.local.reply({ text: "Yes.", usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6, cost: 0.25 } });
    await page.client().chat({ model: "openrouter/openai/gpt-4o", prompt: "And that?" });
    expect((await page.until((exchange) => exchange.provider === "openrouter" && isRead(exchange))).cost).toBe(0.25);
  });

  it("reads the tokens from the gateway's log when a stream reports none", async () => {
    page.local.reply({ text: "One two three.", usage: null });
    await page.client().stream({ prompt: "Count." }).result;
    expect((await page.until(isRead)).outputTokens).toBeGreaterThan(0);
  });

  it("names the error that the client throws for a response", async () => {
    page.local.reply({ error: { gatewayCode: 2016 } });
    await page
      .client()
      .chat({ prompt: "Blocked?" })
      .catch(() => undefined);
    const { id, error, status } = await page.until(isRead);
    expect([status, error]).toEqual([424, "guardrail"]);
    expect((await page.details(id)).reading?.error).toMatchObject({ name: "GuardrailError", code: "guardrail" });
  });

  it("names an error in a response with status 200", async () => {
    page.local.reply({ error: { status: 200 } });
    await page
      .client()
      .stream({ prompt: "Fine?" })
      .result.catch(() => undefined);
    expect(await page.until(isRead)).toMatchObject({ status: 200, error: "provider" });
  });

  it.each([
    ["a model without a provider", "/v1/acc/gw/compat/chat/completions", { model: "gpt-4o" }, "bad-request"],
    ["no model", "/v1/acc/gw/compat/chat/completions", {}, "bad-request"],
    ["a model with spaces", "/v1/acc/gw/compat/chat/completions", { model: "open ai/gpt 4" }, "bad-request"],
    [
      "a gateway's id that the client doesn't take",
      "/v1/acc/my%20gateway!/compat/chat/completions",
      { model: "openai/x" },
      undefined,
    ],
    ["a custom domain", "/compat/chat/completions", { model: "openai/x" }, undefined],
    ["the rest endpoint", "/client/v4/accounts/acc/ai/v1/chat/completions", { model: "@cf/x/y" }, undefined],
  ])("includes requests that this package's client would not send: %s", async (_, path, body, error) => {
    const headers = {
      "cf-aig-authorization": "Bearer test-token",
      "content-type": "application/json",
      ...(path.includes("/ai/v1/") ? { authorization: "Bearer test-token", "cf-aig-gateway-id": "gw" } : {}),
    };
    const messages = [{ role: "user", content: "Hi" }];
    const response = await fetch(page.url + path, { method: "POST", headers, body: JSON.stringify({ ...body, messages }) });
    expect((await page.until(isRead)).error).toBe(error);
    expect(response.status).toBe(error ? 400 : 200);
  });

  it("keeps the start of a very long response, and reads its tokens from the log", async () => {
    page.local.reply({ text: "long ".repeat(500_000) });
    await page.client().chat({ prompt: "At length, please." });
    const { id, error, outputTokens } = await page.until(isRead);
    expect(error).toBeUndefined();
    expect(outputTokens).toBeGreaterThan(100_000);
    const { response, reading } = await page.details(id);
    expect(response).toMatchObject({ isTruncated: true });
    expect(response?.bytes).toBeGreaterThan(2_500_000);
    expect(response?.chunks.map(({ text }) => text).join("")).toHaveLength(2_000_000);
    expect(reading).toBeUndefined();
  });

  it("keeps the newest exchanges, within both limits", () => {
    const journal = createJournal({ entries: 3, characters: 100 });
    const add = (size: number) =>
      journal.add({
        exchange: { startedAt: "", method: "POST", path: "/", isStream: false, state: "waiting" },
        request: { url: "http://127.0.0.1/", headers: new Headers(), body: "x".repeat(size) },
      });
    for (const size of [10, 10, 10, 10]) add(size);
    expect(journal.entries().map(({ exchange }) => exchange.id)).toEqual([2, 3, 4]);
    add(85);
    expect(journal.entries().map(({ exchange }) => exchange.id)).toEqual([4, 5]);
    add(500);
    expect(journal.entries().map(({ exchange }) => exchange.id)).toEqual([6]);
  });
});

describe("the details of a request", () => {
  it("contain messages, tools, both bodies and the time of each chunk", async () => {
    page.local.reply({ reasoning: "Easy.", text: "It is warm.", chunks: { everyMs: 2 } });
    const get_weather = tool({ parameters: { type: "object" } });
    await page.client().stream({ prompt: "How warm is it?", tools: { get_weather } }).result;
    const { id } = await page.until(isRead);
    const { request: sent, response, reading } = await page.details(id);
    expect(JSON.parse(sent.body)).toMatchObject({ messages: [{ content: "How warm is it?" }], tools: [{ type: "function" }] });
    expect(reading).toMatchObject({ text: "It is warm.", toolCalls: [], finishReason: "stop" });
    const text = response?.chunks.map((chunk) => chunk.text).join("") ?? "";
    expect(text).toMatch(/^data: \{[\s\S]*data: \[DONE\]\n\n$/);
    expect(Buffer.byteLength(text)).toBe(response?.bytes);
    const times = response?.chunks.map(({ ms }) => ms) ?? [];
    expect(times.length).toBeGreaterThan(3);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  it("are decoded correctly when characters arrive one byte at a time", async () => {
    page.local.reply({ status: 200, body: "Grüße, 東京" }, { fault: "slow-bytes" });
    await page
      .client()
      .chat({ prompt: "–" })
      .catch(() => undefined);
    await page.client().chat({ prompt: "Grüße, 東京 🗼" });
    const { id } = await page.until((exchange) => exchange.outputTokens !== undefined);
    const { response } = await page.details(id);
    expect(response?.chunks.length).toBeGreaterThan(100);
    expect(response?.chunks.map(({ text }) => text).join("")).toContain("Grüße, 東京 🗼");
  });

  it("contain no secret of the request, wherever it occurs", async () => {
    const secret = "sk-live-0123456789abcdef";
    const headers = { "x-team-key": secret };
    page.local.reply({ text: `Your key is ${secret}.` });
    const chat = { model: `openai/${secret}`, prompt: `My key is ${secret}, my token test-token.` };
    await page.client({ headers }).chat(chat);
    const { id } = await page.until(isRead);
    const details = JSON.stringify([await page.details(id), await page.requests()]);
    expect(details).not.toContain(secret);
    expect(details).not.toContain("test-token");
    expect(details).toContain('["cf-aig-authorization","Bearer [redacted]"]');
    expect(details).toContain("Your key is [redacted].");
  });

  it("are deleted with the journal", async () => {
    await page.client().chat({ prompt: "Forget this." });
    const { id } = await page.until(isRead);
    expect((await page.inspect("requests", { method: "DELETE" })).status).toBe(204);
    expect((await page.inspect(`requests/${id}`)).status).toBe(404);
    expect(await page.requests()).toEqual([]);
  });
});

describe("the page's API", () => {
  it("queues replies and faults for the next requests", async () => {
    const body = JSON.stringify([{ text: "From the page." }, { fault: "empty" }]);
    expect((await page.inspect("replies", { method: "POST", body })).status).toBe(204);
    expect((await page.client().chat({ prompt: "Who?" })).text).toBe("From the page.");
    await expect(page.client().chat({ prompt: "Who?" })).rejects.toThrow();
  });

  it("rejects a reply that can't be sent, with the reason", async () => {
    const post = async (body: string) => {
      const response = await page.inspect("replies", { method: "POST", body });
      return [response.status, ((await response.json()) as { error: { message: string } }).error.message];
    };
    expect(await post('{"txet":"Paris."}')).toEqual([400, expect.stringContaining("txet is not a field of it")]);
    expect(await post("{")).toEqual([400, expect.stringContaining("JSON")]);
  });

  it("resends a request with its original token", async () => {
    await page.client().chat({ prompt: "Once more." });
    const { id } = await page.until(isRead);
    expect((await page.inspect(`requests/${id}/replay`, { method: "POST" })).status).toBe(202);
    const again = await page.until((exchange) => exchange.id !== id && isRead(exchange));
    expect(again).toMatchObject({ status: 200, model: "gpt-4o-mini" });
    expect(page.local.requests.flatMap(({ body }) => (body ? [body.messages] : []))).toEqual([
      [{ role: "user", content: "Once more." }],
      [{ role: "user", content: "Once more." }],
    ]);
  });

  it("reports requests as server-sent events: first a snapshot, then each change", async () => {
    await page.client().chat({ prompt: "Before." });
    await page.until(isRead);
    const events = await page.inspect("events");
    const reader = (events.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as never).getReader();
    let text = "";
    const until = async (wanted: RegExp) => {
      while (!wanted.test(text)) text += (await reader.read()).value;
    };
    await until(/^event: snapshot\ndata: \[\{"id":\d+,.*\}\]\n\n/);
    await page.client().chat({ prompt: "After." });
    await until(/event: exchange\ndata: \{.*"state":"waiting"[\s\S]*event: exchange\ndata: \{.*"state":"complete".*"cost":/);
    await page.inspect("requests", { method: "DELETE" });
    await until(/event: cleared\ndata: null\n\n/);
    await reader.cancel();
  });

  it("responds 404 to unknown paths, none of which reach the gateway", async () => {
    expect((await page.inspect("nothing")).status).toBe(404);
    expect((await page.inspect("requests/999999")).status).toBe(404);
    expect((await fetch(`${page.url}/favicon.ico`)).status).toBe(404);
    expect(await page.requests()).toEqual([]);
  });
});

describe("access to the page", () => {
  const host = () => new URL(page.url).host;

  it.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::1]"])(
    "is denied for the host %j, to prevent DNS rebinding",
    async (name) => {
      for (const path of ["/", "/_inspect/requests", "/v1/acc/gw/compat/chat/completions"])
        expect((await raw(path, { host: name })).status).toBe(421);
      expect(await page.requests()).toEqual([]);
    },
  );

  it("is allowed for localhost", async () => {
    expect((await raw("/_inspect/requests", { host: host().replace("127.0.0.1", "localhost") })).status).toBe(200);
  });

  it.each([
    { origin: "https://evil.example" },
    { origin: "http://localhost:1" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("is denied for pages of another origin: %j", async (headers) => {
    const reply = JSON.stringify({ text: "Injected." });
    expect((await raw("/_inspect/replies", headers, "POST", reply)).status).toBe(403);
    expect((await raw("/_inspect/requests", headers)).status).toBe(403);
    expect((await raw("/_inspect/events", headers)).status).toBe(403);
    expect((await page.client().chat({ prompt: "Still mine." })).text).toBe("Still mine.");
  });

  it("is allowed for its own page, and for programs without an origin", async () => {
    const own = { origin: page.url, "sec-fetch-site": "same-origin" };
    expect((await raw("/_inspect/requests", own)).status).toBe(200);
    expect((await raw("/_inspect/requests", {})).status).toBe(200);
  });
});

describe("the document", () => {
  it("is at most 40 kB, refers to no other host, and has a policy with a fresh nonce each time", async () => {
    const html = await buildPage();
    expect(Buffer.byteLength(html)).toBeLessThan(40_000);
    expect(html.match(/https?:\/\/[^\s"'`)]+/g)?.filter((url) => !url.startsWith("http://www.w3.org/"))).toEqual([]);
    const server = await servePage(createLocalGateway(), html, 0);
    try {
      const [one, two] = await Promise.all([fetch(server.url), fetch(server.url)]);
      const getNonce = (response: Response) =>
        /script-src 'nonce-([\w+/=]{20,})'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "none";
      expect(getNonce(one)).not.toBe(getNonce(two));
      const text = await one.text();
      expect(text.split(`nonce="${getNonce(one)}"`)).toHaveLength(3);
      expect(text).not.toContain("__NONCE__");
      expect(one.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(one.headers.get("x-content-type-options")).toBe("nosniff");
    } finally {
      await server.close();
    }
  });
});

describe("an in-process gateway", () => {
  it("serves requests without a socket, with its own sessions", async () => {
    const local = createLocalGateway({ script: [{ text: "Scripted." }] });
    const { url, apiUrl, gatewayToken, reply } = local.session("one");
    const client = createGateway({
      baseUrl: url,
      apiBaseUrl: apiUrl,
      gatewayToken,
      fetch: local.fetch,
      accountId: "a",
      gatewayId: "g",
      model: "openai/gpt-4o-mini",
    });
    reply({ text: "For this session." });
    expect((await client.chat({ prompt: "Hello" })).text).toBe("For this session.");
    expect((await client.chat({ prompt: "Hello" })).text).toBe("Scripted.");
    expect(local.requests).toEqual([]);
  });
});
