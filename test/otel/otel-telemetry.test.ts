import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { type Gateway, tool } from "cf-ai-gateway";
import { type OtelOptions, otelTelemetry } from "cf-ai-gateway/otel";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

const local = useLocalGateway();
let exporter: InMemorySpanExporter;
let tracerProvider: BasicTracerProvider;
let metricExporter: InMemoryMetricExporter;
let meterProvider: MeterProvider;

beforeEach(() => {
  exporter = new InMemorySpanExporter();
  tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 1e9 })],
  });
});
afterEach(() => meterProvider.shutdown());

function gateway(options: OtelOptions = {}): Gateway {
  const telemetry = otelTelemetry({
    tracer: tracerProvider.getTracer("test"),
    meter: meterProvider.getMeter("test"),
    ...options,
  });
  return local.client({ telemetry });
}

const weather = tool({
  parameters: { type: "object", properties: { city: { type: "string" } } },
  execute: () => trace.getActiveSpan()?.spanContext().spanId ?? "no active span",
});
const spanNamed = (name: string): ReadableSpan => {
  const span = exporter.getFinishedSpans().find((each) => each.name === name);
  if (!span) throw new Error(`no span ${name}`);
  return span;
};
const toolRound = () => local.reply({ toolCalls: [{ name: "weather", args: { city: "Oslo" } }] }, { text: "Sunny." });

async function metricNames(): Promise<string[]> {
  await meterProvider.forceFlush();
  return metricExporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name)));
}

describe("otelTelemetry", () => {
  it("creates a span for the chat, with a child span for each turn and tool", async () => {
    toolRound();
    await gateway().chat({ prompt: "Weather?", tools: { weather } });
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name).sort()).toEqual([
      "chat gpt-4o-mini",
      "chat gpt-4o-mini",
      "execute_tool weather",
      "invoke_agent",
    ]);
    const chat = spanNamed("invoke_agent").spanContext();
    for (const span of spans) expect(span.spanContext().traceId).toBe(chat.traceId);
    expect(spanNamed("chat gpt-4o-mini").kind).toBe(SpanKind.CLIENT);
    expect(spanNamed("chat gpt-4o-mini").parentSpanContext?.spanId).toBe(chat.spanId);
  });

  it("records the request, the tokens and what the gateway reported on the span of a turn", async () => {
    local.reply({ text: "Hi", usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } });
    const { gateway: metadata } = await gateway().chat({
      prompt: "Hi",
      temperature: 0.5,
      maxTokens: 50,
      stop: "END",
      gateway: { sessionId: "s-1" },
    });
    expect(spanNamed("chat gpt-4o-mini").attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o-mini",
      "gen_ai.request.temperature": 0.5,
      "gen_ai.request.max_tokens": 50,
      "gen_ai.request.stop_sequences": ["END"],
      "gen_ai.conversation.id": "s-1",
      "server.address": "127.0.0.1",
      "server.port": Number(new URL(local.url).port),
      "gen_ai.usage.input_tokens": 3,
      "gen_ai.usage.output_tokens": 2,
      "gen_ai.response.finish_reasons": ["stop"],
      "cf_ai_gateway.log_id": metadata.logId,
    });
  });

  it("keeps the span of a tool active while the tool runs", async () => {
    toolRound();
    const { turns } = await gateway().chat({ prompt: "Weather?", tools: { weather } });
    expect(turns[0]?.toolResults[0]?.result).toBe(spanNamed("execute_tool weather").spanContext().spanId);
  });

  it("sends the trace and span ID of the turn to the gateway", async () => {
    local.reply({ text: "Hi" });
    await gateway().chat({ prompt: "Hi" });
    const { traceId, spanId } = spanNamed("chat gpt-4o-mini").spanContext();
    expect(local.requests[0]?.headers.get("cf-aig-otel-trace-id")).toBe(traceId);
    expect(local.requests[0]?.headers.get("cf-aig-otel-parent-span-id")).toBe(spanId);
  });

  it("marks the spans of a failed chat with the error's code", async () => {
    local.reply({ error: { status: 400 } });
    await gateway()
      .chat({ prompt: "Hi" })
      .catch(() => {});
    for (const name of ["chat gpt-4o-mini", "invoke_agent"]) {
      expect(spanNamed(name).attributes["error.type"]).toBe("bad-request");
      expect(spanNamed(name).status.code).toBe(SpanStatusCode.ERROR);
    }
  });

  it("measures the time to the first chunk of a stream", async () => {
    local.reply({ text: "Hi there" });
    await gateway().stream({ prompt: "Hi" }).result;
    await vi.waitFor(() => spanNamed("chat gpt-4o-mini"));
    expect(spanNamed("chat gpt-4o-mini").attributes).toMatchObject({
      "gen_ai.request.stream": true,
      "gen_ai.response.time_to_first_chunk": expect.any(Number),
    });
    expect(await metricNames()).toContain("gen_ai.client.operation.time_to_first_chunk");
  });

  it("names a turn after the model that answered it", async () => {
    local.reply({ error: { status: 503 } }, { text: "Hi" });
    await gateway().chat({ prompt: "Hi", fallbacks: [{ provider: "groq", model: "llama-3.3-70b" }] });
    expect(spanNamed("chat llama-3.3-70b").attributes).toMatchObject({
      "gen_ai.provider.name": "groq",
      "gen_ai.request.model": "llama-3.3-70b",
      "cf_ai_gateway.attempts": 2,
    });
  });

  it("marks the span of a failed tool as an error, but not the chat's", async () => {
    local.reply({ toolCalls: [{ name: "broken", args: {} }] }, { text: "Sorry." });
    const broken = tool({
      parameters: { type: "object" },
      execute() {
        throw new Error("broken");
      },
    });
    await gateway().chat({ prompt: "Hi", tools: { broken } });
    expect(spanNamed("execute_tool broken").attributes["error.type"]).toBe("tool_error");
    expect(spanNamed("execute_tool broken").status.code).toBe(SpanStatusCode.ERROR);
    expect(spanNamed("invoke_agent").status.code).toBe(SpanStatusCode.UNSET);
  });

  it("runs the hooks of a turn within its span", async () => {
    local.reply({ text: "Hi" });
    let active: string | undefined;
    await gateway().chat({
      prompt: "Hi",
      onTurn() {
        active = trace.getActiveSpan()?.spanContext().spanId;
      },
    });
    expect(active).toBe(spanNamed("chat gpt-4o-mini").spanContext().spanId);
  });

  it("records content only when asked to", async () => {
    toolRound();
    await gateway().chat({ prompt: "secret question", tools: { weather } });
    const text = () => JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes));
    expect(text()).not.toMatch(/secret question|Sunny|Oslo/);
    toolRound();
    await gateway({ captureContent: true }).chat({ prompt: "secret question", tools: { weather } });
    expect(text()).toMatch(/secret question/);
    expect(text()).toMatch(/Sunny/);
    expect(text()).toMatch(/Oslo/);
  });

  it("records durations and tokens as metrics", async () => {
    toolRound();
    await gateway().chat({ prompt: "Weather?", tools: { weather } });
    expect(await metricNames()).toEqual(
      expect.arrayContaining(["gen_ai.client.operation.duration", "gen_ai.client.token.usage", "gen_ai.execute_tool.duration"]),
    );
  });

  it("uses the newer names when OTEL_SEMCONV_STABILITY_OPT_IN requests them", async () => {
    vi.stubEnv("OTEL_SEMCONV_STABILITY_OPT_IN", "http,gen_ai_latest_experimental");
    local.reply({ text: "Hi" });
    await gateway().chat({ prompt: "Hi" });
    expect(await metricNames()).toEqual(
      expect.arrayContaining([
        "gen_ai.client.inference.duration",
        "gen_ai.client.inference.operation.input_tokens",
        "gen_ai.client.inference.usage.output_tokens",
      ]),
    );
    expect(await metricNames()).not.toContain("gen_ai.client.token.usage");
  });

  it("creates a stream's spans as children of the span that was active when stream() was called", async () => {
    local.reply({ text: "Hi" });
    const tracer = tracerProvider.getTracer("test");
    const outer = tracer.startSpan("request");
    const stream = context.with(trace.setSpan(context.active(), outer), () => gateway().stream({ prompt: "Hi" }));
    await stream.result;
    // The span ends right after the result has settled.
    await vi.waitFor(() => spanNamed("invoke_agent"));
    expect(spanNamed("invoke_agent").parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
  });
});
