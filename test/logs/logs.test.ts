import { type AiBinding, type GatewayConfig, type LogRecord, NetworkError, NotFoundError, TimeoutError } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { captureError, captureRejection, chatMethods, expectNoToken } from "../failures/capture-error.ts";
import { advanceUntilSettled, useFakeClock } from "../failures/fake-clock.ts";
import { jsonHead, type RawExchange, rawServer, resetConnection } from "../failures/raw-server.ts";
import { type clientOf, useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();
afterEach(() => void vi.useRealTimers());

const id = "019a7c52-4e1b-7c1a-9d7e-000000000001";
const missing = '{"success":false,"errors":[{"code":7002,"message":"Log not found"}],"messages":[],"result":null}';
const found = JSON.stringify({
  success: true,
  result: { id, provider: "openai", model: "gpt-4o-mini", cost: 0.01, created_at: "2026-11-15T12:00:00Z" },
});
const answer =
  (body: string, status = "200 OK") =>
  ({ socket }: RawExchange) =>
    void socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
const noLimits: GatewayConfig = { timeout: { firstByte: Number.POSITIVE_INFINITY, idle: Number.POSITIVE_INFINITY } };
const apiAt = (apiBaseUrl: string, config: GatewayConfig = {}) => local.client({ apiBaseUrl, ...config });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe("logs.get", () => {
  it("returns the cost of a chat, which the response does not contain", async () => {
    const gateway = local.client({ gateway: { metadata: { user: "Zoë" } } });
    const result = await gateway.chat({ prompt: "Hi" });
    const log = await gateway.logs.get(result.gateway.logId ?? "");
    expect(log).toMatchObject({
      id: result.gateway.logId,
      provider: "openai",
      model: "gpt-4o-mini",
      tokensIn: result.usage.inputTokens,
      tokensOut: result.usage.outputTokens,
      cached: false,
      statusCode: 200,
      success: true,
      step: 0,
      metadata: { user: "Zoë" },
    });
    expect(log.cost).toBeGreaterThan(0);
    expect(log.createdAt).toBeInstanceOf(Date);
    expect(local.requests.at(-1)?.headers.get("authorization")).toBe("Bearer test-token");
    expect(local.requests.at(-1)?.headers.has("cf-aig-authorization")).toBe(false);
  });

  it("waits for a log that does not exist yet", async () => {
    await using server = await rawServer(answer(missing, "404 Not Found"), answer(found));
    const began = Date.now();
    useFakeClock();
    const log = await advanceUntilSettled(apiAt(server.url, noLimits).logs.get(id));
    expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
    expect(log).toMatchObject({ id, cost: 0.01, createdAt: new Date("2026-11-15T12:00:00Z") });
    expect(server.requests).toHaveLength(2);
  });

  it("waits no longer than waitMs", async () => {
    await using server = await rawServer(answer(missing, "404 Not Found"));
    useFakeClock();
    const began = Date.now();
    const error = await advanceUntilSettled(captureError(apiAt(server.url, noLimits).logs.get(id, { waitMs: 20_000 })));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, gatewayCode: 7002, origin: "gateway" });
    expect(error.message).toContain(`There is no log ${id}. Log not found. (HTTP 404, gateway code 7002)`);
    expect(error.message).not.toMatch(/model|provider/);
    expect(error.hint).toMatch(/result\.gateway\.logId.*30 to 60 seconds.*collectLog: false/);
    // It polls after 1, 2, 4 and 8 seconds, and when the 20 seconds are over.
    expect(server.requests.length).toBeGreaterThan(3);
    expect(server.requests.length).toBeLessThan(8);
    expect(Date.now() - began).toBeGreaterThanOrEqual(20_000);
  });

  it("sends one request with waitMs: 0", async () => {
    await using server = await rawServer(answer(missing, "404 Not Found"));
    await captureError(apiAt(server.url).logs.get(id, { waitMs: 0 }));
    expect(server.requests).toHaveLength(1);
  });

  it("does not wait on errors other than 404", async () => {
    const refused = '{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}';
    await using server = await rawServer(answer(refused, "403 Forbidden"));
    const error = await captureError(apiAt(server.url).logs.get(id));
    expect(error).toMatchObject({ code: "authentication", gatewayCode: 10000, origin: "gateway" });
    expect(error.hint).toContain("apiToken");
    expect(server.requests).toHaveLength(1);
  });

  it("rejects with the signal's reason when aborted while it waits for the log", async () => {
    await using server = await rawServer(answer(missing, "404 Not Found"));
    const controller = new AbortController();
    const running = captureRejection(apiAt(server.url).logs.get(id, { signal: controller.signal }));
    await server.request(0);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort("enough");
    expect(await running).toBe("enough");
  });

  it("closes the socket when aborted while it waits for the response", async () => {
    await using server = await rawServer(() => {});
    const controller = new AbortController();
    const running = captureRejection(apiAt(server.url).logs.get(id, { signal: controller.signal }));
    const request = await server.request(0);
    controller.abort("enough");
    expect(await running).toBe("enough");
    await request.closed;
  });

  it.each([
    ["options", null],
    ["options", 5],
    ["waitMs", { waitMs: "5s" }],
    ["waitMs", { waitMs: Number.NaN }],
    ["waitMs", { waitMs: -1 }],
    ["signal", { signal: {} }],
    ["wait", { wait: 5 }],
  ])("rejects the option %s of %j before anything is sent", async (option, options) => {
    const error = await captureError(local.client().logs.get(id, options as never));
    expect(error).toMatchObject({ code: "configuration", issues: [{ option }] });
    expect(local.requests).toHaveLength(0);
  });

  it.each(["null", "[]", "{}", '"x"', '{"success":true,"result":null}', '{"result":"x"}', '{"result":[]}'])(
    "a response without a log is a ProviderError: %s",
    async (body) => {
      await using server = await rawServer(answer(body));
      const error = await captureError(apiAt(server.url).logs.get(id));
      expect(error).toMatchObject({ code: "provider", hint: expect.stringContaining("apiBaseUrl") });
    },
  );

  it("a response with status 200 and success: false is an error of the matching class", async () => {
    const body = '{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"result":null}';
    await using server = await rawServer(answer(body));
    expect(await captureError(apiAt(server.url).logs.get(id))).toMatchObject({ code: "authentication", gatewayCode: 10000 });
  });

  it("rejects anything that is not a log ID before anything is sent", async () => {
    for (const wrong of ["", "a/b", "../logs", "a?b"]) {
      const error = await captureError(local.client().logs.get(wrong));
      expect(error).toMatchObject({ code: "configuration", issues: [{ option: "id" }] });
    }
    expect(local.requests).toHaveLength(0);
  });
});

describe("failures of the logs API", () => {
  const calls: [string, (gateway: ReturnType<typeof clientOf>) => Promise<unknown>][] = [
    ["get", (gateway) => gateway.logs.get(id)],
    ["list", (gateway) => all(gateway.logs.list())],
    ["feedback", (gateway) => gateway.logs.feedback(id, { score: 50 })],
  ];

  it.each(calls)("(%s) a reset is a NetworkError", async (_, call) => {
    await using server = await rawServer(({ socket }) => resetConnection(socket));
    expect(await captureError(call(apiAt(server.url)))).toBeInstanceOf(NetworkError);
  });

  it.each(calls)("(%s) a truncated body is a NetworkError", async (_, call) => {
    await using server = await rawServer(({ socket }) => void socket.end(`${jsonHead(1000)}{"success"`));
    expect(await captureError(call(apiAt(server.url)))).toBeInstanceOf(NetworkError);
  });

  it.each(calls)("(%s) a stalled server is a TimeoutError", async (_, call) => {
    await using server = await rawServer(() => {});
    useFakeClock();
    const failed = captureError(call(apiAt(server.url, { timeout: { firstByte: 100 } })));
    await server.request(0);
    const error = await advanceUntilSettled(failed);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "first-byte" });
    await (await server.request(0)).closed;
  });

  it.each(calls)("(%s) a stalled body is a TimeoutError", async (_, call) => {
    await using server = await rawServer(({ socket }) => void socket.write(`${jsonHead(1000)}{"success"`));
    useFakeClock();
    const failed = captureError(call(apiAt(server.url, { timeout: { firstByte: Number.POSITIVE_INFINITY, idle: 100 } })));
    await server.request(0);
    const error = await advanceUntilSettled(failed);
    expect(error).toMatchObject({ code: "timeout", phase: "idle" });
    await (await server.request(0)).closed;
  });

  it.each(calls)("(%s) an HTML page is a ProviderError", async (_, call) => {
    await using server = await rawServer(answer("<!doctype html><title>Sign in</title>"));
    const error = await captureError(call(apiAt(server.url)));
    expect(error).toMatchObject({ code: "provider", retryable: false });
  });

  it.each(calls)("(%s) a redirect is not followed", async (_, call) => {
    const head = "HTTP/1.1 302 Found\r\nlocation: https://elsewhere.example/\r\ncontent-length: 0\r\n\r\n";
    await using server = await rawServer(({ socket }) => void socket.write(head));
    expect(await captureError(call(apiAt(server.url)))).toMatchObject({ code: "network", retryable: false });
  });

  it("an echoed token is redacted", async () => {
    const body = '{"success":false,"errors":[{"code":9106,"message":"not api-5ecret-token"}]}';
    await using server = await rawServer(answer(body, "400 Bad Request"));
    const error = await captureError(apiAt(server.url, { apiToken: "api-5ecret-token" }).logs.get(id));
    expectNoToken(error, "api-5ecret-token");
    expect(error.message).toContain("not [redacted]");
  });
});

describe("logs.list", () => {
  it("yields the logs of all pages, newest first, and requests each page when iteration reaches it", async () => {
    const gateway = local.client();
    await Promise.all(Array.from({ length: 60 }, () => gateway.chat({ prompt: "Hi" })));
    const before = local.requests.length;
    const logs: LogRecord[] = [];
    for await (const log of gateway.logs.list()) {
      logs.push(log);
      if (logs.length === 50) expect(local.requests.length - before).toBe(1);
    }
    expect(logs).toHaveLength(60);
    expect(new Set(logs.map((log) => log.id)).size).toBe(60);
    expect(local.requests.length - before).toBe(2);
  });

  it("sends its filters to the API", async () => {
    const gateway = local.client();
    await gateway.chat({ prompt: "Hi" });
    await gateway.chat({ prompt: "Hi", provider: "anthropic", model: "claude-sonnet-4-5" });
    const logs = await all(gateway.logs.list({ provider: "anthropic" }));
    expect(logs.map(({ model }) => model)).toEqual(["claude-sonnet-4-5"]);
  });

  it("yields all logs when the API's pages are shorter than per_page", async () => {
    const gateway = local.client();
    for (let call = 0; call < 53; call++) await gateway.chat({ prompt: "Hi" });
    expect(await all(gateway.logs.list({ per_page: 100 }))).toHaveLength(53);
  });

  it("requests no further page after a break", async () => {
    const gateway = local.client();
    for (let call = 0; call < 4; call++) await gateway.chat({ prompt: "Hi" });
    const before = local.requests.length;
    for await (const _ of gateway.logs.list({ per_page: 2 })) break;
    expect(local.requests.length - before).toBe(1);
  });

  it("yields nothing for a gateway without logs", async () => {
    expect(await all(local.client().logs.list())).toEqual([]);
  });
});

describe("feedback", () => {
  it.each(chatMethods)("can be sent through a result of %s", async (_, call) => {
    const gateway = local.client();
    const result = await call(gateway, { prompt: "Hi" });
    await result.feedback({ feedback: 1, score: 90, metadata: { reviewed: true } });
    const request = local.requests.at(-1);
    expect(request).toMatchObject({ method: "PATCH", body: { feedback: 1, score: 90, metadata: { reviewed: true } } });
    expect(request?.path).toContain(`/accounts/acc/ai-gateway/gateways/gw/logs/${result.gateway.logId}`);
  });

  it.each([
    [{}, "feedback"],
    [{ feedback: 2 }, "feedback.feedback"],
    [{ score: 101 }, "feedback.score"],
    [{ score: Number.NaN }, "feedback.score"],
    [{ metadata: "x" }, "feedback.metadata"],
    [{ metadata: { a: Number.POSITIVE_INFINITY } }, "feedback.metadata.a"],
    [{ score: 1, rating: 5 }, "feedback.rating"],
    [null, "feedback"],
  ])("%j is rejected before anything is sent", async (feedback, option) => {
    const error = await captureError(local.client().logs.feedback(id, feedback as never));
    expect(error).toMatchObject({ code: "configuration", issues: [{ option }] });
    expect(local.requests).toHaveLength(0);
  });

  it("with a value that JSON can't represent, or a getter that throws, is rejected", async () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const unreadable = {
      get score(): never {
        throw new Error("thrown by a getter");
      },
    };
    for (const feedback of [{ metadata: { count: 1n } }, { metadata: cycle }, unreadable]) {
      const error = await captureError(local.client().logs.feedback(id, feedback as never));
      expect(error.code).toBe("configuration");
    }
    expect(local.requests).toHaveLength(0);
  });

  it("fails for a chat that was not logged, and the error says why", async () => {
    const result = await local.client({ gateway: { collectLog: false } }).chat({ prompt: "Hi" });
    const error = await captureError(result.feedback({ feedback: -1 }));
    expect(error).toMatchObject({ code: "configuration", issues: [{ option: "feedback" }] });
    expect(error.message).toContain("collectLog");
  });
});

describe("logs through the Workers binding", () => {
  class AiGatewayLogNotFound extends Error {
    override name = "AiGatewayLogNotFound";
  }
  const binding = (logs: Pick<ReturnType<AiBinding["gateway"]>, "getLog" | "patchLog">): GatewayConfig => ({
    binding: { gateway: (gatewayId) => ({ run: async () => new Response(gatewayId), ...logs }) },
    gatewayToken: undefined,
  });

  it("are read as the binding returns them, dates included", async () => {
    const createdAt = new Date("2026-11-15T12:00:00Z");
    const getLog = async (logId: string) => ({ id: logId, provider: "openai", model: "m", cached: true, created_at: createdAt });
    const log = await local.client(binding({ getLog })).logs.get(id);
    expect(log).toMatchObject({ id, provider: "openai", cached: true, createdAt });
  });

  it("are polled until they exist, as over HTTP", async () => {
    let asked = 0;
    const getLog = async (logId: string) => {
      if (asked++ === 0) throw new AiGatewayLogNotFound("no such log");
      return { id: logId };
    };
    const log = await local.client(binding({ getLog })).logs.get(id, { waitMs: 300 });
    expect(log.id).toBe(id);
    expect(asked).toBe(2);
  });

  it("cause a NotFoundError when they never appear", async () => {
    const getLog = () => Promise.reject(new AiGatewayLogNotFound("no such log"));
    expect(await captureError(local.client(binding({ getLog })).logs.get(id, { waitMs: 0 }))).toBeInstanceOf(NotFoundError);
  });

  it("fail with the error class that matches the code in the binding's error", async () => {
    const patchLog = () => Promise.reject(new Error("10000: Authentication error"));
    const error = await captureError(local.client(binding({ patchLog })).logs.feedback(id, { feedback: 1 }));
    expect(error).toMatchObject({ code: "authentication", gatewayCode: 10000, status: 401, origin: "gateway" });
  });

  it("fail with a NetworkError when the binding's error has no code", async () => {
    const getLog = () => Promise.reject(new Error("Network connection lost."));
    const error = await captureError(local.client(binding({ getLog })).logs.get(id, { waitMs: 0 }));
    expect(error).toMatchObject({ code: "network", retryable: true });
  });

  it.each([
    ["getLog", (gateway: ReturnType<typeof clientOf>) => gateway.logs.get(id)],
    ["patchLog", (gateway: ReturnType<typeof clientOf>) => gateway.logs.feedback(id, { score: 1 })],
  ])("time out when %s never settles", async (_, call) => {
    const never = () => new Promise<never>(() => {});
    useFakeClock();
    const client = local.client({ ...binding({ getLog: never, patchLog: never }), timeout: { firstByte: 100 } });
    expect(await advanceUntilSettled(captureError(call(client)))).toMatchObject({ code: "timeout", phase: "first-byte" });
  });

  it("accept feedback", async () => {
    const patches: unknown[] = [];
    const patchLog = async (logId: string, patch: object) => void patches.push([logId, patch]);
    await local.client(binding({ patchLog })).logs.feedback(id, { feedback: -1 });
    expect(patches).toEqual([[id, { feedback: -1 }]]);
  });

  it("can't be listed, and the error says so", async () => {
    const error = await captureError(all(local.client(binding({})).logs.list()));
    expect(error).toMatchObject({ code: "configuration", issues: [{ option: "binding" }] });
  });

  it("require a binding with getLog", async () => {
    const error = await captureError(local.client(binding({})).logs.get(id));
    expect(error).toMatchObject({ code: "configuration", issues: [{ option: "binding" }] });
    expect(error.message).toContain("getLog");
  });
});

describe("an account without a logs API", () => {
  const noRoute =
    '{"success":false,"errors":[{"code":7003,"message":"Could not route to /client/v4/accounts/account/ai-gateway/gateways/gw/logs, perhaps your object identifier is invalid?"}],"messages":[],"result":null}';

  it.each<[string, (gateway: ReturnType<typeof clientOf>) => Promise<unknown>]>([
    ["get", (gateway) => gateway.logs.get(id)],
    ["list", (gateway) => all(gateway.logs.list())],
    ["feedback", (gateway) => gateway.logs.feedback(id, { feedback: 1 })],
  ])("(%s) is reported without waiting", async (_, call) => {
    for (const body of [noRoute, "{}"]) {
      await using server = await rawServer(answer(body, "404 Not Found"));
      const error = await captureError(call(apiAt(server.url)));
      expect(error).toBeInstanceOf(NotFoundError);
      expect(error).toMatchObject({ status: 404, retryable: false, hint: expect.stringContaining("Workers Observability") });
      expect(error.message).toContain("no logs API");
      expect(server.requests).toHaveLength(1);
    }
  });
});

describe("requests to the logs API", () => {
  it("send filters as one JSON array, and other parameters unchanged", async () => {
    const page = JSON.stringify({ success: true, result: [], result_info: { total_count: 0 } });
    await using server = await rawServer(answer(page));
    const filters = [{ key: "provider", operator: "eq" as const, value: ["openai"] }];
    await all(apiAt(server.url).logs.list({ filters, order_by: "cost" }));
    const query = new URL(server.requests[0]?.head.split(" ")[1] ?? "", server.url).searchParams;
    expect(JSON.parse(query.get("filters") ?? "")).toEqual(filters);
    expect(query.get("order_by")).toBe("cost");
  });

  it.each([
    ["filters", { filters: {} }],
    ["filters[0]", { filters: ["provider"] }],
    ["filters[0].operator", { filters: [{ key: "provider", operator: "is", value: ["x"] }] }],
    ["filters[0].value", { filters: [{ key: "provider", operator: "eq", value: "x" }] }],
    ["filter", null],
    ["page", { page: 2 }],
    ["search", { search: { text: "x" } }],
  ])("an invalid %s is rejected before anything is sent", async (option, filter) => {
    const error = await captureError(all(local.client().logs.list(filter as never)));
    expect(error).toMatchObject({ code: "configuration", issues: [{ option }] });
    expect(local.requests).toHaveLength(0);
  });

  it("send null to clear a field of the feedback", async () => {
    await using server = await rawServer(answer(found));
    await apiAt(server.url).logs.feedback(id, { feedback: null, score: null, metadata: null });
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({ feedback: null, score: null, metadata: null });
  });
});
