import type { LanguageModelV3StreamPart } from "@ai-sdk/provider";
import { type BlockFrames, type BlockKind, createDeltaBlocks } from "../chat/formats/delta-blocks.ts";
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

const createFrames = (kind: BlockKind): BlockFrames<Part> => ({
  start: (id) => [{ type: `${kind}-start`, id }],
  delta: (id, delta) => [{ type: `${kind}-delta`, id, delta }],
  end: (id) => [{ type: `${kind}-end`, id }],
});

/**
 * Converts the events of a stream to parts of the AI SDK. Every delta is inside a block. The end of the last block and the tool calls wait
 * for `turn-end`, because they carry the message as received.
 */
export function createPartWriter(): (event: StreamEvent<unknown>) => Part[] {
  const blocks = createDeltaBlocks((_, number) => String(number), {
    text: createFrames("text"),
    reasoning: createFrames("reasoning"),
  });
  let hasText = false;
  const openInputs = new Set<string>();
  const calls: ToolCall[] = [];

  function writeFinish(result: ChatResult<unknown>): Part[] {
    // If the output was requested as a tool call, its JSON was not streamed as text.
    const parts = !hasText && result.text !== "" ? [...blocks.write("text", result.text), ...blocks.end()] : [];
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
        hasText = true;
        return blocks.write("text", event.text);
      case "reasoning-delta":
        return blocks.write("reasoning", event.text);
      case "tool-call-start":
        openInputs.add(event.id);
        return [...blocks.end(), { type: "tool-input-start", id: event.id, toolName: event.name }];
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
        const ended = blocks.end().map((part) => ({ ...part, providerMetadata }));
        return [...ended, ...calls.splice(0).map((call) => ({ ...toToolCallPart(call), providerMetadata }))];
      }
      case "finish":
        return writeFinish(event.result);
      default:
        return [];
    }
  };
}
