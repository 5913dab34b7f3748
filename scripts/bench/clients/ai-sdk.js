import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import * as answers from "../answers.js";

globalThis.AI_SDK_LOG_WARNINGS = false;

export function create(base) {
  const provider = createOpenAICompatible({
    name: "gateway",
    baseURL: `${base}/v1/account/gateway/compat`,
    headers: { "cf-aig-authorization": "Bearer token" },
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const model = provider("openai/gpt-4o-mini");
  const prompt = "Hello";
  const inputSchema = jsonSchema(answers.toolParameters);
  const tools = Object.fromEntries(
    answers.toolNames.map((name) => [name, tool({ inputSchema, execute: async (args) => answers.runTool(name, args) })]),
  );
  const schema = jsonSchema(answers.outputSchema);
  return {
    chat: async () => (await generateText({ model, prompt })).text,
    async stream(onText) {
      for await (const text of streamText({ model, prompt }).textStream) onText(text);
    },
    loop: async () => (await generateText({ model, prompt, tools, stopWhen: stepCountIs(10) })).text,
    output: async () => (await generateObject({ model, prompt, schema })).object,
  };
}
