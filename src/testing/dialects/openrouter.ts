import type { Answer, TokenCounts } from "./answer.ts";
import {
  buildCompletion,
  callNumber,
  createChunkBuilder,
  type Dialect,
  done,
  finishReason,
  frame,
  idText,
  usageChunk,
  usageField,
} from "./dialect.ts";
import { openaiUsage, toolCallDeltas, toolCalls } from "./openai.ts";

const usage = (counts: TokenCounts) => ({
  ...openaiUsage(counts),
  cost: Number((counts.input * 0.15e-6 + counts.output * 0.6e-6).toFixed(9)),
});

const envelope = (answer: Answer) => ({
  id: `gen-${answer.created}-${idText(answer.number, 20)}`,
  provider: "OpenAI",
  model: answer.model,
  created: answer.created,
});
const callId = (answer: Answer) => (position: number) => `call_${idText(callNumber(answer, position), 24)}`;
const details = (text: string) => [{ type: "reasoning.text", text, format: "unknown", index: 0 }];
const thinking = (reasoning: string) => (reasoning ? { reasoning, reasoning_details: details(reasoning) } : {});

/** Keep-alive comment until the upstream provider responds. */
const processing = ": OPENROUTER PROCESSING\n\n";

export const openrouter: Dialect = {
  completion(answer) {
    const calls = toolCalls(answer, callId(answer));
    const message = { content: answer.text, refusal: null, ...thinking(answer.reasoning), ...calls };
    const extra = { logprobs: null, native_finish_reason: finishReason(answer) };
    return { ...buildCompletion(envelope(answer), message, finishReason(answer), extra), ...usageField(answer, usage) };
  },
  frames(answer) {
    const chunk = createChunkBuilder(envelope(answer));
    const chunks = [
      ...answer
        .splitText(answer.reasoning)
        .map((reasoning) => chunk({ role: "assistant", content: "", reasoning, reasoning_details: details(reasoning) })),
      ...answer.splitText(answer.text).map((content) => chunk({ role: "assistant", content })),
      ...toolCallDeltas(answer, callId(answer)).map((delta) => chunk({ role: "assistant", content: null, ...delta })),
      chunk({ role: "assistant", content: "" }, finishReason(answer)),
      ...usageChunk(envelope(answer), usageField(answer, usage)),
    ];
    const [first, ...others] = chunks.map(frame);
    return [processing, processing, ...(first ? [first] : []), processing, ...others, done];
  },
  error: ({ status, message }) => ({ error: { message, code: status } }),
};
