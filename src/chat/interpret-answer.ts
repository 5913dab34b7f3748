import { mapFinishReason } from "../response/finish-reason.ts";
import type { Usage } from "../response/token-usage.ts";
import { readUsage } from "../response/usage.ts";
import type { OfferedTools } from "../tools/offered-tools.ts";
import { parseToolCall } from "../tools/parse-tool-call.ts";
import type { ChatContext } from "./chat-state.ts";
import type { InterpretedAnswer, TurnAnswer } from "./interpreted-answer.ts";
import type { ToolCallsOutcome } from "./tool-calls-outcome.ts";
import type { Turn } from "./turn.ts";

export function interpretAnswer(
  answered: TurnAnswer,
  tools: OfferedTools,
  { background, options }: ChatContext,
): InterpretedAnswer {
  const { answer, output } = answered;
  const calls = answer.calls.map((each) => {
    const call = parseToolCall(each, Object.hasOwn(background.tools, each.name), tools);
    return call.malformed !== undefined && options.toolMode === "return" ? { ...call, args: undefined } : call;
  });
  const outputTool = output?.strategy === "tool" ? output.toolName : undefined;
  const outputCall = calls.find(({ name }) => name === outputTool);
  const toolCalls = outputCall ? calls.filter(({ name }) => name !== outputTool) : calls;
  const { reason, runsTools } = mapFinishReason(answer.rawFinishReason, toolCalls.length > 0);
  // The output tool call ends the chat even if other tools were called.
  const finishReason = outputCall && reason === "tool-calls" ? "stop" : reason;
  return { answered, answer, calls, toolCalls, outputCall, finishReason, runsTools };
}

/** Builds the turn of an answer, once its tools have run. */
export function buildTurn(
  { answered, answer, finishReason: defaultReason }: InterpretedAnswer,
  { toolCalls, executed }: Pick<ToolCallsOutcome, "toolCalls" | "executed">,
  finishReason = defaultReason,
): Turn {
  const { target, attempts, gateway, startedAt, durationMs, firstChunkMs } = answered;
  const usage: Usage = Object.assign(readUsage(answer.usage), { provider: target.provider, model: target.model });
  if (answer.id !== undefined) usage.requestId = answer.id;
  if (gateway.cacheStatus === "HIT") usage.cachedTurns = 1;
  const turn: Turn = {
    startedAt,
    durationMs,
    text: answer.text,
    toolCalls: [...toolCalls],
    toolResults: toolCalls.length > 0 ? toolCalls.flatMap(({ id }) => executed.get(id)?.result ?? []) : [],
    finishReason,
    usage,
    gateway,
    provider: target.provider,
    model: target.model,
    attempts,
  };
  if (firstChunkMs !== undefined) turn.firstChunkMs = firstChunkMs;
  if (answer.reasoning !== undefined) turn.reasoning = answer.reasoning;
  if (answer.rawFinishReason !== undefined) turn.rawFinishReason = answer.rawFinishReason;
  return turn;
}
