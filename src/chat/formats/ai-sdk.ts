import type { GeneratedImage } from "../../response/answer-event.ts";
import { readCitedPages } from "../../response/cited-pages.ts";
import type { ToolCall, ToolResult } from "../../tools/tool-call.ts";
import type { ChatResult } from "../result.ts";
import { type BlockFrames, type BlockKind, createDeltaBlocks } from "./delta-blocks.ts";
import { createGrowthFilter } from "./growing-value.ts";
import type { StreamFormat } from "./stream-format.ts";

/**
 * The UI message stream of the AI SDK, versions 5 to 7, for `useChat`: https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol. `useChat` ends a
 * message at an unknown chunk, so only documented chunks and finish reasons are written.
 */
export function createAiSdkFormat(): StreamFormat {
  const hasGrownEnough = createGrowthFilter();
  const blocks = createDeltaBlocks((kind, number) => `${kind}-${number}`, {
    text: createFrames("text"),
    reasoning: createFrames("reasoning"),
  });
  let started = false;

  function start(): object[] {
    if (started) return [];
    started = true;
    return [{ type: "start" }];
  }

  return {
    terminator: "[DONE]",
    write(event) {
      switch (event.type) {
        case "turn-start":
          return [...start(), { type: "start-step" }];
        case "text-delta":
          return blocks.write("text", event.text);
        case "reasoning-delta":
          return blocks.write("reasoning", event.text);
        case "tool-call-start":
          return [...blocks.end(), { type: "tool-input-start", toolCallId: event.id, toolName: event.name }];
        case "tool-call-delta":
          return [{ type: "tool-input-delta", toolCallId: event.id, inputTextDelta: event.argsText }];
        case "tool-call":
          return [...blocks.end(), ...writeCall(event)];
        case "tool-progress":
          return [{ type: "tool-output-available", toolCallId: event.id, output: event.value ?? null, preliminary: true }];
        case "tool-result":
          return [writeToolResult(event)];
        case "image":
          return [...blocks.end(), { type: "file", url: event.image.url, mediaType: getMediaType(event.image) }];
        case "partial-output":
          return hasGrownEnough(JSON.stringify(event.value)) ? [writeOutput(event.value)] : [];
        case "turn-end":
          return [...blocks.end(), { type: "finish-step" }];
        case "finish":
          return writeFinish(event.result);
        default:
          return [];
      }
    },
    fail({ code, message }) {
      const failure = code === "aborted" ? { type: "abort" } : { type: "error", errorText: message };
      return [...start(), ...blocks.end(), failure].map((data) => ({ data }));
    },
  };
}

const createFrames = (kind: BlockKind): BlockFrames<object> => ({
  start: (id) => [{ type: `${kind}-start`, id }],
  delta: (id, delta) => [{ type: `${kind}-delta`, id, delta }],
  end: (id) => [{ type: `${kind}-end`, id }],
});

function writeCall({ id, name, args, needsApproval }: ToolCall): object[] {
  const call = { type: "tool-input-available", toolCallId: id, toolName: name, input: args ?? {} };
  return needsApproval ? [call, { type: "tool-approval-request", approvalId: id, toolCallId: id }] : [call];
}

function writeToolResult({ toolCallId, result, isError, denied }: ToolResult): object {
  if (denied) return { type: "tool-output-denied", toolCallId };
  if (isError) return { type: "tool-output-error", toolCallId, errorText: String(result) };
  return { type: "tool-output-available", toolCallId, output: result ?? null };
}

const writeOutput = (data: unknown): object => ({ type: "data-output", id: "output", data });

function writeFinish({ finishReason, usage, output, citations }: ChatResult<unknown>): object[] {
  return [
    ...(output === undefined ? [] : [writeOutput(output)]),
    ...readCitedPages(citations).map(({ id, ...page }) => ({ type: "source-url", sourceId: id, ...page })),
    {
      type: "finish",
      finishReason: finishReason === "max-turns" ? "other" : finishReason,
      messageMetadata: { finishReason, usage },
    },
  ];
}

const getMediaType = ({ url, mediaType }: GeneratedImage): string => mediaType ?? /^data:([^;,]+)/.exec(url)?.[1] ?? "image/png";
