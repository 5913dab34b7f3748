import type { Warning } from "../chat/warning.ts";
import type { Answer } from "./answer.ts";
import { holdsCallMarkup } from "./call-marks.ts";
import { mapFinishReason } from "./finish-reason.ts";

/** What was noticed while reading an answer. */
export interface ReadingNotes {
  model: string;
  offersTools: boolean;
  /** Whether calls were read from markup in the text. */
  ranCallMarkup: boolean;
  /** Whether reasoning was emitted as text, or text as reasoning. */
  deltasWereWrong: boolean;
  /** What was wrong after the complete answer. */
  brokenTail: string | undefined;
}

/** Returns the warnings about a successful answer. */
export function answerWarnings(answer: Omit<Answer, "warnings" | "replay" | "raw">, notes: ReadingNotes): Warning[] {
  const { model } = notes;
  const warnings: Warning[] = [];
  const warn = (code: Warning["code"], message: string) => warnings.push({ code, message });
  const raw = answer.rawFinishReason;
  const quoted = raw === undefined ? "missing" : JSON.stringify(raw.slice(0, 100));
  const { reason, isUnknown } = mapFinishReason(raw, false);

  if (raw === undefined) warn("no-finish-reason", `${model} ended its answer without a finish reason.`);
  else if (isUnknown) {
    const calls = answer.calls.length > 0 ? " Its tool calls were not run." : "";
    warn("unknown-finish-reason", `${model} ended its answer with the unknown finish reason ${quoted}.${calls}`);
  }
  // The finish reason of a truncated or filtered answer says why it is empty.
  if (isEmpty(answer) && !["length", "content-filter"].includes(reason)) {
    const only = answer.reasoning === undefined ? "is empty" : "contains only reasoning";
    warn("empty-answer", `The answer of ${model} ${only} (finish reason ${quoted}).`);
  }
  if (notes.brokenTail !== undefined) warn("broken-tail", `After the complete answer of ${model}, ${notes.brokenTail}.`);
  if (notes.ranCallMarkup) {
    warn("tool-call-in-text", `${model} wrote a tool call as text, in its own markup; it was read as a call.`);
  } else if (notes.offersTools && answer.calls.length === 0 && holdsCallMarkup(answer.text)) {
    warn("tool-call-in-text", `The text of ${model} contains a tool call in its own markup; it was not run.`);
  }
  if (notes.deltasWereWrong) {
    warn(
      "reasoning-in-text",
      `${model} did not mark the start of its reasoning, so text and reasoning deltas were mixed up. The result is correct.`,
    );
  }
  return warnings;
}

function isEmpty({ text, calls, refusal, images, audio }: Omit<Answer, "warnings" | "raw" | "replay">): boolean {
  return text.trim() === "" && calls.length === 0 && !refusal && images === undefined && audio === undefined;
}
