import type { ToolCall, ToolResult } from "../../tools/tool-call.ts";
import { type BlockFrames, type BlockKind, createDeltaBlocks } from "./delta-blocks.ts";
import { createGrowthFilter } from "./growing-value.ts";
import type { StreamFormat } from "./stream-format.ts";

/** The run that a browser started; both ids are in its request. */
export interface AgUiRun {
  threadId: string;
  runId: string;
}

/** Events of the AG-UI protocol, version 1.0: https://docs.ag-ui.com/concepts/events. */
export function createAgUiFormat({ threadId, runId }: AgUiRun): StreamFormat {
  const hasGrownEnough = createGrowthFilter();
  let isStarted = false;
  /** The message that the turn's tool calls belong to. */
  let parentMessageId: string | undefined;
  let stepName = "";
  const blocks = createDeltaBlocks((kind, number) => {
    const messageId = `${runId}-${number}`;
    if (kind === "text") parentMessageId = messageId;
    return messageId;
  }, frames);

  function start(): object[] {
    if (isStarted) return [];
    isStarted = true;
    return [{ type: "RUN_STARTED", threadId, runId, protocolVersion: "1.0" }];
  }

  return {
    write(event) {
      switch (event.type) {
        case "turn-start":
          stepName = `turn-${event.turn}`;
          parentMessageId = undefined;
          return [...start(), { type: "STEP_STARTED", stepName }];
        case "text-delta":
          return blocks.write("text", event.text);
        case "reasoning-delta":
          return blocks.write("reasoning", event.text);
        case "tool-call-start": {
          const parent = parentMessageId === undefined ? {} : { parentMessageId };
          return [...blocks.end(), { type: "TOOL_CALL_START", toolCallId: event.id, toolCallName: event.name, ...parent }];
        }
        case "tool-call-delta":
          return [{ type: "TOOL_CALL_ARGS", toolCallId: event.id, delta: event.argsText }];
        case "tool-call":
          return [{ type: "TOOL_CALL_END", toolCallId: event.id }];
        case "tool-result":
          // Results of approved calls are emitted before the first turn.
          return [...start(), toResultEvent(event)];
        case "tool-progress":
          return [...start(), { type: "CUSTOM", name: "tool-progress", value: { toolCallId: event.id, value: event.value } }];
        case "image":
          return [{ type: "CUSTOM", name: "image", value: event.image }];
        case "partial-output":
          return hasGrownEnough(JSON.stringify(event.value)) ? [toSnapshot(event.value)] : [];
        case "turn-end":
          return [...blocks.end(), { type: "STEP_FINISHED", stepName }];
        case "finish": {
          const { output, toolCalls } = event.result;
          const finished = { type: "RUN_FINISHED", threadId, runId, outcome: toOutcome(toolCalls) };
          return output === undefined ? [finished] : [toSnapshot(output), finished];
        }
        default:
          return [];
      }
    },
    fail: ({ code, message }) => [...start(), { type: "RUN_ERROR", message, code }].map((data) => ({ data })),
  };
}

const frames: Record<BlockKind, BlockFrames<object>> = {
  text: {
    start: (messageId) => [{ type: "TEXT_MESSAGE_START", messageId, role: "assistant" }],
    delta: (messageId, delta) => (delta === "" ? [] : [{ type: "TEXT_MESSAGE_CONTENT", messageId, delta }]),
    end: (messageId) => [{ type: "TEXT_MESSAGE_END", messageId }],
  },
  reasoning: {
    start: (messageId) => [
      { type: "REASONING_START", messageId },
      { type: "REASONING_MESSAGE_START", messageId, role: "reasoning" },
    ],
    delta: (messageId, delta) => (delta === "" ? [] : [{ type: "REASONING_MESSAGE_CONTENT", messageId, delta }]),
    end: (messageId) => [
      { type: "REASONING_MESSAGE_END", messageId },
      { type: "REASONING_END", messageId },
    ],
  },
};

const toSnapshot = (output: unknown): object => ({ type: "STATE_SNAPSHOT", snapshot: { output } });

function toResultEvent({ toolCallId, result }: ToolResult): object {
  const content = typeof result === "string" ? result : (JSON.stringify(result) ?? "");
  return { type: "TOOL_CALL_RESULT", messageId: `${toolCallId}-result`, toolCallId, content, role: "tool" };
}

/** Calls for the caller are pending. */
function toOutcome(toolCalls: readonly ToolCall[]): object {
  const pendingToolCallIds = toolCalls.map(({ id }) => id);
  return { type: "success", ...(pendingToolCallIds.length > 0 ? { pendingToolCallIds } : {}) };
}
