import type { ContentPart, Message, ToolMessage, UserMessage } from "../wire.ts";

type Part = Exclude<UserMessage["content"], string>[number];

/**
 * Moves images, audio and files of tool results into a user message after the turn's tool messages: OpenAI and compatible APIs accept only
 * text in a tool message.
 */
export function moveToolMedia(messages: readonly Message[]): readonly Message[] {
  if (!messages.some((message) => message.role === "tool" && hasMedia(message))) return messages;
  const written: Message[] = [];
  let media: Part[] = [];
  const flush = () => {
    if (media.length > 0) written.push({ role: "user", content: media });
    media = [];
  };
  for (const message of messages) {
    if (message.role !== "tool") flush();
    else if (hasMedia(message)) {
      media.push({ type: "text", text: `Media returned by tool call ${message.tool_call_id}:` });
      media.push(...getParts(message).filter((part) => part.type !== "text"));
      written.push(withTextOnly(message));
      continue;
    }
    written.push(message);
  }
  flush();
  return written;
}

const getParts = ({ content }: ToolMessage): readonly Part[] => (typeof content === "string" ? [] : content);

const hasMedia = (message: ToolMessage) => getParts(message).some((part: ContentPart) => part.type !== "text");

function withTextOnly(message: ToolMessage): ToolMessage {
  const text = getParts(message).filter((part) => part.type === "text");
  return { ...message, content: text.length > 0 ? text : "The result is in the user message that follows." };
}
