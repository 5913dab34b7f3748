import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { chatMethods } from "../failures/capture-error.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
const sent = (header: string) => local.requests.map(({ headers }) => headers.get(header));

describe.each(chatMethods)("the Auto Router, with %s", (_, call) => {
  const routed = (config = {}) => local.client({ provider: undefined, model: "cloudflare/auto", ...config });

  it("gets one turn ID and the caller's session ID for a whole tool loop, so that one model answers all of it", async () => {
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { toolCalls: [{ name: "add", args: {} }] }, { text: "6" });
    const result = await call(routed({ gateway: { sessionId: "session-1" } }), { prompt: "Hi", tools: { add } });
    const turnIds = sent("cf-aig-turn-id");
    expect(turnIds).toHaveLength(3);
    expect(turnIds[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(turnIds).size).toBe(1);
    expect(sent("cf-aig-session-id")).toEqual(Array(3).fill("session-1"));
    expect(new Set(result.turns.map(({ gateway }) => gateway.routedModel)).size).toBe(1);
  });

  it("keeps the turn ID for a retry", async () => {
    local.reply({ status: 503, headers: { "retry-after": "0" }, body: "{}" });
    await call(routed({ maxRetries: 1 }), { prompt: "Hi" });
    expect(new Set(sent("cf-aig-turn-id")).size).toBe(1);
  });

  it("gets another turn ID for another chat", async () => {
    const gateway = routed();
    await call(gateway, { prompt: "Hi" });
    await call(gateway, { prompt: "Hi" });
    expect(new Set(sent("cf-aig-turn-id")).size).toBe(2);
  });

  it("uses the caller's own turn ID", async () => {
    await call(routed(), { prompt: "Hi", gateway: { turnId: "turn-1" } });
    expect(sent("cf-aig-turn-id")).toEqual(["turn-1"]);
  });

  it("reports the model that it chose, and why", async () => {
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

  it("can be used whatever the gateway's provider is", async () => {
    await call(local.client(), { prompt: "Hi", model: "cloudflare/auto" });
    expect(local.requests[0]?.body.model).toBe("cloudflare/auto");
  });

  it("gets a turn ID as a fallback too", async () => {
    local.reply({ error: { status: 500 } });
    const fallbacks = [{ provider: "cloudflare", model: "auto" }];
    const result = await call(local.client(), { prompt: "Hi", fallbacks });
    expect(result.turns[0]?.model).toBe("cloudflare/auto");
    expect(sent("cf-aig-turn-id").at(-1)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("gets one turn ID when prepareTurn switches to it later", async () => {
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { toolCalls: [{ name: "add", args: {} }] }, { text: "6" });
    const prepareTurn = ({ turn }: { turn: number }) => (turn > 0 ? { model: "cloudflare/auto" } : undefined);
    await call(local.client(), { prompt: "Hi", tools: { add }, prepareTurn });
    const [first, ...later] = sent("cf-aig-turn-id");
    expect(first).toBeNull();
    expect(later[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(later).size).toBe(1);
  });
});

describe.each(chatMethods)("a dynamic route, with %s", (_, call) => {
  it("is requested by its name, and reports the model that it used", async () => {
    const result = await call(local.client({ provider: undefined, model: "dynamic/support" }), { prompt: "Hi" });
    expect(local.requests[0]?.body.model).toBe("dynamic/support");
    expect(result.gateway).toMatchObject({ provider: "openai", model: "gpt-4o-mini", step: 0 });
    expect(result.usage.model).toBe("dynamic/support");
  });

  it("can be used whatever the gateway's provider is, also with dynamic as the provider", async () => {
    await call(local.client(), { prompt: "Hi", model: "dynamic/support" });
    await call(local.client(), { prompt: "Hi", provider: "dynamic", model: "support" });
    expect(local.requests.map(({ body }) => body.model)).toEqual(["dynamic/support", "dynamic/support"]);
  });

  it("gets one turn ID for a whole tool loop too", async () => {
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { text: "3" });
    await call(local.client(), { prompt: "Hi", model: "dynamic/support", tools: { add } });
    expect(new Set(sent("cf-aig-turn-id")).size).toBe(1);
  });
});

it("a specific model gets no turn ID", async () => {
  await local.client().chat({ prompt: "Hi" });
  expect(sent("cf-aig-turn-id")).toEqual([null]);
});
