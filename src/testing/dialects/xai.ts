import type { Answer, TokenCounts } from "./answer.ts";
import {
  buildCompletion,
  callNumber,
  type Dialect,
  eventStream,
  finishReason,
  idText,
  reasoningContent,
  usageChunk,
  usageField,
} from "./dialect.ts";
import { toolCalls } from "./openai.ts";

/** Reasoning tokens are in the total, but not in the completion's count. */
const usage = ({ input, output, thinking, cached }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output - thinking,
  total_tokens: input + output,
  prompt_tokens_details: { text_tokens: input, audio_tokens: 0, image_tokens: 0, cached_tokens: cached },
  completion_tokens_details: {
    reasoning_tokens: thinking,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
  num_sources_used: 0,
  cost_in_usd_ticks: input * 3000 + output * 5000,
});

const envelope = (answer: Answer) => ({
  id: idText(answer.number, 36),
  created: answer.created,
  model: answer.model,
  system_fingerprint: "fp_2a885414fb",
});
const callId = (answer: Answer) => (position: number) => `call_${String(callNumber(answer, position)).padStart(8, "0")}`;

const errorCodes: Record<number, string> = {
  400: "Client specified an invalid argument",
  401: "The caller does not have valid authentication credentials",
  403: "The caller does not have permission to execute the specified operation",
  404: "Some requested entity was not found",
  429: "Some resource has been exhausted",
};

/** Complete calls, no `finish_reason` (not even `null`) before the last chunk, and the role only once. */
export const xai: Dialect = {
  completion(answer) {
    const calls = toolCalls(answer, callId(answer));
    const message = { content: answer.text, ...reasoningContent(answer), ...calls, refusal: null };
    return { ...buildCompletion(envelope(answer), message, finishReason(answer)), ...usageField(answer, usage) };
  },
  frames(answer) {
    const shared = { ...envelope(answer), object: "chat.completion.chunk" };
    const wholeCalls = answer.toolCalls.map((call, index) => ({
      tool_calls: [
        { id: callId(answer)(index), function: { name: call.name, arguments: call.arguments }, index, type: "function" },
      ],
    }));
    const deltas = [
      ...answer.splitText(answer.reasoning).map((reasoning_content) => ({ reasoning_content })),
      ...answer.splitText(answer.text).map((content) => ({ content })),
      ...wholeCalls,
    ];
    return eventStream([
      ...deltas.map((delta, position) => ({
        ...shared,
        choices: [{ index: 0, delta: position === 0 ? { ...delta, role: "assistant" } : delta }],
      })),
      { ...shared, choices: [{ index: 0, delta: {}, finish_reason: finishReason(answer) }] },
      ...usageChunk(envelope(answer), usageField(answer, usage)),
    ]);
  },
  error: ({ status, message }) => ({ code: errorCodes[status] ?? "Internal error", error: message }),
};
