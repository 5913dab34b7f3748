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

const usage = ({ input, output }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});

const envelope = (answer: Answer) => ({ id: idText(answer.number, 36), created: answer.created, model: answer.model });

/** A call's id starts with the name of its tool. */
const callId = (answer: Answer) => (position: number) =>
  `${answer.toolCalls[position]?.name}_${idText(callNumber(answer, position), 12)}`;

/** Usage is in the chunk with the finish reason; errors are only a message. */
export const cohere: Dialect = {
  completion(answer) {
    const message = { content: answer.text, ...reasoningContent(answer), ...toolCalls(answer, callId(answer)) };
    return { ...buildCompletion(envelope(answer), message, finishReason(answer)), ...usageField(answer, usage) };
  },
  frames(answer) {
    const chunk = createChunkBuilder(envelope(answer));
    return eventStream([
      chunk({ role: "assistant", content: "", tool_calls: null }),
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...toolCallDeltas(answer, callId(answer)).map((delta) => chunk(delta)),
      chunk({}, finishReason(answer), usageField(answer, usage)),
    ]);
  },
  error: ({ status, message }) => ({ id: idText(status, 36), message }),
};
