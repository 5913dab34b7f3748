import { type Account, addPartial, type Progress, resultOf } from "./call-result.ts";
import { ConfigurationError, GatewayError } from "./errors.ts";
import type { ChatOptions, TaskDispatcher, Tool, ToolChoice, ToolResult, TurnOverrides } from "./options.ts";
import type { PartialOutput, StructuredOutput } from "./output/structured-output.ts";
import { backgroundTasksOf } from "./request/background-tasks-of.ts";
import { checkTurnOverrides } from "./request/check-call.ts";
import type { ModelId } from "./request/model-id.ts";
import type { ChatResult, FinishReason, Turn } from "./result.ts";
import { type Call, runTurn, type TurnAnswer, type TurnPlan } from "./run-turn.ts";
import type { Answer } from "./stream/accumulator.ts";
import { mapFinishReason } from "./stream/finish-reason.ts";
import type { AnswerEvent, StreamEvent } from "./stream/stream-event.ts";
import { uniqueId } from "./stream/tool-call-tracker.ts";
import type { BackgroundTaskRegistry } from "./tools/background-tasks.ts";
import { executeTool, leftToCaller, type RequestedCall, requestedCall, type ToolEnvironment } from "./tools/execute-tool.ts";
import { functionTools } from "./tools/function-tools.ts";
import { leakedCall } from "./tools/leaked-call.ts";
import { runAll } from "./tools/run-all.ts";
import type { RunnableTool } from "./tools/tool.ts";
import { toolMessage } from "./tools/tool-message.ts";
import { assistantMessage, callAnswers, callIds, startOf } from "./transcript.ts";
import { type TurnEnding, turnEnding } from "./turn-ending.ts";
import { readUsage, type Usage } from "./usage.ts";

/** What a call needs beside its options. */
export interface Conversation extends Account {
  background: BackgroundTaskRegistry;
  /** Resolves a provider and a model to whom to ask, with the fallbacks behind. Throws a ConfigurationError. */
  targetsOf(provider: string | undefined, model: string | undefined): ModelId[];
  outputOf: TurnPlan["outputOf"];
}

/**
 * The loop: asks the model, runs the tools that it calls, and asks again with their results until it has answered. `chat` drains it, `stream`
 * shows its events. They come in batches, one for each piece of the network.
 */
export async function* turnLoop(conversation: Conversation): AsyncGenerator<StreamEvent<unknown>[], ChatResult<unknown>> {
  const progress: Progress = { messages: startOf(conversation.options), turns: [], last: undefined, tasks: [] };
  try {
    const result = yield* turns(conversation, progress);
    if (conversation.call.streaming) yield [{ type: "finish", result }];
    return result;
  } catch (error) {
    if (GatewayError.is(error) && error.code !== "configuration") addPartial(error, conversation, progress);
    throw error;
  }
}

async function* turns(
  conversation: Conversation,
  progress: Progress,
): AsyncGenerator<StreamEvent<unknown>[], ChatResult<unknown>> {
  const { call, options, outputOf } = conversation;
  const { signal } = call.controller;
  const { tasks, dispatcher } = backgroundTasksOf(options);
  const maxTurns = options.maxTurns ?? 10;
  let toolChoice = options.toolChoice;
  let outputRetries = options.outputRetries ?? 1;
  /** Set when the next answer must be the output, tools or not. */
  let outputOnly = false;

  for (let kept = 0; ; ) {
    const turn = progress.turns.length;
    const overrides = await overridesFor(turn, options, progress);
    if (signal.aborted) throw signal.reason;
    if (overrides.messages) {
      progress.messages = [...overrides.messages];
      for (const id of callIds(progress.messages)) call.usedIds.add(id);
    }
    const tools: Record<string, Tool> = { ...(overrides.tools ?? options.tools), ...tasks };
    const isLast = kept === maxTurns - 1;
    // The last of several turns is for the answer: with what there is, tools or not.
    const answerNow = isLast && kept > 0;
    const plan: TurnPlan = {
      targets: conversation.targetsOf(overrides.provider ?? options.provider, overrides.model ?? options.model),
      messages: progress.messages,
      tools: await functionTools(tools),
      toolChoice: answerNow ? "none" : (overrides.toolChoice ?? toolChoice),
      outputOf,
      outputOnly: outputOnly || (outputOf !== undefined && isLast),
    };

    const events = runTurn(plan, call);
    const answered = call.streaming ? yield* deliver(events, turn, call) : await resultOnly(events);
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

    const environment: ToolEnvironment = {
      tools,
      validator: call.settings.validator,
      messages: progress.messages,
      signal,
      toolTimeout: options.toolTimeout,
      onToolCall: options.onToolCall,
    };
    const callers = await leftToCaller(toolCalls, environment);
    // In the one turn that was allowed, calls that are the caller's to answer need no further turn.
    const noTurnLeft = answerNow || (isLast && callers.length < toolCalls.length);
    const refusal = notRun(finish.runsTools, noTurnLeft, answer);
    const left = refusal === undefined && outputCall === undefined ? callers : [];
    const run = refusal === undefined ? toolCalls.filter((each) => !callers.includes(each)) : [];
    if (run.length > 0) yield* runCalls(run, environment, conversation, current, progress, dispatcher);
    const toAnswer = calls.filter((each) => !left.includes(each)).map(({ id }) => id);
    const isReceived = (id: string) => finish.runsTools && calls.some((each) => each.id === id && isOutputCall(each));
    const answers = callAnswers(toAnswer, current.toolResults, (id) =>
      isReceived(id) ? "Received." : (refusal ?? "Not run: the answer is complete."),
    );
    progress.messages = [...progress.messages, ...answers];
    const goesOn = toolCalls.length > 0 && refusal === undefined && left.length === 0 && outputCall === undefined;
    if (toolCalls.length > 0 && refusal !== undefined && reason === "tool-calls") current.finishReason = "max-turns";
    if (run.length > 0 && forced(toolChoice)) toolChoice = "auto";

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

/** Nobody is told of a chat's events. */
async function resultOnly<T>(events: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const step = await events.next();
    if (step.done) return step.value;
  }
}

/** Passes a turn's events on, with its start before the first and the structured output beside its text. */
async function* deliver(
  events: AsyncGenerator<AnswerEvent[], TurnAnswer>,
  turn: number,
  call: Call,
): AsyncGenerator<StreamEvent<unknown>[], TurnAnswer> {
  let started = false;
  let partial: PartialOutput | undefined;
  const outputCalls = new Set<string>();
  try {
    for (let step = await events.next(); ; step = await events.next()) {
      let batch: StreamEvent<unknown>[] = step.done ? [] : step.value;
      const { asking } = call;
      if (!started) {
        started = true;
        // By now the strategy is settled: nothing of a refused one is delivered.
        partial = asking?.createPartial();
        batch.unshift({ type: "turn-start", turn });
      }
      if (partial && asking) {
        let grown = false;
        for (const event of batch) {
          if (event.type === "tool-call-start" && event.name === asking.toolName) outputCalls.add(event.id);
          else if (event.type === "text-delta" && asking.strategy !== "tool") grown = partial.push(event.text) || grown;
          else if (event.type === "tool-call-delta" && outputCalls.has(event.id)) grown = partial.push(event.argsText) || grown;
        }
        // The output tool is a means of asking, not a call of the conversation.
        if (outputCalls.size > 0) batch = batch.filter((event) => !("id" in event && outputCalls.has(event.id)));
        if (grown) batch.push({ type: "partial-output", value: partial.value });
      }
      if (batch.length > 0) yield batch;
      if (step.done) return step.value;
    }
  } finally {
    // Whoever stops reading here ends the request as well.
    await events.return(undefined as never);
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
  dispatcher: TaskDispatcher | undefined,
): AsyncGenerator<StreamEvent<unknown>[], void> {
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
