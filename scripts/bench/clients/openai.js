import OpenAI from "openai";
import * as answers from "../answers.js";

export function create(base) {
  const client = new OpenAI({
    apiKey: "none",
    baseURL: `${base}/v1/account/gateway/compat`,
    defaultHeaders: { Authorization: null, "cf-aig-authorization": "Bearer token" },
  });
  const model = "openai/gpt-4o-mini";
  const messages = [{ role: "user", content: "Hello" }];
  const tools = answers.toolNames.map((name) => ({
    type: "function",
    function: { name, parameters: answers.toolParameters, parse: JSON.parse, function: (args) => answers.runTool(name, args) },
  }));
  const json_schema = { name: "output", schema: answers.outputSchema, strict: true };
  return {
    chat: async () => (await client.chat.completions.create({ model, messages })).choices[0].message.content,
    async stream(onText) {
      const stream = await client.chat.completions.create({
        model,
        messages,
        stream: true,
        stream_options: { include_usage: true },
      });
      for await (const chunk of stream) {
        const text = chunk.choices[0]?.delta.content;
        if (text) onText(text);
      }
    },
    loop: () => client.chat.completions.runTools({ model, messages, tools }).finalContent(),
    async output() {
      const completion = await client.chat.completions.create({
        model,
        messages,
        response_format: { type: "json_schema", json_schema },
      });
      return JSON.parse(completion.choices[0].message.content);
    },
  };
}
