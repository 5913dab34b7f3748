import type { Message, ToolMessage } from "../wire.ts";

export interface CompletedConversation {
  /** The conversation, each unanswered call in its midst answered by a message that says so. */
  messages: Message[];
  /** Ids of the calls that were answered so. */
  filled: string[];
  /** Ids of the calls that the end of the conversation leaves open. */
  open: string[];
  /** Tool messages that no call precedes. */
  orphans: { index: number; id: string }[];
}

/**
 * Pairs the tool calls of a conversation with the tool messages that answer them: every API refuses a conversation that lacks one of either.
 * Calls at the end are left open, since an answer to them may have been forgotten, and must not be made up.
 */
export function completeConversation(given: readonly Message[]): CompletedConversation {
  const messages: Message[] = [];
  const filled: string[] = [];
  const orphans: CompletedConversation["orphans"] = [];
  let open: string[] = [];
  given.forEach((message, index) => {
    if (message.role === "tool") {
      const at = open.indexOf(message.tool_call_id);
      if (at < 0) orphans.push({ index, id: message.tool_call_id });
      else open.splice(at, 1);
    } else {
      for (const id of open) messages.push(notExecuted(id));
      filled.push(...open);
      open = message.role === "assistant" ? (message.tool_calls ?? []).map(({ id }) => id) : [];
    }
    messages.push(message);
  });
  return { messages, filled, open, orphans };
}

const notExecuted = (id: string): ToolMessage => ({
  role: "tool",
  tool_call_id: id,
  content: "Not executed: the conversation went on without a result.",
});
