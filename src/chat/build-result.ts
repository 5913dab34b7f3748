import { ConfigurationError, type GatewayError } from "../errors/errors.ts";
import type { ToolCall } from "../options/chat-options.ts";
import { sumUsage } from "../response/usage.ts";
import type { Conversation, Progress } from "./chat-state.ts";
import { withEveryCallAnswered } from "./messages.ts";
import type { TurnAnswer } from "./request-turn.ts";
import { answerText, type ChatResult, type Turn } from "./result.ts";

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
