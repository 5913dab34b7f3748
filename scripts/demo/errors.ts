import { createGateway, GatewayError } from "cf-ai-gateway";
import { startLocalGateway } from "cf-ai-gateway/testing";
import type { Section } from "./stage.ts";

/** One error of each origin, as a caller would handle it. */
export const errors: Section = {
  title: "Errors",
  failsOnDemand: true,
  async play({ local, localGateway }) {
    await show("client", async () => createGateway({ accountId: "demo", gatewayId: "", gatewayToken: "" }));

    await show("gateway", () => localGateway.with({ gatewayToken: "not-the-token" }).chat({ prompt: "Hello" }));

    local.reply({ error: { status: 429 } });
    await show("provider", () => localGateway.chat({ prompt: "Hello", maxRetries: 0 }));

    const gone = await startLocalGateway();
    await gone.close();
    await show("network", () => localGateway.with({ baseUrl: gone.url, maxRetries: 0 }).chat({ prompt: "Hello" }));
  },
};

async function show(origin: GatewayError["origin"], attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!GatewayError.is(error) || error.origin !== origin) throw error;
    const again = error.retryable ? "worth a second try" : "a second try would not help";
    console.log(`${error.origin}: ${error.name}, code "${error.code}", ${again}`);
    // The message ends with the hint where there is one sentence to give it.
    console.log(`  ${error.message.replace(` ${error.hint}`, "").replaceAll("\n", "\n  ")}`);
    console.log(`  Hint: ${error.hint}`);
    return;
  }
  throw new Error(`Nothing went wrong, but an error of origin "${origin}" was to be shown.`);
}
