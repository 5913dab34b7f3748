import { z } from "zod";
import type { Section } from "./stage.ts";

const SentimentAnalysis = z
  .object({
    sentiment: z.enum(["positive", "negative", "neutral"]),
    confidence: z.number().min(0).max(1).describe("Confidence score 0.0 to 1.0"),
    key_phrases: z.array(z.string()).describe("Key phrases that indicate sentiment"),
  })
  .describe("Structured sentiment analysis result.");

export const structuredOutput: Section = {
  title: "Structured output",
  async play({ gateway }) {
    const { output: analysis } = await gateway.chat({
      system: "Analyze the sentiment of user messages.",
      prompt: "I absolutely love this product! Best purchase ever!",
      output: SentimentAnalysis,
      temperature: 0.3,
    });
    // Validated, and typed by the schema.
    console.log(`Sentiment: ${analysis.sentiment}`);
    console.log(`Confidence: ${analysis.confidence}`);
    console.log(`Key phrases: ${analysis.key_phrases.join(", ")}`);
  },
};
