import { AuthenticationError, ConfigurationError, createGateway, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { captureError, chatMethods } from "../failures/capture-error.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

const restClient = (config = {}) =>
  local.client({ endpoint: "rest", apiToken: "test-token", gatewayToken: undefined, ...config });

describe.each(chatMethods)('endpoint "rest", with %s', (_, call) => {
  it("authenticates with the API token, names the gateway in a header, and returns the same result as compat", async () => {
    const result = await call(restClient({ gatewayId: "team-gateway" }), { prompt: "Hello" });
    expect(result).toMatchObject({ text: "Hello", finishReason: "stop" });
    const request = local.requests[0];
    expect(request?.path).toBe("/client/v4/accounts/acc/ai/v1/chat/completions");
    expect(request?.headers.get("authorization")).toBe("Bearer test-token");
    expect(request?.headers.get("cf-aig-gateway-id")).toBe("team-gateway");
    expect(request?.headers.has("cf-aig-authorization")).toBe(false);
    expect(request?.headers.get("cf-aig-no-wholesale")).toBe("true");
  });

  it.each([
    ["openai", "gpt-4o-mini", "openai/gpt-4o-mini"],
    ["google-ai-studio", "gemini-2.0-flash", "google/gemini-2.0-flash"],
    [undefined, "google-ai-studio/gemini-2.0-flash", "google/gemini-2.0-flash"],
    [undefined, "google/gemini-2.0-flash", "google/gemini-2.0-flash"],
    ["grok", "grok-4", "xai/grok-4"],
    ["xai", "grok-4", "xai/grok-4"],
    ["xai", "grok/grok-4", "xai/grok-4"],
    ["workers-ai", "@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/meta/llama-3.3-70b-instruct-fp8-fast"],
    [undefined, "workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/meta/llama-3.3-70b-instruct-fp8-fast"],
    [undefined, "@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/meta/llama-3.3-70b-instruct-fp8-fast"],
  ])("sends provider %s with model %s as %s", async (provider, model, sent) => {
    const result = await call(restClient({ provider, model }), { prompt: "Hi" });
    expect(local.requests[0]?.body.model).toBe(sent);
    expect(result.usage.model).toBe(sent);
  });

  it("rejects a key alias before anything is sent: only the default key is supported", async () => {
    const error = await captureError(call(restClient(), { prompt: "Hi", gateway: { byokAlias: "team-b" } }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ issues: [{ option: "gateway.byokAlias" }] });
    expect(error.message).toMatch(/"rest".*"compat"/);
    expect(local.requests).toHaveLength(0);
  });

  it.each(["dynamic/support", "custom/fast"])("accepts %s, with the gateway named in a header", async (model) => {
    await call(restClient({ provider: undefined, model }), { prompt: "Hi" });
    expect(local.requests[0]?.body.model).toBe(model);
    expect(local.requests[0]?.headers.get("cf-aig-gateway-id")).toBe("gw");
  });

  it("accepts a dynamic route as a fallback", async () => {
    local.reply({ error: { status: 500 } });
    const fallbacks = [{ provider: "openai", model: "dynamic/support" }];
    const result = await call(restClient({ maxRetries: 0 }), { prompt: "Hi", fallbacks });
    expect(result.usage.model).toBe("dynamic/support");
  });

  it("maps its own error codes", async () => {
    const error = await captureError(call(restClient({ apiToken: "wrong-token" }), { prompt: "Hi" }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ gatewayCode: 10000, origin: "gateway" });
    expect(error.hint).toContain("apiToken");
  });
});

it("endpoint rest falls back to the gateway token when there is no API token", async () => {
  await local.client({ endpoint: "rest" }).chat({ prompt: "Hi" });
  expect(local.requests[0]?.headers.get("authorization")).toBe("Bearer test-token");
});

it.each(["compat", "rest"] as const)("Workers AI on %s gets the message shapes that it requires", async (endpoint) => {
  const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
  const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
  local.reply({ toolCalls: [{ name: "add", args: {} }] }, { text: "3" });
  await local.client({ endpoint, provider: "workers-ai", model }).chat({
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "One " },
          { type: "text", text: "and two?" },
        ],
      },
    ],
    tools: { add },
  });
  const messages = local.requests[1]?.body.messages;
  expect(messages).toMatchObject([
    { role: "user", content: "One and two?" },
    { role: "assistant", content: "", tool_calls: [{ function: { name: "add" } }] },
    { role: "tool", content: "3" },
  ]);
});

it("endpoint rest requires an account, a gateway and a token, and the error names their variables", () => {
  expect(() => createGateway({ endpoint: "rest", model: "openai/gpt-4o" })).toThrow(
    /CLOUDFLARE_ACCOUNT_ID[\s\S]*CLOUDFLARE_GATEWAY_ID[\s\S]*CLOUDFLARE_API_TOKEN/,
  );
});
