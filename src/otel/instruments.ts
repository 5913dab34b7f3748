import type { Attributes, Counter, Histogram, Meter } from "@opentelemetry/api";
import type { ToolResult, Turn } from "../index.ts";
import { type Conventions, durationBuckets, tokenBuckets, tokenCounters } from "./semantic-conventions.ts";

export interface Instruments {
  /** `turn` is undefined if the turn failed; then only its duration is known. */
  recordTurn(turn: Turn | undefined, elapsedMs: number, attributes: Attributes): void;
  recordTool(result: ToolResult): void;
}

type TokenCount = keyof typeof tokenCounters;

const createCounters = (meter: Meter): { count: TokenCount; counter: Counter }[] =>
  (Object.keys(tokenCounters) as TokenCount[]).map((count) => ({
    count,
    counter: meter.createCounter(tokenCounters[count], { unit: "{token}", description: "Tokens used." }),
  }));

export function createInstruments(meter: Meter, conventions: Conventions): Instruments {
  const seconds = (name: string, description: string): Histogram =>
    meter.createHistogram(name, { unit: "s", description, advice: { explicitBucketBoundaries: durationBuckets } });
  const tokens = (name: string, description: string): Histogram =>
    meter.createHistogram(name, { unit: "{token}", description, advice: { explicitBucketBoundaries: tokenBuckets } });

  const duration = seconds(conventions.durationMetric, "Duration of a completion, retries included.");
  const firstChunk = seconds(conventions.firstChunkMetric, "Time until the first chunk of a stream.");
  const toolDuration = seconds("gen_ai.execute_tool.duration", "Duration of a tool call.");
  const input = tokens(conventions.inputTokensMetric, "Tokens used.");
  // In the older conventions, input and output are one metric, distinguished by an attribute.
  const output = conventions.version === "latest" ? tokens(conventions.outputTokensMetric, "Tokens used.") : input;
  const counters = conventions.version === "latest" ? createCounters(meter) : [];
  const typed = (attributes: Attributes, type: "input" | "output"): Attributes =>
    conventions.version === "latest" ? attributes : { ...attributes, "gen_ai.token.type": type };

  return {
    recordTurn(turn, elapsedMs, attributes) {
      duration.record((turn?.durationMs ?? elapsedMs) / 1000, attributes);
      if (turn === undefined) return;
      if (turn.firstChunkMs !== undefined) firstChunk.record(turn.firstChunkMs / 1000, attributes);
      const { inputTokens, outputTokens } = turn.usage;
      if (inputTokens !== undefined) input.record(inputTokens, typed(attributes, "input"));
      if (outputTokens !== undefined) output.record(outputTokens, typed(attributes, "output"));
      // No provider reports a complete breakdown of the tokens into text, images and audio.
      for (const { count, counter } of counters)
        counter.add(turn.usage[count] ?? 0, { ...attributes, "gen_ai.token.modality": "unknown" });
    },
    recordTool({ name, durationMs, isError }) {
      toolDuration.record(durationMs / 1000, {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": name,
        ...(isError ? { "error.type": "tool_error" } : {}),
      });
    },
  };
}
