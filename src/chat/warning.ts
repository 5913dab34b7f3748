/** Something that the caller should know although the chat succeeded. */
export interface Warning {
  /** What kind of warning it is; more may be added, so handle unknown ones. */
  code: "option-dropped" | "option-renamed" | "no-finish-reason" | "strategy-fallback" | "response-drift" | (string & {});
  /** What happened, in a sentence. */
  message: string;
  /** The option that it is about, as it is written in `ChatOptions`. */
  option?: string;
}
