import type { Answer, TokenCounts } from "./answer.ts";
import {
  buildCompletion,
  callNumber,
  createChunkBuilder,
  type Dialect,
  eventStream,
  idText,
  reasoningContent,
  usageField,
} from "./dialect.ts";

/** Reasoning tokens are only counted in the total. */
const usage = ({ input, output, thinking }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output - thinking,
  total_tokens: input + output,
});

const envelope = (answer: Answer) => ({ created: answer.created, id: idText(answer.number, 22), model: answer.model });

/** "stop", with or without tool calls. */
const finishReason = (answer: Answer) => answer.finishReason ?? "stop";

/** Complete calls without an index, with the thought signature on the first one, streamed or not. */
const calls = (answer: Answer) =>
  answer.toolCalls.map((call, position) => ({
    ...(position === 0 ? { extra_content: { google: { thought_signature: `CiQB${idText(answer.number, 40)}==` } } } : {}),
    function: { arguments: call.arguments, name: call.name },
    id: `function-call-${1_000_000_007 + callNumber(answer, position) * 7919}`,
    type: "function",
  }));

const message = (answer: Answer) => ({
  ...(answer.text === "" && answer.toolCalls.length > 0 ? {} : { content: answer.text }),
  ...reasoningContent(answer),
  ...(answer.toolCalls.length > 0 ? { tool_calls: calls(answer) } : {}),
});

const statuses: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

/** Gemini through its OpenAI-compatible endpoint. */
export const googleAiStudio: Dialect = {
  completion: (answer) => ({
    ...buildCompletion(envelope(answer), message(answer), finishReason(answer)),
    ...usageField(answer, usage),
  }),
  frames(answer) {
    const chunk = createChunkBuilder(envelope(answer));
    const assistant = { role: "assistant" };
    const usageOnce = usageField(answer, usage);
    return eventStream([
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ reasoning_content, ...assistant })),
      ...answer.splitText(answer.text).map((content) => chunk({ content, ...assistant })),
      ...calls(answer).map((call) => chunk({ ...assistant, tool_calls: [call] })),
      chunk(assistant, finishReason(answer), usageOnce),
    ]);
  },
  error: ({ status, message }) => [
    { error: { code: status, message, status: statuses[status] ?? (status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT") } },
  ],
};
