import { ConfigurationError, type GatewayOptions } from "cf-ai-gateway";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { captureError, chatMethods } from "../failures/capture-error.ts";
import { clientOf, useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

const every: GatewayOptions = {
  cacheTtl: 60,
  skipCache: true,
  cacheKey: "greeting",
  metadata: { user: "Zoë", plan: 3, beta: true },
  collectLog: true,
  collectLogPayload: false,
  requestTimeout: 30_000,
  maxAttempts: 2,
  retryDelay: 100,
  backoff: "linear",
  customCost: { perTokenIn: 0.000001, perTokenOut: 0.000002, perCacheReadToken: 0 },
  byokAlias: "default",
  allowUnifiedBilling: true,
  zdr: true,
  eventId: "event-1",
  traceId: "0123456789abcdef0123456789abcdef",
  parentSpanId: "0123456789abcdef",
  sessionId: "session-1",
  turnId: "turn-1",
  sessionAffinity: false,
  allowedModels: ["openai/*", "anthropic/claude-sonnet-4-5"],
  allowedProviders: ["openai", "anthropic"],
};
const everyHeader = {
  "cf-aig-cache-ttl": "60",
  "cf-aig-skip-cache": "true",
  "cf-aig-cache-key": "greeting",
  "cf-aig-metadata": '{"user":"Zo\\u00eb","plan":3,"beta":true}',
  "cf-aig-collect-log": "true",
  "cf-aig-collect-log-payload": "false",
  "cf-aig-request-timeout": "30000",
  "cf-aig-max-attempts": "2",
  "cf-aig-retry-delay": "100",
  "cf-aig-backoff": "linear",
  "cf-aig-custom-cost": '{"per_token_in":0.000001,"per_token_out":0.000002,"per_cache_read_token":0}',
  "cf-aig-byok-alias": "default",
  "cf-aig-zdr": "true",
  "cf-aig-event-id": "event-1",
  "cf-aig-otel-trace-id": "0123456789abcdef0123456789abcdef",
  "cf-aig-otel-parent-span-id": "0123456789abcdef",
  "cf-aig-session-id": "session-1",
  "cf-aig-turn-id": "turn-1",
  "cf-aig-no-session-affinity": "true",
  "cf-aig-allowed-models": "openai/*,anthropic/claude-sonnet-4-5",
  "cf-aig-allowed-providers": "openai,anthropic",
};

/** The gateway headers of a request, without authentication. */
function gatewayHeaders(at = -1): Record<string, string> {
  const headers = [...(local.requests.at(at)?.headers ?? [])];
  return Object.fromEntries(headers.filter(([name]) => name.startsWith("cf-aig-") && name !== "cf-aig-authorization"));
}

describe.each(chatMethods)("the gateway options, with %s", (_, call) => {
  it("become its headers, every one of them", async () => {
    await call(local.client(), { prompt: "Hi", gateway: every });
    expect(gatewayHeaders()).toEqual(everyHeader);
  });

  it("may be set as defaults", async () => {
    await call(local.client({ gateway: every }), { prompt: "Hi" });
    expect(gatewayHeaders()).toEqual(everyHeader);
  });

  it("of a chat override the defaults key by key, and undefined removes one", async () => {
    const gateway = local.client({ gateway: { cacheTtl: 60, eventId: "default", metadata: { a: 1 } } });
    await call(gateway, { prompt: "Hi", gateway: { cacheTtl: 120, eventId: undefined, metadata: { b: 2 } } });
    expect(gatewayHeaders()).toEqual({
      "cf-aig-cache-ttl": "120",
      "cf-aig-metadata": '{"b":2}',
      "cf-aig-no-wholesale": "true",
    });
  });

  it("send nothing when unset, except the header that forbids Unified Billing", async () => {
    await call(local.client(), { prompt: "Hi" });
    expect(gatewayHeaders()).toEqual({ "cf-aig-no-wholesale": "true" });
  });

  it("are sent with every request of a tool loop", async () => {
    const { tool } = await import("cf-ai-gateway");
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { text: "3" });
    const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
    await call(local.client(), { prompt: "Hi", tools: { add }, gateway: { eventId: "event-1" } });
    expect(local.requests).toHaveLength(2);
    expect(gatewayHeaders(0)).toEqual(gatewayHeaders(1));
  });

  it.each<[string, unknown, RegExp]>([
    ["cacheTtl", 59, /60 and 2592000.*cf-aig-cache-ttl/],
    ["cacheTtl", 2_592_001, /60 and 2592000.*cf-aig-cache-ttl/],
    ["cacheTtl", 60.5, /integer.*cf-aig-cache-ttl/],
    ["maxAttempts", 6, /1 and 5.*cf-aig-max-attempts/],
    ["retryDelay", 99, /100 and 5000.*cf-aig-retry-delay/],
    ["backoff", "quadratic", /"exponential".*cf-aig-backoff/],
    ["metadata", { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, /at most 5.*cf-aig-metadata/],
    ["metadata", { nested: { a: 1 } }, /nested.*cf-aig-metadata/],
    ["metadata", { "cf.user": 1 }, /reserved.*cf-aig-metadata/],
    ["metadata", { n: Number.NaN }, /numbers.*cf-aig-metadata/],
    ["eventId", "a\r\nx-evil: 1", /line breaks.*cf-aig-event-id/],
    ["sessionId", "世界", /ASCII.*cf-aig-session-id/],
    ["traceId", "0123", /32 hexadecimal.*cf-aig-otel-trace-id/],
    ["allowedModels", ["a,b"], /without commas.*cf-aig-allowed-models/],
    ["customCost", { perTokenIn: -1, perTokenOut: 1 }, /perTokenIn.*cf-aig-custom-cost/],
    ["zdr", true, /allowUnifiedBilling.*cf-aig-zdr/],
    ["cacheTTL", 60, /Did you mean "gateway.cacheTtl"/],
  ])("%s: %j is rejected before anything is sent, naming option, bound and header", async (option, value, message) => {
    const error = await captureError(call(local.client(), { prompt: "Hi", gateway: { [option]: value } }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ code: "configuration", origin: "client", issues: [{ option: `gateway.${option}` }] });
    expect(error.message.replaceAll(",", "")).toMatch(new RegExp(message.source.replaceAll(",", "")));
    expect(local.requests).toHaveLength(0);
  });
});

it("reports every invalid option at once", async () => {
  const error = await captureError(local.client().chat({ prompt: "Hi", gateway: { cacheTtl: 1, maxAttempts: 9, eventId: "" } }));
  expect(error).toMatchObject({
    issues: [{ option: "gateway.cacheTtl" }, { option: "gateway.maxAttempts" }, { option: "gateway.eventId" }],
  });
});

it("reject a request without a stored key rather than bill it, and the hint names the missing key", async () => {
  await using bare = await startLocalGateway({ storedKeys: { anthropic: ["default"] } });
  const error = await captureError(clientOf(bare).chat({ prompt: "Hi" }));
  expect(error).toMatchObject({ origin: "gateway", retryable: false, status: 400 });
  expect(error.hint).toMatch(/key/i);
  const billed = await captureError(clientOf(bare).chat({ prompt: "Hi", gateway: { allowUnifiedBilling: true } }));
  expect(billed).toMatchObject({ code: "insufficient-credits", gatewayCode: 2021, status: 402 });
});

it("selects a stored key by its alias, and reports an unknown alias with the known ones", async () => {
  await using keyed = await startLocalGateway({ storedKeys: { openai: ["default", "team-b"] } });
  await clientOf(keyed).chat({ prompt: "Hi", gateway: { byokAlias: "team-b" } });
  const error = await captureError(clientOf(keyed).chat({ prompt: "Hi", gateway: { byokAlias: "team-c" } }));
  expect(error).toMatchObject({ code: "bad-request", gatewayCode: 2040, origin: "gateway" });
  expect(error.message).toContain("default, team-b");
});
