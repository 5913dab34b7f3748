import { afterEach, describe, expect, test, vi } from "vitest";
import { startLocalGateway } from "../../src/testing/index.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { api, ask, expectSpec, type Json, logsPath, prompt } from "./ask.ts";

const local = useLocalGateway();
afterEach(() => void vi.useRealTimers());

const question = prompt("What is the capital of France?");
const cacheStatus = async (body: object, headers: Record<string, string>) =>
  (await ask(local, body, { headers })).headers.get("cf-aig-cache-status");
const getLog = async (headers: Headers) => (await api(local, `${logsPath}/${headers.get("cf-aig-log-id")}`)).json;

describe("response headers", () => {
  test("name the log, request, event, step, provider, model and ray", async () => {
    const { headers } = await ask(local, prompt("x", { model: "openrouter/openai/gpt-4o" }));
    for (const name of ["log-id", "request-id", "event-id"]) expect(headers.get(`cf-aig-${name}`)).toBeTruthy();
    expect(headers.get("cf-aig-log-id")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(headers.get("cf-aig-step")).toBe("0");
    expect(headers.get("cf-aig-provider")).toBe("openrouter");
    expect(headers.get("cf-aig-model")).toBe("openai/gpt-4o");
    expect(headers.get("cf-aig-cache-status")).toBe("MISS");
    expect(headers.get("cf-ray")).toMatch(/^[0-9a-f]{16}-/);
  });

  test("are also on errors, streams and raw replies, and log IDs are unique, even after a reset", async () => {
    local.reply({ error: { status: 429 } }, { text: "x" }, { status: 418, body: "teapot" });
    const answers = [await ask(local, question), await ask(local, prompt("x", { stream: true })), await ask(local, question)];
    local.reset();
    const ids = [...answers, await ask(local, question)].map(({ headers }) => headers.get("cf-aig-log-id"));
    expect(ids.every(Boolean)).toBe(true);
    expect(new Set(ids).size).toBe(4);
  });

  test("return the request's event ID unchanged", async () => {
    expect((await ask(local, question, { headers: { "cf-aig-event-id": "order-4711" } })).headers.get("cf-aig-event-id")).toBe(
      "order-4711",
    );
  });

  test("name the provider and model that a dynamic route used", async () => {
    const { headers, json } = await ask(local, prompt("x", { model: "dynamic/support" }));
    expect([headers.get("cf-aig-provider"), headers.get("cf-aig-model"), json.model]).toEqual([
      "openai",
      "gpt-4o-mini",
      "gpt-4o-mini",
    ]);
  });
});

describe("the Auto Router", () => {
  const auto = prompt("x", { model: "cloudflare/auto" });
  const routed = async (headers: Record<string, string> = {}) => {
    const answer = await ask(local, auto, { headers });
    return ["model", "reason", "decision"].map((name) =>
      answer.headers.get(
        { model: "cf-aig-routed-model", reason: "cf-aig-routing-reason", decision: "cf-aig-routing-decision-id" }[name] ?? "",
      ),
    );
  };

  test("chooses a model for each request without a session", async () => {
    const [one, other] = [await routed(), await routed()];
    expect(one?.[0]).toMatch(/^\w[\w-]*\/\w/);
    expect(one?.[1]).toBe("general");
    expect(other).not.toEqual(one);
  });

  test("keeps the model and the decision for a session and turn", async () => {
    const ids = { "cf-aig-session-id": "s1", "cf-aig-turn-id": "t1" };
    const first = await routed(ids);
    await routed();
    const second = await routed(ids);
    expect(second).toEqual([first[0], "session-affinity", first[2]]);
    const nextTurn = await routed({ ...ids, "cf-aig-turn-id": "t2" });
    expect(nextTurn[0]).toBe(first[0]);
    expect(nextTurn[2]).not.toBe(first[2]);
  });

  test("keeps the model and the decision for a turn without a session", async () => {
    const first = await routed({ "cf-aig-turn-id": "t" });
    expect(await routed({ "cf-aig-turn-id": "t" })).toEqual([first[0], "session-affinity", first[2]]);
  });

  test("ignores the session with no-session-affinity", async () => {
    const ids = { "cf-aig-session-id": "s1", "cf-aig-no-session-affinity": "true" };
    expect((await routed(ids))[0]).not.toBe((await routed(ids))[0]);
  });

  test("stays within the allowed models and providers; a wildcard does not cross a slash", async () => {
    for (let times = 0; times < 3; times++) {
      expect((await routed({ "cf-aig-allowed-models": "anthropic/*" }))[0]).toMatch(/^anthropic\//);
      expect((await routed({ "cf-aig-allowed-providers": "google-ai-studio, cohere" }))[0]).toMatch(/^google-ai-studio\//);
    }
    expect(await ask(local, auto, { headers: { "cf-aig-allowed-models": "*" } })).toMatchObject({
      status: 400,
      json: { success: false },
    });
  });

  test("responds in the chosen provider's dialect", async () => {
    const { json } = await ask(local, auto, { headers: { "cf-aig-allowed-providers": "anthropic" } });
    expect(json.id).toMatch(/^msg_/);
  });
});

describe("the cache", () => {
  test("serves an identical request, with a separate log and at no cost", async () => {
    const headers = { "cf-aig-cache-ttl": "60" };
    const [first, second] = [await ask(local, question, { headers }), await ask(local, question, { headers })];
    expect([first.headers.get("cf-aig-cache-status"), second.headers.get("cf-aig-cache-status")]).toEqual(["MISS", "HIT"]);
    expect(second.text).toBe(first.text);
    expect(second.headers.get("cf-aig-log-id")).not.toBe(first.headers.get("cf-aig-log-id"));
    expect((await getLog(second.headers)).result).toMatchObject({
      cached: true,
      cost: 0,
      tokens_in: first.json.usage.prompt_tokens,
    });
  });

  test("consumes no scripted reply on a HIT", async () => {
    const headers = { "cf-aig-cache-ttl": "60" };
    local.reply({ text: "one" }, { text: "two" });
    const texts = [];
    for (const body of [question, question, prompt("other")])
      texts.push((await ask(local, body, { headers })).json.choices[0].message.content);
    expect(texts).toEqual(["one", "one", "two"]);
  });

  test("is not used without a header, for another body, for streams, or with skip-cache", async () => {
    const headers = { "cf-aig-cache-ttl": "60" };
    await ask(local, question);
    expect(await cacheStatus(question, {})).toBe("MISS");
    expect(await cacheStatus(question, headers)).toBe("MISS");
    expect(await cacheStatus(prompt("other"), headers)).toBe("MISS");
    expect(await cacheStatus(question, { ...headers, "cf-aig-skip-cache": "true" })).toBe("MISS");
    for (let times = 0; times < 2; times++) expect(await cacheStatus({ ...question, stream: true }, headers)).toBe("MISS");
    expect(await cacheStatus(question, headers)).toBe("HIT");
  });

  test("uses a custom key instead of the body", async () => {
    const headers = { "cf-aig-cache-key": "capital" };
    expect(await cacheStatus(question, headers)).toBe("MISS");
    expect(await cacheStatus(prompt("something else"), headers)).toBe("HIT");
  });

  test("expires entries after the TTL, or after five minutes when only a key was given", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await cacheStatus(question, { "cf-aig-cache-ttl": "60" });
    await cacheStatus(question, { "cf-aig-cache-key": "k" });
    vi.setSystemTime(Date.now() + 59_000);
    expect(await cacheStatus(question, { "cf-aig-cache-ttl": "60" })).toBe("HIT");
    vi.setSystemTime(Date.now() + 2_000);
    expect(await cacheStatus(question, { "cf-aig-cache-ttl": "60" })).toBe("MISS");
    expect(await cacheStatus(question, { "cf-aig-cache-key": "k" })).toBe("HIT");
    vi.setSystemTime(Date.now() + 300_000);
    expect(await cacheStatus(question, { "cf-aig-cache-key": "k" })).toBe("MISS");
  });

  test("stores neither errors nor broken responses, and is emptied by a reset", async () => {
    const headers = { "cf-aig-cache-ttl": "60" };
    local.reply({ error: { status: 500 } }, { fault: "html" });
    await ask(local, question, { headers });
    await ask(local, question, { headers });
    expect(await cacheStatus(question, headers)).toBe("MISS");
    expect(await cacheStatus(question, headers)).toBe("HIT");
    local.reset();
    expect(await cacheStatus(question, headers)).toBe("MISS");
  });
});

describe("logs", () => {
  test("a log describes the request, and matches the spec", async () => {
    const answer = await ask(local, question, { headers: { "cf-aig-metadata": '{"team":"search","user":42}' } });
    const envelope = await getLog(answer.headers);
    await expectSpec("LogEnvelope", envelope);
    expect(envelope.result).toMatchObject({
      id: answer.headers.get("cf-aig-log-id"),
      provider: "openai",
      model: "gpt-4o-mini",
      cached: false,
      success: true,
      status_code: 200,
      step: 0,
      metadata: { team: "search", user: 42 },
      tokens_in: answer.json.usage.prompt_tokens,
      tokens_out: answer.json.usage.completion_tokens,
    });
    expect(envelope.result.cost).toBeGreaterThan(0);
    expect(Date.parse(envelope.result.created_at)).not.toBeNaN();
  });

  test("custom prices determine the cost", async () => {
    const { headers, json } = await ask(local, question, {
      headers: { "cf-aig-custom-cost": '{"per_token_in":1,"per_token_out":2}' },
    });
    expect((await getLog(headers)).result).toMatchObject({
      cost: json.usage.prompt_tokens + 2 * json.usage.completion_tokens,
      custom_cost: true,
    });
  });

  test("a sixth metadata entry is dropped; a nested value drops them all", async () => {
    const six = await ask(local, question, { headers: { "cf-aig-metadata": '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}' } });
    expect((await getLog(six.headers)).result.metadata).toEqual({ a: 1, b: 2, c: 3, d: 4, e: 5 });
    for (const metadata of ['{"a":1,"b":{"c":2}}', "nonsense"]) {
      expect(
        (await getLog((await ask(local, question, { headers: { "cf-aig-metadata": metadata } })).headers)).result.metadata,
      ).toEqual({});
    }
  });

  test("collect-log: false creates no log and returns no ID; collect-log-payload: false creates one without prompt and completion", async () => {
    expect((await ask(local, question, { headers: { "cf-aig-collect-log": "false" } })).headers.get("cf-aig-log-id")).toBeNull();
    expect((await api(local, logsPath)).json.result).toEqual([]);
    const bare = await ask(local, question, { headers: { "cf-aig-collect-log-payload": "false" } });
    expect((await getLog(bare.headers)).result).not.toHaveProperty("request_head");
    const whole = await ask(local, question);
    expect((await getLog(whole.headers)).result).toMatchObject({
      request_head: expect.stringContaining("capital"),
      response_head: expect.stringContaining("chat.completion"),
    });
  });

  test("failed requests are logged as failures", async () => {
    local.reply({ error: { status: 529 } });
    expect((await getLog((await ask(local, question)).headers)).result).toMatchObject({ success: false, status_code: 529 });
  });

  test("feedback, score and metadata can be patched; anything else is rejected", async () => {
    const { headers } = await ask(local, question);
    const path = `${logsPath}/${headers.get("cf-aig-log-id")}`;
    const patch = (body: unknown) => api(local, path, { method: "PATCH", body: JSON.stringify(body) });
    const written = await patch({ feedback: -1, score: 80, metadata: { reviewed: true } });
    expect(written.status).toBe(200);
    await expectSpec("LogChangeEnvelope", written.json);
    expect((await api(local, path)).json.result).toMatchObject({ feedback: -1, score: 80, metadata: { reviewed: true } });
    for (const wrong of [{}, { feedback: 2 }, { score: 101 }, { score: "high" }, { metadata: 5 }, { stars: 5 }, []]) {
      expect(await patch(wrong)).toMatchObject({ status: 400, json: { success: false } });
    }
    expect((await api(local, path, { method: "DELETE" })).status).toBe(405);
  });

  test("an unknown log, or one of another gateway, is a 404", async () => {
    const { headers } = await ask(local, question);
    expect((await api(local, `${logsPath}/nope`)).status).toBe(404);
    expect(
      (await api(local, `${logsPath.replace("gateways/gateway", "gateways/other")}/${headers.get("cf-aig-log-id")}`)).status,
    ).toBe(404);
  });

  test("a list is paginated, newest first, and matches the spec", async () => {
    const ids: (string | null)[] = [];
    for (let at = 0; at < 5; at++) ids.unshift((await ask(local, question)).headers.get("cf-aig-log-id"));
    const pages = await Promise.all(
      [1, 2, 3, 4].map(async (page) => (await api(local, `${logsPath}?page=${page}&per_page=2`)).json),
    );
    for (const page of pages) await expectSpec("LogListEnvelope", page);
    expect(pages.flatMap(({ result }) => result.map(({ id }: Json) => id))).toEqual(ids);
    expect(pages.map(({ result_info }) => result_info)).toEqual(
      [2, 2, 1, 0].map((count, at) => ({ page: at + 1, per_page: 2, count, total_count: 5 })),
    );
    const oldestFirst = (await api(local, `${logsPath}?order_by_direction=asc`)).json.result;
    expect(oldestFirst.map(({ id }: Json) => id)).toEqual([...ids].reverse());
  });

  test("a list can be filtered and sorted", async () => {
    await ask(local, question);
    local.reply({ text: "A long story. ".repeat(20) });
    await ask(local, prompt("Tell me a long story.", { model: "groq/llama" }));
    local.reply({ error: { status: 500 } });
    await ask(local, prompt("fails", { model: "groq/llama" }));
    const found = async (query: string) => (await api(local, `${logsPath}?${query}`)).json.result.length;
    expect(await found("provider=groq")).toBe(2);
    expect(await found("provider=groq&success=true")).toBe(1);
    expect(await found("success=false")).toBe(1);
    expect(await found("search=FRANCE")).toBe(1);
    expect(await found("min_tokens_out=50")).toBe(1);
    expect(await found("max_tokens_out=49")).toBe(2);
    expect(await found("feedback=0")).toBe(3);
    expect(await found("start_date=2000-01-01T00:00:00Z&end_date=2001-01-01T00:00:00Z")).toBe(0);
    expect(await found("start_date=2000-01-01T00:00:00Z")).toBe(3);
    const costs = (await api(local, `${logsPath}?order_by=cost`)).json.result.map(({ cost }: Json) => cost);
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
  });

  test("a list takes conditions as a JSON array, and rejects anything else", async () => {
    await ask(local, question);
    await ask(local, prompt("Hello", { model: "groq/llama" }));
    const filtered = (filters: string) => api(local, `${logsPath}?filters=${encodeURIComponent(filters)}`);
    const found = async (key: string, operator: string, ...value: unknown[]) =>
      (await filtered(JSON.stringify([{ key, operator, value }]))).json.result.length;
    expect(await found("provider", "eq", "groq", "openai")).toBe(2);
    expect(await found("provider", "neq", "groq", "openai")).toBe(0);
    expect(await found("model", "contains", "LLAMA")).toBe(1);
    expect(await found("created_at", "gt", "2000-01-01T00:00:00Z")).toBe(2);
    expect(await found("tokens", "lt", 1)).toBe(0);
    for (const filters of ["provider=groq", "{}", '[{"key":"provider","operator":"is","value":["groq"]}]'])
      expect(await filtered(filters)).toMatchObject({ status: 400, json: { errors: [{ code: 7001 }] } });
  });
});

describe("the rate limit", () => {
  test("responds 429 / 2003 with retry-after until the window has passed", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await using limited = await startLocalGateway({ rateLimit: { requests: 2, windowMs: 10_000 } });
    expect((await ask(limited, question)).status).toBe(200);
    expect((await ask(limited, question)).status).toBe(200);
    const refused = await ask(limited, question);
    expect(refused).toMatchObject({ status: 429, json: { error: [{ code: 2003, message: "Too many requests" }] } });
    expect(refused.headers.get("retry-after")).toBe("10");
    vi.setSystemTime(Date.now() + 10_001);
    expect((await ask(limited, question)).status).toBe(200);
  });

  test("counts each gateway separately, and not requests that were rejected earlier", async () => {
    await using limited = await startLocalGateway({ rateLimit: { requests: 1, windowMs: 10_000 } });
    await ask(limited, "{");
    expect((await ask(limited, question)).status).toBe(200);
    expect((await ask(limited, question, { path: "/v1/account/other/compat/chat/completions" })).status).toBe(200);
    expect((await ask(limited, question)).status).toBe(429);
    limited.reset();
    expect((await ask(limited, question)).status).toBe(200);
  });
});
