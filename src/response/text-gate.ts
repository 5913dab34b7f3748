import { callMarks } from "./call-marks.ts";

/** Which calls in text to look for. */
export interface CallsInTextOptions {
  /** The one tool that the model had to call. */
  forcedTool: string | undefined;
  /** Whether the model is known to write calls in its own markup, and tools are offered. */
  readsMarkup: boolean;
}

/** Holds back text that starts like a call until it has ended. */
export class TextGate {
  readonly #forced: boolean;
  readonly #marks: readonly string[];
  #state: "start" | "holding" | "open";
  #held = "";
  /** White space before anything else. */
  #space = "";

  constructor({ forcedTool, readsMarkup }: CallsInTextOptions) {
    this.#forced = forcedTool !== undefined;
    this.#marks = readsMarkup ? callMarks : [];
    this.#state = this.#forced || readsMarkup ? "start" : "open";
  }

  /** The text that has been held back. */
  get held(): string {
    return this.#space + this.#held;
  }

  /** Adds a piece of text; returns what can be emitted. */
  push(piece: string): string {
    if (this.#state === "open") return piece;
    if (this.#state === "start" && this.#held === "" && piece.trim() === "") {
      this.#space += piece;
      return "";
    }
    this.#held += piece;
    const state = this.#state === "start" ? this.#decide() : this.#state;
    this.#state = state;
    return state === "open" ? this.release() : "";
  }

  /** Releases held-back text. */
  release(): string {
    const { held } = this;
    this.#space = this.#held = "";
    this.#state = "open";
    return held;
  }

  /** Discards held-back text that was a call. */
  drop(): void {
    this.#space = this.#held = "";
  }

  /** Whether the text is held back; undefined while that is not decided. */
  #decide(): "start" | "holding" | "open" {
    const start = this.#held.trimStart();
    const isCall = (this.#forced && start.startsWith("{")) || this.#marks.some((mark) => start.startsWith(mark));
    if (isCall) return "holding";
    return this.#marks.some((mark) => mark.startsWith(start)) ? "start" : "open";
  }
}
