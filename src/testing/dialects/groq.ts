import type { Answer, TokenCounts } from "./answer.ts";
import {
  buildCompletion,
  callNumber,
  createChunkBuilder,
  type Dialect,
  eventStream,
  finishReason,
  idText,
  usageField,
} from "./dialect.ts";
import { openaiError, toolCalls } from "./openai.ts";

const usage = ({ input, output, thinking }: TokenCounts) => ({
  queue_time: 0.04,
  prompt_tokens: input,
  prompt_time: 0.01,
  completion_tokens: output,
  completion_time: 0.05,
  total_tokens: input + output,
  total_time: 0.06,
  ...(thinking > 0 ? { completion_tokens_details: { reasoning_tokens: thinking } } : {}),
});

const envelope = (answer: Answer) => ({
  id: `chatcmpl-${idText(answer.number, 32)}`,
  created: answer.created,
  model: answer.model,
  system_fingerprint: "fp_f8b414701e",
});
const callId = (answer: Answer) => (position: number) => idText(callNumber(answer, position), 9);
const requestId = (answer: Answer) => `req_01${idText(answer.number, 24)}`;

const buildMessage = (answer: Answer) => ({
  ...(answer.text === "" && answer.toolCalls.length > 0 ? {} : { content: answer.text }),
  ...(answer.reasoning ? { reasoning: answer.reasoning } : {}),
  ...toolCalls(answer, callId(answer)),
});

/** A tool call is complete in one delta. Usage is sent twice, in `x_groq` and at the top level. */
export const groq: Dialect = {
  completion: (answer) => ({
    ...buildCompletion(envelope(answer), buildMessage(answer), finishReason(answer), { logprobs: null }),
    ...usageField(answer, usage),
    usage_breakdown: null,
    x_groq: { id: requestId(answer), seed: 1790130236 },
    service_tier: "on_demand",
  }),
  frames(answer) {
    const chunk = createChunkBuilder(envelope(answer));
    const counted = usageField(answer, usage);
    const id = requestId(answer);
    return eventStream([
      chunk({ role: "assistant", content: answer.toolCalls.length > 0 ? null : "" }, null, { x_groq: { id, seed: 689520654 } }),
      ...answer.splitText(answer.reasoning).map((reasoning) => chunk({ reasoning, channel: "analysis" })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...answer.toolCalls.map((call, index) =>
        chunk({
          tool_calls: [
            { id: callId(answer)(index), type: "function", function: { name: call.name, arguments: call.arguments }, index },
          ],
        }),
      ),
      chunk({}, finishReason(answer), { x_groq: { id, ...counted }, ...counted }),
    ]);
  },
  error: openaiError,
};
