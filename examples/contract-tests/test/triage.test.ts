import { createGateway, RateLimitError } from "cf-ai-gateway";
import { recordFixtures, startLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { triage } from "../src/triage.ts";

/** What a real model answered, from test/fixtures. `npm run record` asks it again. */
describe("the contract with the model", () => {
  const gateway = createGateway({
    accountId: process.env.CLOUDFLARE_ACCOUNT_ID ?? "replayed",
    gatewayId: process.env.CLOUDFLARE_GATEWAY_ID ?? "replayed",
    gatewayToken: process.env.CLOUDFLARE_GATEWAY_TOKEN ?? "replayed",
    baseUrl: process.env.CLOUDFLARE_GATEWAY_URL,
    model: "openai/gpt-4o-mini",
    fetch: recordFixtures(new URL("./fixtures", import.meta.url), { mode: process.env.RECORD ? "update" : "replay" }),
  });

  it("sends a wrong invoice to billing, as urgent", async () => {
    const found = await triage(gateway, "You charged me twice for order 1234, and my bank account is overdrawn now.");
    expect(found).toMatchObject({ team: "billing", urgent: true });
  });

  it("sends praise to nobody in a hurry", async () => {
    const found = await triage(gateway, "I just wanted to say that I love the new packaging.");
    expect(found).toMatchObject({ team: "other", urgent: false });
  });
});

/** What no recording shows: failures, each as the gateway and the provider send it. */
describe("when something goes wrong", () => {
  it("asks a person where guardrails block the e-mail", async () => {
    await using local = await startLocalGateway({ script: [{ error: { gatewayCode: 2016 } }] });
    expect(await triage(clientOf(local), "…")).toBe("needs a person");
  });

  it("asks the model again when its answer doesn't fit, and then a person", async () => {
    await using local = await startLocalGateway({ script: () => ({ text: '{"team":"sales"}' }) });
    expect(await triage(clientOf(local), "…")).toBe("needs a person");
    expect(local.requests).toHaveLength(2);
  });

  it("leaves a rate limit to its caller", async () => {
    await using local = await startLocalGateway({ script: [{ error: { status: 429 } }] });
    await expect(triage(clientOf(local), "…")).rejects.toThrow(RateLimitError);
  });
});

const clientOf = ({ url, gatewayToken }: { url: string; gatewayToken: string }) =>
  createGateway({
    baseUrl: url,
    gatewayToken,
    accountId: "test",
    gatewayId: "test",
    model: "openai/gpt-4o-mini",
    maxRetries: 0,
  });
