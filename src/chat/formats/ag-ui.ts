import { createGrowthFilter } from "./growing-value.ts";
import type { StreamFormat } from "./stream-format.ts";

/** The run that a page asked for; both ids come with its request. */
export interface AgUiRun {
  threadId: string;
  runId: string;
}

/** Events of the AG-UI protocol, version 1.0: https://docs.ag-ui.com/concepts/events. */
export function createAgUiFormat({ threadId, runId }: AgUiRun): StreamFormat {
  const isWorthSending = createGrowthFilter();
  let isStarted = false;
  let block: { kind: "text" | "reasoning"; messageId: string } | undefined;
  let blocks = 0;
  let step: string | undefined;
  /** The message that tool calls of the turn belong to. */
  let parentMessageId: string | undefined;

  function start(): object[] {
    if (isStarted) return [];
    isStarted = true;
    return [{ type: "RUN_STARTED", threadId, runId, protocolVersion: "1.0" }];
  }

  function endBlock(): object[] {
    if (block === undefined) return [];
    const { kind, messageId } = block;
    block = undefined;
    if (kind === "text") return [{ type: "TEXT_MESSAGE_END", messageId }];
    return [
      { type: "REASONING_MESSAGE_END", messageId },
      { type: "REASONING_END", messageId },
    ];
  }

  function writeText(delta: string): object[] {
    const events = block?.kind === "text" ? [] : endBlock();
    if (block === undefined) {
      block = { kind: "text", messageId: `${runId}-${blocks++}` };
      parentMessageId = block.messageId;
      events.push({ type: "TEXT_MESSAGE_START", messageId: block.messageId, role: "assistant" });
    }
    if (delta !== "") events.push({ type: "TEXT_MESSAGE_CONTENT", messageId: block.messageId, delta });
    return events;
  }

  function writeReasoning(delta: string): object[] {
    const events = block?.kind === "reasoning" ? [] : endBlock();
    if (block === undefined) {
      block = { kind: "reasoning", messageId: `${runId}-${blocks++}` };
      const { messageId } = block;
      events.push({ type: "REASONING_START", messageId }, { type: "REASONING_MESSAGE_START", messageId, role: "reasoning" });
    }
    if (delta !== "") events.push({ type: "REASONING_MESSAGE_CONTENT", messageId: block.messageId, delta });
    return events;
  }

  function endStep(): object[] {
    if (step === undefined) return [];
    const stepName = step;
    step = undefined;
    return [{ type: "STEP_FINISHED", stepName }];
  }

  return {
    write(event) {
      switch (event.type) {
        case "turn-start":
          step = `turn-${event.turn}`;
          parentMessageId = undefined;
          return [...start(), { type: "STEP_STARTED", stepName: step }];
        case "text-delta":
          return writeText(event.text);
        case "reasoning-delta":
          return writeReasoning(event.text);
        case "tool-call-start": {
          const parent = parentMessageId === undefined ? {} : { parentMessageId };
          return [...endBlock(), { type: "TOOL_CALL_START", toolCallId: event.id, toolCallName: event.name, ...parent }];
        }
        case "tool-call-delta":
          return [{ type: "TOOL_CALL_ARGS", toolCallId: event.id, delta: event.argsText }];
        case "tool-call":
          return [{ type: "TOOL_CALL_END", toolCallId: event.id }];
        case "tool-result": {
          const { toolCallId, result } = event;
          const content = typeof result === "string" ? result : (JSON.stringify(result) ?? "");
          // The results of approved calls come before the first turn.
          return [...start(), { type: "TOOL_CALL_RESULT", messageId: `${toolCallId}-result`, toolCallId, content, role: "tool" }];
        }
        case "tool-progress":
          return [...start(), { type: "CUSTOM", name: "tool-progress", value: { toolCallId: event.id, value: event.value } }];
        case "image":
          return [{ type: "CUSTOM", name: "image", value: event.image }];
        case "partial-output":
          return isWorthSending(JSON.stringify(event.value))
            ? [{ type: "STATE_SNAPSHOT", snapshot: { output: event.value } }]
            : [];
        case "turn-end":
          return [...endBlock(), ...endStep()];
        case "finish": {
          const { toolCalls, output } = event.result;
          const pendingToolCallIds = toolCalls.map(({ id }) => id);
          const outcome = { type: "success", ...(pendingToolCallIds.length > 0 ? { pendingToolCallIds } : {}) };
          return [
            ...(output === undefined ? [] : [{ type: "STATE_SNAPSHOT", snapshot: { output } }]),
            { type: "RUN_FINISHED", threadId, runId, outcome },
          ];
        }
        default:
          return [];
      }
    },
    fail: ({ code, message }) => [...start(), { type: "RUN_ERROR", message, code }].map((data) => ({ data })),
  };
}
