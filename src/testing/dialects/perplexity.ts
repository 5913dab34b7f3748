import { type Answer, estimateTokens, type TokenCounts } from "./answer.ts";
import { buildCompletion, buildUsage, callNumber, type Dialect, finishReason, frame, idText, usageField } from "./dialect.ts";
import { openaiError, toolCalls } from "./openai.ts";

const usage = ({ input, output }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  search_context_size: "low",
});

const search_results = [
  {
    title: "Example Domain",
    url: "https://example.com/",
    date: "2026-01-15",
    last_updated: "2026-11-01",
    snippet: "An example page.",
  },
  { title: "Example Organization", url: "https://example.org/about", date: null, snippet: "Another example page." },
];

const envelope = (answer: Answer) => ({
  id: idText(answer.number, 36),
  model: answer.model,
  created: answer.created,
  citations: search_results.map(({ url }) => url),
  search_results,
});

const callId = (answer: Answer) => (position: number) => `call_${idText(callNumber(answer, position), 24)}`;

/** Reasoning is in tags at the start of the text. */
const buildContent = ({ reasoning, text }: Answer) => (reasoning ? `<think>\n${reasoning}\n</think>\n\n${text}` : text);

/** Each chunk has the usage so far; the last chunk is a `chat.completion.done`, and no `[DONE]` follows. */
export const perplexity: Dialect = {
  completion(answer) {
    const message = { content: buildContent(answer), ...toolCalls(answer, callId(answer)) };
    return { ...buildCompletion(envelope(answer), message, finishReason(answer)), ...usageField(answer, usage) };
  },
  frames(answer) {
    const total = answer.usage && "output" in answer.usage ? answer.usage : undefined;
    const pieces = answer.splitText(buildContent(answer));
    let streamedText = "";
    const chunks = pieces.map((content) => {
      streamedText += content;
      const soFar = buildUsage(
        { ...answer, usage: total ? { ...total, output: Math.min(estimateTokens(streamedText), total.output) } : answer.usage },
        usage,
      );
      return {
        ...envelope(answer),
        ...(soFar ? { usage: soFar } : {}),
        object: "chat.completion.chunk",
        choices: [{ index: 0, delta: { role: "assistant", content } }],
      };
    });
    const last = { role: "assistant", content: "", ...toolCalls(answer, callId(answer)) };
    const done = {
      ...envelope(answer),
      ...usageField(answer, usage),
      object: "chat.completion.done",
      choices: [{ index: 0, delta: last, finish_reason: finishReason(answer) }],
    };
    return [...chunks, done].map(frame);
  },
  error: openaiError,
};
