import type { ToolResult } from "../options/chat-options.ts";
import { executeTool, leftToCaller, type RequestedCall, type ToolEnvironment } from "../tools/execute-tool.ts";
import { runAll } from "../tools/run-concurrently.ts";
import type { RunnableTool } from "../tools/tool.ts";
import type { ToolMessage } from "../wire.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import { type InterpretedAnswer, toToolCall } from "./interpret-answer.ts";
import { toToolMessages } from "./messages.ts";
import type { TurnPlan } from "./plan-turn.ts";
import type { Emit, StreamEvent } from "./stream-event.ts";
import { observe } from "./telemetry.ts";

/** What became of the calls of a turn. */
export interface ToolCallsOutcome {
  /** By call id. */
  readonly results: ReadonlyMap<string, ToolResult>;
  /** One for each call that is not left to the caller, in order. */
  readonly messages: readonly ToolMessage[];
  /** Calls that the caller has to answer. */
  readonly clientToolCalls: readonly RequestedCall[];
  readonly executedAny: boolean;
  /** No turn was left for the model to read the results in. */
  readonly outOfTurns: boolean;
  /** Whether the model is to be asked again, with the results. */
  readonly shouldContinue: boolean;
}

export const noToolCalls: ToolCallsOutcome = {
  results: new Map(),
  messages: [],
  clientToolCalls: [],
  executedAny: false,
  outOfTurns: false,
  shouldContinue: false,
};

/** Runs the calls of a turn, or leaves them all to the caller: see the option `toolMode`. */
export async function answerToolCalls(
  interpreted: InterpretedAnswer,
  plan: TurnPlan,
  context: ChatContext,
  state: ChatState,
  emit: Emit,
): Promise<ToolCallsOutcome> {
  if (context.options.toolMode !== "return") return runToolCalls(interpreted, plan, context, state, emit);
  const { toolCalls, outputCall } = interpreted;
  const messages = outputCall ? toToolMessages([outputCall.id], noToolCalls.results, () => "Received.") : [];
  return { ...noToolCalls, messages, clientToolCalls: toolCalls };
}

/** Runs the calls of a turn and answers each with a message: its result, or why it was not executed. */
async function runToolCalls(
  interpreted: InterpretedAnswer,
  plan: TurnPlan,
  context: ChatContext,
  state: ChatState,
  emit: Emit,
): Promise<ToolCallsOutcome> {
  const { calls, toolCalls, outputCall, runsTools, answer } = interpreted;
  const { options } = context;
  const environment: ToolEnvironment = {
    tools: plan.executables,
    validator: context.settings.validator,
    messages: state.messages,
    signal: context.cancellation.signal,
    toolTimeout: options.toolTimeout,
    onToolCall: options.onToolCall,
  };
  const clientSide = await leftToCaller(toolCalls, environment);
  // With `maxTurns: 1`, client-side tool calls don't need another turn.
  const noTurnLeft = plan.answerNow || (plan.isLast && clientSide.length < toolCalls.length);
  const refusal = notExecuted(runsTools, noTurnLeft, answer.rawFinishReason);
  const clientToolCalls = refusal === undefined && outputCall === undefined ? clientSide : [];
  const executed = refusal === undefined ? toolCalls.filter((call) => !clientSide.includes(call)) : [];

  const results = new Map<string, ToolResult>();
  state.running = { interpreted, results };
  if (executed.length > 0) await execute(executed, environment, context, state, results, emit);

  const isReceived = (id: string) => runsTools && !toolCalls.some((call) => call.id === id);
  const messages = toToolMessages(
    calls.filter((call) => !clientToolCalls.includes(call)).map(({ id }) => id),
    results,
    (id) => (isReceived(id) ? "Received." : (refusal ?? "Not executed: the answer is complete.")),
  );
  return {
    results,
    messages,
    clientToolCalls,
    executedAny: executed.length > 0,
    outOfTurns: toolCalls.length > 0 && refusal !== undefined && interpreted.finishReason === "tool-calls",
    shouldContinue: toolCalls.length > 0 && refusal === undefined && clientToolCalls.length === 0 && outputCall === undefined,
  };
}

/** Why the calls of this turn are not executed, for the model to read; undefined when they are. */
function notExecuted(runsTools: boolean, noTurnLeft: boolean, rawFinishReason: string | undefined): string | undefined {
  if (!runsTools) return `Not executed: the message was cut off (${rawFinishReason}).`;
  return noTurnLeft ? "Not executed: no turns are left." : undefined;
}

/** Executes the calls; each result is recorded and emitted as it comes. */
async function execute(
  calls: readonly RequestedCall[],
  environment: ToolEnvironment,
  { options, settings, background }: ChatContext,
  { backgroundTasks }: ChatState,
  results: Map<string, ToolResult>,
  emit: Emit,
): Promise<void> {
  const started = new Set<string>();
  const start = (call: RequestedCall) => (tool: RunnableTool, args: unknown) => {
    const { id, name } = call;
    started.add(id);
    backgroundTasks.push(
      background.start({ name, toolCallId: id, tool, args, given: call.args, messages: environment.messages }),
    );
    return "started";
  };
  const jobs = calls.map(
    (call) => () =>
      observe(
        settings.telemetry,
        "tool",
        () => ({ call: toToolCall(call) }),
        () => executeTool(call, environment, call.background ? start(call) : undefined),
        (result) => ({ result }),
      ),
  );
  for await (const { value } of runAll(jobs, options.toolConcurrency ?? Number.POSITIVE_INFINITY)) {
    results.set(value.toolCallId, value);
    const events: StreamEvent<unknown>[] = [{ type: "tool-result", ...value }];
    if (started.has(value.toolCallId))
      events.unshift({ type: "background-task", id: value.toolCallId, name: value.name, args: value.args });
    await emit(events);
  }
}
