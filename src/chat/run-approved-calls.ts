import { ConfigurationError } from "../errors/errors.ts";
import type { ChatOptions } from "../options/chat-options.ts";
import type { OptionProblem } from "../options/validators.ts";
import { checkToolCall } from "../tools/check-tool-call.ts";
import { refuseToolCall } from "../tools/execute-tool.ts";
import { offerTools } from "../tools/offer-tools.ts";
import { parseToolCall } from "../tools/parse-tool-call.ts";
import type { ExecutedToolCall } from "../tools/tool-message.ts";
import type { Message, WireToolCall } from "../wire.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import { createToolEnvironment, executeCalls } from "./run-tool-calls.ts";
import type { Emit } from "./stream-event.ts";

/** The calls of our tools at the end of a conversation that no tool message answers. */
export function findOpenCalls(messages: readonly Message[]): readonly WireToolCall[] {
  const last = messages.findLastIndex(({ role }) => role !== "tool");
  const message = messages[last];
  if (message?.role !== "assistant" || !message.tool_calls) return [];
  const answered = messages.slice(last + 1).map((each) => (each.role === "tool" ? each.tool_call_id : undefined));
  return message.tool_calls.filter((call): call is WireToolCall => "function" in call && !answered.includes(call.id));
}

/** What is wrong with `approvals`: an id that no open call has would leave a decision without effect. */
export function checkApprovals({ approvals = {} }: ChatOptions<unknown>, messages: readonly Message[]): OptionProblem[] {
  const open = findOpenCalls(messages).map(({ id }) => id);
  return Object.keys(approvals)
    .filter((id) => !open.includes(id))
    .map((id) => ({
      option: `approvals.${id}`,
      message: `is not the id of an unanswered call at the end of messages (${open.join(", ") || "there is none"})`,
    }));
}

/**
 * Carries out the verdicts in `approvals` before the model is asked: approved calls run, refused ones are answered with the reason. Returns
 * whether any ran.
 */
export async function runApprovedCalls(
  approvals: NonNullable<ChatOptions<unknown>["approvals"]>,
  context: ChatContext,
  state: ChatState,
  emit: Emit,
): Promise<boolean> {
  const open = findOpenCalls(state.messages).filter(({ id }) => Object.hasOwn(approvals, id));
  if (open.length === 0) return false;
  const offered = await offerTools(context.options.tools ?? {}, context.settings.validator);
  const environment = createToolEnvironment(offered.tools, 0, context, state, emit);
  const executed = new Map<string, ExecutedToolCall>();
  const problems: OptionProblem[] = [];
  const checked = await Promise.all(
    open.map(async ({ id, function: { name, arguments: argsText } }) => {
      const call = { ...parseToolCall({ id, name, argsText }, false, offered), needsApproval: true };
      const verdict = approvals[id];
      const { approved, reason } = typeof verdict === "object" ? verdict : { approved: verdict === true, reason: undefined };
      if (!approved) {
        executed.set(id, refuseToolCall(call, reason));
        return undefined;
      }
      const each = await checkToolCall(call, environment, true);
      if (each.kind === "execute" || each.kind === "invalid") return each;
      problems.push({
        option: `approvals.${id}`,
        message: `approves a call of ${name}, which has no execute: append a tool message instead`,
      });
      return undefined;
    }),
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
  for (const { result } of executed.values()) await emit([{ type: "tool-result", ...result }]);
  const approved = checked.filter((each) => each !== undefined);
  try {
    await executeCalls(approved, environment, context, state, executed, emit);
  } finally {
    state.messages = withAnswers(state.messages, executed);
  }
  return approved.length > 0;
}

/** The answers among the tool messages at the end, all in the order of the calls. */
function withAnswers(messages: readonly Message[], executed: ReadonlyMap<string, ExecutedToolCall>): Message[] {
  const last = messages.findLastIndex(({ role }) => role !== "tool");
  const caller = messages[last];
  const order = caller?.role === "assistant" ? (caller.tool_calls ?? []).map(({ id }) => id) : [];
  const position = (message: Message) => (message.role === "tool" ? order.indexOf(message.tool_call_id) : -1);
  const answers: Message[] = [...messages.slice(last + 1), ...[...executed.values()].map(({ message }) => message)];
  return [...messages.slice(0, last + 1), ...answers.sort((one, other) => position(one) - position(other))];
}
