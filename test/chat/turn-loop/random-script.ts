import fc from "fast-check";

/** What a provider does with one request. */
export type Step =
  | { kind: "answer"; text: string; calls: ScriptedCall[]; finishReason: string | null; pieceLength: number }
  /** An error that is retried immediately, one that is not, or one that is about tool_choice. */
  | { kind: "error"; what: "server" | "rate" | "request" | "tool-choice" }
  /** The response is truncated: a stream without its end, a body without its closing bracket. */
  | { kind: "cut"; text: string }
  /** The caller aborts while the request is in flight. */
  | { kind: "abort" };

export interface ScriptedCall {
  /** As the provider sends it: possibly missing, possibly already used. */
  id: string | undefined;
  /** On a stream, the ID arrives with the last piece of the call. */
  late: boolean;
  name: string;
  args: string;
}

const call: fc.Arbitrary<ScriptedCall> = fc.record({
  id: fc.constantFrom(undefined, "", "a", "b", "c", "d"),
  late: fc.boolean(),
  name: fc.constantFrom(
    "good",
    "good",
    "slow",
    "failing",
    "caller",
    "task",
    "task",
    "nobody",
    "constructor",
    "quitter",
    "output",
  ),
  args: fc.constantFrom("{}", "", '{"n": 1}', '{"n": "x"}', '{"n": 1', "[1]", "null", '{"n": 3, "s": "\\u00e9\u{1f680}"}'),
});

const answer = fc.record({
  kind: fc.constant("answer" as const),
  text: fc.constantFrom("", "Hello.", "Two words", '{"n": 1}', '{"n": "x"}', '```json\n{"n": 2}\n```', "<think>Hm.</think>Well."),
  calls: fc
    .array(call, { maxLength: 4 })
    // Only missing IDs may repeat within an answer: which of two calls keeps an ID that both have is unspecified.
    .map((calls) => calls.filter(({ id }, at) => !id || calls.findIndex((each) => each.id === id) === at)),
  finishReason: fc.constantFrom(
    "stop",
    "stop",
    "tool_calls",
    "tool_calls",
    "length",
    "content_filter",
    "error",
    "something-new",
    null,
  ),
  pieceLength: fc.constantFrom(7, 60, 100_000),
});

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: answer },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("error" as const),
      what: fc.constantFrom("server", "rate", "request", "tool-choice"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), text: fc.constantFrom("", "Half an ans") }) },
  { weight: 1, arbitrary: fc.constant({ kind: "abort" as const }) },
);

const errors = {
  server: [500, "The server had an error"],
  rate: [429, "Rate limit reached"],
  request: [400, "Invalid request"],
  "tool-choice": [400, "tool_choice none is not supported"],
} as const;

/** The response for a step. An abort has none: the caller triggers it. */
export function responseTo(step: Exclude<Step, { kind: "abort" }>, streaming: boolean): Response {
  if (step.kind === "error") {
    const [status, message] = errors[step.what];
    return Response.json({ error: { message, type: "error" } }, { status, headers: { "retry-after-ms": "0" } });
  }
  const text = streaming ? toStream(step) : toBody(step);
  const whole = step.kind === "cut" ? text.slice(0, streaming ? text.lastIndexOf("data: ", text.length - 20) : -5) : text;
  const type = streaming ? "text/event-stream" : "application/json";
  return new Response(splitIntoPieces(whole, step.kind === "cut" ? 100_000 : step.pieceLength), {
    headers: { "content-type": type },
  });
}

type Written = Exclude<Step, { kind: "abort" | "error" }>;
const getCalls = (step: Written) => (step.kind === "answer" ? step.calls : []);
const getFinishReason = (step: Written) => (step.kind === "answer" ? step.finishReason : "stop");

function toBody(step: Written): string {
  const tool_calls = getCalls(step).map(({ id, name, args }) => ({ id, type: "function", function: { name, arguments: args } }));
  const message = { role: "assistant", content: step.text, ...(tool_calls.length > 0 ? { tool_calls } : {}) };
  return JSON.stringify({ id: "answer", choices: [{ index: 0, message, finish_reason: getFinishReason(step) }] });
}

function toStream(step: Written): string {
  const deltas: object[] = (step.text.match(/[\s\S]{1,4}/gu) ?? []).map((content) => ({ content }));
  for (const [index, { id, late, name, args }] of getCalls(step).entries()) {
    const half = Math.ceil(args.length / 2);
    const first = { index, ...(late ? {} : { id }), type: "function", function: { name, arguments: args.slice(0, half) } };
    const second = { index, ...(late ? { id } : {}), function: { arguments: args.slice(half) } };
    deltas.push({ tool_calls: [first] }, { tool_calls: [second] });
  }
  const chunks = [
    ...deltas.map((delta) => ({ index: 0, delta, finish_reason: null })),
    { index: 0, delta: {}, finish_reason: getFinishReason(step) },
  ];
  return `${chunks.map((choice) => `data: ${JSON.stringify({ id: "answer", choices: [choice] })}\n\n`).join("")}data: [DONE]\n\n`;
}

function splitIntoPieces(text: string, length: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + length));
      at += length;
    },
  });
}
