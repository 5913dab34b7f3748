import { createGateway } from "cf-ai-gateway";

const gateway = createGateway({ provider: "openai", model: "gpt-4o-mini" });
const result = await gateway.chat({ prompt: "Hello" });
export const text: string = result.text;
for await (const event of gateway.stream({ prompt: "Hello" })) if (event.type === "text-delta") console.log(event.text);
