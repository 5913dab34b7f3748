import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { ways } from "../failures/failing-calls.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
const sent = (header: string) => local.requests.map(({ headers }) => headers.get(header));

describe.each(ways)("the Auto Router, by %s", (_, call) => {
  const routed = (config = {}) => local.client({ provider: undefined, model: "cloudflare/auto", ...config });

  it("gets one turn id for a whole tool loop, and the caller's session with it, so that one model answers all of it", async () => {
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { toolCalls: [{ name: "add", args: {} }] }, { text: "6" });
    const result = await call(routed({ gateway: { sessionId: "session-1" } }), { prompt: "Hi", tools: { add } });
    const turnIds = sent("cf-aig-turn-id");
    expect(turnIds).toHaveLength(3);
    expect(turnIds[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(turnIds).size).toBe(1);
    expect(sent("cf-aig-session-id")).toEqual(Array(3).fill("session-1"));
    expect(new Set(result.turns.map(({ gateway }) => gateway.routedModel)).size).toBe(1);
  });

  it("keeps the turn id for a retry", async () => {
    local.reply({ status: 503, headers: { "retry-after": "0" }, body: "{}" });
    await call(routed({ maxRetries: 1 }), { prompt: "Hi" });
    expect(new Set(sent("cf-aig-turn-id")).size).toBe(1);
  });

  it("gets another turn id for another call", async () => {
    const gateway = routed();
    await call(gateway, { prompt: "Hi" });
    await call(gateway, { prompt: "Hi" });
    expect(new Set(sent("cf-aig-turn-id")).size).toBe(2);
  });

  it("gets the caller's own turn id", async () => {
    await call(routed(), { prompt: "Hi", gateway: { turnId: "turn-1" } });
    expect(sent("cf-aig-turn-id")).toEqual(["turn-1"]);
  });

  it("tells the model that it chose, and why", async () => {
    const result = await call(routed({ gateway: { allowedModels: ["anthropic/*"] } }), { prompt: "Hi" });
    expect(result.gateway).toMatchObject({
      routedModel: "anthropic/claude-sonnet-4-5",
      routingReason: "general",
      provider: "anthropic",
      model: "claude-sonnet-4-5",
    });
    expect(result.gateway.routingDecisionId).toBeTypeOf("string");
    expect(result.usage).toMatchObject({ provider: "cloudflare", model: "cloudflare/auto" });
    expect(local.requests[0]?.body.model).toBe("cloudflare/auto");
  });

  it("is used whatever the gateway's provider is", async () => {
    await call(local.client(), { prompt: "Hi", model: "cloudflare/auto" });
    expect(local.requests[0]?.body.model).toBe("cloudflare/auto");
  });

  it("gets a turn id also where it is only a fallback", async () => {
    local.reply({ error: { status: 500 } });
    const fallbacks = [{ provider: "cloudflare", model: "auto" }];
    const result = await call(local.client(), { prompt: "Hi", fallbacks });
    expect(result.turns[0]?.model).toBe("cloudflare/auto");
    expect(sent("cf-aig-turn-id").at(-1)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("gets one turn id also where prepareTurn only turns to it later", async () => {
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { toolCalls: [{ name: "add", args: {} }] }, { text: "6" });
    const prepareTurn = ({ turn }: { turn: number }) => (turn > 0 ? { model: "cloudflare/auto" } : undefined);
    await call(local.client(), { prompt: "Hi", tools: { add }, prepareTurn });
    const [first, ...later] = sent("cf-aig-turn-id");
    expect(first).toBeNull();
    expect(later[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(later).size).toBe(1);
  });
});

describe.each(ways)("a dynamic route, by %s", (_, call) => {
  it("is called by its name, and reports the model it used", async () => {
    const result = await call(local.client({ provider: undefined, model: "dynamic/support" }), { prompt: "Hi" });
    expect(local.requests[0]?.body.model).toBe("dynamic/support");
    expect(result.gateway).toMatchObject({ provider: "openai", model: "gpt-4o-mini", step: 0 });
    expect(result.usage.model).toBe("dynamic/support");
  });

  it("is used whatever the gateway's provider is, and as a provider of its own", async () => {
    await call(local.client(), { prompt: "Hi", model: "dynamic/support" });
    await call(local.client(), { prompt: "Hi", provider: "dynamic", model: "support" });
    expect(local.requests.map(({ body }) => body.model)).toEqual(["dynamic/support", "dynamic/support"]);
  });

  it("gets one turn id for a whole tool loop as well", async () => {
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { text: "3" });
    await call(local.client(), { prompt: "Hi", model: "dynamic/support", tools: { add } });
    expect(new Set(sent("cf-aig-turn-id")).size).toBe(1);
  });
});

it("a model that is named gets no turn id", async () => {
  await local.client().chat({ prompt: "Hi" });
  expect(sent("cf-aig-turn-id")).toEqual([null]);
});
