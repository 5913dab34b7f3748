import type { Message } from "cf-ai-gateway";

/**
 * Lists the reasons why a conversation can't be sent: calls that are not answered by exactly one message each, in order, directly after the
 * message that made them; duplicate IDs; arguments that are not a JSON object. Calls in `left` may be unanswered: the caller executes them.
 */
export function transcriptProblems(messages: readonly Message[], left: readonly string[] = []): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  let at = 0;
  while (at < messages.length) {
    const message = messages[at++];
    if (message?.role === "tool") problems.push(`the answer to ${message.tool_call_id} follows no call`);
    if (message?.role !== "assistant" || !message.tool_calls) continue;
    for (const call of message.tool_calls) {
      if (seen.has(call.id)) problems.push(`two calls have the id ${call.id}`);
      seen.add(call.id);
      if (call.id === "") problems.push(`a call of ${call.function.name} has no id`);
      if (call.type !== "function") problems.push(`the call ${call.id} has the type ${call.type}`);
      if (!isJsonObject(call.function.arguments)) problems.push(`the arguments of ${call.id} are ${call.function.arguments}`);
    }
    const expected = message.tool_calls.map(({ id }) => id).filter((id) => !left.includes(id));
    const answered: string[] = [];
    for (let next = messages[at]; next?.role === "tool"; next = messages[++at]) answered.push(next.tool_call_id);
    if (answered.join() !== expected.join())
      problems.push(`calls ${expected.join()} were answered by ${answered.join() || "nothing"}`);
  }
  return problems;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
