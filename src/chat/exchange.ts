import { fail } from "../errors/create-error.ts";
import type { RequestTarget } from "../errors/errors.ts";
import { type GatewayMetadata, readGatewayMetadata } from "../errors/gateway-metadata.ts";
import { buildRequest, type Omissions, type TurnRequest } from "../request/build-request.ts";
import { modelTraits } from "../request/model-rules.ts";
import { Accumulator, type ExpectedAnswer } from "../response/accumulator.ts";
import type { Answer } from "../response/answer.ts";
import type { EmitAnswer, EventSink } from "../response/answer-event.ts";
import { BodyReader } from "../response/body-reader.ts";
import type { FoundCalls } from "../response/call-in-text.ts";
import { readResponse } from "../response/read-response.ts";
import type { Reading } from "../response/reading.ts";
import type { ResponseValidation } from "../response/response-validation.ts";
import { Clock, type ClockLimits } from "../transport/timeout.ts";
import { type ChatContext, type ChatState, warn, warnAll } from "./chat-state.ts";
import { isOwnError } from "./own-error.ts";

/** The outcome of one exchange. */
export interface Exchanged {
  readonly answer: Answer;
  readonly gateway: GatewayMetadata;
  readonly headers: Headers;
  /** `performance.now()` of the first chunk of a stream. */
  readonly firstChunkAt: number | undefined;
}

/** Callbacks of an exchange in progress. */
export interface ExchangeEvents {
  /** Called when the response headers have arrived. */
  onResponse(headers: Headers, gateway: GatewayMetadata): void;
  emit: EmitAnswer;
}

/** What an exchange needs from its turn to read the answer. */
export interface AnswerContext {
  /** The tool that the model must call, if there is exactly one. */
  readonly forcedTool: string | undefined;
  /** Whether to run tool calls that the model wrote as text. */
  readonly acceptCalls: (found: FoundCalls) => Promise<boolean>;
}

/** Sends one request and reads its answer, emitting events as they arrive. */
export async function exchange(
  request: TurnRequest,
  omit: Omissions,
  context: ChatContext,
  state: ChatState,
  { forcedTool, acceptCalls }: AnswerContext,
  events: ExchangeEvents,
): Promise<Exchanged> {
  const { transport, cancellation, streaming, options } = context;
  cancellation.throwIfAborted();
  const { provider, model } = request.target;
  const target = { provider, model };
  const answer = new Accumulator(expectAnswer(request, forcedTool, state.usedCallIds));
  state.receiving = answer;
  const clock = new Clock(clockLimits(request, streaming), (error) => {
    // A server that keeps the connection open after a complete answer has only forgotten to close it.
    if (answer.finished) body?.cancel();
    else cancellation.abort(Object.assign(error, target));
  });
  let firstChunkAt: number | undefined;
  const { redact } = transport;
  const reading: Reading = { target, redact, streaming, answer, acceptCalls };
  if (streaming)
    reading.onChunk = (chunk: unknown, out: EventSink) => {
      firstChunkAt ??= performance.now();
      clock.onChunk();
      if (options.rawChunks) out.push({ type: "raw-chunk", chunk });
    };
  let gateway: GatewayMetadata | undefined;
  let body: BodyReader | undefined;
  try {
    if (context.settings.validateResponses !== "off") reading.validation = await loadValidation(context);
    clock.start("first-byte");
    const { sent, warnings } = send(request, omit, target, context);
    const { response } = await sent;
    clock.pause();
    const { headers } = response;
    gateway = readGatewayMetadata(headers);
    events.onResponse(headers, gateway);
    body = new BodyReader(response, { clock, cancellation, redact, answer });
    const whole = await readResponse(response, body, reading, (batch) => events.emit(batch));
    if (reading.validation) reportDrift(reading.validation, state, target);
    warnAll(state, warnings);
    warnAll(state, whole.warnings);
    return { answer: whole, gateway, headers, firstChunkAt };
  } catch (error) {
    const cause = cancellation.aborted ? cancellation.reason : error;
    if (gateway !== undefined && isOwnError(cause, context)) cause.gateway ??= redact(gateway);
    throw cause;
  } finally {
    body?.close();
    clock.stop();
  }
}

/** What is known about the answer before it arrives. */
function expectAnswer(
  { target, tools, options, stream }: TurnRequest,
  forcedTool: string | undefined,
  usedIds: Set<string>,
): ExpectedAnswer {
  const choices = options.extraBody?.n;
  return {
    model: target.model,
    usedIds,
    streaming: stream,
    choices: typeof choices === "number" ? choices : 1,
    tools: tools.length > 0 ? new Set(tools.map((tool) => tool.function.name)) : noNames,
    forcedTool,
    ...modelTraits(target),
  };
}

const noNames: ReadonlySet<string> = new Set();

/** Sends the request. A separate function, so that the body is not retained while the answer streams. */
function send(request: TurnRequest, omit: Omissions, target: RequestTarget, { transport, cancellation }: ChatContext) {
  const { body, headers, warnings } = buildRequest(request, omit);
  return { sent: transport.send({ body, headers }, target, cancellation), warnings };
}

function clockLimits({ options: { timeout = {} } }: TurnRequest, streaming: boolean): ClockLimits {
  return {
    firstByte: timeout.firstByte ?? (streaming ? 120_000 : 300_000),
    idle: timeout.idle ?? 120_000,
    chunk: streaming ? timeout.chunk : undefined,
  };
}

/** Loads what compares the response with the spec, if that is wanted. */
async function loadValidation({ settings, cancellation }: ChatContext): Promise<ResponseValidation | undefined> {
  const mode = settings.validateResponses;
  if (mode === "off") return undefined;
  const { startValidation } = await cancellation.race(import("../response/spec-drift.ts"));
  return cancellation.race(startValidation(mode));
}

/** Reports how a readable answer differs from the spec. */
function reportDrift(validation: ResponseValidation, state: ChatState, target: { provider: string; model: string }): void {
  const drift = validation.describe(true);
  if (drift === undefined) return;
  const message = `The response of ${target.model} does not match the spec: ${drift}.`;
  if (validation.mode === "throw") throw fail("answer:drift", message, target);
  warn(state, { code: "response-drift", message });
}
