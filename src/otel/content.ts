import type { Message } from "../index.ts";

type Part = Record<string, unknown>;

/** Messages in the format of `gen_ai.input.messages` and `gen_ai.output.messages`, as JSON. */
export function contentAttribute(messages: readonly Message[]): string {
  return JSON.stringify(messages.map((message) => ({ role: message.role, parts: toParts(message) })));
}

function toParts(message: Message): Part[] {
  const { content } = message;
  if (message.role === "tool") return [{ type: "tool_call_response", id: message.tool_call_id, response: content }];
  const parts: Part[] = [];
  if (typeof content === "string" && content !== "") parts.push({ type: "text", content });
  // Media is described but not copied into the attribute.
  if (Array.isArray(content))
    for (const part of content) parts.push(part.type === "text" ? { type: "text", content: part.text } : { type: part.type });
  if (message.role === "assistant")
    for (const call of message.tool_calls ?? [])
      if ("function" in call)
        parts.push({ type: "tool_call", id: call.id, name: call.function.name, arguments: call.function.arguments });
  return parts;
}
