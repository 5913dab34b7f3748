import { sleep } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import { GatewayError } from "../errors/errors.ts";
import type { Asked } from "../errors/from-response.ts";
import type { ChatDefaults, ToolChoice } from "../options/chat-options.ts";
import type { Settings } from "../options/resolve-config.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import { buildRequest, type Omissions, type TurnRequest } from "../request/build-request.ts";
import { learnFromRefusal } from "../request/learn-from-refusal.ts";
import type { LearnedRules } from "../request/learned-rules.ts";
import type { ModelId } from "../request/model-id.ts";
import { Accumulator, type Answer } from "../response/accumulator.ts";
import { Pieces } from "../response/body-reader.ts";
import { type GatewayMetadata, readGatewayMetadata } from "../response/gateway-metadata.ts";
import { type Reading, readAnswer } from "../response/read-response.ts";
import { mayFallBack } from "../transport/fallbacks.ts";
import type { Http } from "../transport/http.ts";
import { retryDelay } from "../transport/retry.ts";
import { Clock } from "../transport/timeout.ts";
import type { FunctionTool, Message } from "../wire.ts";
import type { Tell } from "./relay.ts";
import type { Warning } from "./result.ts";
import type { AnswerEvent } from "./stream-event.ts";

/** What stays the same over the turns of a call. */
export interface Call {
  settings: Settings;
  http: Http;
  options: ChatDefaults;
  streaming: boolean;
  /** Aborts the call: the caller's signal, a time-out, or a stream that nobody reads any more. */
  controller: AbortController;
  /** Ids of tool calls in the conversation so far. */
  usedIds: Set<string>;
  failedAttempts: { provider: string; model: string; error: GatewayError }[];
  /** What refusals have taught about models. */
  learned: LearnedRules;
  warn(warning: Warning): void;
  /** The output that the request under way asks for. */
  asking: StructuredOutput | undefined;
}

/** What a turn asks for; the request is built from it for each provider that is tried. */
export interface TurnPlan {
  /** Who is asked, and who is asked when that fails. */
  targets: readonly ModelId[];
  messages: readonly Message[];
  tools: readonly FunctionTool[];
  providerTools: readonly object[] | undefined;
  toolChoice: ToolChoice | undefined;
  /** The structured output to ask for, by provider. */
  outputOf: ((target: ModelId) => Promise<StructuredOutput>) | undefined;
  /** The answer must be the output itself, so that the tools give way to it. */
  outputOnly: boolean;
}

export interface TurnAnswer {
  answer: Answer;
  target: ModelId;
  attempts: number;
  gateway: GatewayMetadata;
  headers: Headers;
  /** What the output was asked with; undefined where this request did not ask for it. */
  output: StructuredOutput | undefined;
  /** The tool that the model had to call, where it was exactly one. */
  forcedTool: string | undefined;
}

/** One provider's share of a turn, over its retries. */
interface Attempt {
  target: ModelId;
  /** Nobody is left to fall back to. */
  isLast: boolean;
  /** Requests for this turn so far, those of other providers included. */
  attempts: number;
  /** Parts that the provider has refused. */
  omit: Omissions;
  /** The number of the next retry. */
  retry: number;
  /** Whether anything of the answer has been told. */
  delivered: boolean;
}

/**
 * Gets one model answer: sends the request, reads what comes, and tries again (without a part that the provider refuses, after a delay, at
 * the next provider) for as long as nothing of an answer has been delivered. Tells the answer's events as they arrive.
 */
export async function runTurn(plan: TurnPlan, call: Call, tell?: Tell<AnswerEvent>): Promise<TurnAnswer> {
  let attempts = 0;
  for (let index = 0; ; index++) {
    const target = plan.targets[index] as ModelId;
    const isLast = index === plan.targets.length - 1;
    const attempt: Attempt = { target, isLast, attempts, omit: {}, retry: 1, delivered: false };
    // Also where nobody listens: a chat, too, keeps what has begun to come.
    const deliver: Tell<AnswerEvent> = (events) => {
      attempt.delivered = true;
      return tell?.(events);
    };
    for (let again = true; again; ) {
      attempts = ++attempt.attempts;
      const { request, forcedTool, output } = turnRequest(plan, call, target, await plan.outputOf?.(target));
      call.asking = output;
      attempt.omit.learned = call.learned.for(target);
      try {
        const { answer, gateway, headers } = await exchangeOnce(request, attempt.omit, call, deliver);
        return { answer, target, attempts, gateway, headers, output, forcedTool };
      } catch (error) {
        again = await recover(error, attempt, request, call);
      }
    }
  }
}

/** Does what a failure asks for, such as waiting: true to ask the same provider again, false to go on to the next. Throws the error that nothing follows from. */
async function recover(error: unknown, attempt: Attempt, request: TurnRequest, call: Call): Promise<boolean> {
  const { target, isLast, attempts, omit, retry, delivered } = attempt;
  const { options, failedAttempts } = call;
  const { signal } = call.controller;
  if (signal.aborted && !GatewayError.is(signal.reason)) throw signal.reason;
  if (!GatewayError.is(error)) throw error;
  tellWhere(error, target, attempts);
  if (delivered || signal.aborted) throw error;
  if (omitRefused(error, omit, request) || learn(error, attempt, request, call)) return true;
  const weaker = call.asking?.weaken(error);
  if (weaker) {
    call.warn(weaker);
    return true;
  }
  const delayMs = retryDelay(error, retry, options);
  if (delayMs !== undefined) {
    failedAttempts.push({ provider: target.provider, model: target.model, error });
    options.onRetry?.({ attempt: retry, delayMs, error });
    attempt.retry++;
    await sleep(delayMs, signal).catch((reason: unknown) => {
      if (GatewayError.is(reason)) tellWhere(reason, target, attempts);
      throw reason;
    });
    return true;
  }
  if (isLast || !mayFallBack(error)) throw error;
  failedAttempts.push({ provider: target.provider, model: target.model, error });
  return false;
}

function tellWhere(error: GatewayError, target: ModelId, attempts: number): void {
  error.attempts = attempts;
  error.provider ??= target.provider;
  error.model ??= target.model;
}

/** What had arrived, for an error. */
function partialOf(answer: Accumulator): { text: string; reasoning?: string } {
  const { text, reasoning } = answer.finish([]);
  return reasoning === undefined ? { text } : { text, reasoning };
}

/** One request and its answer. */
async function exchangeOnce(
  request: TurnRequest,
  omit: Omissions,
  call: Call,
  tell: Tell<AnswerEvent>,
): Promise<{ answer: Answer; gateway: GatewayMetadata; headers: Headers }> {
  const { http, controller, streaming } = call;
  const { signal } = controller;
  if (signal.aborted) throw signal.reason;
  const { provider, model } = request.target;
  const asked = { provider, model };
  const clock = new Clock(limitsOf(request, streaming), (error) => {
    // A server that holds the connection open behind a whole answer has only forgotten to close it.
    if (answer.finished) pieces?.release();
    else controller.abort(Object.assign(error, asked));
  });
  const answer = new Accumulator(call.usedIds);
  const reading: Reading = { asked, clock, signal, redact: http.redact, streaming, answer };
  let gateway: GatewayMetadata | undefined;
  let pieces: Pieces | undefined;
  try {
    clock.start("first-byte");
    const { response, warnings } = await send(request, omit, call, asked);
    clock.pause();
    gateway = readGatewayMetadata(response.headers);
    pieces = new Pieces(response, reading);
    await readAnswer(response, pieces, reading, tell);
    const last: AnswerEvent[] = [];
    const whole = answer.finish(last);
    if (call.settings.validateResponses !== "off") await checkDrift(whole.raw, call, asked);
    warnings.forEach(call.warn);
    if (whole.rawFinishReason === undefined) {
      call.warn({ code: "no-finish-reason", message: `${model} ended its answer without a finish reason.` });
    }
    if (last.length > 0) await tell(last);
    return { answer: whole, gateway, headers: response.headers };
  } catch (error) {
    const cause = signal.aborted ? signal.reason : error;
    if (GatewayError.is(cause)) {
      if (gateway !== undefined) cause.gateway ??= http.redact(gateway);
      if (answer.delivered || signal.aborted) cause.partial = partialOf(answer);
    }
    throw cause;
  } finally {
    pieces?.close();
    clock.stop();
  }
}

/** Sends the request. A function of its own, so that a body is not held while its answer streams. */
async function send(request: TurnRequest, omit: Omissions, { http, controller }: Call, asked: Asked) {
  const { body, headers, warnings } = buildRequest(request, omit);
  return { response: await http.chat({ body, headers }, asked, controller.signal), warnings };
}

/** In milliseconds. */
function limitsOf({ options: { timeout = {} } }: TurnRequest, streaming: boolean) {
  return { "first-byte": timeout.firstByte ?? (streaming ? 120_000 : 300_000), idle: timeout.idle ?? 120_000 };
}

/** Fits the plan to a provider: which tools, which choice, and whether the output is asked for in this request. */
function turnRequest(plan: TurnPlan, call: Call, target: ModelId, output: StructuredOutput | undefined) {
  // Where tools and a response format exclude each other, the tools go first.
  const asksOutput =
    output !== undefined &&
    (plan.outputOnly || plan.tools.length === 0 || output.strategy === "tool" || target.row.toolsWithOutput !== false);
  const parts = asksOutput ? output.request() : {};
  const alone = asksOutput && plan.outputOnly;
  const dropTools = alone && parts.tool === undefined && target.row.toolsWithOutput === false;
  const tools = dropTools ? [] : parts.tool ? [...plan.tools, parts.tool] : plan.tools;
  let toolChoice = plan.toolChoice;
  if (parts.tool && (alone || plan.tools.length === 0)) toolChoice = { tool: parts.tool.function.name };
  else if (alone) toolChoice = "none";
  const forcedTool =
    typeof toolChoice === "object"
      ? toolChoice.tool
      : toolChoice === "required" && tools.length === 1
        ? tools[0]?.function.name
        : undefined;
  const request: TurnRequest = {
    target,
    messages: plan.messages,
    options: call.options,
    tools,
    providerTools: plan.providerTools,
    toolChoice,
    responseFormat: parts.responseFormat,
    instruction: parts.instruction,
    stream: call.streaming,
  };
  return { request, forcedTool, output: asksOutput ? output : undefined };
}

/** Notes a part of the request that the provider says it does not take; true when there is a new one to leave out. */
function omitRefused(error: GatewayError, omit: Omissions, request: TurnRequest): boolean {
  if (error.code !== "bad-request" || error.origin !== "provider") return false;
  const said = `${error.message} ${JSON.stringify(error.body ?? "")}`;
  if (request.stream && !omit.streamOptions && /stream_options|include_usage/i.test(said)) {
    omit.streamOptions = true;
    return true;
  }
  // Groq: "Tool choice is none, but model called a tool", with the code tool_use_failed.
  if (request.toolChoice === "none" && !omit.toolChoice && /tool[_ ]?choice|tool_use_failed/i.test(said)) {
    omit.toolChoice = true;
    return true;
  }
  return false;
}

/** Learns from a refusal what the model does not accept; true when the request is to be sent once more, as it does. */
function learn(error: GatewayError, { target, omit }: Attempt, request: TurnRequest, call: Call): boolean {
  const { body } = buildRequest(request, omit);
  const row = learnFromRefusal(error, body, request.options.extraBody);
  return row !== undefined && call.learned.add(target, row, omit.learned ?? []);
}

async function checkDrift(raw: unknown, { settings, warn }: Call, asked: { provider: string; model: string }): Promise<void> {
  const { responseDrift } = await import("../response/spec-drift.ts");
  const drift = await responseDrift(raw, settings.validator);
  if (drift === undefined) return;
  const message = `The answer of ${asked.model} does not fit the spec: ${drift}.`;
  if (settings.validateResponses === "throw") throw fail("answer:drift", message, asked);
  warn({ code: "response-drift", message });
}
