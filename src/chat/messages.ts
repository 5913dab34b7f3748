import type { ChatOptions, ToolResult } from "../options/chat-options.ts";
import type { Answer } from "../response/accumulator.ts";
import { wireToolCalls } from "../response/tool-call-accumulator.ts";
import type { RequestedCall } from "../tools/execute-tool.ts";
import { toolMessage } from "../tools/tool-message.ts";
import type { AssistantMessage, Message, ToolMessage } from "../wire.ts";

/** The conversation before the first turn. */
export function startOf({ system, prompt, messages }: ChatOptions<unknown>): Message[] {
  const start: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  return prompt === undefined ? [...start, ...(messages ?? [])] : [...start, { role: "user", content: prompt }];
}

/** The ids of the calls in a conversation, which no further call may have. */
export const callIds = (messages: readonly Message[]): string[] =>
  messages.flatMap((message) => (message.role === "assistant" ? (message.tool_calls ?? []).map(({ id }) => id) : []));

/** The answer as a message that can be sent back. */
export function assistantMessage(answer: Answer, calls: readonly RequestedCall[]): AssistantMessage {
  const message: AssistantMessage = { role: "assistant", content: answer.text || (calls.length > 0 ? null : "") };
  if (calls.length > 0) message.tool_calls = wireToolCalls(answer.calls.map((call, at) => sendable(call, calls[at])));
  if (answer.refusal !== undefined) message.refusal = answer.refusal;
  return Object.assign(message, answer.replay);
}

/**
 * Arguments that are no JSON object would have every later request refused, by all providers that hand them on as an object
 * (https://github.com/openai/openai-agents-python/issues/2061). Such a call never ran, and its answer quotes them.
 */
function sendable(call: Answer["calls"][number], read: RequestedCall | undefined): Answer["calls"][number] {
  const args = read?.args;
  return typeof args === "object" && args !== null && !Array.isArray(args) ? call : { ...call, argsText: "{}" };
}

/** One message for each call, in their order: its result, or why there is none. */
export function callAnswers(
  callIds: readonly string[],
  results: readonly ToolResult[],
  otherwise: string | ((id: string) => string),
): ToolMessage[] {
  return callIds.map((id) => {
    const done = results.find(({ toolCallId }) => toolCallId === id);
    return toolMessage(id, done ? done.result : typeof otherwise === "string" ? otherwise : otherwise(id));
  });
}

/** A conversation that broke off among its tools can be sent again only when each call has its message. */
export function withEveryCallAnswered(messages: readonly Message[], results: readonly ToolResult[]): Message[] {
  const message = messages.at(-1);
  if (message?.role !== "assistant" || !message.tool_calls) return [...messages];
  const ids = message.tool_calls.map(({ id }) => id);
  return [...messages, ...callAnswers(ids, results, "Not run: the call was given up.")];
}
