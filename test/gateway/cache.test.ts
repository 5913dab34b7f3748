import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();

describe("a response from the gateway's cache", () => {
  it("is marked as cached, and its turn does not count as billed", async () => {
    const gateway = local.client({ gateway: { cacheTtl: 60 } });
    const first = await gateway.chat({ prompt: "Hi" });
    const second = await gateway.chat({ prompt: "Hi" });
    expect(first.gateway.cacheStatus).toBe("MISS");
    expect(first.usage).not.toHaveProperty("cachedTurns");
    expect(second.gateway.cacheStatus).toBe("HIT");
    expect(second.usage.cachedTurns).toBe(1);
    expect(second.turns[0]?.usage.cachedTurns).toBe(1);
    expect(second.text).toBe(first.text);
    expect(second.usage.totalTokens).toBe(first.usage.totalTokens);
  });

  it("is counted turn by turn in a tool loop", async () => {
    const add = tool({ parameters: { type: "object" } as const, execute: () => 3 });
    const gateway = local.client({ gateway: { cacheTtl: 60 } });
    local.reply({ toolCalls: [{ name: "add", args: {} }] }, { text: "3" }, { text: "anew" });
    await gateway.chat({ prompt: "Hi", tools: { add } });
    const again = await gateway.chat({
      prompt: "Hi",
      tools: { add: tool({ parameters: { type: "object" } as const, execute: () => 4 }) },
    });
    expect(again.turns.map((turn) => turn.gateway.cacheStatus)).toEqual(["HIT", "MISS"]);
    expect(again.usage.cachedTurns).toBe(1);
  });

  it("is stored under a custom key, and bypassed on request", async () => {
    const gateway = local.client({ gateway: { cacheKey: "greeting" } });
    local.reply({ text: "First" }, { text: "Second" });
    const texts = [
      await gateway.chat({ prompt: "Hi" }),
      await gateway.chat({ prompt: "Hello there" }),
      await gateway.chat({ prompt: "Hi", gateway: { skipCache: true } }),
    ].map(({ text }) => text);
    expect(texts).toEqual(["First", "First", "Second"]);
  });
});
