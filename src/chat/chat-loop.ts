import type { ToolChoice } from "../options/chat-options.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { RequestedCall } from "../tools/execute-tool.ts";
import { toolMessage } from "../tools/tool-message.ts";
import { limitChat } from "../transport/timeout.ts";
import { buildResult, withPartial } from "./build-result.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import { checkOutput, type OutputCheck } from "./check-output.ts";
import { buildTurn, type InterpretedAnswer, interpretAnswer, toToolCall } from "./interpret-answer.ts";
import { assistantMessage } from "./messages.ts";
import { planTurn, type TurnPlan } from "./plan-turn.ts";
import { requestTurn } from "./request-turn.ts";
import type { ChatResult } from "./result.ts";
import { noToolCalls, runToolCalls } from "./run-tool-calls.ts";
import type { Emit } from "./stream-event.ts";
import type { Turn } from "./turn.ts";

/**
 * The loop: asks the model, runs the tools that it calls, and asks again with their results until it has answered. Events are emitted in
 * batches, one for each piece of the network. An error takes along what had been achieved.
 */
export async function runChat(context: ChatContext, state: ChatState, emit: Emit): Promise<ChatResult<unknown>> {
  const release = limitChat(context.cancellation, context.options);
  try {
    for (;;) {
      const result = await runTurn(context, state, emit);
      if (result === undefined) continue;
      await emit([{ type: "finish", result }]);
      return result;
    }
  } catch (error) {
    throw withPartial(error, context, state);
  } finally {
    release();
  }
}

/** One turn: a completion, its tools, and the check of its structured output. Returns the result when the chat has ended with it. */
async function runTurn(context: ChatContext, state: ChatState, emit: Emit): Promise<ChatResult<unknown> | undefined> {
  const { options, cancellation, background } = context;
  const plan = await planTurn(context, state);
  const answered = await requestTurn(plan, context, state, emit);
  const interpreted = interpretAnswer(answered, background.tools, state.usedCallIds);
  const { answer, calls, toolCalls, outputCall } = interpreted;
  state.messages = [...state.messages, assistantMessage(answer, calls)];
  if (toolCalls.length > 0) await emit(toolCalls.map((call) => ({ type: "tool-call", ...toToolCall(call) })));

  const outcome = calls.length > 0 ? await runToolCalls(interpreted, plan, context, state, emit) : noToolCalls;
  const finishReason = outcome.outOfTurns ? "max-turns" : interpreted.finishReason;
  const turn = buildTurn(interpreted, finishReason, outcome.results);
  state.messages = [...state.messages, ...outcome.messages];
  state.turns.push(turn);
  state.receiving = undefined;
  state.running = undefined;
  if (outcome.executedAny && isForced(state.toolChoice)) state.toolChoice = "auto";

  // The output is checked before `turn-end`, since a re-ask belongs to the turn.
  const check = outcome.shouldContinue ? undefined : await checkTurn(interpreted, turn, plan, context, state);
  if (check?.kind === "ask-again") askAgain(state, check, outputCall);
  await emit([{ type: "turn-end", turn }]);
  options.onTurn?.(turn);
  cancellation.throwIfAborted();

  // A re-ask is not a turn of its own.
  if (check?.kind === "ask-again") state.outputRetriesLeft--;
  else state.countedTurns++;
  if (check?.kind === "ask") askForOutput(state);
  if (check?.kind === "ask" || check?.kind === "ask-again") {
    state.outputOnly = true;
    return undefined;
  }
  if (outcome.shouldContinue && !(await options.stopWhen?.(state.turns))) {
    cancellation.throwIfAborted();
    return undefined;
  }
  return buildResult(context, state, interpreted, outcome.clientToolCalls.map(toToolCall), check?.value);
}

const isForced = (choice: ToolChoice | undefined) => choice === "required" || typeof choice === "object";

/** Checks the output of a turn that ends the chat with an answer; undefined where none was asked for, or calls are left. */
async function checkTurn(
  interpreted: InterpretedAnswer,
  turn: Turn,
  plan: TurnPlan,
  { prepareOutput }: ChatContext,
  { outputRetriesLeft }: ChatState,
): Promise<OutputCheck | undefined> {
  if (!prepareOutput || turn.finishReason === "tool-calls" || turn.finishReason === "max-turns") return undefined;
  return checkOutput(interpreted, turn, { outputOnly: plan.outputOnly, retriesLeft: outputRetriesLeft });
}

function askForOutput(state: ChatState): void {
  state.messages = [...state.messages, { role: "user", content: "Now give your final answer in the requested format." }];
}

/** Puts the validator's complaints where the model reads them: into the message that answers the output tool, or a user message. */
function askAgain(
  state: ChatState,
  { output, issues }: { output: StructuredOutput; issues: Parameters<StructuredOutput["complaint"]>[0] },
  outputCall: RequestedCall | undefined,
): void {
  const complaint = output.complaint(issues);
  state.messages = outputCall
    ? state.messages.map((message) =>
        message.role === "tool" && message.tool_call_id === outputCall.id ? toolMessage(outputCall.id, complaint) : message,
      )
    : [...state.messages, { role: "user", content: complaint }];
}
