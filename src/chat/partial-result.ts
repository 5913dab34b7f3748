import type { PartialResult } from "../errors/errors.ts";
import { sumUsage } from "../response/usage.ts";
import type { ChatContext, ChatState } from "./chat-state.ts";
import { buildTurn } from "./interpret-answer.ts";
import { completeToolMessages } from "./messages.ts";
import { isOwnError } from "./own-error.ts";
import { answerText } from "./turn.ts";

/** Builds the partial result of a chat. Its messages can be sent again: a call without a result has a tool message that says so. */
export function getPartial(
  { targets }: ChatContext,
  { messages, turns, running, receiving, warnings, failedAttempts, backgroundTasks }: ChatState,
): PartialResult {
  const all = running ? [...turns, buildTurn(running.interpreted, running)] : [...turns];
  const received = running ? undefined : receiving?.received();
  const last = all.at(-1);
  const target = last ?? targets[0] ?? { provider: "", model: "" };
  const partial: PartialResult = {
    text: answerText(received?.text ? [...all, { text: received.text, toolCalls: [] }] : all),
    turns: all,
    messages: completeToolMessages(messages, running?.executed ?? new Map()),
    warnings: [...warnings],
    failedAttempts: [...failedAttempts],
    backgroundTasks: [...backgroundTasks],
    usage: sumUsage(
      all.map(({ usage }) => usage),
      target,
    ),
  };
  const reasoning = received?.reasoning ?? last?.reasoning;
  if (reasoning !== undefined) partial.reasoning = reasoning;
  if (last) partial.gateway = last.gateway;
  if (!running && last?.finishReason === "tool-calls")
    partial.toolCalls = last.toolCalls.filter(({ id }) => !last.toolResults.some(({ toolCallId }) => toolCallId === id));
  return partial;
}

/** The partial result of a stream that has not started. */
export const emptyPartial = (): PartialResult => ({ text: "", messages: [], turns: [], usage: { provider: "", model: "" } });

/** Attaches the partial result to an error of the chat, unless it already has one of another chat, and reports an abort to `onAbort`. */
export function reportPartial(error: unknown, context: ChatContext, state: ChatState): void {
  const { onAbort } = context.options;
  const isOwn = isOwnError(error, context) && error.code !== "configuration" && error.partial === undefined;
  const isAbort = onAbort !== undefined && context.cancellation.aborted;
  if (!isOwn && !isAbort) return;
  const partial = getPartial(context, state);
  if (isOwn) error.partial = redactPartial(partial, context);
  if (isAbort) void callOnAbort(onAbort, partial);
}

/** Redacted, since errors are logged. Reading a tool's result may throw; then only the text is kept. */
function redactPartial(partial: PartialResult, { transport: { redact } }: ChatContext): PartialResult {
  try {
    return redact(partial);
  } catch {
    return { ...emptyPartial(), text: redact(partial.text) };
  }
}

/** Never rejects: the chat ends with its own reason. */
async function callOnAbort(onAbort: (partial: PartialResult) => unknown, partial: PartialResult): Promise<void> {
  try {
    await onAbort(partial);
  } catch (error) {
    console.error("cf-ai-gateway: onAbort threw:", error);
  }
}
