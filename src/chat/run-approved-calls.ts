import { ConfigurationError } from "../errors/errors.ts";
import type { ChatOptions } from "../options/chat-options.ts";
import type { OptionProblem } from "../options/validators.ts";
import { checkToolCall } from "../tools/check-tool-call.ts";
import { denyToolCall } from "../tools/execute-tool.ts";
import { offerTools } from "../tools/offer-tools.ts";
import { parseToolCall } from "../tools/parse-tool-call.ts";
import type { ExecutedToolCall } from "../tools/tool-message.ts";
import type { Message, WireToolCall } from "../wire.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import { completeToolMessages } from "./messages.ts";
import { createToolEnvironment, executeCalls } from "./run-tool-calls.ts";
import type { Emit } from "./stream-event.ts";

/** Finds the function calls at the end of a conversation that have no tool message. */
function findOpenCalls(messages: readonly Message[]): readonly WireToolCall[] {
  const last = messages.findLastIndex(({ role }) => role !== "tool");
  const message = messages[last];
  if (message?.role !== "assistant" || !message.tool_calls) return [];
  const answered = messages.slice(last + 1).map((each) => (each.role === "tool" ? each.tool_call_id : undefined));
  return message.tool_calls.filter((call): call is WireToolCall => "function" in call && !answered.includes(call.id));
}

/** Checks that each id in `approvals` belongs to an open call; otherwise the decision would have no effect. */
export function checkApprovals({ approvals }: ChatOptions<unknown>, messages: readonly Message[]): OptionProblem[] {
  if (approvals === undefined) return [];
  const open = findOpenCalls(messages).map(({ id }) => id);
  return Object.keys(approvals)
    .filter((id) => !open.includes(id))
    .map((id) => ({
      option: `approvals.${id}`,
      message: `is not the id of an unanswered call at the end of messages (${open.join(", ") || "there is none"})`,
    }));
}

/**
 * Applies `approvals` before the first request: approved calls run, and the tool result of a denied one says why. Returns whether any
 * ran.
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
      const decision = approvals[id];
      const { approved, reason } = typeof decision === "object" ? decision : { approved: decision === true, reason: undefined };
      if (!approved) {
        executed.set(id, denyToolCall(call, reason));
        return undefined;
      }
      const each = await checkToolCall(call, environment, true);
      if (each.kind === "execute" || each.kind === "invalid") return each;
      problems.push({
        option: `approvals.${id}`,
        message: `approves a call of ${name}, which has no execute function: append a tool message instead`,
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
    state.messages = completeToolMessages(state.messages, executed);
  }
  return approved.length > 0;
}
