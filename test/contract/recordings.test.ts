import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type ChatResult, createGateway, GatewayError } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import { specProblems } from "../../scripts/fixtures/fixture-spec.ts";
import { byteByByte, cutAt, eventByEvent, places, toBody } from "./pieces.ts";
import { readPurely } from "./read-purely.ts";

/** Bodies that live providers returned; they are kept outside the repository. */
const folder = new URL("../../../shared/recordings/", import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).sort() : [];

interface Recording {
  name: string;
  isStream: boolean;
  status: number;
  bytes: Uint8Array;
  payloads: Json[];
}
// biome-ignore lint/suspicious/noExplicitAny: a provider may send anything.
type Json = any;

const recordings = files
  .filter((file) => /\.jsonl?$/.test(file))
  .map((file): Recording => {
    const text = readFileSync(new URL(file, folder), "utf8");
    const isStream = file.endsWith(".chunks.jsonl");
    const lines = isStream ? text.split("\n").filter(Boolean) : [text];
    // The recordings don't contain the framing of event streams.
    const framed = isStream ? `${lines.map((line) => `data: ${line}\n\n`).join("")}data: [DONE]\n\n` : text;
    return {
      name: file,
      isStream,
      status: file.endsWith("-error.json") ? 400 : 200,
      bytes: new TextEncoder().encode(framed),
      payloads: lines.map((line) => JSON.parse(line) as Json),
    };
  });

const named = (list: Recording[]): [string, Recording][] => list.map((recording) => [recording.name, recording]);
const answers = recordings.filter(({ status }) => status === 200);
const errors = recordings.filter(({ status }) => status !== 200);

/** Reads a recording as simply as possible, without the client's code. */
function plainReading({ payloads }: Recording) {
  const last = (values: Json[]) => values.filter(Boolean).at(-1);
  const choices: Json[] = payloads.flatMap((payload) => payload.choices ?? []);
  const messages = choices.map((choice) => choice.message ?? choice.delta ?? {});
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : [{ type: "text", text: content ?? "" }]));
  const ofType = (type: string) => parts.filter((part) => part.type === type);
  const args = new Map<number, string>();
  for (const message of messages) {
    for (const [at, call] of (message.tool_calls ?? []).entries()) {
      const index = call.index ?? at;
      args.set(index, (args.get(index) ?? "") + (call.function.arguments ?? ""));
    }
  }
  return {
    text: ofType("text")
      .map((part) => part.text)
      .join(""),
    reasoning: [
      ...messages.map((message) => message.reasoning_content ?? message.reasoning ?? ""),
      ...ofType("thinking").flatMap((part) => part.thinking.map((each: Json) => each.text)),
    ].join(""),
    calls: [...args.values()].map((text) => JSON.parse(text)),
    finish: last(choices.map((choice) => choice.finish_reason)),
    total: last(payloads.map(({ usage }) => usage?.total_tokens)),
    citations: last(payloads.map(({ citations }) => citations)),
  };
}

function gatewayFor({ bytes, status, isStream }: Recording, pieces: readonly Uint8Array[] = [bytes]) {
  const headers = { "content-type": isStream ? "text/event-stream" : "application/json" };
  const sent: unknown[] = [];
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "recording-gateway-token",
    maxRetries: 0,
    fetch: async (_, init) => {
      sent.push(JSON.parse(String(init.body)));
      return new Response(toBody(pieces), { status, headers });
    },
  });
  const options = { provider: "openai", model: "gpt-4o-mini", prompt: "Hi", maxTurns: 1 };
  const ask = (): Promise<ChatResult> => (isStream ? gateway.stream(options).result : gateway.chat(options));
  return { ask, sent };
}

describe.skipIf(recordings.length === 0)("recorded answers of providers (skipped where ../shared/recordings is absent)", () => {
  test.each(named(recordings))("%s matches the spec", (_, { payloads, isStream, status }) => {
    const schema = status !== 200 ? "ErrorBody" : isStream ? "ChatCompletionChunk" : "ChatCompletion";
    expect(payloads.flatMap((payload) => specProblems(schema, payload))).toEqual([]);
  });

  test.each(named(answers))("%s is read correctly", async (_, recording) => {
    const { ask, sent } = gatewayFor(recording);
    const result = await ask();
    expect(sent.flatMap((request) => specProblems("ChatCompletionRequest", request))).toEqual([]);
    const { text, reasoning, calls, finish, total, citations } = plainReading(recording);
    expect(result).toMatchObject({ text, rawFinishReason: finish });
    expect(result.reasoning ?? "").toBe(reasoning);
    expect(result.citations).toEqual(citations);
    expect(result.turns[0]?.toolCalls.map(({ args }) => args)).toEqual(calls);
    expect(result.usage.totalTokens).toBe(total);
    expect(result.warnings).toEqual([]);
  });

  test.each(named(answers))(
    "%s is read the same whole, event by event, byte by byte and split in two anywhere",
    (_, { bytes, isStream }) => {
      const whole = readPurely([bytes], isStream);
      if (isStream) expect(readPurely(eventByEvent(bytes), true)).toEqual(whole);
      expect(readPurely(byteByByte(bytes), isStream)).toEqual(whole);
      const expected = JSON.stringify(whole.answer);
      for (const at of places(bytes.length)) {
        const { answer } = readPurely(cutAt(bytes, at), isStream);
        // Comparing strings takes a tenth of the time; when they differ, expect() shows the difference.
        if (JSON.stringify(answer) !== expected) expect(answer, `cut at byte ${at}`).toEqual(whole.answer);
      }
    },
  );

  test.each(named(answers.filter(({ bytes }) => bytes.length <= 8 * 1024)))(
    "%s is read the same one byte at a time",
    async (_, recording) => {
      const { raw, text, reasoning, usage } = await gatewayFor(recording).ask();
      const slowly = await gatewayFor(recording, byteByByte(recording.bytes)).ask();
      expect({ raw: slowly.raw, text: slowly.text, reasoning: slowly.reasoning, usage: slowly.usage }).toEqual({
        raw,
        text,
        reasoning,
        usage,
      });
    },
  );

  test.each(named(errors))("%s is an error with the provider's message", async (_, recording) => {
    const error = await gatewayFor(recording)
      .ask()
      .catch((reason: unknown) => reason);
    if (!GatewayError.is(error)) throw new Error(`expected a GatewayError, got ${String(error)}`);
    expect(error).toMatchObject({ code: "bad-request", origin: "provider", body: recording.payloads[0] });
    expect(error.message).toContain(recording.payloads[0].error.message);
  });
});
