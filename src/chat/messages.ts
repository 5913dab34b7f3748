import { ConfigurationError } from "../errors/errors.ts";
import type { ChatOptions } from "../options/chat-options.ts";
import type { OptionProblem } from "../options/validators.ts";
import { sendableName } from "../request/call-names.ts";
import { completeConversation } from "../request/complete-conversation.ts";
import type { Answer } from "../response/answer.ts";
import { wireToolCalls } from "../response/tool-call-accumulator.ts";
import type { ParsedToolCall } from "../tools/parse-tool-call.ts";
import { type ExecutedToolCall, toolMessage } from "../tools/tool-message.ts";
import type { AssistantMessage, Message, ToolMessage } from "../wire.ts";
import type { Warning } from "./warning.ts";

/** The conversation before the first turn. Throws a ConfigurationError when the given messages don't pair calls with answers. */
export function initialMessages(
  { system, prompt, messages, approvals }: ChatOptions<unknown>,
  warn: (warning: Warning) => void,
): Message[] {
  const start: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  if (prompt !== undefined) return start.concat({ role: "user", content: prompt });
  return start.concat(pairCalls(messages ?? [], "messages", Object.keys(approvals ?? {}), warn));
}

/**
 * Given messages with every call answered, save those at the end that `approvals` decides.
 *
 * @throws ConfigurationError for other open calls at the end, and for a tool message without its call
 */
export function pairCalls(
  given: readonly Message[],
  option: string,
  decided: readonly string[],
  warn: (warning: Warning) => void,
): Message[] {
  const { messages, filled, open, orphans } = completeConversation(given);
  const problems: OptionProblem[] = orphans.map(({ index, id }) => ({
    option: `${option}[${index}]`,
    message: `answers the tool call "${id}", which the assistant message before it doesn't make`,
  }));
  const unanswered = open.filter((id) => !decided.includes(id));
  if (unanswered.length > 0)
    problems.push({
      option,
      message: `ends with unanswered tool calls (${unanswered.join(", ")}): append a tool message for each, or pass approvals`,
    });
  if (problems.length > 0) throw new ConfigurationError(problems);
  for (const id of filled)
    warn({
      code: "unanswered-tool-call",
      option,
      message: `The tool call "${id}" has no answer in ${option}; the model was told that it was not executed.`,
    });
  return messages;
}

/** The ids of the calls in a conversation, which no later call may reuse. */
export function callIds(messages: readonly Message[]): string[] {
  const ids: string[] = [];
  for (const message of messages) {
    if (message.role === "assistant") for (const { id } of message.tool_calls ?? []) ids.push(id);
  }
  return ids;
}

/** The answer as a neutral message: everything that came, with ids, names and arguments that can be sent. */
export function assistantMessage(answer: Answer, calls: readonly ParsedToolCall[]): AssistantMessage {
  const message: AssistantMessage = { role: "assistant", content: answer.text || (calls.length > 0 ? null : "") };
  if (calls.length > 0) message.tool_calls = wireToolCalls(answer.calls.map((call, at) => withValidArguments(call, calls[at])));
  if (answer.refusal !== undefined) message.refusal = answer.refusal;
  return Object.assign(message, answer.replay);
}

/**
 * Arguments that are no JSON object would have every later request refused, by all providers that pass them on as an object
 * (https://github.com/openai/openai-agents-python/issues/2061). Such a call never ran, and the message that answers it quotes them.
 */
function withValidArguments(call: Answer["calls"][number], parsed: ParsedToolCall | undefined): Answer["calls"][number] {
  return { ...call, name: sendableName(call.name), argsText: parsed?.objectText ?? "{}" };
}

/** One message for each call, in order: its result, or why it has none. */
export function toToolMessages(
  callIds: readonly string[],
  executed: ReadonlyMap<string, ExecutedToolCall>,
  withoutResult: (id: string) => string,
): ToolMessage[] {
  return callIds.map((id) => executed.get(id)?.message ?? toolMessage(id, withoutResult(id)));
}

/** A conversation that was interrupted while its tools ran can only be sent again when each call has a message. */
export function completeToolMessages(messages: readonly Message[], executed: ReadonlyMap<string, ExecutedToolCall>): Message[] {
  const last = messages.at(-1);
  if (last?.role !== "assistant" || !last.tool_calls) return [...messages];
  const ids = last.tool_calls.map(({ id }) => id);
  return [...messages, ...toToolMessages(ids, executed, () => "Not executed: the request was cancelled.")];
}
