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
  usageChunk,
  usageField,
} from "./dialect.ts";
import { openaiError, toolCallDeltas, toolCalls } from "./openai.ts";

const usage = ({ input, output, thinking, cached }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
  ...(thinking > 0 ? { completion_tokens_details: { reasoning_tokens: thinking } } : {}),
});

const envelope = (answer: Answer) => ({
  created: answer.created,
  system_fingerprint: null,
  model: answer.model,
  id: `chatcmpl-${idText(answer.number, 36)}`,
});
const callId = (answer: Answer) => (position: number) => `call_${idText(callNumber(answer, position), 24)}`;

/** Qwen on Alibaba's cloud: `usage: null` in every chunk but the last, requested or not. */
export const alibaba: Dialect = {
  completion(answer) {
    const message = { content: answer.text, ...reasoningContent(answer), ...toolCalls(answer, callId(answer)) };
    return {
      ...buildCompletion(envelope(answer), message, finishReason(answer), { logprobs: null }),
      ...usageField(answer, usage),
    };
  },
  frames(answer) {
    const chunk = createChunkBuilder({ ...envelope(answer), usage: null });
    const counted = answer.includeUsage ? usageField(answer, usage) : {};
    return eventStream([
      chunk({ content: "", role: "assistant" }),
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ content: null, reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...toolCallDeltas(answer, callId(answer)).map((delta) => chunk({ content: null, ...delta })),
      chunk({ content: "" }, finishReason(answer)),
      ...usageChunk(envelope(answer), counted),
    ]);
  },
  error: openaiError,
};
