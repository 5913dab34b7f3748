import { GatewayError } from "../errors/errors.ts";
import type { ToolChoice } from "../options/chat-options.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import { backgroundTasksOf } from "../tools/background-tasks-of.ts";
import type { RequestedCall } from "../tools/execute-tool.ts";
import { toolMessage } from "../tools/tool-message.ts";
import { limitCall } from "../transport/timeout.ts";
import { addPartial, resultOf } from "./build-result.ts";
import type { Conversation, Progress } from "./chat-state.ts";
import { type TurnEnding, turnEnding } from "./check-output.ts";
import { readTurn } from "./interpret-answer.ts";
import { assistantMessage, startOf } from "./messages.ts";
import { planTurn, type Standing } from "./plan-turn.ts";
import { runTurn } from "./request-turn.ts";
import type { ChatResult } from "./result.ts";
import { answerCalls, noCalls } from "./run-tool-calls.ts";
import type { StreamEvent } from "./stream-event.ts";
import { deliverTurn } from "./turn-events.ts";

/**
 * The loop: asks the model, runs the tools that it calls, and asks again with their results until it has answered. `chat` drains it, `stream`
 * shows its events. They come in batches, one for each piece of the network. An error takes along what had been achieved.
 */
export async function* turnLoop(conversation: Conversation): AsyncGenerator<StreamEvent<unknown>[], ChatResult<unknown>> {
  const { call, options } = conversation;
  const { signal } = call.controller;
  const { toolChoice, outputRetries = 1 } = options;
  const standing: Standing = { kept: 0, toolChoice, outputRetries, outputOnly: false };
  const progress: Progress = { messages: startOf(options, call.warn), turns: [], last: undefined, tasks: [] };
  const letGo = limitCall(call.controller, options);
  try {
    for (;;) {
      const plan = await planTurn(conversation, progress, standing);
      // Nobody is told of a chat's events.
      const answered = call.streaming ? yield* deliverTurn(plan, progress.turns.length, call) : await runTurn(plan, call);
      const read = readTurn(answered, backgroundTasksOf(options).tasks, call.usedIds);
      const { answer, turn, calls, toolCalls, outputCall } = read;
      progress.last = answered;
      progress.turns.push(turn);
      progress.messages = [...progress.messages, assistantMessage(answer, calls)];
      if (toolCalls.length > 0 && call.streaming) yield turn.toolCalls.map((each) => ({ type: "tool-call", ...each }));

      const { ran, left, goesOn } = calls.length > 0 ? yield* answerCalls(read, plan, conversation, progress) : noCalls;
      if (ran && isForced(standing.toolChoice)) standing.toolChoice = "auto";

      // Validation comes before the turn is told: a re-ask is part of what happened.
      let ending: TurnEnding = { kind: "answer", value: undefined };
      if (!goesOn && plan.outputOf && turn.finishReason !== "tool-calls" && turn.finishReason !== "max-turns") {
        ending = await turnEnding(answered, turn, outputCall, { outputOnly: plan.outputOnly, retries: standing.outputRetries });
        if (ending.kind === "again") askAgain(progress, ending.output, outputCall, ending.issues);
      }

      if (call.streaming) yield [{ type: "turn-end", turn }];
      options.onTurn?.(turn);
      if (signal.aborted) throw signal.reason;
      // A re-ask is not a turn of its own. Like the turn for the output, it must be answered with the output.
      if (ending.kind === "again") standing.outputRetries--;
      else standing.kept++;
      if (ending.kind === "output-turn") askForOutput(progress);
      if (ending.kind !== "answer") {
        standing.outputOnly = true;
        continue;
      }
      if (!goesOn || (await options.stopWhen?.(progress.turns))) {
        const result = resultOf(conversation, progress, left, ending.value);
        if (call.streaming) yield [{ type: "finish", result }];
        return result;
      }
      if (signal.aborted) throw signal.reason;
    }
  } catch (error) {
    if (GatewayError.is(error) && error.code !== "configuration") addPartial(error, conversation, progress);
    throw error;
  } finally {
    letGo();
  }
}

const isForced = (choice: ToolChoice | undefined) => choice === "required" || typeof choice === "object";

function askForOutput(progress: Progress): void {
  progress.messages = [...progress.messages, { role: "user", content: "Now give this answer in the requested form." }];
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
