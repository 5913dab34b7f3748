import { ConfigurationError, type GatewayError } from "./errors.ts";
import type { Logs } from "./logs.ts";
import type { ChatOptions, ToolCall } from "./options.ts";
import type { ModelId } from "./request/model-id.ts";
import { answerText, type ChatResult, type Turn, type Warning } from "./result.ts";
import type { Call, TurnAnswer, TurnPlan } from "./run-turn.ts";
import type { BackgroundTaskRegistry, StartedTask } from "./tools/background-tasks.ts";
import { withEveryCallAnswered } from "./transcript.ts";
import { sumUsage } from "./usage.ts";
import type { Message } from "./wire.ts";

/** What a call needs beside its options. */
export interface Conversation {
  call: Call;
  options: ChatOptions<unknown>;
  background: BackgroundTaskRegistry;
  /** Whom to ask where a turn does not want otherwise. */
  standardTargets: ModelId[];
  /** Resolves a provider and a model to whom to ask, with the fallbacks behind. Throws a ConfigurationError. */
  targetsOf(provider: string | undefined, model: string | undefined): ModelId[];
  outputOf: TurnPlan["outputOf"];
  logs: Logs;
  warnings: Warning[];
}

/** Everything the loop has gathered; an error takes it along as `partial`. */
export interface Progress {
  messages: Message[];
  turns: Turn[];
  last: TurnAnswer | undefined;
  tasks: StartedTask[];
}

/** The result of a call that has come to its end. */
export function resultOf(
  { call, warnings, logs }: Conversation,
  progress: Progress,
  left: readonly ToolCall[],
  value: unknown,
): ChatResult<unknown> {
  const { messages, turns, tasks } = progress;
  const { answer, headers } = progress.last as TurnAnswer;
  const turn = turns.at(-1) as Turn;
  const result: ChatResult<unknown> = {
    text: answerText(turns),
    output: value,
    finishReason: turn.finishReason,
    toolCalls: [...left],
    failedAttempts: call.failedAttempts,
    turns,
    messages,
    usage: sumUsage(
      turns.map(({ usage }) => usage),
      turn,
    ),
    gateway: turn.gateway,
    backgroundTasks: tasks,
    warnings,
    headers,
    raw: answer.raw,
    async feedback(feedback) {
      const { logId } = turn.gateway;
      if (logId === undefined)
        throw new ConfigurationError([
          { option: "feedback", message: "needs the call's log, but the answer named none (see gateway.collectLog)" },
        ]);
      await logs.feedback(logId, feedback);
    },
  };
  if (turn.reasoning !== undefined) result.reasoning = turn.reasoning;
  if (answer.refusal !== undefined) result.refusal = answer.refusal;
  if (answer.citations !== undefined) result.citations = answer.citations;
  if (turn.rawFinishReason !== undefined) result.rawFinishReason = turn.rawFinishReason;
  return result;
}

/** What had been achieved, on the error; the turn that failed gave its own text already. */
export function addPartial(
  error: GatewayError,
  { call, warnings, options }: Conversation,
  { messages, turns, tasks }: Progress,
): void {
  const own = error.partial;
  const last = turns.at(-1);
  const whole = withEveryCallAnswered(messages, last?.toolResults ?? []);
  const partial: NonNullable<GatewayError["partial"]> = {
    text: answerText(own?.text === undefined ? turns : [...turns, { text: own.text, toolCalls: [] }]),
    turns,
    messages: whole,
    warnings,
    failedAttempts: call.failedAttempts,
    backgroundTasks: tasks,
    usage: sumUsage(
      turns.map(({ usage }) => usage),
      { provider: error.provider ?? options.provider ?? "", model: error.model ?? options.model ?? "" },
    ),
  };
  const reasoning = own?.reasoning ?? last?.reasoning;
  if (reasoning !== undefined) partial.reasoning = reasoning;
  if (last) partial.gateway = last.gateway;
  error.partial = call.http.redact(partial);
}
