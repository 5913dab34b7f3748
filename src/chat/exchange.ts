import { fail } from "../errors/create-error.ts";
import { GatewayError } from "../errors/errors.ts";
import { buildRequest, type Omissions, type TurnRequest } from "../request/build-request.ts";
import { Accumulator, type Answer } from "../response/accumulator.ts";
import type { AnswerEvent, EmitAnswer } from "../response/answer-event.ts";
import { Pieces } from "../response/body-reader.ts";
import { type GatewayMetadata, readGatewayMetadata } from "../response/gateway-metadata.ts";
import { type Reading, readAnswer } from "../response/read-response.ts";
import { Clock } from "../transport/timeout.ts";
import { type ChatContext, type ChatState, warn } from "./chat-state.ts";

/** What one exchange brought. */
export interface Exchanged {
  readonly answer: Answer;
  readonly gateway: GatewayMetadata;
  readonly headers: Headers;
}

/** One request and its answer. The answer's events are emitted as they arrive. */
export async function exchange(
  request: TurnRequest,
  omit: Omissions,
  context: ChatContext,
  state: ChatState,
  emit: EmitAnswer,
): Promise<Exchanged> {
  const { transport, cancellation, streaming } = context;
  cancellation.throwIfAborted();
  const { provider, model } = request.target;
  const asked = { provider, model };
  const answer = new Accumulator(state.usedCallIds);
  state.receiving = answer;
  const clock = new Clock(limitsOf(request, streaming), (error) => {
    // A server that holds the connection open behind a whole answer has only forgotten to close it.
    if (answer.finished) pieces?.release();
    else cancellation.abort(Object.assign(error, asked));
  });
  const reading: Reading = { asked, clock, cancellation, redact: transport.redact, streaming, answer };
  let gateway: GatewayMetadata | undefined;
  let pieces: Pieces | undefined;
  try {
    clock.start("first-byte");
    const { sent, warnings } = send(request, omit, context);
    const response = await sent;
    clock.pause();
    gateway = readGatewayMetadata(response.headers);
    pieces = new Pieces(response, reading);
    await readAnswer(response, pieces, reading, emit);
    const last: AnswerEvent[] = [];
    const whole = answer.finish(last);
    if (context.settings.validateResponses !== "off") await checkDrift(whole.raw, context, state, asked);
    for (const warning of warnings) warn(state, warning);
    if (whole.rawFinishReason === undefined)
      warn(state, { code: "no-finish-reason", message: `${model} ended its answer without a finish reason.` });
    if (last.length > 0) await emit(last);
    return { answer: whole, gateway, headers: response.headers };
  } catch (error) {
    const cause = cancellation.aborted ? cancellation.reason : error;
    if (gateway !== undefined && GatewayError.is(cause) && cause !== context.options.signal?.reason)
      cause.gateway ??= transport.redact(gateway);
    throw cause;
  } finally {
    pieces?.close();
    clock.stop();
  }
}

/** Sends the request. A function of its own, so that the body is not held while the answer streams. */
function send(request: TurnRequest, omit: Omissions, { transport, cancellation }: ChatContext) {
  const { body, headers, warnings } = buildRequest(request, omit);
  const { provider, model } = request.target;
  return { sent: transport.send({ body, headers }, { provider, model }, cancellation), warnings };
}

/** In milliseconds. */
function limitsOf({ options: { timeout = {} } }: TurnRequest, streaming: boolean) {
  return { "first-byte": timeout.firstByte ?? (streaming ? 120_000 : 300_000), idle: timeout.idle ?? 120_000 };
}

async function checkDrift(
  raw: unknown,
  { settings }: ChatContext,
  state: ChatState,
  asked: { provider: string; model: string },
): Promise<void> {
  const { responseDrift } = await import("../response/spec-drift.ts");
  const drift = await responseDrift(raw, settings.validator);
  if (drift === undefined) return;
  const message = `The answer of ${asked.model} does not fit the spec: ${drift}.`;
  if (settings.validateResponses === "throw") throw fail("answer:drift", message, asked);
  warn(state, { code: "response-drift", message });
}
