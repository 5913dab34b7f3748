import { DlpError, GuardrailError, type StreamEvent, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { captureError, chatMethods } from "../failures/capture-error.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

const completion = JSON.stringify({
  id: "c-1",
  choices: [{ index: 0, message: { role: "assistant", content: "Hello" }, finish_reason: "stop" }],
});
const headers = {
  "cf-aig-log-id": "019a7c52-4e1b-7c1a-9d7e-000000000042",
  "cf-aig-request-id": "request-1",
  "cf-aig-event-id": "event-1",
  "cf-aig-cache-status": "MISS",
  "cf-aig-step": "1",
  "cf-aig-provider": "anthropic",
  "cf-aig-model": "claude-sonnet-4-5",
  "cf-aig-routed-model": "anthropic/claude-sonnet-4-5",
  "cf-aig-routing-reason": "code",
  "cf-aig-routing-decision-id": "decision-1",
  "cf-aig-dlp": '{"action":"FLAG","findings":[{"profile":"pii","entries":["email"]}]}',
  "cf-ray": "8f0c2b1d00000001-LHR",
};
const metadata = {
  logId: "019a7c52-4e1b-7c1a-9d7e-000000000042",
  requestId: "request-1",
  eventId: "event-1",
  cacheStatus: "MISS",
  step: 1,
  provider: "anthropic",
  model: "claude-sonnet-4-5",
  routedModel: "anthropic/claude-sonnet-4-5",
  routingReason: "code",
  routingDecisionId: "decision-1",
  dlp: { action: "FLAG", findings: [{ profile: "pii", entries: ["email"] }] },
  ray: "8f0c2b1d00000001-LHR",
};

describe.each(chatMethods)("the gateway's metadata, with %s", (_, call) => {
  it("is on the result and on its turn, along with the headers", async () => {
    local.reply({ status: 200, headers: { ...headers, "x-ratelimit-remaining": "9" }, body: completion });
    const result = await call(local.client(), { prompt: "Hi" });
    expect(result.gateway).toEqual(metadata);
    expect(result.turns.map(({ gateway }) => gateway)).toEqual([metadata]);
    expect(result.headers.get("x-ratelimit-remaining")).toBe("9");
  });

  it("is on each turn of a tool loop; the result has that of the last turn", async () => {
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { text: "3" });
    const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
    const result = await call(local.client(), { prompt: "Hi", tools: { add } });
    const ids = result.turns.map(({ gateway }) => gateway.logId);
    expect(new Set(ids).size).toBe(2);
    expect(result.gateway.logId).toBe(ids[1]);
    expect(result.headers.get("cf-aig-log-id")).toBe(ids[1]);
  });

  it("is on a provider error", async () => {
    local.reply({ status: 400, headers, body: '{"error":{"message":"No"}}' });
    const error = await captureError(call(local.client(), { prompt: "Hi" }));
    expect(error.gateway).toEqual(metadata);
    expect(error).toMatchObject({ origin: "provider", status: 400, provider: "openai", model: "openai/gpt-4o-mini" });
  });

  it("is on a gateway error, including DLP findings", async () => {
    local.reply({
      status: 400,
      headers: { "cf-aig-log-id": "log-1", "cf-aig-dlp": '{"action":"BLOCK","findings":["card"]}' },
      body: '{"success":false,"error":[{"code":2029,"message":"Request content blocked due to DLP policy violations"}]}',
    });
    const error = await captureError(call(local.client(), { prompt: "Hi" }));
    expect(error).toBeInstanceOf(DlpError);
    expect(error).toMatchObject({
      blocked: "request",
      gatewayCode: 2029,
      gateway: { logId: "log-1", dlp: { action: "BLOCK", findings: ["card"] } },
    });
  });

  it.each([
    [2016, "prompt"],
    [2017, "response"],
  ])("reports by code %i that Guardrails blocked the %s", async (gatewayCode, blocked) => {
    local.reply({ error: { gatewayCode } });
    const error = await captureError(call(local.client(), { prompt: "Hi" }));
    expect(error).toBeInstanceOf(GuardrailError);
    expect(error).toMatchObject({ blocked, gatewayCode, status: 424, origin: "gateway", retryable: false });
    expect(error.gateway?.logId).toBeTypeOf("string");
  });

  it("leaves out what the gateway did not send", async () => {
    local.reply({ status: 200, headers: { "cf-aig-dlp": "FLAG", "cf-aig-step": "many" }, body: completion });
    const { gateway } = await call(local.client(), { prompt: "Hi" });
    expect(gateway).not.toHaveProperty("step");
    expect(gateway.dlp).toEqual({ action: "FLAG", findings: [] });
    expect(gateway).not.toHaveProperty("routedModel");
  });
});

it("a stream's turn-end and finish events carry the gateway's metadata", async () => {
  const events: StreamEvent[] = [];
  for await (const event of local.client().stream({ prompt: "Hi" })) events.push(event);
  const turnEnd = events.find((event) => event.type === "turn-end");
  const finish = events.find((event) => event.type === "finish");
  expect(turnEnd?.turn.gateway.logId).toBeTypeOf("string");
  expect(finish?.result.gateway).toEqual(turnEnd?.turn.gateway);
});

it("a stream scanned by the gateway arrives as one JSON body, and is one turn", async () => {
  local.reply({ status: 200, headers: { "content-type": "application/json", "cf-aig-log-id": "log-1" }, body: completion });
  const stream = local.client().stream({ prompt: "Hi" });
  const texts: string[] = [];
  for await (const text of stream.text) texts.push(text);
  expect(texts).toEqual(["Hello"]);
  expect((await stream.result).gateway.logId).toBe("log-1");
});
