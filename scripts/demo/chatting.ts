import { createGateway } from "cf-ai-gateway";
import { printUsage } from "./print-usage.ts";
import type { Section } from "./stage.ts";

export const configuration: Section = {
  title: "Configuration",
  async play({ connection }) {
    // What is not given is read from CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_GATEWAY_ID and CLOUDFLARE_GATEWAY_TOKEN.
    createGateway({
      ...connection,
      provider: "openrouter",
      model: "openai/gpt-4o-mini",
      temperature: 0.7,
      maxTokens: 500,
    });
    console.log("createGateway({ provider, model, temperature: 0.7, maxTokens: 500 }) is ready.");
    console.log("The provider's key stays in the gateway; the only secret here is the gateway token.");
  },
};

export const chat: Section = {
  title: "Chat",
  async play({ gateway }) {
    const result = await gateway.chat({
      system: "You are a helpful AI assistant.",
      prompt: "What is the capital of France?",
    });
    console.log(result.text);
    console.log(`(${result.usage.totalTokens} tokens, finish reason "${result.finishReason}")`);

    // The result contains the whole conversation; send it back to continue.
    const next = await gateway.chat({
      messages: [...result.messages, { role: "user", content: "And what is its population?" }],
    });
    console.log(next.text);
  },
};

export const streaming: Section = {
  title: "Streaming",
  async play({ gateway }) {
    const stream = gateway.stream({ prompt: "Tell me a short story about a lighthouse." });
    for await (const event of stream) {
      if (event.type === "text-delta") process.stdout.write(event.text);
      if (event.type === "finish") console.log(`\nTotal tokens: ${event.result.usage.totalTokens}`);
    }
  },
};

export const switchingProviders: Section = {
  title: "Switching providers",
  async play({ gateway, otherModels }) {
    const question = { prompt: "What is the capital of Japan?" };
    // A full model id names its provider; with a provider of its own, only the model's name is given.
    const others = otherModels.map((model) => gateway.with({ provider: undefined, model }));
    for (const each of [gateway, ...others]) {
      const { text, usage } = await each.chat(question);
      console.log(`${usage.model}: ${text}`);
    }
  },
};

export const usageTracking: Section = {
  title: "Usage tracking",
  async play({ gateway, reasoningModel }) {
    const { usage } = await gateway.chat({ prompt: "What is the capital of Spain?" });
    printUsage(usage);

    if (reasoningModel === undefined) {
      console.log("\nSet DEMO_REASONING_MODEL to the full id of a reasoning model to see its thinking tokens.");
      return;
    }
    const reasoningGateway = gateway.with({ provider: undefined, model: reasoningModel, maxTokens: undefined });
    const result = await reasoningGateway.chat({ prompt: "What is the capital of Norway?" });
    console.log(`\n${result.text}`);
    printUsage(result.usage);
  },
};
