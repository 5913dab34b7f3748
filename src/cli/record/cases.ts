import { type ChatOptions, tool } from "../../index.ts";

/** Cases that can be recorded by name; each shows how a model answers one kind of request. */
export interface RecordCase {
  about: string;
  options: ChatOptions;
  isStream?: true;
  /** Replaces the requested model; the provider is kept. */
  model?: string;
}

const weather = tool({
  description: "The weather of a city, now.",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
});
const forecast: ChatOptions = { prompt: "What is the weather in Paris and in Zürich?", tools: { weather } };
const capital: ChatOptions = { system: "Answer in one sentence.", prompt: "What is the capital of France?", maxTokens: 200 };

export const cases: Readonly<Record<string, RecordCase>> = {
  chat: { about: "a short answer", options: capital },
  "chat-stream": { about: "a short answer, streamed", options: capital, isStream: true },
  "tool-call": { about: "tool calls, returned to the caller", options: forecast },
  "tool-call-stream": { about: "the same, streamed", options: forecast, isStream: true },
  reasoning: { about: "a question to think about", options: { prompt: "How many letters r are in strawberry?" } },
  output: {
    about: "an answer that matches a schema",
    options: {
      prompt: "Name a river of France and its length in kilometres.",
      output: {
        type: "object",
        properties: { river: { type: "string" }, kilometres: { type: "number" } },
        required: ["river", "kilometres"],
        additionalProperties: false,
      },
    },
  },
  error: { about: "a request that fails: there is no such model", model: "no-such-model", options: { prompt: "Say hello." } },
};
