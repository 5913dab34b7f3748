import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import type { ToolCall } from "../options/chat-options.ts";
import { sumUsage } from "../response/usage.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import { buildTurn, type InterpretedAnswer } from "./interpret-answer.ts";
import { completeToolMessages } from "./messages.ts";
import type { ChatResult } from "./result.ts";
import { answerText, type Turn } from "./turn.ts";

/** The result of a chat that has ended with the given answer. */
export function buildResult(
  { logs }: ChatContext,
  { turns, messages, failedAttempts, backgroundTasks, warnings }: ChatState,
  { answered, answer }: InterpretedAnswer,
  toolCalls: ToolCall[],
  output: unknown,
): ChatResult<unknown> {
  const turn = turns.at(-1) as Turn;
  const result: ChatResult<unknown> = {
    text: answerText(turns),
    output,
    finishReason: turn.finishReason,
    toolCalls,
    failedAttempts,
    turns,
    messages: [...messages],
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
          { option: "feedback", message: "needs a log, but the response named none (see gateway.collectLog)" },
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

/** Adds what had been achieved to an error of ours. Anything else that ended the chat is returned as it is. */
export function withPartial(error: unknown, context: ChatContext, state: ChatState): unknown {
  if (!GatewayError.is(error) || error.code === "configuration") return error;
  const { options, transport } = context;
  const turns = state.running
    ? [...state.turns, buildTurn(state.running.interpreted, state.running.interpreted.finishReason, state.running.results)]
    : state.turns;
  const last = turns.at(-1);
  const received = state.running ? undefined : state.receiving?.received();
  const partial: NonNullable<GatewayError["partial"]> = {
    text: answerText(received?.text ? [...turns, { text: received.text, toolCalls: [] }] : turns),
    turns,
    messages: completeToolMessages(state.messages, state.running?.results ?? new Map()),
    warnings: state.warnings,
    failedAttempts: state.failedAttempts,
    backgroundTasks: state.backgroundTasks,
    usage: sumUsage(
      turns.map(({ usage }) => usage),
      { provider: error.provider ?? options.provider ?? "", model: error.model ?? options.model ?? "" },
    ),
  };
  const reasoning = received?.reasoning ?? last?.reasoning;
  if (reasoning !== undefined) partial.reasoning = reasoning;
  if (last) partial.gateway = last.gateway;
  error.partial = transport.redact(partial);
  return error;
}
