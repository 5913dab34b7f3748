import type { Answer, TokenCounts } from "./answer.ts";
import { callNumber, type Dialect, eventStream, finishReason, idText, parsedArguments, usageField } from "./dialect.ts";

const usage = ({ input, output, cached }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
});

/** Arguments as an object if they are valid JSON. */
const calls = (answer: Answer) =>
  answer.toolCalls.map((call, index) => ({
    id: `chatcmpl-tool-${idText(callNumber(answer, index), 32)}`,
    type: "function",
    index,
    function: { name: call.name, arguments: parsedArguments(call) },
  }));

/** No ID and no timestamp; usage is in a separate last event. */
export const workersAi: Dialect = {
  completion: (answer) => ({
    object: "chat.completion",
    model: answer.model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: answer.text,
          ...(answer.reasoning ? { reasoning_content: answer.reasoning } : {}),
          ...(answer.toolCalls.length > 0 ? { tool_calls: calls(answer) } : {}),
        },
        finish_reason: finishReason(answer),
      },
    ],
    ...usageField(answer, usage),
  }),
  frames(answer) {
    const chunk = (delta: object, finish_reason: string | null = null) => ({
      object: "chat.completion.chunk",
      model: answer.model,
      choices: [{ index: 0, delta, finish_reason }],
    });
    const counted = usageField(answer, usage);
    return eventStream([
      ...answer.splitText(answer.reasoning).map((reasoning_content) => chunk({ reasoning_content })),
      ...answer.splitText(answer.text).map((content) => chunk({ content })),
      ...calls(answer).map((call) => chunk({ tool_calls: [call] })),
      chunk({}, finishReason(answer)),
      ...("usage" in counted ? [{ object: "chat.completion.chunk", model: answer.model, choices: [], ...counted }] : []),
    ]);
  },
  error: ({ status, message }) => ({
    success: false,
    errors: [{ code: status === 429 ? 3040 : 5006, message: `AiError: ${message}` }],
    messages: [],
    result: null,
  }),
};
