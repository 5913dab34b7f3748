import type { Message, ToolMessage } from "../wire.ts";

export interface CompletedConversation {
  /** The conversation, with a tool message added for each unanswered call that later messages follow. */
  messages: Message[];
  /** Ids of those calls. */
  filled: string[];
  /** Ids of the unanswered calls at the end of the conversation. */
  open: string[];
  /** Tool messages without a preceding call. */
  orphans: { index: number; id: string }[];
}

/**
 * Pairs the tool calls of a conversation with their tool messages: every API rejects a conversation that lacks one of either. Calls at the
 * end stay open, since the caller may have forgotten their results, which must not be made up.
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
