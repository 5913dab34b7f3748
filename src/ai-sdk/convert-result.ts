import type {
  LanguageModelV3Content,
  LanguageModelV3File,
  LanguageModelV3FinishReason,
  LanguageModelV3Source,
  LanguageModelV3ToolCall,
  LanguageModelV3Usage,
  SharedV3ProviderMetadata,
  SharedV3Warning,
} from "@ai-sdk/provider";
import type { ChatResult, Message, ToolCall, Usage, Warning } from "../index.ts";
import { readCitedPages } from "../response/cited-pages.ts";
import { providerKey } from "./provider-key.ts";

/** The content of a completion, in the order in which the AI SDK shows it. */
export function toContent(result: ChatResult<unknown>): LanguageModelV3Content[] {
  const content: LanguageModelV3Content[] = [];
  if (result.reasoning) content.push({ type: "reasoning", text: result.reasoning });
  if (result.text !== "") content.push({ type: "text", text: result.text });
  for (const image of result.images ?? []) content.push(toFile(image));
  content.push(...toSources(result.citations));
  content.push(...result.toolCalls.map(toToolCallPart));
  // On the last part, which is returned in the next prompt.
  const last = content.findLast(({ type }) => type === "tool-call" || type === "text" || type === "reasoning");
  const message = result.messages.at(-1);
  if (last && message) last.providerMetadata = receivedMessage(message, result.text);
  return content;
}

/** The message as received, and its text as passed to the AI SDK; see `toAssistantMessage`. */
export const receivedMessage = (message: Message, text: string): SharedV3ProviderMetadata => ({
  [providerKey]: { message: toJson(message), text },
});

export const toToolCallPart = (call: ToolCall): LanguageModelV3ToolCall => ({
  type: "tool-call",
  toolCallId: call.id,
  toolName: call.name,
  input: toInput(call),
});

/**
 * The model's raw arguments, unless they were converted: JSON inside a string, `null` for none, or the nulls and the root object required by
 * strict mode.
 */
function toInput({ args, argsText }: ToolCall): string {
  if (args === undefined || args === argsText) return argsText;
  const read = JSON.stringify(args);
  try {
    return JSON.stringify(JSON.parse(argsText)) === read ? argsText : read;
  } catch {
    return read;
  }
}

export function toFile({ url, mediaType }: { url: string; mediaType?: string | undefined }): LanguageModelV3File {
  const [, type, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  return { type: "file", mediaType: mediaType ?? type ?? "image/png", data: data ?? url };
}

export const toSources = (citations: readonly unknown[] | undefined): LanguageModelV3Source[] =>
  readCitedPages(citations).map((page) => ({ type: "source", sourceType: "url", ...page }));

export const toFinishReason = (result: ChatResult<unknown>): LanguageModelV3FinishReason => ({
  unified: result.finishReason === "max-turns" ? "other" : result.finishReason,
  raw: result.rawFinishReason,
});

export function toUsage(usage: Usage): LanguageModelV3Usage {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, thinkingTokens } = usage;
  return {
    inputTokens: {
      total: inputTokens,
      noCache: inputTokens === undefined ? undefined : inputTokens - (cachedInputTokens ?? 0) - (cacheWriteTokens ?? 0),
      cacheRead: cachedInputTokens,
      cacheWrite: cacheWriteTokens,
    },
    outputTokens: {
      total: outputTokens,
      text: outputTokens === undefined ? undefined : outputTokens - (thinkingTokens ?? 0),
      reasoning: thinkingTokens,
    },
  };
}

export const toWarning = ({ option, message }: Warning): SharedV3Warning =>
  option === undefined ? { type: "other", message } : { type: "unsupported", feature: option, details: message };

export function toProviderMetadata({ gateway, usage }: ChatResult<unknown>): SharedV3ProviderMetadata {
  return { [providerKey]: toJson({ gateway, ...(usage.cost === undefined ? {} : { cost: usage.cost }) }) };
}

/** Metadata must be plain JSON. */
const toJson = (value: object) => JSON.parse(JSON.stringify(value));
