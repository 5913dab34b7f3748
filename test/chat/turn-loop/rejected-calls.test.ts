import { tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../../local-gateway.ts";

const local = useLocalGateway();
const refused = {
  error: {
    status: 400,
    body: {
      error: {
        message: "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
        type: "invalid_request_error",
        code: "tool_use_failed",
        failed_generation: '<function=weather{"city": 7}</function>',
      },
    },
  },
};
const weather = tool({ parameters: z.object({ city: z.string() }), execute: ({ city }) => `sunny in ${city}` });

describe.each(modes)("a call that the provider itself rejected, with %s", (mode) => {
  const options = { prompt: "Weather?", tools: { weather } };
  const gateway = () => local.client({ provider: "groq", model: "llama-3.3-70b-versatile" });

  it("is reported to the model, which corrects it", async () => {
    local.reply(refused, { toolCalls: [{ name: "weather", args: { city: "Rome" } }] }, { text: "Sunny." });
    const { text, turns } = await ask(mode, gateway(), options);
    expect(text).toBe("Sunny.");
    expect(turns).toHaveLength(2);
    expect(local.sentMessages(1).at(-1)).toMatchObject({
      role: "user",
      content: expect.stringMatching(/^Your tool call was rejected: Failed to call a function[\s\S]*<function=weather/),
    });
  });

  it("counts as a turn, so a model that never corrects it ends in the provider's error", async () => {
    local.reply(refused, refused, refused);
    await expect(ask(mode, gateway(), { ...options, maxTurns: 2 })).rejects.toMatchObject({
      code: "bad-request",
      message: expect.stringContaining("Failed to call a function"),
    });
    // The last turn is sent with `tool_choice: "none"`, and once more without it when that is rejected.
    expect(local.requests).toHaveLength(3);
  });
});
