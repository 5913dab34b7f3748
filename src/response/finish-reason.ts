/** Why a turn ended. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "max-turns" | "other";

interface FinishReasonRow {
  reason: FinishReason;
  /** Whether the answer's tool calls are whole, so that they may run. */
  runsTools: boolean;
  /** The word is in no list: what it means for the answer can't be known. */
  isUnknown?: true;
}

const done: FinishReasonRow = { reason: "stop", runsTools: true };
const cut: FinishReasonRow = { reason: "length", runsTools: false };
const filtered: FinishReasonRow = { reason: "content-filter", runsTools: false };
const failed: FinishReasonRow = { reason: "other", runsTools: false };
const called: FinishReasonRow = { reason: "tool-calls", runsTools: true };
const missing: FinishReasonRow = { reason: "other", runsTools: true };
const unknown: FinishReasonRow = { reason: "other", runsTools: false, isUnknown: true };

/** The finish reasons that providers write: OpenAI's and those of others, in lower case. */
export const finishReasons: Readonly<Record<string, FinishReasonRow>> = {
  stop: done,
  end_turn: done,
  stop_sequence: done,
  eos: done,
  eos_token: done,
  complete: done,
  completed: done,
  tool_calls: done,
  tool_call: done,
  tool_use: done,
  function_call: done,
  length: cut,
  max_tokens: cut,
  model_length: cut,
  max_output_tokens: cut,
  model_context_window_exceeded: cut,
  content_filter: filtered,
  content_filtered: filtered,
  safety: filtered,
  recitation: filtered,
  refusal: filtered,
  blocklist: filtered,
  prohibited_content: filtered,
  spii: filtered,
  image_safety: filtered,
  image_prohibited_content: filtered,
  image_recitation: filtered,
  sensitive: filtered,
  guardrail_intervened: filtered,
  error_toxic: filtered,
  error: failed,
  insufficient_system_resource: failed,
};

/** What words in no list say about themselves; the first match counts. */
const meanings: readonly [RegExp, FinishReasonRow][] = [
  [/content_?filter|safety|prohibited|recitation|blocklist|guardrail|moderation|sensitive|censor|toxic/, filtered],
  [/max_?(\w+_)?tokens|token_?limit|context_?(window|length)|length_?limit|max_?length|too_?long/, cut],
];

/** Words that some servers write while the answer still goes on. */
const notFinished = new Set(["", "null", "none", "undefined", "not_finished", "in_progress", "finish_reason_unspecified"]);

/** The finish reason as the provider wrote it; undefined while the answer goes on. SGLang's own form is `{ "type": "stop" }`. */
export function readFinishReason(value: unknown): string | undefined {
  const word = typeof value === "object" && value !== null && "type" in value ? value.type : value;
  if (typeof word === "number") return String(word);
  return typeof word === "string" && (isListed(word) || !notFinished.has(normalise(word))) ? word : undefined;
}

/** Maps a provider's finish reason. Whether there are calls decides over `stop` and `tool_calls`, which providers mix up. */
export function mapFinishReason(raw: string | undefined, hasCalls: boolean): FinishReasonRow {
  const row = raw === undefined ? missing : rowOf(raw);
  return row.runsTools && hasCalls ? called : row;
}

/** Of two finish reasons of one answer, the one that counts: the later, unless the earlier says that the answer is not whole. */
export function laterFinishReason(earlier: string | undefined, later: string): string {
  if (earlier === undefined) return later;
  const [before, after] = [mapFinishReason(earlier, false), mapFinishReason(later, false)];
  return !before.runsTools && !before.isUnknown && (after.runsTools || after.isUnknown) ? earlier : later;
}

const isListed = (word: string): boolean => Object.hasOwn(finishReasons, word);

function rowOf(written: string): FinishReasonRow {
  const listed = isListed(written) ? finishReasons[written] : undefined;
  if (listed) return listed;
  const word = normalise(written);
  // Google's `content_filter: SAFETY` has the provider's own word behind the usual one.
  for (const each of [word, word.split(":", 1)[0] ?? ""]) {
    const row = isListed(each) ? finishReasons[each] : undefined;
    if (row) return row;
  }
  return meanings.find(([pattern]) => pattern.test(word))?.[1] ?? unknown;
}

/** In lower case with underscores: `endTurn`, `end-turn` and `END_TURN` are one word. */
const normalise = (word: string): string =>
  word
    .trim()
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[\s-]+/g, "_")
    .toLowerCase();
