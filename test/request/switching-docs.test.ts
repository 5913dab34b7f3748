import { readFileSync } from "node:fs";
import { createGateway, type GatewayConfig, tool } from "cf-ai-gateway";
import { expect, it } from "vitest";
import { codeBlocks } from "../scripts/code-blocks/extract.ts";
import { strictProviders } from "./strict-providers.ts";

const page = readFileSync(new URL("../../docs/switching-providers.md", import.meta.url), "utf8");

it("docs/switching-providers.md: five strict providers accept their turn of the tool loop, and a sixth continues it", async () => {
  const reasoning: Record<string, object> = {
    openai: { refusal: null, annotations: [] },
    mistral: { content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm." }] }] },
    "google-ai-studio": { extra_content: { google: { thought: true } }, content: "<thought>Hm.</thought>" },
    anthropic: { content: " " },
    deepseek: { reasoning_content: "Hm." },
  };
  const { fetch, requests, refused } = strictProviders(({ provider }, count) => {
    const call = {
      id: `call_of_${provider}_0123456789`,
      type: "function",
      function: { name: "get_weather", arguments: '{"city":"Tokyo"}' },
    };
    const calls = count < 4 ? { tool_calls: [call] } : { content: "It is sunny." };
    const message = { role: "assistant", content: null, ...reasoning[provider], ...calls };
    return Response.json({ choices: [{ index: 0, message, finish_reason: count < 4 ? "tool_calls" : "stop" }] });
  });
  const [block] = codeBlocks("docs/switching-providers.md", page);
  const code = block?.code.replace(/^import .*$/m, "") ?? "";
  const printed: string[] = [];
  const create = (config: GatewayConfig) =>
    createGateway({ accountId: "account", gatewayId: "gateway", gatewayToken: "test-token", maxRetries: 0, fetch, ...config });
  // Apart from its imports, which become arguments of a function, the block is JavaScript.
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
    ...source: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction("createGateway", "tool", "console", code)(create, tool, { log: (line: string) => printed.push(line) });
  expect(refused).toEqual([]);
  expect(requests.map(({ provider }) => provider)).toEqual([
    "openai",
    "mistral",
    "google-ai-studio",
    "anthropic",
    "deepseek",
    "groq",
  ]);
  expect(printed).toEqual(["openai, mistral, google-ai-studio, anthropic, deepseek", "groq"]);
  expect(requests.at(-1)?.messages).toHaveLength(11);
});
