import type { Answer, TokenCounts } from "./answer.ts";
import {
  buildCompletion,
  callNumber,
  createChunkBuilder,
  type Dialect,
  eventStream,
  finishReason,
  idText,
  type ProviderFailure,
  reasoningContent,
  usageChunk,
  usageField,
} from "./dialect.ts";

export function openaiUsage({ input, output, thinking, cached }: TokenCounts): object {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: thinking,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

const envelope = (answer: Answer) => ({
  id: `chatcmpl-${idText(answer.number, 29)}`,
  created: answer.created,
  model: answer.model,
  service_tier: "default",
  system_fingerprint: "fp_3c1f6d2a90",
});

const callId = (answer: Answer) => (position: number) => `call_${idText(callNumber(answer, position), 24)}`;

/** The pieces of each call: its name first, then its arguments. */
export function toolCallDeltas(answer: Answer, createId: (position: number) => string, firstIndex = 0): object[] {
  return answer.toolCalls.flatMap((call, position) => {
    const index = firstIndex + position;
    return [
      { tool_calls: [{ index, id: createId(position), type: "function", function: { name: call.name, arguments: "" } }] },
      ...answer.splitArguments(call.arguments).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ];
  });
}

/** The calls of a finished message. */
export function toolCalls(answer: Answer, createId: (position: number) => string): object {
  if (answer.toolCalls.length === 0) return {};
  const calls = answer.toolCalls.map((call, position) => ({
    id: createId(position),
    type: "function",
    function: { name: call.name, arguments: call.arguments },
  }));
  return { tool_calls: calls };
}

const errorTypes: Record<number, { type: string; code: string | null }> = {
  401: { type: "invalid_request_error", code: "invalid_api_key" },
  402: { type: "insufficient_quota", code: "insufficient_quota" },
  404: { type: "invalid_request_error", code: "model_not_found" },
  429: { type: "requests", code: "rate_limit_exceeded" },
};

export function openaiError({ status, message, param, code: ownCode }: ProviderFailure): object {
  const { type, code } = errorTypes[status] ?? { type: status >= 500 ? "server_error" : "invalid_request_error", code: null };
  return { error: { message, type, param: param ?? null, code: ownCode ?? code } };
}

/** OpenAI's format, which most others copy in part. Reasoning is only sent if the script sets it. */
export const openai: Dialect = {
  completion(answer) {
    const content = answer.text === "" && answer.toolCalls.length > 0 ? null : answer.text;
    const calls = toolCalls(answer, callId(answer));
    const message = { content, ...reasoningContent(answer), ...calls, refusal: null, annotations: [] };
    return {
      ...buildCompletion(envelope(answer), message, finishReason(answer), { logprobs: null }),
      ...usageField(answer, openaiUsage),
    };
  },
  frames(answer) {
    const nullUsage = answer.includeUsage ? { usage: null } : {};
    const chunk = createChunkBuilder({ ...envelope(answer), ...nullUsage });
    const usage = answer.includeUsage ? usageField(answer, openaiUsage) : {};
    return eventStream([
      chunk({ role: "assistant", content: "", refusal: null }),
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...toolCallDeltas(answer, callId(answer)).map((delta) => chunk(delta)),
      chunk({}, finishReason(answer)),
      ...usageChunk(envelope(answer), usage),
    ]);
  },
  error: openaiError,
};
