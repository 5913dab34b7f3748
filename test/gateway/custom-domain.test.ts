import { createGateway, type GatewayConfig } from "cf-ai-gateway";
import { beforeEach, describe, expect, it } from "vitest";
import { captureError, chatMethods } from "../failures/capture-error.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

const urls: string[] = [];
beforeEach(() => void (urls.length = 0));

/** The domain resolves to the local gateway. */
const domainClient = (config: GatewayConfig = {}) =>
  createGateway({
    customDomain: "ai.example.com",
    model: "openai/gpt-4o-mini",
    maxRetries: 0,
    fetch: (url, init) => {
      urls.push(url);
      return fetch(url.replace("https://ai.example.com", local.url), init);
    },
    ...config,
  });

describe.each(chatMethods)("a custom domain, with %s", (_, call) => {
  it("is requested without account and gateway in the path", async () => {
    const result = await call(domainClient({ gatewayToken: "test-token" }), { prompt: "Hello" });
    expect(result.text).toBe("Hello");
    expect(urls).toEqual(["https://ai.example.com/compat/chat/completions"]);
    expect(local.requests[0]?.headers.get("cf-aig-authorization")).toBe("Bearer test-token");
  });

  it("accepts a Cloudflare Access token instead of the gateway token", async () => {
    const result = await call(domainClient({ headers: { "cf-access-token": "test-token" } }), { prompt: "Hello" });
    expect(result.text).toBe("Hello");
    expect(local.requests[0]?.headers.has("cf-aig-authorization")).toBe(false);
  });

  it("reports the missing token", async () => {
    const error = await captureError(call(domainClient(), { prompt: "Hi" }));
    expect(error).toMatchObject({ code: "authentication", gatewayCode: 2009, origin: "gateway" });
  });
});

it("a custom domain reads logs only with account, gateway and API token", async () => {
  const error = await captureError(domainClient({ gatewayToken: "test-token" }).logs.get("log-1"));
  expect(error).toMatchObject({ code: "configuration", issues: [{ option: "accountId" }, { option: "gatewayId" }] });
});

it("a custom domain may have a port", async () => {
  const gateway = domainClient({
    customDomain: "ai.example.com:8443",
    gatewayToken: "test-token",
    fetch: (url, init) => fetch(url.replace("https://ai.example.com:8443", local.url), init),
  });
  expect((await gateway.chat({ prompt: "Hello" })).text).toBe("Hello");
});
