import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { useLocalGateway } from "../local-gateway.ts";
import { ask, prompt } from "./ask.ts";

const local = useLocalGateway();
const weather = tool({
  description: "Current weather.",
  parameters: z.object({ city: z.string().min(8) }),
  execute: ({ city }) => `${city}: 22 °C`,
});

describe("without a script, the local gateway", () => {
  it("echoes the prompt, with its parts joined and media named", async () => {
    expect((await local.client().chat({ prompt: "Capital of France?" })).text).toBe("Capital of France?");
    const content = [
      { type: "text" as const, text: "What is on it?" },
      { type: "image_url" as const, image_url: { url: "https://example.com/x.png" } },
    ];
    expect((await local.client().chat({ messages: [{ role: "user", content }] })).text).toBe("What is on it?");
    expect((await local.client().chat({ messages: [{ role: "user", content: content.slice(1) }] })).text).toBe("[image_url]");
  });

  it("calls no tool unless one is forced, and then with valid arguments", async () => {
    const free = await local.client().chat({ prompt: "The weather in Paris?", tools: { weather } });
    expect(free.turns).toHaveLength(1);
    for (const toolChoice of ["required", { tool: "weather" }] as const) {
      const { turns, text } = await local.client().chat({ prompt: "x", tools: { weather }, toolChoice });
      expect(turns[0]?.toolResults).toMatchObject([{ name: "weather", isError: false, args: { city: "texttext" } }]);
      expect(text).toBe("texttext: 22 °C");
    }
  });

  it.each(["openai", "anthropic", "deepseek", "perplexity", "groq", "google-ai-studio", "workers-ai"])(
    "returns a value for an output schema, with each strategy of %s",
    async (provider) => {
      const output = z.object({
        number: z.string().regex(/^INV-\d{4}$/),
        total: z.number().min(10).multipleOf(0.5),
        due: z.iso.date(),
        lines: z.array(z.object({ kind: z.enum(["item", "fee"]), note: z.string().nullable() })).min(2),
      });
      const { output: invoice, turns } = await local
        .client({ provider, model: provider === "workers-ai" ? "@cf/meta/llama" : "some-model" })
        .chat({ prompt: "Read it.", output });
      expect(output.safeParse(invoice).success).toBe(true);
      expect(turns).toHaveLength(1);
    },
  );

  it("returns JSON in JSON mode", async () => {
    const { json } = await ask(local, prompt("Say it.", { response_format: { type: "json_object" } }));
    expect(JSON.parse(json.choices[0].message.content)).toEqual({ text: "Say it." });
  });

  it("stops at max_tokens and at a stop sequence", async () => {
    const long = "One two three four five six seven eight.";
    expect(await local.client().chat({ prompt: long, maxTokens: 3 })).toMatchObject({
      text: long.slice(0, 12),
      finishReason: "length",
    });
    expect((await local.client().chat({ prompt: long, stop: " four" })).text).toBe("One two three");
  });

  it("returns reasoning when the request has a reasoning effort", async () => {
    const { reasoning, usage } = await local
      .client({ provider: "deepseek", model: "deepseek-chat" })
      .chat({ prompt: "x", reasoningEffort: "low" });
    expect(reasoning).toBeTruthy();
    expect(usage.thinkingTokens).toBeGreaterThan(0);
  });
});
