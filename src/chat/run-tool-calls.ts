import { type CheckedToolCall, checkToolCall } from "../tools/check-tool-call.ts";
import { executeTool } from "../tools/execute-tool.ts";
import { type ParsedToolCall, toToolCall } from "../tools/parse-tool-call.ts";
import { runConcurrently } from "../tools/run-concurrently.ts";
import type { ToolCall } from "../tools/tool-call.ts";
import type { ToolEnvironment } from "../tools/tool-environment.ts";
import { type ExecutedToolCall, toolMessage } from "../tools/tool-message.ts";
import type { Tool } from "../tools/tool-types.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import type { InterpretedAnswer } from "./interpreted-answer.ts";
import type { Emit, StreamEvent } from "./stream-event.ts";
import { isObserved, observe } from "./telemetry.ts";
import { noToolCalls, type ToolCallsOutcome } from "./tool-calls-outcome.ts";
import type { TurnPlan } from "./turn-plan.ts";

type ExecutableCall = Parameters<typeof executeTool>[0];
type ClientCall = Exclude<CheckedToolCall, ExecutableCall>;
const isExecutable = (checked: CheckedToolCall): checked is ExecutableCall =>
  checked.kind === "execute" || checked.kind === "invalid";
const isClientCall = (checked: CheckedToolCall): checked is ClientCall => !isExecutable(checked);

/**
 * Runs the calls of a turn and creates a tool message for each: its result, or why it was not executed. With `toolMode: "return"`, returns
 * them all to the caller.
 */
export async function answerToolCalls(
  interpreted: InterpretedAnswer,
  plan: TurnPlan,
  context: ChatContext,
  state: ChatState,
  emit: Emit,
): Promise<ToolCallsOutcome> {
  if (context.options.toolMode === "return") return returnToolCalls(interpreted, context, emit);
  const { calls, outputCall, runsTools, answer } = interpreted;
  const environment = createToolEnvironment(plan.tools.tools, plan.turn, context, state, emit);
  const canRun = runsTools && !plan.mustAnswer;
  const checking = canRun ? checkToolCalls(interpreted.toolCalls, environment) : [];
  const checked = checking instanceof Promise ? await checking : checking;
  const clientCalls = checked.filter(isClientCall).map(({ call }) => call);
  // With `maxTurns: 1`, calls for the caller don't need another turn.
  const noTurnsLeft = plan.mustAnswer || (plan.isLast && clientCalls.length < interpreted.toolCalls.length);
  const notExecuted = whyNotExecuted(runsTools, noTurnsLeft, answer.rawFinishReason);
  const clientToolCalls = notExecuted === undefined && outputCall === undefined ? clientCalls : [];
  const toolCalls = (notExecuted === undefined ? checked.map(({ call }) => call) : interpreted.toolCalls).map(toToolCall);
  const emitting = emitCalls(toolCalls, context, emit);
  if (emitting) await emitting;

  const executed = new Map<string, ExecutedToolCall>();
  state.running = { interpreted, toolCalls, executed };
  if (notExecuted === undefined) await executeCalls(checked.filter(isExecutable), environment, context, state, executed, emit);

  const isReceived = (id: string) => runsTools && !toolCalls.some((call) => call.id === id);
  const messages = calls
    .filter(({ id }) => !clientToolCalls.some((call) => call.id === id))
    .map(({ id }) => {
      const reason = isReceived(id) ? "Received." : (notExecuted ?? "Not executed: the answer is complete.");
      return executed.get(id)?.message ?? toolMessage(id, reason);
    });
  return {
    toolCalls,
    executed,
    messages,
    clientToolCalls: clientToolCalls.map(toToolCall),
    reachedTurnLimit: toolCalls.length > 0 && notExecuted !== undefined && interpreted.finishReason === "tool-calls",
    shouldContinue: toolCalls.length > 0 && notExecuted === undefined && clientToolCalls.length === 0 && outputCall === undefined,
  };
}

async function returnToolCalls(interpreted: InterpretedAnswer, context: ChatContext, emit: Emit): Promise<ToolCallsOutcome> {
  const toolCalls = interpreted.toolCalls.map(toToolCall);
  await emitCalls(toolCalls, context, emit);
  const outputCalls = interpreted.calls.filter((call) => !interpreted.toolCalls.includes(call));
  const messages = outputCalls.map(({ id }) => toolMessage(id, "Received."));
  return { ...noToolCalls, toolCalls, messages, clientToolCalls: toolCalls };
}

const emitCalls = (calls: readonly ToolCall[], { streaming }: ChatContext, emit: Emit) =>
  streaming && calls.length > 0 ? emit(calls.map((call) => ({ type: "tool-call", ...call }))) : undefined;

/** Checks calls concurrently. Returns a promise only if a check has to wait. */
function checkToolCalls(
  calls: readonly ParsedToolCall[],
  environment: ToolEnvironment,
): CheckedToolCall[] | Promise<CheckedToolCall[]> {
  const checking: (CheckedToolCall | Promise<CheckedToolCall>)[] = [];
  try {
    for (const call of calls) checking.push(checkToolCall(call, environment));
  } catch (error) {
    checking.push(Promise.reject(error));
  }
  const checked = checking.filter((each): each is CheckedToolCall => !(each instanceof Promise));
  return checked.length === checking.length ? checked : Promise.all(checking);
}

/** The tool result that says why this turn's calls are not executed; undefined if they are. */
function whyNotExecuted(runsTools: boolean, noTurnsLeft: boolean, rawFinishReason: string | undefined): string | undefined {
  if (!runsTools) return `Not executed: the message was cut off (${rawFinishReason}).`;
  return noTurnsLeft ? "Not executed: no turns are left." : undefined;
}

export function createToolEnvironment(
  tools: Readonly<Record<string, Tool>>,
  turn: number,
  { options, settings, cancellation }: ChatContext,
  { messages }: ChatState,
  emit: Emit,
): ToolEnvironment {
  return {
    tools,
    validator: settings.validator,
    messages,
    turn,
    signal: cancellation.signal,
    toolTimeout: options.toolTimeout,
    onToolCall: options.onToolCall,
    onProgress: ({ id, name }, value) => emit([{ type: "tool-progress", id, name, value }]),
  };
}

/** Executes calls, recording and emitting each result as soon as it is available. */
export async function executeCalls(
  calls: readonly ExecutableCall[],
  environment: ToolEnvironment,
  { options, settings, background, streaming }: ChatContext,
  { backgroundTasks }: ChatState,
  executed: Map<string, ExecutedToolCall>,
  emit: Emit,
): Promise<void> {
  const { messages, turn } = environment;
  /** Ids of background tasks. */
  let started: Set<string> | undefined;
  const start =
    ({ id, name, args: given }: ParsedToolCall) =>
    (tool: Tool, args: unknown) => {
      started ??= new Set();
      started.add(id);
      backgroundTasks.push(background.start({ name, toolCallId: id, tool, args, given, messages, turn }));
      return "started";
    };
  const execute = (checked: ExecutableCall) =>
    executeTool(checked, environment, checked.call.background ? start(checked.call) : undefined);
  const { telemetry } = settings;
  const observeExecution = (checked: ExecutableCall) =>
    observe(
      telemetry,
      "tool",
      () => ({ call: toToolCall(checked.call) }),
      async () => execute(checked),
      ({ result }) => ({ result }),
    );
  const job = isObserved(telemetry, "tool") ? observeExecution : execute;
  await runConcurrently(calls, job, options.toolConcurrency ?? Number.POSITIVE_INFINITY, (done) => {
    const { result } = done;
    const { toolCallId: id, name, args } = result;
    executed.set(id, done);
    if (!streaming) return undefined;
    const events: StreamEvent<unknown>[] = [{ type: "tool-result", ...result }];
    if (started?.has(id)) events.unshift({ type: "background-task", id, name, args });
    return emit(events);
  });
}
