import type { GatewayError } from "../errors/errors.ts";
import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { ChatDefaults } from "../options/chat-options.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import { buildRequest, type Omissions, type TurnRequest } from "../request/build-request.ts";
import type { ModelId } from "../request/model-id.ts";
import { type AnswerEvent, isContent } from "../response/answer-event.ts";
import type { FoundCalls } from "../response/call-in-text.ts";
import { mayFallBack, retryDelay } from "../transport/retry.ts";
import { acceptCallsInText } from "./accept-calls-in-text.ts";
import { type ChatContext, type ChatState, warn } from "./chat-state.ts";
import { type ExchangeEvents, exchange } from "./exchange.ts";
import { fitRequest } from "./fit-request.ts";
import type { TurnAnswer } from "./interpreted-answer.ts";
import { isOwnError } from "./own-error.ts";
import type { Emit } from "./stream-event.ts";
import { TurnEvents } from "./turn-events.ts";
import type { TurnPlan } from "./turn-plan.ts";

/** The provider itself rejected the model's output: there is no completion, but the output can be requested again. */
export interface RejectedAnswer {
  readonly rejected: GatewayError;
  readonly output: StructuredOutput;
  /** The model's text, as far as the provider reports it. */
  readonly text: string;
}

/** State shared by the requests of one turn. */
interface Attempts {
  /** Requests for this turn so far, across all targets. */
  total: number;
  /** Index of the current target in the plan. */
  targetIndex: number;
  /** Retries at the current target so far. */
  retries: number;
  /** Parts of the request that the current target has rejected. */
  omit: Omissions;
}

/**
 * Gets one completion: sends the request and reads the response. Until output has been delivered, it retries: without a part that the
 * provider rejected, after a delay, or with the next target.
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
    const { request, forcedTool, requestsOutput } = fitRequest(plan, context, target, output);
    const requestedOutput = requestsOutput ? output : undefined;
    attempts.omit.learned = context.learned.for(target);
    attempts.total++;
    const attempt: Attempt = { turn: plan.turn, target, number: attempts.total, output: requestedOutput };
    const events = new AttemptEvents(attempt, context, emit);
    try {
      const acceptCalls = (found: FoundCalls) => acceptCallsInText(found, plan, context);
      const reading = { forcedTool, acceptCalls };
      const { answer, gateway, headers, firstChunkAt } = await exchange(request, attempts.omit, context, state, reading, events);
      const flushing = events.flush();
      if (flushing) await flushing;
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
      addTarget(error, target, attempts.total);
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
  /** Number of the request within the turn, starting at 1. */
  readonly number: number;
  /** The structured output that it requests. */
  readonly output: StructuredOutput | undefined;
}

/** Turns what one attempt receives into events of the stream, if there is one. */
class AttemptEvents implements ExchangeEvents {
  readonly #attempt: Attempt;
  readonly #emit: Emit;
  readonly #turnEvents: TurnEvents | undefined;
  /** Whether content of the answer has been received, after which nothing is retried. */
  delivered = false;

  constructor(attempt: Attempt, { streaming, withElements }: ChatContext, emit: Emit) {
    this.#attempt = attempt;
    this.#emit = emit;
    this.#turnEvents = streaming ? new TurnEvents(attempt.turn, attempt.output, withElements) : undefined;
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

  /** Emits the held-back events once the attempt is kept. */
  flush(): ReturnType<Emit> {
    return this.#turnEvents && this.#emit(this.#turnEvents.flush());
  }
}

/** Prepares the next attempt: without a rejected part, after a delay, or with the next target. Throws the error if none is left. */
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
  if (omitRejected(error, attempts.omit, request) || (await learn(error, attempts.omit, request, context))) return;
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
    if (cancellation.aborted && isOwnError(reason, context)) addTarget(reason, target, attempts);
    throw reason;
  }
}

/** Adds the target and the number of attempts to an error. */
function addTarget(error: GatewayError, { provider, model }: ModelId, attempts: number): void {
  error.attempts = attempts;
  error.provider ??= provider;
  error.model ??= model;
}

/** Records a part of the request that the provider rejected; returns true if it should be retried without it. */
function omitRejected(error: GatewayError, omit: Omissions, request: TurnRequest): boolean {
  if (error.code !== "bad-request" || error.origin !== "provider") return false;
  const details = `${error.message} ${JSON.stringify(error.body ?? "")}`;
  if (request.stream && !omit.streamOptions && /stream_options|include_usage/i.test(details)) {
    omit.streamOptions = true;
    return true;
  }
  // Groq: "Tool choice is none, but model called a tool", with the code tool_use_failed.
  if (request.toolChoice === "none" && !omit.toolChoice && /tool[_ ]?choice|tool_use_failed/i.test(details)) {
    omit.toolChoice = true;
    return true;
  }
  return false;
}

/** Learns from a rejected request what the model does not accept; returns true if the request should be retried accordingly. */
async function learn(error: GatewayError, omit: Omissions, request: TurnRequest, context: ChatContext): Promise<boolean> {
  if (error.origin !== "provider") return false;
  const { learned, cancellation } = context;
  // Loaded with the first rejection. If that fails, the rejection is the error to report.
  const code = await cancellation.race(import("../request/learn-from-rejection.ts").catch(() => undefined));
  const { body } = buildRequest(request, omit);
  const row = code?.learnFromRejection(error, body, request.options.extraBody);
  return row !== undefined && learned.add(request.target, row, omit.learned ?? []);
}
