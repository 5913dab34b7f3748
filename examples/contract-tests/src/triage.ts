import { type Gateway, GatewayError } from "cf-ai-gateway";
import { z } from "zod";

export const Triage = z.object({
  team: z.enum(["billing", "shipping", "other"]),
  urgent: z.boolean(),
  summary: z.string().describe("One sentence"),
});
export type Triage = z.infer<typeof Triage>;

/** Decides who answers an e-mail. What the model can't or mustn't judge goes to a person. */
export async function triage(gateway: Gateway, email: string): Promise<Triage | "needs a person"> {
  try {
    const { output } = await gateway.chat({
      system: "You sort e-mails for a shop. It is urgent when money or a deadline is at stake.",
      prompt: email,
      output: Triage,
      temperature: 0,
    });
    return output;
  } catch (error) {
    if (GatewayError.is(error) && ["guardrail", "dlp", "output-validation"].includes(error.code)) return "needs a person";
    throw error;
  }
}
