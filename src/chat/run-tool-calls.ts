import type { ToolResult } from "../options/chat-options.ts";
import type { Answer } from "../response/accumulator.ts";
import { backgroundTasksOf } from "../tools/background-tasks-of.ts";
import { executeTool, leftToCaller, type RequestedCall, type ToolEnvironment } from "../tools/execute-tool.ts";
import { runAll } from "../tools/run-concurrently.ts";
import type { RunnableTool } from "../tools/tool.ts";
import type { Conversation, Progress } from "./chat-state.ts";
import type { ReadTurn } from "./interpret-answer.ts";
import { callAnswers } from "./messages.ts";
import type { PlannedTurn } from "./plan-turn.ts";
import type { Turn } from "./result.ts";
import type { StreamEvent } from "./stream-event.ts";

/** What became of the calls of a turn. */
export interface CallsAnswered {
  /** Calls that are the caller's to answer. */
  left: readonly RequestedCall[];
  /** Whether any was run. */
  ran: boolean;
  /** Whether the model is to be asked again, with the results. */
  goesOn: boolean;
}

export const noCalls: CallsAnswered = { left: [], ran: false, goesOn: false };

/** Runs the calls of a turn, or says why not, and puts a message for each of them behind the assistant's. */
export async function* answerCalls(
  { turn, calls, toolCalls, outputCall, runsTools, answer }: ReadTurn,
  { executables, isLast, answerNow }: PlannedTurn,
  conversation: Conversation,
  progress: Progress,
): AsyncGenerator<StreamEvent<unknown>[], CallsAnswered> {
  const { call, options } = conversation;
  const environment: ToolEnvironment = {
    tools: executables,
    validator: call.settings.validator,
    messages: progress.messages,
    signal: call.controller.signal,
    toolTimeout: options.toolTimeout,
    onToolCall: options.onToolCall,
  };
  const callers = await leftToCaller(toolCalls, environment);
  // In the one turn that was allowed, calls that are the caller's to answer need no further turn.
  const noTurnLeft = answerNow || (isLast && callers.length < toolCalls.length);
  const refusal = notRun(runsTools, noTurnLeft, answer);
  const left = refusal === undefined && outputCall === undefined ? callers : [];
  const run = refusal === undefined ? toolCalls.filter((each) => !callers.includes(each)) : [];
  if (run.length > 0) yield* runCalls(run, environment, conversation, turn, progress);
  const answered = calls.filter((each) => !left.includes(each));
  const isReceived = (id: string) => runsTools && !toolCalls.some((each) => each.id === id);
  const answers = callAnswers(
    answered.map(({ id }) => id),
    turn.toolResults,
    (id) => (isReceived(id) ? "Received." : (refusal ?? "Not run: the answer is complete.")),
  );
  progress.messages = [...progress.messages, ...answers];
  if (toolCalls.length > 0 && refusal !== undefined && turn.finishReason === "tool-calls") turn.finishReason = "max-turns";
  const goesOn = toolCalls.length > 0 && refusal === undefined && left.length === 0 && outputCall === undefined;
  return { left, ran: run.length > 0, goesOn };
}

/** Why the calls of this turn are not run, for the model to read; undefined when they are. */
function notRun(runsTools: boolean, noTurnLeft: boolean, answer: Answer): string | undefined {
  if (!runsTools) return `Not run: the message was cut off (${answer.rawFinishReason}).`;
  return noTurnLeft ? "Not run: no turns are left." : undefined;
}

/** Runs the calls; results are told as they come and kept in the order of the calls. */
async function* runCalls(
  calls: readonly RequestedCall[],
  environment: ToolEnvironment,
  { call, options, background }: Conversation,
  turn: Turn,
  progress: Progress,
): AsyncGenerator<StreamEvent<unknown>[], void> {
  const { dispatcher } = backgroundTasksOf(options);
  const results: ToolResult[] = new Array(calls.length);
  const started = new Set<string>();
  const start = (each: RequestedCall) => (tool: RunnableTool, args: unknown) => {
    const task = { name: each.name, toolCallId: each.id, tool, args, given: each.args, messages: environment.messages };
    started.add(each.id);
    progress.tasks.push(
      background.start(task, { dispatcher, waitUntil: call.settings.waitUntil, onError: options.onBackgroundTaskError }),
    );
    return "started";
  };
  const jobs = calls.map((each) => () => executeTool(each, environment, each.background ? start(each) : undefined));
  try {
    for await (const { index, value } of runAll(jobs, options.toolConcurrency ?? Number.POSITIVE_INFINITY)) {
      results[index] = value;
      const events: StreamEvent<unknown>[] = [{ type: "tool-result", ...value }];
      if (started.has(value.toolCallId))
        events.unshift({ type: "background-task", id: value.toolCallId, name: value.name, args: value.args });
      yield events;
    }
  } finally {
    // Also when the call is given up: what ran is told.
    turn.toolResults = results.filter(Boolean);
  }
}
