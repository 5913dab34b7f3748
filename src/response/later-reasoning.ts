import { closing, closingTags, longestTag, openingTags, startsOneOf, tags } from "./reasoning-tags.ts";

/** Receives text and reasoning, and knows the text so far. */
export interface LaterReasoningSink {
  onText(text: string): void;
  onReasoning(text: string): void;
  /** Called for a closing tag without an opening one: all text so far was reasoning. */
  onUnopened(): void;
  /** Whether there was reasoning at the start of the text, so that more may follow. */
  hasOpened(): boolean;
  /** Whether there was no reasoning at all, so that it may be in the text. */
  mayBeUnopened(): boolean;
  /** Whether a code block is open after the text so far and `more`. */
  isInCodeBlock(more: string): boolean;
}

/** A tag at the start of a line, possibly incomplete. */
const tagOnLine = /(?<=^|\n)[ \t]*(<\/?[a-z]*>?)/gi;

/** Maximum white space to wait for after a closing tag, until its line ends. */
const maxTrailingSpace = 32;

/** Maximum number of tags examined in one text. A text with more is about tags. */
const maxTags = 50;

/**
 * Finds reasoning after the start of the text: another block whose opening tag starts a line, if there was one at the start of the text, or
 * a closing tag alone on its line, if there was none. Tags in a code block are text.
 */
export class LaterReasoning {
  readonly #sink: LaterReasoningSink;
  /** A line that may be a tag, or a block that has not ended. */
  #held = "";
  #inBlock = false;
  /** After a tag, where white space is dropped. */
  #inGap = false;
  /** Whether the line so far is blank. */
  #atLineStart = true;
  #tags = 0;

  /** `textBefore` has been passed on already. */
  constructor(sink: LaterReasoningSink, textBefore: string) {
    this.#sink = sink;
    this.#noteLine(textBefore);
  }

  push(piece: string): void {
    if (this.#inBlock) {
      const behind = this.#closeBlock(piece);
      if (behind !== undefined) this.#look(behind);
    } else if (this.#inGap) this.#look(piece);
    else if (this.#held === "" && !piece.includes("<")) this.#emit(piece);
    else this.#look(piece);
  }

  end(): void {
    const held = this.#held;
    this.#held = "";
    if (!this.#inBlock && closingTags.includes(held.trim().toLowerCase()) && this.#sink.mayBeUnopened()) this.#sink.onUnopened();
    // A block that never ends is text.
    else if (held) this.#sink.onText(held);
  }

  /** Looks for tags in the held-back text and the new piece. */
  #look(piece: string): void {
    let rest: string | undefined = this.#held + piece;
    this.#held = "";
    while (rest !== undefined) rest = this.#scanOnce(this.#inGap ? this.#skipGap(rest) : rest);
  }

  /** Emits the text up to a tag and handles the tag; returns the remaining text. */
  #scanOnce(text: string): string | undefined {
    for (const match of text.matchAll(tagOnLine)) {
      if (this.#tags >= maxTags) break;
      if (match.index === 0 && !this.#atLineStart) continue;
      const tag = (match[1] ?? "").toLowerCase();
      const before = text.slice(0, match.index);
      const behind = text.slice(match.index + match[0].length);
      if (behind === "" && !tag.endsWith(">") && startsOneOf(tags, tag)) {
        return this.#hold(text, match.index);
      }
      if (openingTags.includes(tag) && this.#sink.hasOpened() && this.#mayBeTag(before)) {
        this.#emit(before);
        this.#inBlock = true;
        return this.#closeBlock(text.slice(match.index));
      }
      if (closingTags.includes(tag) && this.#sink.mayBeUnopened() && this.#mayBeTag(before)) {
        if (behind.length <= maxTrailingSpace && /^[ \t]*$/.test(behind)) return this.#hold(text, match.index);
        if (!/^[ \t]*\r?\n/.test(behind)) continue;
        this.#emit(before);
        this.#sink.onUnopened();
        this.#inGap = true;
        return behind;
      }
    }
    this.#emit(text);
    return undefined;
  }

  #skipGap(text: string): string {
    const rest = text.trimStart();
    this.#inGap = rest === "";
    return rest;
  }

  #mayBeTag(before: string): boolean {
    this.#tags++;
    return !this.#sink.isInCodeBlock(before);
  }

  #hold(text: string, from: number): undefined {
    this.#emit(text.slice(0, from));
    this.#held = text.slice(from);
  }

  /** Continues a block; once it ends, returns the remaining text. */
  #closeBlock(piece: string): string | undefined {
    // Only the end of the held-back text can be part of the tag.
    const tail = this.#held.slice(-longestTag);
    const end = closing.exec(tail + piece);
    this.#held += piece;
    if (!end) return undefined;
    const block = this.#held;
    const at = block.length - tail.length - piece.length + end.index;
    this.#held = "";
    this.#inBlock = false;
    this.#sink.onReasoning(block.slice(block.indexOf(">") + 1, at).trim());
    this.#inGap = true;
    return block.slice(at + end[0].length);
  }

  #emit(text: string): void {
    if (text === "") return;
    this.#noteLine(text);
    this.#sink.onText(text);
  }

  #noteLine(text: string): void {
    const line = text.lastIndexOf("\n");
    this.#atLineStart = (line >= 0 || this.#atLineStart) && text.slice(line + 1).trim() === "";
  }
}
