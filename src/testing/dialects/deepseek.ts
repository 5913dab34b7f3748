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
import { openaiError, toolCallDeltas, toolCalls } from "./openai.ts";

const usage = ({ input, output, thinking, cached }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
  ...(thinking > 0 ? { completion_tokens_details: { reasoning_tokens: thinking } } : {}),
  prompt_cache_hit_tokens: cached,
  prompt_cache_miss_tokens: input - cached,
});

const envelope = (answer: Answer) => ({
  id: idText(answer.number, 36),
  created: answer.created,
  model: answer.model,
  system_fingerprint: "fp_eaab8d114b_prod0820_fp8_kvcache",
});
const callId = (answer: Answer) => (position: number) => `call_00_${idText(callNumber(answer, position), 24)}`;

/** `content` is null in reasoning deltas, `reasoning_content` in text deltas. */
export const deepseek: Dialect = {
  completion(answer) {
    const message = { content: answer.text, ...reasoningContent(answer), ...toolCalls(answer, callId(answer)) };
    return {
      ...buildCompletion(envelope(answer), message, finishReason(answer), { logprobs: null }),
      ...usageField(answer, usage),
    };
  },
  frames(answer) {
    const chunk = createChunkBuilder({ ...envelope(answer), usage: null });
    const silent = answer.reasoning ? { reasoning_content: null } : {};
    return eventStream([
      chunk(answer.reasoning ? { role: "assistant", content: null, reasoning_content: "" } : { role: "assistant", content: "" }),
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ content: null, reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content, ...silent })),
      ...toolCallDeltas(answer, callId(answer)).map((delta) => chunk(delta)),
      chunk({ content: "", ...silent }, finishReason(answer), usageField(answer, usage)),
    ]);
  },
  error: openaiError,
};
