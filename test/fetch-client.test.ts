import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ConfigurationError } from "../src/errors/errors.ts";
import { createGatewayFetchClient } from "../src/fetch-client.ts";
import type { ChatCompletionRequest } from "../src/wire.ts";

interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: unknown;
}
interface Reply {
  status?: number;
  contentType?: string;
  body: string[];
}

const compatPath = "/v1/{account_id}/{gateway_id}/compat/chat/completions";
const restPath = "/accounts/{account_id}/ai/v1/chat/completions";
const logPath = "/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}";
const path = { account_id: "account", gateway_id: "default" };
const body: ChatCompletionRequest = { model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hello" }] };
const completion = { id: "1", choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }] };

let server: Server;
let baseUrl: string;
let received: Received[];
let reply: Reply;

beforeEach(async () => {
  received = [];
  reply = { body: [JSON.stringify(completion)] };
  server = createServer(async (request, response) => {
    let text = "";
    for await (const bytes of request) text += bytes;
    received.push({ method: request.method, url: request.url, headers: request.headers, body: text && JSON.parse(text) });
    response.writeHead(reply.status ?? 200, {
      "content-type": reply.contentType ?? "application/json",
      "cf-aig-log-id": "log-1",
    });
    for (const piece of reply.body) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

describe("createGatewayFetchClient", () => {
  test("sends the body to the gateway's path and returns the completion with its response", async () => {
    const client = createGatewayFetchClient({ baseUrl, token: "gateway-token" });
    const { data, error, response } = await client.POST(compatPath, { params: { path }, body });

    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: "POST", url: "/v1/account/default/compat/chat/completions", body });
    expect(data).toEqual(completion);
    expect(error).toBeUndefined();
    expect(response.headers.get("cf-aig-log-id")).toBe("log-1");
  });

  test("authenticates compat with cf-aig-authorization and never with authorization", async () => {
    await createGatewayFetchClient({ baseUrl, token: "gateway-token" }).POST(compatPath, { params: { path }, body });
    expect(received[0]?.headers["cf-aig-authorization"]).toBe("Bearer gateway-token");
    expect(received[0]?.headers).not.toHaveProperty("authorization");
  });

  test("authenticates rest with authorization and never with cf-aig-authorization", async () => {
    const client = createGatewayFetchClient({ endpoint: "rest", baseUrl, token: "api-token" });
    await client.POST(restPath, {
      params: { path: { account_id: "account" }, header: { "cf-aig-gateway-id": "default" } },
      body,
    });
    expect(received[0]).toMatchObject({
      url: "/accounts/account/ai/v1/chat/completions",
      headers: { authorization: "Bearer api-token", "cf-aig-gateway-id": "default" },
    });
    expect(received[0]?.headers).not.toHaveProperty("cf-aig-authorization");
  });

  test.each(["compat", "rest"] as const)("sends no authentication on %s without a token", async (endpoint) => {
    await createGatewayFetchClient({ endpoint, baseUrl }).POST(compatPath, { params: { path }, body });
    expect(received[0]?.headers).not.toHaveProperty("authorization");
    expect(received[0]?.headers).not.toHaveProperty("cf-aig-authorization");
  });

  test("writes numbers and booleans in gateway headers as strings", async () => {
    const header = { "cf-aig-cache-ttl": 3600, "cf-aig-skip-cache": true, "cf-aig-metadata": '{"team":"search"}' } as const;
    await createGatewayFetchClient({ baseUrl }).POST(compatPath, { params: { path, header }, body });
    expect(received[0]?.headers).toMatchObject({
      "cf-aig-cache-ttl": "3600",
      "cf-aig-skip-cache": "true",
      "cf-aig-metadata": '{"team":"search"}',
    });
  });

  test("escapes path parameters", async () => {
    const params = { path: { account_id: "a/b", gateway_id: "my gateway" } };
    await createGatewayFetchClient({ baseUrl }).POST(compatPath, { params, body });
    expect(received[0]?.url).toBe("/v1/a%2Fb/my%20gateway/compat/chat/completions");
  });

  test("supports a custom domain through baseUrl", async () => {
    await createGatewayFetchClient({ baseUrl: `${baseUrl}/` }).POST("/compat/chat/completions", { body });
    expect(received[0]?.url).toBe("/compat/chat/completions");
  });

  test("reads logs with their filters and writes feedback", async () => {
    const client = createGatewayFetchClient({ endpoint: "rest", baseUrl, token: "api-token" });
    const query = { page: 2, per_page: 50, cached: false, min_cost: 0.01 };
    await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs", { params: { path, query } });
    await client.PATCH(logPath, { params: { path: { ...path, log_id: "log-1" } }, body: { feedback: -1, score: 10 } });
    expect(received).toMatchObject([
      { method: "GET", url: "/accounts/account/ai-gateway/gateways/default/logs?page=2&per_page=50&cached=false&min_cost=0.01" },
      { method: "PATCH", url: "/accounts/account/ai-gateway/gateways/default/logs/log-1", body: { feedback: -1, score: 10 } },
    ]);
  });

  test("returns an error body instead of throwing", async () => {
    const refusal = { success: false, result: [], messages: [], error: [{ code: 2009, message: "Unauthorized" }] };
    reply = { status: 401, body: [JSON.stringify(refusal)] };
    const { data, error, response } = await createGatewayFetchClient({ baseUrl }).POST(compatPath, { params: { path }, body });
    expect(response.status).toBe(401);
    expect(data).toBeUndefined();
    expect(error).toEqual(refusal);
  });

  test("returns an HTML page as a string error", async () => {
    reply = { status: 502, contentType: "text/html", body: ["<html>Bad gateway</html>"] };
    const { error } = await createGatewayFetchClient({ baseUrl }).POST(compatPath, { params: { path }, body });
    expect(error).toBe("<html>Bad gateway</html>");
  });

  test("returns an event stream unread", async () => {
    const pieces = ['data: {"choices":[]}\n\n', 'data: {"cho', 'ices":[]}\n\n', "data: [DONE]\n\n"];
    reply = { contentType: "text/event-stream", body: pieces };
    const { data } = await createGatewayFetchClient({ baseUrl }).POST(compatPath, {
      params: { path },
      body: { ...body, stream: true },
      parseAs: "stream",
    });
    const decoder = new TextDecoder();
    const parts: string[] = [];
    for await (const bytes of data ?? []) parts.push(decoder.decode(bytes, { stream: true }));
    expect(parts.join("")).toBe(pieces.join(""));
    expect(parts.length).toBeGreaterThan(1);
  });

  test("rejects with the signal's own reason when it is aborted", async () => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await expect(createGatewayFetchClient({ baseUrl }).POST(compatPath, { params: { path }, body, signal })).rejects.toBe(reason);
  });

  test.each([
    [undefined, "https://gateway.ai.cloudflare.com/v1/account/default/compat/chat/completions"],
    ["compat" as const, "https://gateway.ai.cloudflare.com/v1/account/default/compat/chat/completions"],
  ])("calls the gateway when the endpoint is %s", async (endpoint, url) => {
    const fetch = vi.fn(async (_: Request) => Response.json(completion));
    await createGatewayFetchClient({ ...(endpoint && { endpoint }), fetch }).POST(compatPath, { params: { path }, body });
    expect(fetch.mock.calls[0]?.[0].url).toBe(url);
  });

  test("calls Cloudflare's API when the endpoint is rest", async () => {
    const fetch = vi.fn(async (_: Request) => Response.json(completion));
    const client = createGatewayFetchClient({ endpoint: "rest", fetch });
    await client.POST(restPath, { params: { path: { account_id: "account" } }, body });
    expect(fetch.mock.calls[0]?.[0].url).toBe("https://api.cloudflare.com/client/v4/accounts/account/ai/v1/chat/completions");
  });

  test("looks up the global fetch at each call and passes it a real Request", async () => {
    const client = createGatewayFetchClient({ token: "gateway-token" });
    const fetch = vi.fn(async (_: Request) => Response.json(completion));
    vi.stubGlobal("fetch", fetch);
    await client.POST(compatPath, { params: { path }, body });
    expect(fetch).toHaveBeenCalledOnce();
    expect(fetch.mock.calls[0]?.[0]).toBeInstanceOf(Request);
  });

  test("calls a given fetch unbound", async () => {
    let receiver: unknown = "not called";
    async function fetch(this: unknown): Promise<Response> {
      receiver = this;
      return Response.json(completion);
    }
    await createGatewayFetchClient({ fetch }).POST(compatPath, { params: { path }, body });
    expect(receiver).toBeUndefined();
  });

  test.each([
    ["a line break", "secret\r\nx-injected: 1"],
    ["a trailing line feed", "secret\n"],
    ["a control character", "sec\u0000ret"],
    ["a space", "secret secret"],
    ["a letter beyond ASCII", "secr\u00e9t-secret"],
    ["nothing in it", ""],
  ])("rejects a token with %s and does not quote it", (_, token) => {
    const create = () => createGatewayFetchClient({ token });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(/^token must not /);
    expect(create).not.toThrow(/secret/);
  });
});

test("a redirect is not followed, so the token does not reach another server", async () => {
  const seen: Request[] = [];
  const client = createGatewayFetchClient({
    token: "token-12345678",
    fetch: async (request) => {
      seen.push(request);
      return new Response("", { status: 307, headers: { location: "https://other.example/" } });
    },
  });
  const { response } = await client.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", {
    params: { path: { account_id: "acc", gateway_id: "gw" } },
    body: { model: "m", messages: [] },
  });
  expect(response.status).toBe(307);
  expect(seen.map(({ redirect }) => redirect)).toEqual(["manual"]);
});
