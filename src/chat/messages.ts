import { ConfigurationError } from "../errors/errors.ts";
import type { ChatOptions } from "../options/chat-options.ts";
import type { OptionProblem } from "../options/validators.ts";
import { sendableName } from "../request/call-names.ts";
import { completeConversation } from "../request/complete-conversation.ts";
import type { Answer } from "../response/answer.ts";
import { wireToolCalls } from "../response/tool-call-accumulator.ts";
import type { ParsedToolCall } from "../tools/parse-tool-call.ts";
import { type ExecutedToolCall, toolMessage } from "../tools/tool-message.ts";
import type { AssistantMessage, Message } from "../wire.ts";
import type { Warning } from "./warning.ts";

/** Builds the conversation before the first turn. Throws a ConfigurationError if tool calls and tool messages don't match. */
export function initialMessages(
  { system, prompt, messages, approvals }: ChatOptions<unknown>,
  warn: (warning: Warning) => void,
): Message[] {
  const start: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  if (prompt !== undefined) return start.concat({ role: "user", content: prompt });
  return start.concat(pairCalls(messages ?? [], "messages", Object.keys(approvals ?? {}), warn));
}

/**
 * Returns the messages with a tool message for every call, except for calls at the end that `approvals` decides.
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
    message: `answers the tool call "${id}", which is not in the assistant message before it`,
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
      message: `The tool call "${id}" has no tool message in ${option}; one was added that says it was not executed.`,
    });
  return messages;
}

/** The ids of all tool calls in a conversation; later calls must not reuse them. */
export function callIds(messages: readonly Message[]): string[] {
  const ids: string[] = [];
  for (const message of messages) {
    if (message.role === "assistant") for (const { id } of message.tool_calls ?? []) ids.push(id);
  }
  return ids;
}

/** Converts the answer to a provider-neutral message: everything received, with ids, names and arguments that can be sent. */
export function assistantMessage(answer: Answer, calls: readonly ParsedToolCall[]): AssistantMessage {
  const message: AssistantMessage = { role: "assistant", content: answer.text || (calls.length > 0 ? null : "") };
  if (calls.length > 0) message.tool_calls = wireToolCalls(answer.calls.map((call, at) => withValidArguments(call, calls[at])));
  if (answer.refusal !== undefined) message.refusal = answer.refusal;
  return Object.assign(message, answer.replay);
}

/**
 * Providers that forward arguments as an object would reject every later request if they are not a JSON object
 * (https://github.com/agno-agi/agno/issues/8343). Such a call was never executed, and its tool message quotes the arguments.
 */
function withValidArguments(call: Answer["calls"][number], parsed: ParsedToolCall | undefined): Answer["calls"][number] {
  return { ...call, name: sendableName(call.name), argsText: parsed?.objectText ?? "{}" };
}

/**
 * Gives each call at the end of a conversation a tool message, in call order: the one that it has, its result, or why there is none. A
 * conversation that was interrupted while tools ran could not be sent again otherwise.
 */
export function completeToolMessages(messages: readonly Message[], executed: ReadonlyMap<string, ExecutedToolCall>): Message[] {
  const last = messages.findLastIndex(({ role }) => role !== "tool");
  const caller = messages[last];
  if (caller?.role !== "assistant" || !caller.tool_calls) return [...messages];
  const given = messages.slice(last + 1);
  const completed = caller.tool_calls.map(
    ({ id }) =>
      given.find((message) => message.role === "tool" && message.tool_call_id === id) ??
      executed.get(id)?.message ??
      toolMessage(id, "Not executed: the request was cancelled."),
  );
  return [...messages.slice(0, last + 1), ...completed];
}
