import type { WireMessage } from "../read-messages.ts";
import { type ProviderComplaint, wordingsOf } from "./provider-wordings.ts";

/** Every provider wants each tool call answered, right after its message, and no answer without its call. */
export function checkConversation(provider: string, body: Record<string, unknown>): ProviderComplaint | undefined {
  const messages = body.messages as readonly WireMessage[];
  const wordings = wordingsOf(provider);
  let open = new Set<string>();
  let asked = -1;
  for (const [at, message] of messages.entries()) {
    if (message.role === "tool") {
      const id = String(message.tool_call_id);
      if (!open.delete(id)) return wordings.orphanResult(id, at, String(messages[at - 1]?.role ?? "system"));
      continue;
    }
    if (open.size > 0) return wordings.unansweredCalls([...open], asked);
    open = new Set((message.role === "assistant" ? (message.tool_calls ?? []) : []).map(({ id }) => id));
    asked = at;
  }
  return open.size > 0 ? wordings.unansweredCalls([...open], asked) : undefined;
}
