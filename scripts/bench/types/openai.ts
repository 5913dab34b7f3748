import OpenAI from "openai";

const client = new OpenAI({ apiKey: "none" });
const model = "gpt-4o-mini";
const completion = await client.chat.completions.create({ model, messages: [{ role: "user", content: "Hello" }] });
export const text: string | null | undefined = completion.choices[0]?.message.content;
const stream = await client.chat.completions.create({ model, messages: [{ role: "user", content: "Hello" }], stream: true });
for await (const chunk of stream) console.log(chunk.choices[0]?.delta.content);
