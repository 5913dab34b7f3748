import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, streamText } from "ai";

const model = createOpenAICompatible({ name: "gateway", baseURL: "http://localhost" })("gpt-4o-mini");
const result = await generateText({ model, prompt: "Hello" });
export const text: string = result.text;
for await (const piece of streamText({ model, prompt: "Hello" }).textStream) console.log(piece);
