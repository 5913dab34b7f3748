import type { FinishReason } from "../../response/finish-reason.ts";
import type { Usage } from "../../response/token-usage.ts";
import type { StreamFormat } from "./stream-format.ts";

const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: "stop",
  length: "length",
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  // OpenAI has no other finish reason for a limit.
  "max-turns": "length",
  other: "stop",
};

/**
 * OpenAI chat completion chunks. The text of several turns is one message, joined by blank lines. Tool calls that were executed here are
 * left out, since the client would run them again; calls for the caller are included.
 */
export function createOpenAiFormat(): StreamFormat {
  const id = `chatcmpl-${crypto.randomUUID()}`;
  const created = Math.floor(Date.now() / 1000);
  let model = "";
  let isFirst = true;
  let textTurn: number | undefined;
  let turn = 0;

  function chunk(delta: object, finishReason: string | null = null): object {
    const first = isFirst ? { role: "assistant" } : {};
    isFirst = false;
    return {
      id,
      object: "chat.completion.chunk",
      created,
      model,
      choices: [{ index: 0, delta: { ...first, ...delta }, logprobs: null, finish_reason: finishReason }],
    };
  }

  return {
    terminator: "[DONE]",
    write(event) {
      switch (event.type) {
        case "turn-start":
          turn = event.turn;
          return [];
        case "response":
          model = event.model;
          return [];
        case "text-delta": {
          const separator = textTurn !== undefined && textTurn !== turn ? "\n\n" : "";
          textTurn = turn;
          return [chunk({ content: separator + event.text })];
        }
        case "reasoning-delta":
          return [chunk({ reasoning_content: event.text })];
        case "finish": {
          const { toolCalls, refusal, finishReason, usage } = event.result;
          const calls = toolCalls.map(({ id: callId, name, argsText }, index) =>
            chunk({ tool_calls: [{ index, id: callId, type: "function", function: { name, arguments: argsText } }] }),
          );
          return [
            ...(refusal === undefined ? [] : [chunk({ refusal })]),
            ...calls,
            chunk({}, finishReasons[finishReason]),
            { id, object: "chat.completion.chunk", created, model, choices: [], usage: toWireUsage(usage) },
          ];
        }
        default:
          return [];
      }
    },
    fail: ({ code, message }) => [{ data: { error: { message, type: code, code, param: null } } }],
  };
}

/** OpenAI's client expects numbers, so usage is null if a count is missing. */
function toWireUsage({ inputTokens, outputTokens, totalTokens }: Usage): object | null {
  if (inputTokens === undefined || outputTokens === undefined) return null;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens ?? inputTokens + outputTokens,
  };
}
