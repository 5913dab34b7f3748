/**
 * Arbitrary invalid answers. `npm test` does a short run; for a long one use `FUZZ_RUNS=20000 npx vitest run test/response/fuzz`,
 * with another seed in `FUZZ_SEED`. The titles contain both, so that a failure can be reproduced.
 */
import { type ChatResult, createGateway, GatewayError, type StreamEvent, tool } from "cf-ai-gateway";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBody } from "../contract/pieces.ts";

const runs = Number(process.env.FUZZ_RUNS ?? 80);
const seed = Number(process.env.FUZZ_SEED ?? 20_260_101);
const parameters = { seed, numRuns: runs };
const timeout = 15_000 + runs * 100;

type Json = fc.JsonValue;
const encode = (text: string) => new TextEncoder().encode(text);

/** The outcome of a call: a result or a GatewayError. Any other error fails the test. */
async function getOutcome(form: "chat" | "stream", pieces: readonly Uint8Array[], contentType: string) {
  let request = 0;
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "test-token-0123",
    provider: "openrouter",
    model: "openai/gpt-4o-mini",
    maxRetries: 0,
    maxTurns: 2,
    fetch: async () => {
      const last = encode('{"choices":[{"index":0,"message":{"content":"Done."},"finish_reason":"stop"}]}');
      const body = toBody(request++ === 0 ? pieces : [last]);
      return new Response(body, { headers: { "content-type": request === 1 ? contentType : "application/json" } });
    },
  });
  const ran: unknown[] = [];
  const lookUp = tool({ parameters: { type: "object" }, execute: (args: unknown) => ran.push(args) });
  const options = { prompt: "Hi", tools: { lookUp } };
  const events: StreamEvent[] = [];
  try {
    if (form === "chat") return { result: await gateway.chat(options), ran, events };
    const stream = gateway.stream(options);
    for await (const event of stream) events.push(event);
    return { result: await stream.result, ran, events };
  } catch (error) {
    if (!GatewayError.is(error)) throw error;
    return { error, ran, events };
  }
}

/** Every message can be sent again: calls have valid IDs, names and arguments, and each has its result. */
function expectSendable({ messages }: ChatResult): void {
  const answered = new Set(messages.flatMap((message) => (message.role === "tool" ? [message.tool_call_id] : [])));
  const ids = new Set<string>();
  for (const message of messages) {
    if (message.role !== "assistant") continue;
    expect(message.content === null || typeof message.content === "string").toBe(true);
    for (const { id, function: called } of message.tool_calls ?? []) {
      expect(id).toMatch(/^[\x21-\x7e]+$/);
      expect(ids.has(id)).toBe(false);
      ids.add(id);
      expect(called.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(JSON.parse(called.arguments)).toBeTypeOf("object");
      expect(answered.has(id)).toBe(true);
    }
  }
  expect(() => JSON.stringify(messages)).not.toThrow();
}

/** The text of a delta event. */
const getDelta = (event: StreamEvent) =>
  "text" in event
    ? event.text
    : event.type === "tool-call-delta"
      ? event.argsText
      : event.type === "tool-call-start"
        ? event.name
        : "";

/** The parts of a result that are the same for a body and a stream. */
const essence = ({ result, error, ran }: Awaited<ReturnType<typeof getOutcome>>) =>
  result
    ? {
        text: result.text,
        reasoning: result.turns[0]?.reasoning,
        finishReason: result.turns[0]?.finishReason,
        calls: result.turns[0]?.toolCalls.map(({ name, args }) => ({ name, args })),
        images: result.images,
        refusal: result.refusal,
        usage: result.usage,
        ran,
      }
    : { error: error?.code === "stream" ? "provider" : error?.code };

/** JSON values of any type, for any field of an answer. */
const odd = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<Json>("", 0, -1, 1e308, "\ud83d", { toString: 1, valueOf: 1 }, [], {}, [null], [[]]) },
);
const maybe = <T>(usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: usual as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("<think>a</think>b", "a\n</think>\n\nb", "<think>", "\ud83d", '{"a":1}', "<tool_call>"),
);

const toolCall = fc.record(
  {
    id: maybe(fc.constantFrom("a", "b", "")),
    index: maybe(fc.nat(3)),
    type: maybe(fc.constant("function")),
    function: maybe(
      fc.record(
        { name: maybe(fc.constantFrom("lookUp", "", "a.b")), arguments: maybe(fc.constantFrom('{"a":1}', "{", "}", "", "null")) },
        { requiredKeys: [] },
      ),
    ),
    extra_content: odd,
  },
  { requiredKeys: [] },
);
const message = fc.record(
  {
    role: maybe(fc.constant("assistant")),
    content: maybe(text),
    reasoning_content: maybe(text),
    reasoning: maybe(text),
    reasoning_details: maybe(
      fc.array(maybe(fc.record({ type: odd, text: maybe(text), index: maybe(fc.nat(2)), id: odd, signature: odd }))),
    ),
    refusal: maybe(text),
    tool_calls: maybe(fc.array(maybe(toolCall), { maxLength: 4 })),
    function_call: odd,
    annotations: maybe(fc.array(odd)),
    citations: odd,
    images: maybe(fc.array(maybe(fc.record({ type: odd, image_url: maybe(fc.record({ url: maybe(text) })) })))),
    audio: maybe(fc.record({ id: odd, data: maybe(text), transcript: maybe(text), expires_at: odd })),
    extra_content: odd,
  },
  { requiredKeys: [] },
);
const finishReason = maybe(fc.constantFrom("stop", "tool_calls", "length", "content_filter", "new_word", null));
const usage = maybe(fc.dictionary(fc.constantFrom("prompt_tokens", "completion_tokens", "total_tokens", "cost"), odd));

describe(`any answer (FUZZ_SEED=${seed} FUZZ_RUNS=${runs})`, () => {
  test("made of arbitrary bytes causes a result or a GatewayError", { timeout }, async () => {
    const type = fc.constantFrom("text/event-stream", "application/json", "text/plain", "");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }),
        type,
        fc.boolean(),
        async (pieces, contentType, isStream) => {
          const { result } = await getOutcome(isStream ? "stream" : "chat", pieces, contentType);
          if (result) expectSendable(result);
        },
      ),
      parameters,
    );
  });

  test("made of arbitrary frames causes a result or a GatewayError", { timeout }, async () => {
    const line = fc.oneof(
      odd.map((value) => `data: ${JSON.stringify(value)}`),
      message.map((delta) => `data: ${JSON.stringify({ choices: [{ delta }] })}`),
      fc.constantFrom(
        "data: [DONE]",
        "",
        "",
        ":",
        "event: error",
        "data:",
        'data: {"choices":[{"finish_reason":"stop"}]}',
        "[DONE]",
        "<html>",
      ),
      odd.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const { result, events } = await getOutcome("stream", [encode(lines.join("\n"))], "text/event-stream");
        if (result) expectSendable(result);
        for (const event of events) expect(getDelta(event)).not.toMatch(/\p{Surrogate}/u);
      }),
      parameters,
    );
  });

  test("with any type in any field gives the same result as a body and as a stream", { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(message, finishReason, usage, odd, async (message, finish_reason, usage, rest) => {
        const choice = { index: 0, finish_reason };
        const completion = { id: rest, object: "chat.completion", created: rest, choices: [{ ...choice, message }], usage };
        const body = await getOutcome("chat", [encode(JSON.stringify(completion))], "application/json");
        const chunk = { id: rest, created: rest, choices: [{ ...choice, delta: message }], usage };
        const frames = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
        const stream = await getOutcome("stream", [encode(frames)], "text/event-stream");
        expect(essence(stream)).toEqual(essence(body));
        for (const { result } of [body, stream]) if (result) expectSendable(result);
      }),
      parameters,
    );
  });

  test("is read the same wherever its bytes are split, and its deltas add up to it", { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 6 }), async (deltas, cuts) => {
        const frames = deltas.map((delta) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
        const bytes = encode(`${frames.join("")}data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`);
        const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, at) => bytes.subarray(places[at], end));
        const whole = await getOutcome("stream", [bytes], "text/event-stream");
        const cut = await getOutcome("stream", pieces, "text/event-stream");
        expect(essence(cut)).toEqual(essence(whole));
      }),
      parameters,
    );
  });
});
