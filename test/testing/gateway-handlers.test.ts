import { setupServer } from "msw/node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { gatewayHandlers, type LocalGatewayOptions } from "../../src/testing/index.ts";
import { ask, chunks, compatPath, expectSpec, post, prompt, read, restPath, spoken } from "./ask.ts";

const cloudflare = { url: "https://gateway.ai.cloudflare.com" };
const cloudflareApi = { url: "https://api.cloudflare.com" };
const question = prompt("What is the capital of France?");

let server: ReturnType<typeof setupServer>;
afterEach(() => server.close());

function intercept(options?: LocalGatewayOptions): void {
  server = setupServer(...gatewayHandlers(options));
  server.listen({ onUnhandledRequest: "error" });
}

test("requests to the real hosts, custom domains and any other host are answered in-process", async () => {
  intercept();
  for (const url of [cloudflare.url, "https://ai.example.org", "http://127.0.0.1:9"]) {
    const { status, json } = await ask({ url }, question);
    expect(status).toBe(200);
    await expectSpec("ChatCompletion", json);
    expect(json.choices[0].message.content).toBe("What is the capital of France?");
  }
  expect((await ask({ url: "https://ai.example.org" }, question, { path: "/compat/chat/completions" })).status).toBe(200);
  expect((await ask(cloudflareApi, question, { path: restPath })).status).toBe(200);
});

test("the handlers reject the same requests as the local gateway", async () => {
  intercept({ token: "secret", storedKeys: { openai: ["default"] } });
  expect(await ask(cloudflare, question)).toMatchObject({ status: 401, json: { error: [{ code: 2009 }] } });
  const headers = { "cf-aig-authorization": "Bearer secret" };
  expect(await ask(cloudflare, prompt("x", { model: "gpt" }), { headers })).toMatchObject({
    status: 400,
    json: { error: [{ code: 2019 }] },
  });
  expect(await ask(cloudflare, prompt("x", { model: "groq/x" }), { headers })).toMatchObject({ status: 402 });
});

test("a stream has the provider's dialect", async () => {
  intercept();
  const { text, headers } = await ask(cloudflare, prompt("Capital of Spain?", { model: "perplexity/sonar", stream: true }));
  expect(headers.get("content-type")).toContain("text/event-stream");
  expect(spoken(text)).toBe("Capital of Spain?");
  expect(chunks(text).at(-1).object).toBe("chat.completion.done");
});

test("logs can be read, listed and patched, and all handlers share one cache", async () => {
  intercept();
  const headers = { "cf-aig-cache-ttl": "60" };
  const [first, second] = [await ask(cloudflare, question, { headers }), await ask(cloudflare, question, { headers })];
  expect([first.headers.get("cf-aig-cache-status"), second.headers.get("cf-aig-cache-status")]).toEqual(["MISS", "HIT"]);
  const logs = `${cloudflareApi.url}/client/v4/accounts/account/ai-gateway/gateways/gateway/logs`;
  const authorization = { authorization: "Bearer test-token" };
  const path = `${logs}/${first.headers.get("cf-aig-log-id")}`;
  expect((await fetch(path, { method: "PATCH", headers: authorization, body: '{"score":50}' })).status).toBe(200);
  expect((await read(await fetch(path, { headers: authorization }))).json.result).toMatchObject({ score: 50, cached: false });
  expect((await read(await fetch(`${logs}?cached=true`, { headers: authorization }))).json.result).toHaveLength(1);
});

test("a script is applied, delays included", async () => {
  const timeout = vi.spyOn(globalThis, "setTimeout");
  intercept({ script: [{ text: "one", delayMs: 21 }, { error: { status: 429 } }] });
  expect((await ask(cloudflare, question)).json.choices[0].message.content).toBe("one");
  expect(timeout.mock.calls.map(([, ms]) => ms)).toContain(21);
  timeout.mockRestore();
  expect((await ask(cloudflare, question)).status).toBe(429);
});

describe("faults", () => {
  const story = prompt("Tell me a story.", { stream: true });

  test("reset-before-headers is a failed fetch", async () => {
    intercept({ script: [{ fault: "reset-before-headers" }] });
    await expect(post(cloudflare, question)).rejects.toThrow(TypeError);
  });

  test("reset-mid-body is a body that fails", async () => {
    intercept({ script: [{ fault: "reset-mid-body", afterBytes: 100 }] });
    const response = await post(cloudflare, story);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test("stall sends afterBytes and nothing more", async () => {
    intercept({ script: [{ fault: "stall", afterBytes: 50 }, { fault: "stall" }] });
    const reader = (await post(cloudflare, story)).body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(50);
    expect(await Promise.race([reader?.read(), turns()])).toBe("nothing");
    const controller = new AbortController();
    const waiting = fetch(cloudflare.url + compatPath, {
      method: "POST",
      headers: { "cf-aig-authorization": "Bearer test-token" },
      body: JSON.stringify(question),
      signal: controller.signal,
    });
    expect(await Promise.race([waiting, turns()])).toBe("nothing");
    controller.abort();
    await expect(waiting).rejects.toThrow("aborted");
  });

  test("truncate, malformed, html, empty and slow-bytes behave as on a socket", async () => {
    intercept({
      script: [{ fault: "truncate" }, { fault: "malformed" }, { fault: "html" }, { fault: "empty" }, { fault: "slow-bytes" }],
    });
    expect((await ask(cloudflare, story)).text).not.toMatch(/"finish_reason":"/);
    expect((await ask(cloudflare, question)).json).toBeUndefined();
    expect((await ask(cloudflare, question)).headers.get("content-type")).toContain("text/html");
    expect(await ask(cloudflare, question)).toMatchObject({ status: 200, text: "" });
    expect((await ask(cloudflare, question)).json.choices[0].message.content).toContain("France");
  });
});

test("without msw the local gateway still starts, and the handlers report the missing package", async () => {
  intercept();
  vi.resetModules();
  vi.doMock("msw", () => {
    throw new Error("not installed");
  });
  try {
    const testing = await import("../../src/testing/index.ts");
    server.close();
    await using local = await testing.startLocalGateway();
    expect((await ask(local, question)).status).toBe(200);
    expect(() => testing.gatewayHandlers()).toThrow("npm install --save-dev msw");
    expect(() => testing.fixtureHandlers(".")).toThrow("npm install --save-dev msw");
  } finally {
    vi.doUnmock("msw");
    vi.resetModules();
  }
});

/** Runs some turns of the event loop, in which nothing else should settle. */
async function turns(): Promise<string> {
  for (let at = 0; at < 50; at++) await new Promise((resolve) => setImmediate(resolve));
  return "nothing";
}
