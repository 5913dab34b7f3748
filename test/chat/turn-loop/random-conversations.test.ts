import {
  type ChatOptions,
  type ChatResult,
  createGateway,
  GatewayError,
  type Message,
  type StreamEvent,
  tool,
} from "cf-ai-gateway";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Mode } from "../../local-gateway.ts";
import { responseTo, type Step, step } from "./random-script.ts";
import { transcriptProblems } from "./transcript.ts";

/** Runs are deterministic; set FUZZ_RUNS and FUZZ_SEED to explore more. */
const runs = Number(process.env.FUZZ_RUNS ?? 80);
const seed = Number(process.env.FUZZ_SEED ?? 20_260_101);

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on("unhandledRejection", note));
afterAll(() => void process.off("unhandledRejection", note));

interface Run {
  result: ChatResult<unknown> | undefined;
  error: unknown;
  /** The messages of each request. */
  sent: Message[][];
  /** Ids of the calls that ran. */
  ran: string[];
  events: StreamEvent<unknown>[];
  /** Whether a response was truncated, which chat and stream report with different messages. */
  cut: boolean;
}

const numbers = z.object({ n: z.number() });

/** Runs one chat against the script; after its last step the provider returns a valid answer. `leaveAfter` exits a stream early. */
async function run(
  mode: Mode,
  script: readonly Step[],
  given: Partial<ChatOptions<unknown>>,
  leaveAfter = Number.POSITIVE_INFINITY,
): Promise<Run> {
  const controller = new AbortController();
  const reason = new Error("given up");
  const outcome: Run = { result: undefined, error: undefined, sent: [], ran: [], events: [], cut: false };
  let at = 0;
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "token",
    model: "openai/gpt-4o-mini",
    onBackgroundTaskError: () => {},
    fetch: async (_, { body }) => {
      const { messages, stream } = JSON.parse(String(body));
      outcome.sent.push(messages);
      const next: Step = script[at++] ?? { kind: "answer", text: '{"n": 9}', calls: [], finishReason: "stop", pieceLength: 60 };
      if (next.kind === "cut") outcome.cut = true;
      if (next.kind !== "abort") return responseTo(next, stream === true);
      controller.abort(reason);
      return new Promise(() => {});
    },
  });
  const runs = (execute: () => unknown) =>
    tool({
      parameters: z.object({ n: z.number().optional() }).loose(),
      execute: (_, { toolCallId }) => {
        outcome.ran.push(toolCallId);
        return execute();
      },
    });
  const options: ChatOptions<unknown> = {
    prompt: "Go.",
    tools: {
      good: runs(() => "fine"),
      slow: runs(() => new Promise<void>((resolve) => setImmediate(resolve))),
      failing: runs(() => Promise.reject(new Error("it broke"))),
      caller: tool({ parameters: z.object({}).loose() }),
      quitter: runs(() => {
        controller.abort(reason);
        return new Promise(() => {});
      }),
    },
    backgroundTasks: { task: runs(() => Promise.reject(new Error("it broke in the background"))) },
    signal: controller.signal,
    ...given,
  };
  try {
    if (mode === "chat") outcome.result = await gateway.chat(options);
    else {
      const stream = gateway.stream(options);
      for await (const event of stream) if (outcome.events.push(event) > leaveAfter) break;
      outcome.result = await stream.result;
    }
  } catch (error) {
    outcome.error = error;
  }
  await gateway.settled();
  return outcome;
}

const options: fc.Arbitrary<Partial<ChatOptions<unknown>>> = fc.record({
  maxTurns: fc.integer({ min: 1, max: 4 }),
  toolConcurrency: fc.constantFrom(undefined, 1, 2),
  toolChoice: fc.constantFrom(undefined, "required" as const, { tool: "good" }),
  output: fc.constantFrom(undefined, undefined, numbers),
  outputStrategy: fc.constantFrom("auto" as const, "tool" as const, "prompt" as const),
  outputRetries: fc.integer({ min: 0, max: 2 }),
  maxRetries: fc.integer({ min: 0, max: 2 }),
});

function check(
  { result, error, sent, ran, events }: Run,
  { maxTurns = 10, output, outputRetries = 1 }: Partial<ChatOptions<unknown>>,
) {
  for (const messages of sent) expect(transcriptProblems(messages)).toEqual([]);
  expect(new Set(ran).size, "no call runs twice").toBe(ran.length);
  const partial = GatewayError.is(error) ? error.partial : undefined;
  const turns = result?.turns ?? partial?.turns ?? [];
  expect(turns.length).toBeLessThanOrEqual(maxTurns + (output === undefined ? 0 : outputRetries));
  for (const { toolCalls, toolResults } of turns) {
    const ids = toolCalls.map(({ id }) => id);
    const answered = toolResults.map(({ toolCallId }) => toolCallId);
    expect(answered, "in the order of the calls").toEqual(ids.filter((id) => answered.includes(id)));
  }
  if (partial?.messages) expect(transcriptProblems(partial.messages)).toEqual([]);
  if (!result) return;
  const left = result.toolCalls.map(({ id }) => id);
  expect(transcriptProblems(result.messages, left)).toEqual([]);
  expect(left.length > 0).toBe(
    result.finishReason === "tool-calls" && result.turns.at(-1)?.toolCalls.some(({ name }) => name === "caller"),
  );
  if (result.output !== undefined) expect(numbers.safeParse(result.output).success).toBe(true);
  if (events.length === 0) return;
  expect(events.filter(({ type }) => type === "turn-start")).toHaveLength(turns.length);
  expect(events.flatMap((event) => (event.type === "turn-end" ? [event.turn] : []))).toEqual(turns);
  expect(events.at(-1)).toEqual({ type: "finish", result });
  const called = events.flatMap((event) => (event.type === "tool-call" ? [event.id] : []));
  expect(called).toEqual(turns.flatMap(({ toolCalls }) => toolCalls.map(({ id }) => id)));
}

/** What must be the same for chat and stream. */
function comparable({ result, error, sent, ran }: Run) {
  const withoutTimes = (turns: ChatResult["turns"] | undefined) =>
    turns?.map(({ durationMs: _, startedAt: __, firstChunkMs: ___, ...turn }) => ({
      ...turn,
      toolResults: turn.toolResults.map(({ durationMs: ____, ...each }) => each),
    }));
  const partial = GatewayError.is(error) ? error.partial : undefined;
  return {
    sent,
    // Which of the later calls had started when a tool aborted the chat depends on timing.
    ran: result || GatewayError.is(error) ? [...ran].sort() : undefined,
    error: GatewayError.is(error) ? { name: error.name, message: error.message, attempts: error.attempts } : error,
    partial: partial && {
      text: partial.text,
      turns: withoutTimes(partial.turns),
      messages: partial.messages,
      usage: partial.usage,
    },
    result: result && {
      ...result,
      turns: withoutTimes(result.turns),
      backgroundTasks: result.backgroundTasks.map(({ name, toolCallId }) => [name, toolCallId]),
      failedAttempts: result.failedAttempts.map((each) => each.error.message),
      headers: undefined,
      raw: undefined,
      feedback: undefined,
    },
  };
}

describe("random conversations", () => {
  it(
    "keep every transcript valid and within maxTurns, run each call once, and are the same for chat and stream",
    async () => {
      const reached = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 7 }), options, async (script, given) => {
          const chat = await run("chat", script, given);
          const stream = await run("stream", script, given);
          check(chat, given);
          check(stream, given);
          if (!chat.cut && !stream.cut) expect(comparable(stream)).toEqual(comparable(chat));
          reached.add(chat.result?.finishReason ?? (GatewayError.is(chat.error) ? chat.error.code : String(chat.error)));
        }),
        { seed, numRuns: runs },
      );
      await new Promise(setImmediate);
      expect(unhandled).toEqual([]);
      // The scripts cover every outcome.
      expect([...reached]).toEqual(
        expect.arrayContaining([
          ...["stop", "length", "tool-calls", "content-filter", "max-turns", "other"],
          ...["bad-request", "provider", "output-validation", "Error: given up"],
        ]),
      );
    },
    60_000 + runs * 100,
  );

  it("can be exited at any event: the result rejects, and no rejection is unhandled", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), options, fc.nat(20), async (script, given, leaveAfter) => {
        const { result, error, events } = await run("stream", script, given, leaveAfter);
        if (events.length <= leaveAfter || events.at(-1)?.type === "finish") return;
        expect(result).toBeUndefined();
        expect((error as Error).name).toBe("AbortError");
      }),
      { seed, numRuns: runs },
    );
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });
});
