import type { Tool } from "../options/chat-options.ts";
import type { Answer } from "../response/accumulator.ts";
import { mapFinishReason } from "../response/finish-reason.ts";
import { uniqueId } from "../response/tool-call-accumulator.ts";
import { readUsage, type Usage } from "../response/usage.ts";
import { type RequestedCall, requestedCall } from "../tools/execute-tool.ts";
import { leakedCall } from "../tools/tool-call-in-text.ts";
import type { TurnAnswer } from "./request-turn.ts";
import type { FinishReason, Turn } from "./result.ts";

/** A turn as the model left it: nothing has been run or validated. */
export interface ReadTurn {
  answer: Answer;
  turn: Turn;
  /** All calls, in the model's order. */
  calls: readonly RequestedCall[];
  /** Without those of the output tool. */
  toolCalls: readonly RequestedCall[];
  /** The structured output, where it came as a call. */
  outputCall: RequestedCall | undefined;
  /** Whether the finish reason says that the calls are whole. */
  runsTools: boolean;
}

/** Reads what an answer means for the conversation. `tasks` are the tools that run in the background. */
export function readTurn(answered: TurnAnswer, tasks: Readonly<Record<string, Tool>>, usedIds: Set<string>): ReadTurn {
  const { answer, output } = answered;
  const calls = readCalls(answered, tasks, usedIds);
  const outputTool = output?.strategy === "tool" ? output.toolName : undefined;
  const outputCall = calls.find(({ name }) => name === outputTool);
  const toolCalls = outputCall ? calls.filter(({ name }) => name !== outputTool) : calls;
  const { reason, runsTools } = mapFinishReason(answer.rawFinishReason, toolCalls.length > 0);
  // With the output the answer is there, whatever else was called beside it.
  const turn = turnOf(answered, toolCalls, outputCall && reason === "tool-calls" ? "stop" : reason);
  return { answer, turn, calls, toolCalls, outputCall, runsTools };
}

function readCalls(
  { answer, forcedTool }: TurnAnswer,
  tasks: Readonly<Record<string, Tool>>,
  usedIds: Set<string>,
): RequestedCall[] {
  const leaked = forcedTool !== undefined && answer.calls.length === 0 ? leakedCall(answer.text, forcedTool) : undefined;
  if (leaked !== undefined) {
    answer.calls = [{ id: uniqueId("", usedIds), name: forcedTool as string, argsText: leaked, extraContent: undefined }];
    answer.text = "";
  }
  return answer.calls.map(({ id, name, argsText }) => requestedCall(id, name, argsText, Object.hasOwn(tasks, name)));
}

function turnOf({ answer, target, attempts, gateway }: TurnAnswer, calls: readonly RequestedCall[], reason: FinishReason): Turn {
  const usage: Usage = { ...readUsage(answer.usage), provider: target.provider, model: target.model };
  if (answer.id !== undefined) usage.requestId = answer.id;
  if (gateway.cacheStatus === "HIT") usage.cachedTurns = 1;
  const turn: Turn = {
    text: answer.text,
    toolCalls: calls.map(({ id, name, args, background }) => ({ id, name, args, background })),
    toolResults: [],
    finishReason: reason,
    usage,
    gateway,
    provider: target.provider,
    model: target.model,
    attempts,
  };
  if (answer.reasoning !== undefined) turn.reasoning = answer.reasoning;
  if (answer.rawFinishReason !== undefined) turn.rawFinishReason = answer.rawFinishReason;
  return turn;
}
