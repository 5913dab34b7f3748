/** Something the caller should know even though the chat succeeded. */
export interface Warning {
  /** The kind of warning. New ones may be added, so handle unknown codes. */
  code:
    | "option-dropped"
    | "option-renamed"
    | "option-changed"
    | "option-added"
    | "no-finish-reason"
    | "unknown-finish-reason"
    | "empty-answer"
    | "broken-tail"
    | "reasoning-in-text"
    | "tool-call-in-text"
    | "unanswered-tool-call"
    | "strategy-fallback"
    | "no-output"
    | "response-drift"
    | (string & {});
  /** What happened, in a sentence. */
  message: string;
  /** The option it is about, named as in `ChatOptions`. */
  option?: string;
}
