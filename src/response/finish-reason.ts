/** Why a turn ended. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "max-turns" | "other";

interface FinishReasonRow {
  reason: FinishReason;
  /** Whether the answer's tool calls are complete, so that they may run. */
  runsTools: boolean;
  /** The finish reason is unknown, and so is its meaning for the answer. */
  isUnknown?: true;
}

const done: FinishReasonRow = { reason: "stop", runsTools: true };
const cut: FinishReasonRow = { reason: "length", runsTools: false };
const filtered: FinishReasonRow = { reason: "content-filter", runsTools: false };
const failed: FinishReasonRow = { reason: "other", runsTools: false };
const called: FinishReasonRow = { reason: "tool-calls", runsTools: true };
const missing: FinishReasonRow = { reason: "other", runsTools: true };
const unknown: FinishReasonRow = { reason: "other", runsTools: false, isUnknown: true };

/** The finish reasons that the spec names. */
export const finishReasons: Readonly<Record<string, FinishReasonRow>> = {
  stop: done,
  end_turn: done,
  eos: done,
  tool_calls: done,
  function_call: done,
  length: cut,
  max_tokens: cut,
  model_length: cut,
  content_filter: filtered,
  error: failed,
  insufficient_system_resource: failed,
};

/** Patterns for other finish reasons, in lower case; the first match counts. Google writes `content_filter: SAFETY`. */
const meanings: readonly [RegExp, FinishReasonRow][] = [
  [/^(?:(?:tool|function)s?_?(?:calls?|use)?|completed?|eos_token|stop_sequence)$/, done],
  [/content_?filter|safety|prohibited|recitation|blocklist|guardrail|moderation|sensitive|censor|toxic|spii|refusal/, filtered],
  [/max_?(\w+_)?tokens|token_?limit|context_?(window|length)|length_?limit|max_?length|too_?long/, cut],
];

/** Values that some servers send while the answer is still in progress. */
const notFinished = /^(?:null|none|undefined|not_finished|in_progress|finish_reason_unspecified)?$/;

/** The finish reason as the provider sent it; undefined while the answer is in progress. SGLang sends `{ "type": "stop" }`. */
export function readFinishReason(value: unknown): string | undefined {
  const word = typeof value === "object" && value !== null && "type" in value ? value.type : value;
  if (typeof word === "number") return String(word);
  return typeof word === "string" && (isListed(word) || !notFinished.test(normalise(word))) ? word : undefined;
}

/** Maps a provider's finish reason. Providers mix up `stop` and `tool_calls`, so the presence of calls decides between them. */
export function mapFinishReason(raw: string | undefined, hasCalls: boolean): FinishReasonRow {
  const row = raw === undefined ? missing : findRow(raw);
  return row.runsTools && hasCalls ? called : row;
}

/** Picks one of two finish reasons of an answer: the later one, unless the earlier says that the answer is incomplete. */
export function laterFinishReason(earlier: string | undefined, later: string): string {
  if (earlier === undefined) return later;
  const [before, after] = [mapFinishReason(earlier, false), mapFinishReason(later, false)];
  return !before.runsTools && !before.isUnknown && (after.runsTools || after.isUnknown) ? earlier : later;
}

const isListed = (word: string): boolean => Object.hasOwn(finishReasons, word);

function findRow(written: string): FinishReasonRow {
  const word = isListed(written) ? written : normalise(written);
  const listed = isListed(word) ? finishReasons[word] : undefined;
  return listed ?? meanings.find(([pattern]) => pattern.test(word))?.[1] ?? unknown;
}

/** Converts to lower case with underscores: `endTurn`, `end-turn` and `END_TURN` are the same. */
const normalise = (word: string): string =>
  word
    .trim()
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[\s-]+/g, "_")
    .toLowerCase();
