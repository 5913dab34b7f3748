import type { EventSink } from "./answer-event.ts";
import { DeltaText } from "./delta-text.ts";
import { LaterReasoning, type LaterReasoningSink } from "./later-reasoning.ts";
import { LeadingReasoning } from "./reasoning-tags.ts";
import { StringBuilder } from "./string-builder.ts";
import { type CallsInTextOptions, TextGate } from "./text-gate.ts";

export interface AnswerTextOptions extends CallsInTextOptions {
  /** Whether the model starts with reasoning whose opening tag is in the prompt. */
  thinksFirst: boolean;
}

/**
 * Collects the text and reasoning of one answer, and emits their events. Separates reasoning inside the content, holds back text that may be
 * a tool call, and emits well-formed pieces.
 */
export class AnswerText {
  readonly #text = new DeltaText("text-delta");
  readonly #reasoning = new DeltaText("reasoning-delta");
  readonly #received = new StringBuilder();
  /** Number of characters of content after the reasoning at its start. */
  #behindPrefix = 0;
  #out: EventSink = [];
  readonly #gate: TextGate;
  readonly #leading: LeadingReasoning;
  /** Used from the first `<` on; there is nothing to find before it. */
  #later: LaterReasoning | undefined;
  readonly #thinksFirst: boolean;
  /** Whether reasoning arrived in its own field. */
  #hasReasoningField = false;
  /** Whether emitted text turned out to be reasoning, or vice versa. */
  deltasWereWrong = false;

  constructor(options: AnswerTextOptions) {
    const { thinksFirst } = options;
    this.#thinksFirst = thinksFirst;
    this.#gate = new TextGate(options);
    this.#leading = new LeadingReasoning(
      (text) => this.#takeContent(text),
      (text) => this.#takeReasoning(text),
      thinksFirst,
    );
  }

  get text(): string {
    return this.#text.text;
  }

  get reasoning(): string {
    return this.#reasoning.text;
  }

  /** The content as received, including reasoning and tags. */
  get received(): string {
    return this.#received.text;
  }

  /** The part before the text if it is reasoning between `<think>` tags, else empty. */
  get thinkPrefix(): string {
    if (!this.#leading.hasOpened || !/^\s*<think>/i.test(this.received)) return "";
    return this.received.slice(0, this.received.length - this.#behindPrefix);
  }

  /** Text that is held back because it may be a tool call. */
  get held(): string {
    return this.#gate.held;
  }

  push(content: string, out: EventSink): void {
    if (content === "") return;
    this.#out = out;
    this.#received.append(content);
    this.#leading.push(content);
  }

  /** Adds reasoning that arrived in its own field. */
  pushReasoning(text: string, out: EventSink): void {
    if (text === "") return;
    this.#out = out;
    if (!this.#hasReasoningField) {
      this.#hasReasoningField = true;
      this.#leading.disableThinkingFirst();
    }
    this.#takeReasoning(text);
  }

  /** Ends the content; text that may be a tool call stays held back. */
  end(out: EventSink, isCutOff: boolean): void {
    this.#out = out;
    this.#leading.end();
    this.#later?.end();
    if (this.#thinksFirst && !this.#leading.hasOpened && !this.#leading.hasClosed && !this.#hasReasoningField && !isCutOff)
      this.#turnIntoText();
    this.#text.end(out);
    this.#reasoning.end(out);
  }

  /** Releases held-back text. */
  release(out: EventSink): void {
    this.#out = out;
    this.#text.end(out, this.#gate.release());
  }

  /** Discards held-back text that was a tool call. */
  drop(): void {
    this.#gate.drop();
  }

  /** Adds content after the reasoning at its start. */
  #takeContent(text: string): void {
    const before = this.#behindPrefix;
    this.#behindPrefix += text.length;
    if (!this.#later && text.includes("<")) {
      const start = this.received.length - this.#behindPrefix;
      this.#later = this.#findLaterReasoning(this.received.slice(start, start + before));
    }
    if (this.#later) this.#later.push(text);
    else this.#takeText(text);
  }

  #findLaterReasoning(textBefore: string): LaterReasoning {
    const sink: LaterReasoningSink = {
      onText: (text) => this.#takeText(text),
      onReasoning: (text) => this.#takeReasoning(text),
      onUnopened: () => this.#turnIntoReasoning(),
      hasOpened: () => this.#leading.hasOpened,
      mayBeUnopened: () => this.#reasoning.text === "",
      isInCodeBlock: (more) => ((this.#text.text + more).match(/^[ \t]*```/gm)?.length ?? 0) % 2 === 1,
    };
    return new LaterReasoning(sink, textBefore);
  }

  #takeText(text: string): void {
    this.#text.push(this.#gate.push(text), this.#out);
  }

  #takeReasoning(text: string): void {
    this.#reasoning.push(text, this.#out);
  }

  /** Called if all text so far was reasoning. */
  #turnIntoReasoning(): void {
    const text = this.#text.text + this.#gate.release();
    this.#reasoning.text = text.trim();
    this.#text.text = "";
    this.deltasWereWrong ||= text.trim() !== "";
  }

  /** Called if a model that was expected to think first did not: the supposed reasoning is its answer. */
  #turnIntoText(): void {
    const { text } = this.#reasoning;
    if (text === "") return;
    this.#reasoning.text = "";
    this.deltasWereWrong = true;
    this.#takeText(text);
  }
}
