import { ConfigurationError } from "../errors/errors.ts";
import { sumUsage } from "../response/usage.ts";
import type { ToolCall } from "../tools/tool-call.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import type { OutputCheck } from "./check-output.ts";
import type { InterpretedAnswer } from "./interpreted-answer.ts";
import type { ChatResult } from "./result.ts";
import { answerText, type Turn } from "./turn.ts";

/** Builds the result of a chat that ended with this answer. */
export function buildResult(
  { logs }: ChatContext,
  { turns, messages, failedAttempts, backgroundTasks, warnings }: ChatState,
  { answered, answer }: InterpretedAnswer,
  toolCalls: readonly ToolCall[],
  check: OutputCheck | undefined,
): ChatResult<unknown> {
  const turn = turns.at(-1) as Turn;
  const result: ChatResult<unknown> = {
    text: check?.kind === "unchecked" ? check.text : answerText(turns),
    output: check?.kind === "valid" ? check.value : undefined,
    finishReason: turn.finishReason,
    toolCalls: [...toolCalls],
    failedAttempts,
    turns,
    messages: messages.slice(),
    usage: sumUsage(
      turns.map(({ usage }) => usage),
      turn,
    ),
    gateway: turn.gateway,
    backgroundTasks,
    warnings,
    headers: answered.headers,
    raw: answer.raw,
    async feedback(feedback) {
      const { logId } = turn.gateway;
      if (logId === undefined)
        throw new ConfigurationError([
          { option: "feedback", message: "needs a log, but the response has no log id (see gateway.collectLog)" },
        ]);
      await logs.feedback(logId, feedback);
    },
  };
  if (turn.reasoning !== undefined) result.reasoning = turn.reasoning;
  if (answer.refusal !== undefined) result.refusal = answer.refusal;
  if (answer.citations !== undefined) result.citations = answer.citations;
  if (answer.images !== undefined) result.images = answer.images;
  if (answer.audio !== undefined) result.audio = answer.audio;
  if (turn.rawFinishReason !== undefined) result.rawFinishReason = turn.rawFinishReason;
  return result;
}
