import type { ScriptedReply } from "cf-ai-gateway/testing";
import type { Mode } from "../../local-gateway.ts";

type Fields = Record<string, unknown>;

/** A tool call as a provider writes it. */
export const wireCall = (id: string, name: string, args: unknown, more: Fields = {}): Fields => ({
  id,
  type: "function",
  function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) },
  ...more,
});

/** A streamed answer made of these deltas. */
export const streamed = (deltas: readonly Fields[], finishReason: string | null = "stop"): ScriptedReply => ({
  status: 200,
  body: `${[
    ...deltas.map((delta) => ({ id: "chunk", choices: [{ index: 0, delta, finish_reason: null }] })),
    { id: "chunk", choices: [{ index: 0, delta: {}, finish_reason: finishReason }] },
  ]
    .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
    .join("")}data: [DONE]\n\n`,
});

/** An answer as a JSON body. */
export const whole = (message: Fields, finishReason: string | null = "stop"): ScriptedReply => ({
  status: 200,
  body: JSON.stringify({ id: "whole", choices: [{ index: 0, message, finish_reason: finishReason }] }),
});

/** An answer with this message; when streamed, it is a single delta. */
export const answer = (mode: Mode, message: Fields, finishReason: string | null = "stop"): ScriptedReply =>
  mode === "chat" ? whole({ role: "assistant", content: null, ...message }, finishReason) : streamed([message], finishReason);
