import { type GatewayConfig, NotFoundError } from "cf-ai-gateway";
import { type LocalGatewayOptions, startLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { clientOf } from "../local-gateway.ts";

async function start(options: LocalGatewayOptions) {
  const local = await startLocalGateway(options);
  const client = (config: GatewayConfig = {}) => clientOf(local, { model: "openai/gpt-4o-mini", ...config });
  return { local, client, [Symbol.asyncDispose]: () => local.close() };
}

describe("a local gateway", () => {
  it("rejects gateways that are not on its list with code 2001, on both endpoints", async () => {
    await using setup = await start({ gateways: ["gw"] });
    expect((await setup.client().chat({ prompt: "Hi" })).text).toBe("Hi");
    for (const endpoint of ["compat", "rest"] as const) {
      const error = await setup
        .client({ gatewayId: "other", endpoint })
        .chat({ prompt: "Hi" })
        .catch((reason) => reason);
      expect(error).toBeInstanceOf(NotFoundError);
      expect(error.gatewayCode).toBe(2001);
    }
  });

  it("without authentication accepts requests without a token, and rejects a wrong token", async () => {
    await using setup = await start({ authenticated: false });
    const url = `${setup.local.url}/v1/acc/gw/compat/chat/completions`;
    const body = JSON.stringify({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hi" }] });
    const statusWith = async (headers: Record<string, string>) => {
      const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
      await response.body?.cancel();
      return response.status;
    };
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ "cf-aig-authorization": "Bearer wrong" })).toBe(401);
  });

  it("with Unified Billing serves providers without a stored key, unless the request forbids it", async () => {
    await using setup = await start({ storedKeys: {}, unifiedBilling: true });
    const { text } = await setup.client().chat({ prompt: "Hi", gateway: { allowUnifiedBilling: true } });
    expect(text).toBe("Hi");
    await expect(setup.client().chat({ prompt: "Hi" })).rejects.toMatchObject({ code: "bad-request", origin: "gateway" });
  });

  it("with cache: false serves nothing from the cache", async () => {
    await using setup = await start({ cache: false });
    const statuses = [];
    for (const prompt of ["Hi", "Hi"]) {
      const { gateway } = await setup.client().chat({ prompt, gateway: { cacheTtl: 60 } });
      statuses.push(gateway.cacheStatus);
    }
    expect(statuses).toEqual(["MISS", "MISS"]);
  });

  it("with logs: false has no logs API", async () => {
    await using setup = await start({ logs: false });
    const list = async () => {
      for await (const _ of setup.client().logs.list()) return;
    };
    await expect(list()).rejects.toMatchObject({ code: "not-found", status: 404 });
  });
});
