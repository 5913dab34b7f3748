import type { GatewayError } from "../errors/errors.ts";
import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { ChatDefaults } from "../options/chat-options.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import { buildRequest, type Omissions, type TurnRequest } from "../request/build-request.ts";
import { learnFromRefusal } from "../request/learn-from-refusal.ts";
import type { ModelId } from "../request/model-id.ts";
import type { AnswerEvent } from "../response/answer-event.ts";
import type { FoundCalls } from "../response/call-in-text.ts";
import { mayFallBack, retryDelay } from "../transport/retry.ts";
import { acceptCallsInText } from "./accept-calls-in-text.ts";
import { type ChatContext, type ChatState, warn } from "./chat-state.ts";
import { type ExchangeEvents, exchange } from "./exchange.ts";
import { fitRequest } from "./fit-request.ts";
import type { TurnAnswer } from "./interpreted-answer.ts";
import { isOwnError } from "./own-error.ts";
import type { Emit } from "./stream-event.ts";
import { createTurnEvents, isContent, type TurnEvents } from "./turn-events.ts";
import type { TurnPlan } from "./turn-plan.ts";

/** The provider itself rejected the output that the model wrote: there is no completion, but the model can be asked again. */
export interface RejectedAnswer {
  readonly rejected: GatewayError;
  readonly output: StructuredOutput;
  /** What the model wrote, as far as the provider says. */
  readonly text: string;
}

/** What the requests of a turn hand on to one another. */
interface Attempts {
  /** Requests for this turn so far, whatever their target. */
  total: number;
  /** Index of the current target in the plan. */
  targetIndex: number;
  /** Retries at the current target so far. */
  retries: number;
  /** Parts of the request that the current target has refused. */
  omit: Omissions;
}

/**
 * Gets one completion: sends the request, reads the response, and tries again (without a part that the provider refuses, after a delay, at
 * the next target) as long as nothing of an answer has been delivered.
 */
export async function requestTurn(
  plan: TurnPlan,
  context: ChatContext,
  state: ChatState,
  emit: Emit,
): Promise<TurnAnswer | RejectedAnswer> {
  const attempts: Attempts = { total: 0, targetIndex: 0, retries: 0, omit: {} };
  const startedAt = new Date();
  const start = performance.now();
  for (;;) {
    const target = plan.targets[attempts.targetIndex] as ModelId;
    const output = context.prepareOutput && (await context.cancellation.race(context.prepareOutput(target)));
    const { request, forcedTool, asksOutput } = fitRequest(plan, context, target, output);
    const requestedOutput = asksOutput ? output : undefined;
    attempts.omit.learned = context.learned.for(target);
    attempts.total++;
    const attempt: Attempt = { turn: plan.turn, target, number: attempts.total, output: requestedOutput };
    const events = new AttemptEvents(attempt, context, emit);
    try {
      const acceptCalls = (found: FoundCalls) => acceptCallsInText(found, plan, context);
      const reading = { forcedTool, acceptCalls };
      const { answer, gateway, headers, firstChunkAt } = await exchange(request, attempts.omit, context, state, reading, events);
      if (context.streaming) await events.flush();
      const firstChunkMs = firstChunkAt === undefined ? undefined : firstChunkAt - start;
      const durationMs = performance.now() - start;
      return {
        answer,
        target,
        attempts: attempts.total,
        gateway,
        headers,
        startedAt,
        durationMs,
        firstChunkMs,
        output: requestedOutput,
        forcedTool,
      };
    } catch (error) {
      if (!isOwnError(error, context)) throw error;
      locate(error, target, attempts.total);
      if (events.delivered || context.cancellation.aborted) throw error;
      const text = state.outputRetriesLeft > 0 ? requestedOutput?.getRejectedText(error) : undefined;
      if (requestedOutput && text !== undefined) {
        state.failedAttempts.push({ provider: target.provider, model: target.model, error });
        return { rejected: error, output: requestedOutput, text };
      }
      await recover(error, request, attempts, plan, context, state, requestedOutput);
    }
  }
}

/** One request of a turn. */
interface Attempt {
  readonly turn: number;
  readonly target: ModelId;
  /** Counts the requests of the turn from 1. */
  readonly number: number;
  /** The structured output that it asks for. */
  readonly output: StructuredOutput | undefined;
}

/** Presents what one attempt receives to the reader of the stream, if there is one. */
class AttemptEvents implements ExchangeEvents {
  readonly #attempt: Attempt;
  readonly #emit: Emit;
  readonly #turnEvents: TurnEvents | undefined;
  /** Whether content of the answer has come, after which nothing is retried. */
  delivered = false;

  constructor(attempt: Attempt, { streaming, withElements }: ChatContext, emit: Emit) {
    this.#attempt = attempt;
    this.#emit = emit;
    this.#turnEvents = streaming ? createTurnEvents(attempt.turn, attempt.output, withElements) : undefined;
  }

  onResponse(headers: Headers, gateway: GatewayMetadata): void {
    const { turn, target, number: attempts } = this.#attempt;
    const { provider, model } = target;
    this.#turnEvents?.onResponse({ type: "response", turn, provider, model, attempts, headers, gateway });
  }

  emit(events: AnswerEvent[]): ReturnType<Emit> {
    // `chat()` must not retry after output has started either.
    this.delivered ||= events.some(isContent);
    return this.#turnEvents && this.#emit(this.#turnEvents.present(events));
  }

  /** The attempt is kept: emits what was held back. */
  flush(): ReturnType<Emit> {
    return this.#turnEvents && this.#emit(this.#turnEvents.flush());
  }
}

/** Prepares the next attempt: without a refused part, after a delay, or at the next target. Throws the error when there is none. */
async function recover(
  error: GatewayError,
  request: TurnRequest,
  attempts: Attempts,
  plan: TurnPlan,
  context: ChatContext,
  state: ChatState,
  output: StructuredOutput | undefined,
): Promise<void> {
  const { target } = request;
  const failedAttempt = { provider: target.provider, model: target.model, error };
  if (omitRefused(error, attempts.omit, request) || learn(error, attempts.omit, request, context)) return;
  const fallback = output?.fallBack(error, { withTools: request.tools.length > 0 || request.providerTools !== undefined });
  if (fallback) {
    warn(state, fallback);
    return;
  }
  const delayMs = retryDelay(error, attempts.retries + 1, context.options);
  if (delayMs !== undefined) {
    attempts.retries++;
    state.failedAttempts.push(failedAttempt);
    await waitToRetry({ attempt: attempts.retries, delayMs, error }, attempts.total, target, context);
    return;
  }
  if (attempts.targetIndex === plan.targets.length - 1 || !mayFallBack(error)) throw error;
  state.failedAttempts.push(failedAttempt);
  attempts.targetIndex++;
  attempts.retries = 0;
  attempts.omit = {};
}

async function waitToRetry(
  retry: Parameters<NonNullable<ChatDefaults["onRetry"]>>[0],
  attempts: number,
  target: ModelId,
  context: ChatContext,
): Promise<void> {
  const { options, cancellation } = context;
  try {
    if (options.onRetry) await cancellation.race(options.onRetry(retry));
    await cancellation.sleep(retry.delayMs);
  } catch (reason) {
    if (cancellation.aborted && isOwnError(reason, context)) locate(reason, target, attempts);
    throw reason;
  }
}

/** Says on an error where it happened. */
function locate(error: GatewayError, { provider, model }: ModelId, attempts: number): void {
  error.attempts = attempts;
  error.provider ??= provider;
  error.model ??= model;
}

/** Notes a part of the request that the provider says it does not take; true when there is a new one to leave out. */
function omitRefused(error: GatewayError, omit: Omissions, request: TurnRequest): boolean {
  if (error.code !== "bad-request" || error.origin !== "provider") return false;
  const words = `${error.message} ${JSON.stringify(error.body ?? "")}`;
  if (request.stream && !omit.streamOptions && /stream_options|include_usage/i.test(words)) {
    omit.streamOptions = true;
    return true;
  }
  // Groq: "Tool choice is none, but model called a tool", with the code tool_use_failed.
  if (request.toolChoice === "none" && !omit.toolChoice && /tool[_ ]?choice|tool_use_failed/i.test(words)) {
    omit.toolChoice = true;
    return true;
  }
  return false;
}

/** Learns from a refusal what the model does not accept; true when the request is to be sent once more, as it does. */
function learn(error: GatewayError, omit: Omissions, request: TurnRequest, { learned }: ChatContext): boolean {
  const { body } = buildRequest(request, omit);
  const row = learnFromRefusal(error, body, request.options.extraBody);
  return row !== undefined && learned.add(request.target, row, omit.learned ?? []);
}
