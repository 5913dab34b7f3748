import type { LanguageModelV3StreamPart, SharedV3ProviderMetadata } from "@ai-sdk/provider";
import type { ChatResult, StreamEvent, ToolCall } from "../index.ts";
import {
  receivedMessage,
  toFile,
  toFinishReason,
  toProviderMetadata,
  toSources,
  toToolCallPart,
  toUsage,
} from "./convert-result.ts";

type Part = LanguageModelV3StreamPart;

/** A text or reasoning block that has begun. */
interface Block {
  kind: "text" | "reasoning";
  id: string;
}

/**
 * Writes the events of a stream as parts of the AI SDK. Every delta has a block around it. The end of the last block and the tool calls wait
 * for `turn-end`, because they carry the message as it was received.
 */
export function createPartWriter(): (event: StreamEvent<unknown>) => Part[] {
  let block: Block | undefined;
  let blocks = 0;
  let hasText = false;
  const openInputs = new Set<string>();
  const calls: ToolCall[] = [];

  function endBlock(providerMetadata?: SharedV3ProviderMetadata): Part[] {
    if (block === undefined) return [];
    const { kind, id } = block;
    block = undefined;
    return [{ type: `${kind}-end`, id, ...(providerMetadata ? { providerMetadata } : {}) }];
  }

  function writeDelta(kind: Block["kind"], delta: string): Part[] {
    const parts: Part[] = block?.kind === kind ? [] : endBlock();
    if (block === undefined) {
      block = { kind, id: String(blocks++) };
      parts.push({ type: `${kind}-start`, id: block.id });
    }
    hasText ||= kind === "text";
    parts.push({ type: `${kind}-delta`, id: block.id, delta });
    return parts;
  }

  function writeFinish(result: ChatResult<unknown>): Part[] {
    // Where the output was asked for as a tool call, its JSON has not come as text.
    const parts = !hasText && result.text !== "" ? [...writeDelta("text", result.text), ...endBlock()] : [];
    const { requestId, model } = result.usage;
    parts.push(...toSources(result.citations));
    parts.push({ type: "response-metadata", modelId: model, ...(requestId === undefined ? {} : { id: requestId }) });
    parts.push({
      type: "finish",
      finishReason: toFinishReason(result),
      usage: toUsage(result.usage),
      providerMetadata: toProviderMetadata(result),
    });
    return parts;
  }

  return (event) => {
    switch (event.type) {
      case "text-delta":
        return writeDelta("text", event.text);
      case "reasoning-delta":
        return writeDelta("reasoning", event.text);
      case "tool-call-start":
        openInputs.add(event.id);
        return [...endBlock(), { type: "tool-input-start", id: event.id, toolName: event.name }];
      case "tool-call-delta":
        return [{ type: "tool-input-delta", id: event.id, delta: event.argsText }];
      case "tool-call":
        calls.push(event);
        return openInputs.delete(event.id) ? [{ type: "tool-input-end", id: event.id }] : [];
      case "image":
        return [toFile(event.image)];
      case "raw-chunk":
        return [{ type: "raw", rawValue: event.chunk }];
      case "turn-end": {
        const providerMetadata = receivedMessage(event.message, event.turn.text);
        return [...endBlock(providerMetadata), ...calls.splice(0).map((call) => ({ ...toToolCallPart(call), providerMetadata }))];
      }
      case "finish":
        return writeFinish(event.result);
      default:
        return [];
    }
  };
}
