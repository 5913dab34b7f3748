import {
  type Attributes,
  context,
  type Meter,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import {
  type ChatOptions,
  type ChatResult,
  GatewayError,
  type Message,
  type Telemetry,
  type ToolCall,
  type ToolResult,
  type Turn,
} from "../index.ts";
import { contentAttribute } from "./content.ts";
import { createInstruments, type Instruments } from "./instruments.ts";
import { type Conventions, providerName, selectConventions } from "./semantic-conventions.ts";

/** Options for spans and metrics. */
export interface OtelOptions {
  /**
   * Adds messages, tool arguments and tool results to the spans. They may contain personal data.
   * @default false, unless OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT is `true`, `SPAN_ONLY` or `SPAN_AND_EVENT`
   */
  captureContent?: boolean | undefined;
  /** @default the tracer "cf-ai-gateway" of the global tracer provider */
  tracer?: Tracer | undefined;
  /** @default the meter "cf-ai-gateway" of the global meter provider */
  meter?: Meter | undefined;
}

type Operation = Parameters<Telemetry["run"]>[0];
type Fields = Readonly<Record<string, unknown>>;

interface Recorder {
  readonly conventions: Conventions;
  readonly instruments: Instruments;
  readonly captureContent: boolean;
}

/**
 * OpenTelemetry instrumentation by the GenAI semantic conventions: a span for each chat (`invoke_agent`), turn (`chat {model}`, including
 * retries and fallbacks) and tool call (`execute_tool {name}`), and metrics of duration, time to the first chunk, and tokens. Spans are
 * active while their work runs, so that spans of `fetch` and of tools are their children. A turn's span ids are sent to the gateway as
 * `cf-aig-otel-trace-id` and `cf-aig-otel-parent-span-id`, so that spans exported by the gateway join the trace.
 *
 * ```ts
 * const gateway = createGateway({ provider: "openai", model: "gpt-4o-mini", telemetry: otelTelemetry() });
 * ```
 */
export function otelTelemetry(options: OtelOptions = {}): Telemetry {
  const environment = globalThis.process?.env ?? {};
  const conventions = selectConventions(environment.OTEL_SEMCONV_STABILITY_OPT_IN);
  const meter = options.meter ?? metrics.getMeter("cf-ai-gateway");
  const recorder: Recorder = {
    conventions,
    instruments: createInstruments(meter, conventions),
    captureContent:
      options.captureContent ??
      /^(true|span_only|span_and_event)$/i.test(environment.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT ?? ""),
  };
  return {
    run(operation, work) {
      const tracer = options.tracer ?? trace.getTracer("cf-ai-gateway");
      const { name, kind, attributes } = start(operation, recorder);
      const span = tracer.startSpan(name, { kind, attributes });
      const startedAt = performance.now();
      if (operation.kind === "turn") linkGatewayLog(operation, span);
      return context.with(trace.setSpan(context.active(), span), () =>
        work((outcome, error) => {
          finish({ ...operation, elapsedMs: performance.now() - startedAt }, outcome, error, span, recorder);
          span.end();
        }),
      );
    },
  };
}

function linkGatewayLog({ attributes }: Operation, span: Span): void {
  const { traceId, spanId } = span.spanContext();
  // A tracer without a provider returns ids of zeros.
  if (/^0*$/.test(traceId)) return;
  attributes.traceId = traceId;
  attributes.parentSpanId = spanId;
}

interface Start {
  name: string;
  kind: SpanKind;
  attributes: Attributes;
}

function start({ kind, attributes: given }: Operation, recorder: Recorder): Start {
  if (kind === "tool") return startTool(given, recorder);
  const provider = String(given.provider ?? "");
  const model = modelName(String(given.model ?? ""), provider);
  const attributes: Attributes = { "gen_ai.request.model": model };
  if (kind === "chat")
    return {
      name: "invoke_agent",
      kind: SpanKind.INTERNAL,
      attributes: { ...attributes, "gen_ai.operation.name": "invoke_agent" },
    };
  attributes["gen_ai.operation.name"] = "chat";
  attributes["gen_ai.provider.name"] = providerName(provider);
  Object.assign(attributes, requestAttributes((given.options ?? {}) as ChatOptions<unknown>), serverAttributes(given.url));
  if (given.streaming === true) attributes["gen_ai.request.stream"] = true;
  if (recorder.captureContent && Array.isArray(given.messages))
    attributes["gen_ai.input.messages"] = contentAttribute(given.messages as Message[]);
  return { name: `chat ${model}`, kind: SpanKind.CLIENT, attributes };
}

function startTool({ call }: Fields, { captureContent }: Recorder): Start {
  const { id, name, argsText } = call as ToolCall;
  const attributes: Attributes = {
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": name,
    "gen_ai.tool.call.id": id,
    "gen_ai.tool.type": "function",
  };
  if (captureContent) attributes["gen_ai.tool.call.arguments"] = argsText;
  return { name: `execute_tool ${name}`, kind: SpanKind.INTERNAL, attributes };
}

/** `openai/gpt-4o-mini` is the model `gpt-4o-mini` of `openai`; the provider has its own attribute. */
const modelName = (model: string, provider: string): string =>
  model.startsWith(`${provider}/`) ? model.slice(provider.length + 1) : model;

function requestAttributes(options: ChatOptions<unknown>): Attributes {
  const attributes: Attributes = {};
  const set = (name: string, value: string | number | string[] | undefined) => {
    if (value !== undefined) attributes[`gen_ai.request.${name}`] = value;
  };
  set("max_tokens", options.maxTokens);
  set("temperature", options.temperature);
  set("top_p", options.topP);
  set("frequency_penalty", options.frequencyPenalty);
  set("presence_penalty", options.presencePenalty);
  set("seed", options.seed);
  set("stop_sequences", typeof options.stop === "string" ? [options.stop] : options.stop);
  set("reasoning.level", options.reasoningEffort);
  if (options.output !== undefined) attributes["gen_ai.output.type"] = "json";
  if (options.gateway?.sessionId !== undefined) attributes["gen_ai.conversation.id"] = options.gateway.sessionId;
  return attributes;
}

/** Attributes of the gateway's server; none for requests through a Worker's binding. */
function serverAttributes(url: unknown): Attributes {
  if (typeof url !== "string") return {};
  const { hostname, port, protocol } = new URL(url);
  return { "server.address": hostname, "server.port": Number(port || (protocol === "http:" ? 80 : 443)) };
}

/** An operation that has ended, and how long it took. */
type Ended = Operation & { readonly elapsedMs: number };

function finish(operation: Ended, outcome: Fields, error: unknown, span: Span, recorder: Recorder): void {
  if (error !== undefined) fail(span, error);
  if (operation.kind === "turn") finishTurn(operation, outcome.turn as Turn | undefined, error, span, recorder);
  else if (operation.kind === "tool") finishTool(outcome.result as ToolResult | undefined, span, recorder);
  else finishChat(outcome.result as ChatResult<unknown> | undefined, span);
}

/** `error.type` is the stable code of a GatewayError, else the name of the error. */
const errorType = (error: unknown): string =>
  GatewayError.is(error) ? error.code : error instanceof Error ? error.name : "unknown";

function fail(span: Span, error: unknown): void {
  span.setAttribute("error.type", errorType(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
  if (!GatewayError.is(error)) return;
  if (error.gateway?.logId) span.setAttribute("cf_ai_gateway.log_id", error.gateway.logId);
  if (error.attempts !== undefined) span.setAttribute("cf_ai_gateway.attempts", error.attempts);
}

function finishTurn(operation: Ended, turn: Turn | undefined, error: unknown, span: Span, recorder: Recorder): void {
  const target = turn ?? (GatewayError.is(error) && error.model !== undefined ? error : operation.attributes);
  const { provider, model } = target as { provider?: string; model?: string };
  const name = modelName(String(model ?? ""), String(provider ?? ""));
  const attributes: Attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": providerName(String(provider ?? "")),
    "gen_ai.request.model": name,
    ...(error === undefined ? {} : { "error.type": errorType(error) }),
  };
  recorder.instruments.recordTurn(turn, operation.elapsedMs, attributes);
  // After a fallback, the model that answered.
  span.updateName(`chat ${name}`);
  span.setAttributes({ "gen_ai.provider.name": attributes["gen_ai.provider.name"], "gen_ai.request.model": name });
  if (turn === undefined) return;
  span.setAttributes(turnAttributes(turn, recorder.conventions));
  if (recorder.captureContent) {
    const parts = [
      ...(turn.reasoning === undefined ? [] : [{ type: "reasoning", content: turn.reasoning }]),
      ...(turn.text === "" ? [] : [{ type: "text", content: turn.text }]),
      ...turn.toolCalls.map(({ id, name, argsText }) => ({ type: "tool_call", id, name, arguments: argsText })),
    ];
    span.setAttribute("gen_ai.output.messages", JSON.stringify([{ role: "assistant", parts }]));
  }
}

function turnAttributes(
  { usage, gateway, finishReason, firstChunkMs, attempts }: Turn,
  { cacheWriteTokens }: Conventions,
): Attributes {
  const attributes: Attributes = {
    "gen_ai.response.finish_reasons": [finishReason],
    "cf_ai_gateway.attempts": attempts,
  };
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined) attributes[name] = value;
  };
  set("gen_ai.response.id", usage.requestId);
  set("gen_ai.response.model", gateway.routedModel ?? gateway.model);
  set("gen_ai.response.time_to_first_chunk", firstChunkMs === undefined ? undefined : firstChunkMs / 1000);
  set("gen_ai.usage.input_tokens", usage.inputTokens);
  set("gen_ai.usage.output_tokens", usage.outputTokens);
  set("gen_ai.usage.reasoning.output_tokens", usage.thinkingTokens);
  set("gen_ai.usage.cache_read.input_tokens", usage.cachedInputTokens);
  set(cacheWriteTokens, usage.cacheWriteTokens);
  set("cf_ai_gateway.cost", usage.cost);
  set("cf_ai_gateway.log_id", gateway.logId);
  set("cf_ai_gateway.cache_status", gateway.cacheStatus);
  set("cf_ai_gateway.step", gateway.step);
  set("cf_ai_gateway.routed_model", gateway.routedModel);
  return attributes;
}

function finishTool(result: ToolResult | undefined, span: Span, { instruments, captureContent }: Recorder): void {
  if (result === undefined) return;
  instruments.recordTool(result);
  if (result.isError) {
    span.setAttribute("error.type", "tool_error");
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  if (captureContent)
    span.setAttribute(
      "gen_ai.tool.call.result",
      typeof result.result === "string" ? result.result : (JSON.stringify(result.result) ?? ""),
    );
}

function finishChat(result: ChatResult<unknown> | undefined, span: Span): void {
  if (result === undefined) return;
  span.setAttribute("gen_ai.response.finish_reasons", [result.finishReason]);
  span.setAttribute("cf_ai_gateway.turns", result.turns.length);
  if (result.usage.cost !== undefined) span.setAttribute("cf_ai_gateway.cost", result.usage.cost);
}
