import { generateText } from "@xsai/generate-text";
import { streamText } from "@xsai/stream-text";
import { rawTool } from "@xsai/tool";
import * as answers from "../answers.js";

export function create(base) {
  const common = {
    baseURL: `${base}/v1/account/gateway/compat/`,
    headers: { "cf-aig-authorization": "Bearer token" },
    model: "openai/gpt-4o-mini",
    messages: [{ role: "user", content: "Hello" }],
  };
  const tools = answers.toolNames.map((name) =>
    rawTool({ name, parameters: answers.toolParameters, execute: (args) => answers.runTool(name, args) }),
  );
  return {
    chat: async () => (await generateText(common)).text,
    async stream(onText) {
      const { textStream } = streamText({ ...common, streamOptions: { includeUsage: true } });
      for await (const text of textStream) onText(text);
    },
    loop: async () => (await generateText({ ...common, tools, maxSteps: 10 })).text,
  };
}
