import { generateText } from "@xsai/generate-text";
import { streamText } from "@xsai/stream-text";

const common = { baseURL: "http://localhost", model: "gpt-4o-mini", messages: [{ role: "user" as const, content: "Hello" }] };
const result = await generateText(common);
export const text: string | undefined = result.text;
for await (const piece of streamText(common).textStream) console.log(piece);
