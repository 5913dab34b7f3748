import type { ToolChoice } from "../options/chat-options.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { ParsedToolCall } from "../tools/parse-tool-call.ts";
import { describeRejectedCall } from "../tools/rejected-call.ts";
import { toolMessage } from "../tools/tool-message.ts";
import { limitChat } from "../transport/timeout.ts";
import type { Message } from "../wire.ts";
import { buildResult } from "./build-result.ts";
import { type ChatContext, type ChatState, warn } from "./chat-state.ts";
import { checkOutput, type OutputCheck } from "./check-output.ts";
import { buildTurn, interpretAnswer } from "./interpret-answer.ts";
import type { InterpretedAnswer, TurnAnswer } from "./interpreted-answer.ts";
import { assistantMessage } from "./messages.ts";
import { reportPartial } from "./partial-result.ts";
import { planTurn } from "./plan-turn.ts";
import { type RejectedAnswer, requestTurn } from "./request-turn.ts";
import type { ChatResult } from "./result.ts";
import { runApprovedCalls } from "./run-approved-calls.ts";
import { answerToolCalls } from "./run-tool-calls.ts";
import type { Emit } from "./stream-event.ts";
import { isObserved, observe, type Trace } from "./telemetry.ts";
import { noToolCalls } from "./tool-calls-outcome.ts";
import { answerText, type Turn } from "./turn.ts";
import type { TurnPlan } from "./turn-plan.ts";
import type { Warning } from "./warning.ts";

/**
 * The loop: sends the conversation, runs the tools that the model calls, and repeats with their results until the model has answered.
 * Events are emitted in batches, one per network read. Errors of the chat carry its partial result.
 */
export function runChat(context: ChatContext, state: ChatState, emit: Emit): Promise<ChatResult<unknown>> {
  const { telemetry } = context.settings;
  return isObserved(telemetry, "chat") ? observeChat(context, state, emit) : runTurns(context, state, emit);
}

async function runTurns(context: ChatContext, state: ChatState, emit: Emit): Promise<ChatResult<unknown>> {
  const { telemetry } = context.settings;
  const release = limitChat(context.cancellation, context.options);
  try {
    context.cancellation.throwIfAborted();
    const { approvals } = context.options;
    if (approvals && (await runApprovedCalls(approvals, context, state, emit)) && isForced(state.toolChoice))
      state.toolChoice = "auto";
    for (;;) {
      const turn = isObserved(telemetry, "turn") ? observeTurn(context, state, emit) : runTurn(context, state, emit);
      const result = await turn;
      if (result === undefined) continue;
      const finishing = context.streaming ? emit([{ type: "finish", result }]) : undefined;
      if (finishing) await finishing;
      return result;
    }
  } catch (error) {
    reportPartial(error, context, state);
    throw error;
  } finally {
    release();
  }
}

function observeChat(context: ChatContext, state: ChatState, emit: Emit): Promise<ChatResult<unknown>> {
  const { settings, options, streaming, targets } = context;
  return observe(
    settings.telemetry,
    "chat",
    () => ({ provider: targets[0]?.provider, model: targets[0]?.model, streaming, options, messages: state.messages }),
    () => runTurns(context, state, emit),
    (result) => ({ result }),
  );
}

function observeTurn(context: ChatContext, state: ChatState, emit: Emit): ReturnType<typeof runTurn> {
  const { settings, options, streaming, targets } = context;
  const index = state.turns.length;
  return observe(
    settings.telemetry,
    "turn",
    () => ({
      turn: index,
      provider: targets[0]?.provider,
      model: targets[0]?.model,
      streaming,
      options,
      messages: state.messages,
      url: settings.binding ? undefined : settings.chatBaseUrl,
    }),
    (trace) => runTurn(context, state, emit, trace),
    // There is no turn if the provider rejected the output and it is requested again.
    () => ({ turn: state.turns[index] }),
  );
}

/** One turn: a completion, its tools, and the check of its structured output. Returns the result when the chat has ended with it. */
async function runTurn(
  context: ChatContext,
  state: ChatState,
  emit: Emit,
  trace?: Trace,
): Promise<ChatResult<unknown> | undefined> {
  const { options, cancellation, streaming, prepareOutput } = context;
  const planned = planTurn(context, state, trace);
  const plan = planned instanceof Promise ? await planned : planned;
  let answered: TurnAnswer | RejectedAnswer;
  try {
    answered = await requestTurn(plan, context, state, emit);
  } catch (error) {
    if (options.toolMode !== "return" && reportRejectedCall(error, plan, state)) return undefined;
    throw error;
  }
  if ("rejected" in answered) {
    retryRejectedOutput(state, answered);
    return undefined;
  }
  const interpreted = interpretAnswer(answered, plan.tools, context);
  const { answer, calls, outputCall } = interpreted;
  const message = assistantMessage(answer, calls);
  state.messages = state.messages.concat(message);

  const outcome = calls.length > 0 ? await answerToolCalls(interpreted, plan, context, state, emit) : noToolCalls;
  const turn = buildTurn(interpreted, outcome, outcome.reachedTurnLimit ? "max-turns" : undefined);
  if (outcome.messages.length > 0) state.messages = state.messages.concat(outcome.messages);
  state.turns.push(turn);
  state.receiving = undefined;
  state.running = undefined;
  if (outcome.executed.size > 0 && isForced(state.toolChoice)) state.toolChoice = "auto";

  // The output is checked before `turn-end`, since the messages of a retry belong to the turn.
  const check = outcome.shouldContinue || !prepareOutput ? undefined : await checkTurn(interpreted, turn, plan, context, state);
  if (check?.kind === "retry") reportInvalidOutput(state, check, outputCall);
  if (streaming) await emit([{ type: "turn-end", turn, message }]);
  if (options.onTurn) await cancellation.race(options.onTurn(turn));
  cancellation.throwIfAborted();

  // A retry does not count as a turn.
  if (check?.kind === "retry") state.outputRetriesLeft--;
  else state.countedTurns++;
  if (check?.kind === "request") requestOutput(state);
  if (check?.kind === "request" || check?.kind === "retry") {
    state.outputOnly = true;
    return undefined;
  }
  const { stopWhen } = options;
  if (outcome.shouldContinue && !(stopWhen && (await cancellation.race(stopWhen(state.turns))))) return undefined;
  return buildResult(context, state, interpreted, outcome.clientToolCalls, check);
}

const isForced = (choice: ToolChoice | undefined) => choice === "required" || typeof choice === "object";

/** Checks the output of a turn that ends the chat; undefined if none was requested, or if the caller has calls to run. */
async function checkTurn(
  interpreted: InterpretedAnswer,
  turn: Turn,
  plan: TurnPlan,
  { prepareOutput, cancellation, options }: ChatContext,
  state: ChatState,
): Promise<OutputCheck | undefined> {
  if (!prepareOutput || turn.finishReason === "tool-calls") return undefined;
  const isLast = options.toolMode === "return" || turn.finishReason === "max-turns";
  const rules = {
    outputOnly: plan.outputOnly,
    isLast,
    retriesLeft: state.outputRetriesLeft,
    validate: options.validateOutput !== false,
    wholeText: answerText(state.turns),
  };
  const check = await cancellation.race(checkOutput(interpreted, turn, rules));
  if (!check && options.toolMode === "return") warn(state, noOutput);
  return check;
}

const noOutput: Warning = {
  code: "no-output",
  message: 'The answer is no structured output, and with toolMode "return" it is not requested again.',
};

/** Adds a message that explains a call rejected by the provider. That counts as a turn; returns false if none is left. */
function reportRejectedCall(error: unknown, { isLast, tools }: TurnPlan, state: ChatState): boolean {
  const mayCallAgain = !isLast && Object.keys(tools.tools).length > 0;
  const correction = mayCallAgain ? describeRejectedCall(error) : undefined;
  if (correction === undefined) return false;
  state.messages = [...state.messages, { role: "user", content: correction }];
  state.countedTurns++;
  return true;
}

function requestOutput(state: ChatState): void {
  state.messages = [...state.messages, { role: "user", content: "Now give your final answer in the requested format." }];
}

/** Requests an output again that the provider rejected, quoting the model's text if it is known. */
function retryRejectedOutput(state: ChatState, { rejected, output, text }: RejectedAnswer): void {
  const issue = { path: "", message: `was rejected by the provider: ${rejected.message.slice(0, 300)}` };
  const written: Message[] = text === "" ? [] : [{ role: "assistant", content: text }];
  state.messages = [...state.messages, ...written, { role: "user", content: output.correction([issue]) }];
  state.receiving = undefined;
  state.outputRetriesLeft--;
  state.outputOnly = true;
}

/** Adds the validation errors to the conversation: as the result of the output tool, or as a user message. */
function reportInvalidOutput(
  state: ChatState,
  { output, issues }: { output: StructuredOutput; issues: Parameters<StructuredOutput["correction"]>[0] },
  outputCall: ParsedToolCall | undefined,
): void {
  const correction = output.correction(issues);
  state.messages = outputCall
    ? state.messages.map((message) =>
        message.role === "tool" && message.tool_call_id === outputCall.id ? toolMessage(outputCall.id, correction) : message,
      )
    : [...state.messages, { role: "user", content: correction }];
}
