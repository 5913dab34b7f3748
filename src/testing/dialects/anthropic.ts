import type { Answer, TokenCounts } from "./answer.ts";
import {
  buildCompletion,
  callNumber,
  createChunkBuilder,
  type Dialect,
  eventStream,
  finishReason,
  idText,
  reasoningContent,
  usageField,
} from "./dialect.ts";
import { toolCallDeltas, toolCalls } from "./openai.ts";

/** Cached tokens are counted separately from the prompt. */
const usage = ({ input, output, cached }: TokenCounts) => ({
  prompt_tokens: input - cached,
  completion_tokens: output,
  total_tokens: input - cached + output,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: cached,
});

const envelope = (answer: Answer) => ({ id: `msg_01${idText(answer.number, 22)}`, created: answer.created, model: answer.model });
const callId = (answer: Answer) => (position: number) => `toolu_01${idText(callNumber(answer, position), 22)}`;

const errorTypes: Record<number, string> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

/** The index of a tool call is that of its content block, so that calls start at 1. */
export const anthropic: Dialect = {
  completion(answer) {
    const message = { content: answer.text, ...reasoningContent(answer), ...toolCalls(answer, callId(answer)) };
    return { ...buildCompletion(envelope(answer), message, finishReason(answer)), ...usageField(answer, usage) };
  },
  frames(answer) {
    const chunk = createChunkBuilder(envelope(answer));
    return eventStream([
      chunk({ role: "assistant", content: "" }),
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...toolCallDeltas(answer, callId(answer), 1).map((delta) => chunk(delta)),
      chunk({}, finishReason(answer), usageField(answer, usage)),
    ]);
  },
  error: ({ status, message }) => ({
    type: "error",
    error: { type: errorTypes[status] ?? (status >= 500 ? "api_error" : "invalid_request_error"), message },
  }),
};
