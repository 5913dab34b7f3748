import type {
  LanguageModelV3FilePart,
  LanguageModelV3Message,
  LanguageModelV3Prompt,
  LanguageModelV3ToolResultPart,
} from "@ai-sdk/provider";
import type { AssistantMessage, ContentPart, Message, WireToolCall } from "../index.ts";
import { toMediaPart } from "../ui/media-part.ts";
import { providerKey } from "./provider-key.ts";

type AssistantContent = Extract<LanguageModelV3Message, { role: "assistant" }>["content"];

/** Converts the AI SDK's prompt to messages. */
export const toMessages = (prompt: LanguageModelV3Prompt): Message[] => prompt.flatMap(toMessage);

function toMessage(message: LanguageModelV3Message): Message[] {
  switch (message.role) {
    case "system":
      return [{ role: "system", content: message.content }];
    case "user":
      return [{ role: "user", content: message.content.map(toContentPart) } as Message];
    case "assistant":
      return [toAssistantMessage(message.content)];
    case "tool":
      return message.content.flatMap((part): Message[] => (part.type === "tool-result" ? [toToolMessage(part)] : []));
  }
}

function toContentPart(part: { type: "text"; text: string } | LanguageModelV3FilePart): ContentPart {
  return part.type === "text" ? { type: "text", text: part.text } : toFilePart(part);
}

function toFilePart({ data, mediaType, filename }: LanguageModelV3FilePart): ContentPart {
  return toMediaPart(toUrl(data, mediaType), mediaType, filename ?? "file");
}

/** AI SDK 7 wraps file data in `{ type, data | url }` unless it converts it for a V3 model. */
function toUrl(data: unknown, mediaType: string): string {
  if (data instanceof URL) return data.href;
  if (data instanceof Uint8Array) return `data:${mediaType};base64,${toBase64(data)}`;
  if (typeof data === "string") return /^(https?|data):/.test(data) ? data : `data:${mediaType};base64,${data}`;
  const { url, data: inner } = data as { url?: unknown; data?: unknown };
  return url === undefined ? toUrl(inner, mediaType) : String(url);
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // In pieces, because the number of call arguments is limited.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/**
 * Converts an assistant message. If a part carries the message as received and its content is unchanged, that one is used, since it has
 * fields that the AI SDK can't represent (signatures, reasoning in the provider's own field). Arguments may have been repaired.
 */
function toAssistantMessage(content: AssistantContent): Message {
  const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
  const calls = content.flatMap((part): WireToolCall[] =>
    part.type === "tool-call"
      ? [{ id: part.toolCallId, type: "function", function: { name: part.toolName, arguments: toArguments(part.input) } }]
      : [],
  );
  const received = content.map((part) => part.providerOptions?.[providerKey]).findLast((own) => own?.message !== undefined);
  if (received?.text === text && hasCalls(received.message, calls)) return withArguments(received.message, calls);
  const images = content.flatMap((part) =>
    part.type === "file" && part.mediaType.startsWith("image/") ? [toFilePart(part)] : [],
  );
  return {
    role: "assistant",
    content: text === "" ? null : text,
    ...(images.length > 0 ? { images } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

const toArguments = (input: unknown): string => (typeof input === "string" ? input : JSON.stringify(input ?? {}));

function hasCalls(message: unknown, calls: readonly WireToolCall[]): message is AssistantMessage {
  if (typeof message !== "object" || message === null) return false;
  const { tool_calls: received = [] } = message as { tool_calls?: { id?: unknown }[] };
  return received.length === calls.length && received.every(({ id }, index) => id === calls[index]?.id);
}

function withArguments(message: AssistantMessage, calls: readonly WireToolCall[]): AssistantMessage {
  if (!message.tool_calls) return message;
  const toolCalls = message.tool_calls.map((call, index) => {
    const repaired = calls[index];
    if (!("function" in call) || !repaired || !("function" in repaired)) return call;
    return { ...call, function: { ...call.function, arguments: repaired.function.arguments } };
  });
  return { ...message, tool_calls: toolCalls };
}

function toToolMessage({ toolCallId, output }: LanguageModelV3ToolResultPart): Message {
  return { role: "tool", tool_call_id: toolCallId, content: toToolContent(output) } as Message;
}

function toToolContent(output: LanguageModelV3ToolResultPart["output"]): string | ContentPart[] {
  switch (output.type) {
    case "text":
    case "error-text":
      return output.value;
    case "execution-denied":
      return `Not executed: ${output.reason ?? "the user denied it."}`;
    case "content":
      return output.value.map(toResultPart);
    default:
      return JSON.stringify(output.value);
  }
}

/** Converts a part of a tool result: text, or media under one of its names in AI SDK 6 and 7. */
function toResultPart(part: { type: string }): ContentPart {
  const {
    text,
    data,
    url,
    mediaType = "application/octet-stream",
    filename,
  } = part as Readonly<Record<string, string | undefined>>;
  if (part.type === "text") return { type: "text", text: text ?? "" };
  const source = data ?? url;
  if (source === undefined) return { type: "text", text: JSON.stringify(part) };
  const media = part.type.startsWith("image") ? "image/png" : mediaType;
  return toFilePart({ type: "file", data: source, mediaType: media, ...(filename === undefined ? {} : { filename }) });
}
