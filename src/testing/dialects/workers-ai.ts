import type { Answer, TokenCounts } from "./answer.ts";
import {
  buildCompletion,
  callNumber,
  createChunkBuilder,
  type Dialect,
  eventStream,
  finishReason,
  idText,
  parsedArguments,
  reasoningContent,
  usageChunk,
  usageField,
} from "./dialect.ts";

const usage = ({ input, output, cached }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
});

/** No id and no time. */
const envelope = ({ model }: Answer) => ({ model });

/** Arguments as an object if they are valid JSON. */
const calls = (answer: Answer) =>
  answer.toolCalls.map((call, index) => ({
    id: `chatcmpl-tool-${idText(callNumber(answer, index), 32)}`,
    type: "function",
    index,
    function: { name: call.name, arguments: parsedArguments(call) },
  }));

/** Usage is in a separate last event. */
export const workersAi: Dialect = {
  completion(answer) {
    const toolCalls = answer.toolCalls.length > 0 ? { tool_calls: calls(answer) } : {};
    const message = { content: answer.text, ...reasoningContent(answer), ...toolCalls };
    return { ...buildCompletion(envelope(answer), message, finishReason(answer)), ...usageField(answer, usage) };
  },
  frames(answer) {
    const chunk = createChunkBuilder(envelope(answer));
    return eventStream([
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...calls(answer).map((call) => chunk({ tool_calls: [call] })),
      chunk({}, finishReason(answer)),
      ...usageChunk(envelope(answer), usageField(answer, usage)),
    ]);
  },
  error: ({ status, message }) => ({
    success: false,
    errors: [{ code: status === 429 ? 3040 : 5006, message: `AiError: ${message}` }],
    messages: [],
    result: null,
  }),
};
