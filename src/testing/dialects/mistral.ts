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

const usage = ({ input, output, cached }: TokenCounts) => ({
  prompt_tokens: input,
  total_tokens: input + output,
  completion_tokens: output,
  ...(cached > 0 ? { num_cached_tokens: cached } : {}),
});

const envelope = (answer: Answer) => ({ id: idText(answer.number, 32), created: answer.created, model: answer.model });

/** IDs of nine characters, which Mistral requires; no index and no type. */
const calls = (answer: Answer) =>
  answer.toolCalls.map((call, position) => ({
    id: idText(callNumber(answer, position), 9),
    function: { name: call.name, arguments: call.arguments },
  }));

const thinkingPart = (text: string) => ({ type: "thinking", thinking: [{ type: "text", text }] });
const textPart = (text: string) => ({ type: "text", text });

/** A string, or content parts if there is reasoning. */
const content = ({ reasoning, text }: Answer) =>
  reasoning ? [thinkingPart(reasoning), ...(text ? [textPart(text)] : [])] : text;

const message = (answer: Answer) => ({
  tool_calls: answer.toolCalls.length > 0 ? calls(answer) : null,
  content: content(answer),
});

/** The last chunk has the calls, the finish reason and the usage together. */
export const mistral: Dialect = {
  completion: (answer) => ({
    ...buildCompletion(envelope(answer), message(answer), finishReason(answer)),
    ...usageField(answer, usage),
  }),
  frames(answer) {
    const chunk = createChunkBuilder(envelope(answer));
    const last = answer.toolCalls.length > 0 ? { content: null, tool_calls: calls(answer) } : { content: "" };
    return eventStream([
      chunk({ role: "assistant", content: "" }),
      ...answer.splitText(answer.reasoning).map((piece) => chunk({ content: [thinkingPart(piece)] })),
      ...answer.splitText(answer.text).map((piece) => chunk({ content: answer.reasoning ? [textPart(piece)] : piece })),
      chunk(last, finishReason(answer), usageField(answer, usage)),
    ]);
  },
  error: ({ status, message, param, code }) =>
    status === 422
      ? { detail: [{ type: "invalid", loc: ["body", ...(param ?? "").split("/").filter(Boolean)], msg: message }] }
      : {
          object: "error",
          message,
          type: status === 429 ? "rate_limited" : code === "3230" ? "invalid_request_message_order" : "invalid_request_error",
          param: param ?? null,
          code: code ?? null,
        },
};
