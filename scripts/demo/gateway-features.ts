import type { Section } from "./stage.ts";

export const gatewayMetadata: Section = {
  title: "Gateway metadata",
  async play({ gateway }) {
    const result = await gateway.chat({
      prompt: "What is the capital of Italy?",
      gateway: { metadata: { team: "docs", experiment: 7 }, eventId: "demo-1" },
    });
    console.log(`Log id: ${result.gateway.logId}`);
    console.log(`Event id: ${result.gateway.eventId}`);
    console.log(`Cache: ${result.gateway.cacheStatus}`);
    console.log(`Answered by: ${result.gateway.model ?? result.usage.model}, step ${result.gateway.step ?? 0}`);
  },
};

export const cachedAnswer: Section = {
  title: "A cached answer",
  async play({ gateway }) {
    for (const attempt of ["first", "second"]) {
      const result = await gateway.chat({ prompt: "What is the capital of Greece?", gateway: { cacheTtl: 300 } });
      const billing = result.usage.cachedTurns ? "not billed" : "billed";
      console.log(`${attempt} time: ${result.text} (cache ${result.gateway.cacheStatus}, ${billing})`);
    }
  },
};

export const fallback: Section = {
  title: "A fallback",
  failsOnDemand: true,
  async play({ local, localGateway }) {
    local.reply({ error: { status: 503 } });
    const result = await localGateway.chat({
      prompt: "What is the capital of Portugal?",
      fallbacks: [{ provider: "anthropic", model: "claude-sonnet-4-5" }],
      maxRetries: 0,
    });
    for (const { model, error } of result.failedAttempts) console.log(`${model} failed: ${error.name}, HTTP ${error.status}`);
    console.log(`${result.usage.model} answered: ${result.text}`);
  },
};
