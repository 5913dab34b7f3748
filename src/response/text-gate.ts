import { callMarks } from "./call-marks.ts";

/** Which calls in text are looked for. */
export interface CallsInTextOptions {
  /** The one tool that the model had to call. */
  forcedTool: string | undefined;
  /** Whether the model is known to write calls in its own notation, and tools are on offer. */
  readsMarkup: boolean;
}

/** Holds text back that begins like a call, until the text has ended. */
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

  /** Takes a piece of text; returns what can be passed on. */
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

  /** Gives back what was held, as text. */
  release(): string {
    const { held } = this;
    this.#space = this.#held = "";
    this.#state = "open";
    return held;
  }

  /** Drops what was held, which was a call. */
  drop(): void {
    this.#space = this.#held = "";
  }

  /** Whether the text is held, as far as that is known. */
  #decide(): "start" | "holding" | "open" {
    const start = this.#held.trimStart();
    const isCall = (this.#forced && start.startsWith("{")) || this.#marks.some((mark) => start.startsWith(mark));
    if (isCall) return "holding";
    return this.#marks.some((mark) => mark.startsWith(start)) ? "start" : "open";
  }
}
