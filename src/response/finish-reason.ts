export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "max-turns" | "other";

interface FinishReasonRow {
  reason: FinishReason;
  /** Whether the answer's tool calls are whole, so that they may run. */
  runsTools: boolean;
}

const done: FinishReasonRow = { reason: "stop", runsTools: true };
const cut: FinishReasonRow = { reason: "length", runsTools: false };
const filtered: FinishReasonRow = { reason: "content-filter", runsTools: false };
const failed: FinishReasonRow = { reason: "other", runsTools: false };

/** The finish reasons that providers write, OpenAI's and others'. */
export const finishReasons: Readonly<Record<string, FinishReasonRow>> = {
  stop: done,
  end_turn: done,
  stop_sequence: done,
  eos: done,
  eos_token: done,
  complete: done,
  tool_calls: done,
  tool_use: done,
  function_call: done,
  length: cut,
  max_tokens: cut,
  model_length: cut,
  max_output_tokens: cut,
  content_filter: filtered,
  safety: filtered,
  recitation: filtered,
  refusal: filtered,
  error: failed,
  insufficient_system_resource: failed,
};

/** Maps a provider's finish reason. Whether there are calls decides over `stop` and `tool_calls`, which providers mix up. */
export function mapFinishReason(raw: string | undefined, hasCalls: boolean): FinishReasonRow {
  const word = String(raw).toLowerCase();
  const row = (Object.hasOwn(finishReasons, word) && finishReasons[word]) || { reason: "other", runsTools: true };
  return row.runsTools && hasCalls ? { reason: "tool-calls", runsTools: true } : row;
}
