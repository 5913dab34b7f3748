import type { Answer, TokenCounts } from "./answer.ts";
import { callNumber, chunkOf, type Dialect, eventStream, finishReason, idText, usageField } from "./dialect.ts";
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
  completion: (answer) => ({
    ...envelope(answer),
    object: "chat.completion",
    choices: [
      {
        message: {
          role: "assistant",
          content: answer.text,
          ...(answer.reasoning ? { reasoning_content: answer.reasoning } : {}),
          ...toolCalls(answer, callId(answer)),
        },
        finish_reason: finishReason(answer),
        index: 0,
        logprobs: null,
      },
    ],
    ...usageField(answer, usage),
  }),
  frames(answer) {
    const chunk = chunkOf({ ...envelope(answer), usage: null });
    const counted = answer.includeUsage ? usageField(answer, usage) : {};
    return eventStream([
      chunk({ content: "", role: "assistant" }),
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ content: null, reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...toolCallDeltas(answer, callId(answer)).map((delta) => chunk({ content: null, ...delta })),
      chunk({ content: "" }, finishReason(answer)),
      ...("usage" in counted ? [{ ...envelope(answer), choices: [], object: "chat.completion.chunk", ...counted }] : []),
    ]);
  },
  error: openaiError,
};
