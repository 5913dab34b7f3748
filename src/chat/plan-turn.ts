import { ConfigurationError } from "../errors/errors.ts";
import type { ChatOptions, Tool, ToolChoice, TurnOverrides } from "../options/chat-options.ts";
import { checkTurnOverrides } from "../options/validate-call.ts";
import { backgroundTasksOf } from "../tools/background-tasks-of.ts";
import { functionTools } from "../tools/describe-tools.ts";
import type { Conversation, Progress } from "./chat-state.ts";
import { callIds, pairCalls } from "./messages.ts";
import type { TurnPlan } from "./request-turn.ts";

/** What the turns of a call hand on to one another. */
export interface Standing {
  /** Turns that count towards the limit. */
  kept: number;
  toolChoice: ToolChoice | undefined;
  outputRetries: number;
  /** The next answer must be the output, tools or not. */
  outputOnly: boolean;
}

export interface PlannedTurn extends TurnPlan {
  /** What the model may call. */
  executables: Readonly<Record<string, Tool>>;
  /** The last turn that is allowed. */
  isLast: boolean;
  /** The model is asked for its answer, and for no calls. */
  answerNow: boolean;
}

/** Decides what the next turn asks, of whom and with which tools; `prepareTurn` has a say in it. */
export async function planTurn(conversation: Conversation, progress: Progress, standing: Standing): Promise<PlannedTurn> {
  const { call, options, outputOf } = conversation;
  const overrides = options.prepareTurn ? await overridesFor(options, progress) : {};
  if (call.controller.signal.aborted) throw call.controller.signal.reason;
  if (overrides.messages) {
    progress.messages = pairCalls(overrides.messages, "prepareTurn.messages", [], call.warn);
    for (const id of callIds(progress.messages)) call.usedIds.add(id);
  }
  const executables = { ...(overrides.tools ?? options.tools), ...backgroundTasksOf(options).tasks };
  const isLast = standing.kept === (options.maxTurns ?? 10) - 1;
  // The last of several turns is for the answer: with what there is, tools or not.
  const answerNow = isLast && standing.kept > 0;
  return {
    targets:
      overrides.provider || overrides.model
        ? conversation.targetsOf(overrides.provider ?? options.provider, overrides.model ?? options.model)
        : conversation.standardTargets,
    messages: progress.messages,
    tools: await functionTools(executables),
    providerTools: options.providerTools,
    executables,
    toolChoice: answerNow ? "none" : (overrides.toolChoice ?? standing.toolChoice),
    outputOf,
    outputOnly: standing.outputOnly || (outputOf !== undefined && isLast),
    isLast,
    answerNow,
  };
}

/** What `prepareTurn` wants otherwise, checked like the options of a call. */
async function overridesFor(options: ChatOptions<unknown>, progress: Progress): Promise<TurnOverrides> {
  const overrides = await options.prepareTurn?.({
    turn: progress.turns.length,
    messages: progress.messages,
    turns: progress.turns,
  });
  if (!overrides) return {};
  const problems = checkTurnOverrides(overrides, options);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return overrides;
}
