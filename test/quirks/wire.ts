/** Responses exactly as providers send them, built without the package's own code. */

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const done = "data: [DONE]\n\n";

export const frame = (payload: unknown): string => `data: ${JSON.stringify(payload)}\n\n`;

/** A chunk with one choice. */
export const chunk = (delta: object, finish_reason: string | null = null, rest: object = {}): object => ({
  id: "chatcmpl-8f2c",
  object: "chat.completion.chunk",
  created: 1_770_000_000,
  model: "gpt-4o-mini",
  choices: [{ index: 0, delta, finish_reason }],
  ...rest,
});

/** A chunk whose delta holds tool calls. */
export const calling = (...toolCalls: object[]): object => chunk({ tool_calls: toolCalls });

/** An event stream with this body. */
export const eventStream = (body: string): WireReply => ({
  status: 200,
  headers: { "content-type": "text/event-stream; charset=utf-8" },
  body,
});

/** An event stream of these payloads, followed by `[DONE]`. */
export const streamed = (...payloads: unknown[]): WireReply => eventStream(payloads.map(frame).join("") + done);

export const json = (body: unknown, status = 200): WireReply => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** A completion with one choice. */
export const completion = (message: object, finish_reason: string | null = "stop", rest: object = {}): object => ({
  id: "chatcmpl-8f2c",
  object: "chat.completion",
  created: 1_770_000_000,
  model: "gpt-4o-mini",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  ...rest,
});

export const answered = (message: object, finish_reason: string | null = "stop", rest: object = {}): WireReply =>
  json(completion(message, finish_reason, rest));
