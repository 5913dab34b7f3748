import { answerCalls, noCalls } from "./answer-calls.ts";
import { type Conversation, type Progress, resultOf } from "./call-result.ts";
import { ConfigurationError } from "./errors.ts";
import type { ChatOptions, Tool, ToolChoice, TurnOverrides } from "./options.ts";
import type { StructuredOutput } from "./output/structured-output.ts";
import { backgroundTasksOf } from "./request/background-tasks-of.ts";
import { checkTurnOverrides } from "./request/check-call.ts";
import type { ChatResult, FinishReason, Turn } from "./result.ts";
import { runTurn, type TurnAnswer, type TurnPlan } from "./run-turn.ts";
import { mapFinishReason } from "./stream/finish-reason.ts";
import type { StreamEvent } from "./stream/stream-event.ts";
import { uniqueId } from "./stream/tool-call-tracker.ts";
import { type RequestedCall, requestedCall } from "./tools/execute-tool.ts";
import { functionTools } from "./tools/function-tools.ts";
import { leakedCall } from "./tools/leaked-call.ts";
import { toolMessage } from "./tools/tool-message.ts";
import { assistantMessage, callIds } from "./transcript.ts";
import { deliverTurn } from "./turn-delivery.ts";
import { type TurnEnding, turnEnding } from "./turn-ending.ts";
import { readUsage, type Usage } from "./usage.ts";
import type { FunctionTool } from "./wire.ts";

/**
 * The loop: asks the model, runs the tools that it calls, and asks again with their results until it has answered. `chat` drains it, `stream`
 * shows its events. They come in batches, one for each piece of the network. What is gathered stands in `progress`, also when it throws.
 */
export async function* turnLoop(
  conversation: Conversation,
  progress: Progress,
): AsyncGenerator<StreamEvent<unknown>[], ChatResult<unknown>> {
  const { call, options, outputOf } = conversation;
  const { signal } = call.controller;
  const { tasks } = backgroundTasksOf(options);
  const standardTools: Record<string, Tool> = { ...options.tools, ...tasks };
  let standardFunctions: FunctionTool[] | undefined;
  const maxTurns = options.maxTurns ?? 10;
  let toolChoice = options.toolChoice;
  let outputRetries = options.outputRetries ?? 1;
  /** Set when the next answer must be the output, tools or not. */
  let outputOnly = false;

  for (let kept = 0; ; ) {
    const turn = progress.turns.length;
    const overrides = options.prepareTurn ? await overridesFor(turn, options, progress) : {};
    if (signal.aborted) throw signal.reason;
    if (overrides.messages) {
      progress.messages = [...overrides.messages];
      for (const id of callIds(progress.messages)) call.usedIds.add(id);
    }
    const tools = overrides.tools ? { ...overrides.tools, ...tasks } : standardTools;
    const isLast = kept === maxTurns - 1;
    // The last of several turns is for the answer: with what there is, tools or not.
    const answerNow = isLast && kept > 0;
    const plan: TurnPlan = {
      targets:
        overrides.provider || overrides.model
          ? conversation.targetsOf(overrides.provider ?? options.provider, overrides.model ?? options.model)
          : conversation.standardTargets,
      messages: progress.messages,
      tools: overrides.tools ? await functionTools(tools) : (standardFunctions ??= await functionTools(tools)),
      toolChoice: answerNow ? "none" : (overrides.toolChoice ?? toolChoice),
      outputOf,
      outputOnly: outputOnly || (outputOf !== undefined && isLast),
    };

    // Nobody is told of a chat's events.
    const answered = call.streaming
      ? yield* deliverTurn(turn, call, (tell) => runTurn(plan, call, tell))
      : await runTurn(plan, call);
    progress.last = answered;
    const { answer, output } = answered;
    const calls = readCalls(answered, tasks, call.usedIds);
    const isOutputCall = ({ name }: RequestedCall) => output?.strategy === "tool" && name === output.toolName;
    const outputCall = calls.find(isOutputCall);
    const toolCalls = calls.filter((each) => !isOutputCall(each));
    const finish = mapFinishReason(answer.rawFinishReason, toolCalls.length > 0);
    // With the output the answer is there, whatever else was called beside it.
    const reason = outputCall && finish.reason === "tool-calls" ? "stop" : finish.reason;
    const current = turnOf(answered, toolCalls, reason);
    progress.messages = [...progress.messages, assistantMessage(answer, calls)];
    progress.turns.push(current);
    if (toolCalls.length > 0 && call.streaming) yield current.toolCalls.map((each) => ({ type: "tool-call", ...each }));

    const { ran, left, goesOn } =
      calls.length > 0
        ? yield* answerCalls(
            { calls, toolCalls, outputCall, tools, runsTools: finish.runsTools, answer, isLast, answerNow },
            current,
            conversation,
            progress,
          )
        : noCalls;
    if (ran && forced(toolChoice)) toolChoice = "auto";

    // Validation comes before the turn is told: a re-ask is part of what happened.
    let ending: TurnEnding = { kind: "answer", value: undefined };
    if (!goesOn && outputOf && current.finishReason !== "tool-calls" && current.finishReason !== "max-turns") {
      ending = await turnEnding(answered, current, outputCall, { outputOnly: plan.outputOnly, retries: outputRetries });
      if (ending.kind === "again") {
        outputRetries--;
        askAgain(progress, ending.output, outputCall, ending.issues);
      }
    }

    if (call.streaming) yield [{ type: "turn-end", turn: current }];
    options.onTurn?.(current);
    if (signal.aborted) throw signal.reason;
    if (ending.kind === "again") {
      // A re-ask is not a turn of its own, and must be answered with the output.
      outputOnly = true;
      continue;
    }
    kept++;
    if (ending.kind === "output-turn") {
      outputOnly = true;
      progress.messages = [...progress.messages, { role: "user", content: "Now give this answer in the requested form." }];
      continue;
    }
    if (!goesOn) return resultOf(conversation, progress, left, ending.value);
    if (await options.stopWhen?.(progress.turns)) return resultOf(conversation, progress, [], undefined);
    if (signal.aborted) throw signal.reason;
  }
}

/** What `prepareTurn` wants otherwise, checked like the options of a call. */
async function overridesFor(turn: number, options: ChatOptions<unknown>, progress: Progress): Promise<TurnOverrides> {
  const overrides = await options.prepareTurn?.({ turn, messages: progress.messages, turns: progress.turns });
  if (!overrides) return {};
  const problems = checkTurnOverrides(overrides, options);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return overrides;
}

function readCalls({ answer, forcedTool }: TurnAnswer, tasks: Record<string, Tool>, usedIds: Set<string>): RequestedCall[] {
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
    toolCalls: calls.map(({ malformed: _, ...each }) => each),
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

const forced = (choice: ToolChoice | undefined) => choice === "required" || typeof choice === "object";

/** Puts the complaints where the model will read them: into the output tool's answer, or a message. */
function askAgain(
  progress: Progress,
  output: StructuredOutput,
  outputCall: RequestedCall | undefined,
  issues: Parameters<StructuredOutput["complaint"]>[0],
): void {
  const complaint = output.complaint(issues);
  progress.messages = outputCall
    ? progress.messages.map((message) =>
        message.role === "tool" && message.tool_call_id === outputCall.id ? toolMessage(outputCall.id, complaint) : message,
      )
    : [...progress.messages, { role: "user", content: complaint }];
}
