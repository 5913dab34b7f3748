import { AuthenticationError, ConfigurationError, type GatewayConfig, tool } from "cf-ai-gateway";
import { describe, expect, it, vi } from "vitest";
import { captureError, captureRejection, chatMethods, expectNoToken } from "../failures/capture-error.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway({ token: "fresh-token" });

const gatewayFor = (config: GatewayConfig) => local.client({ gatewayToken: undefined, ...config });
const sent = (header: string) => local.requests.map(({ headers }) => headers.get(header));

describe.each(chatMethods)("a token function, with %s", (_, call) => {
  it("is called once for each request", async () => {
    const gatewayToken = vi.fn(() => "fresh-token");
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { text: "3" });
    const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
    await call(gatewayFor({ gatewayToken }), { prompt: "Hi", tools: { add } });
    expect(gatewayToken).toHaveBeenCalledTimes(2);
  });

  it("is called once more after a 401, which counts neither as a retry nor as an attempt", async () => {
    const gatewayToken = vi.fn<() => Promise<string>>().mockResolvedValueOnce("stale-token").mockResolvedValue("fresh-token");
    const onRetry = vi.fn();
    const result = await call(gatewayFor({ gatewayToken, onRetry }), { prompt: "Hello" });
    expect(result).toMatchObject({ text: "Hello", failedAttempts: [], turns: [{ attempts: 1 }] });
    expect(sent("cf-aig-authorization")).toEqual(["Bearer stale-token", "Bearer fresh-token"]);
    expect(onRetry).not.toHaveBeenCalled();
  });

  it("is not called a third time: a second 401 is thrown, with neither token in the error", async () => {
    const gatewayToken = vi.fn<() => string>().mockReturnValueOnce("stale-token-1").mockReturnValue("stale-token-2");
    const error = await captureError(call(gatewayFor({ gatewayToken }), { prompt: "Hi" }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ gatewayCode: 2009, status: 401, origin: "gateway", retryable: false, attempts: 1 });
    expect(gatewayToken).toHaveBeenCalledTimes(2);
    expectNoToken(error, "stale-token");
  });

  it("is called again for each retry", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const gatewayToken = vi.fn(() => "fresh-token");
    local.reply({ error: { status: 503 } });
    await call(gatewayFor({ gatewayToken, maxRetries: 1 }), { prompt: "Hi" });
    expect(gatewayToken).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();
  });

  it("that fails rejects the call with its own error", async () => {
    const own = new Error("The vault is closed.");
    expect(await captureRejection(call(gatewayFor({ gatewayToken: () => Promise.reject(own) }), { prompt: "Hi" }))).toBe(own);
    expect(local.requests).toHaveLength(0);
  });

  it.each(["", "line\nbreak-5ecret", "sp ace-5ecret", "ünicode-5ecret"])(
    "that returns %j is a ConfigurationError, without the token",
    async (wrong) => {
      const error = await captureError(call(gatewayFor({ gatewayToken: () => wrong }), { prompt: "Hi" }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ issues: [{ option: "gatewayToken" }] });
      expectNoToken(error, "5ecret");
      expect(local.requests).toHaveLength(0);
    },
  );
});

it("a fixed token is not sent again after a 401", async () => {
  const error = await captureError(gatewayFor({ gatewayToken: "stale-token" }).chat({ prompt: "Hi" }));
  expect(error).toMatchObject({ code: "authentication", attempts: 1 });
  expect(local.requests).toHaveLength(1);
});

it("the API token of the rest endpoint and of the logs may be a function as well", async () => {
  const apiToken = vi.fn<() => string>().mockReturnValueOnce("stale-token").mockReturnValue("fresh-token");
  const gateway = gatewayFor({ endpoint: "rest", apiToken });
  const result = await gateway.chat({ prompt: "Hi" });
  await gateway.logs.get(result.gateway.logId ?? "");
  expect(sent("authorization")).toEqual(["Bearer stale-token", "Bearer fresh-token", "Bearer fresh-token"]);
  expect(sent("cf-aig-authorization")).toEqual([null, null, null]);
});
