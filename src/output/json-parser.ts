import { beginsScalar, JsonScalarReader } from "./json-scalar-reader.ts";
import { JsonStringReader } from "./json-string-reader.ts";
import { JsonTree } from "./json-tree.ts";

/** What is expected next: `first` and `next` are a member after an opening bracket and after a comma. */
type State = "prose" | "first" | "next" | "colon" | "value" | "key" | "string" | "scalar" | "after" | "done" | "failed";

/**
 * Parses JSON incrementally, reading each character once. With `prose`, text before the first object or array of containers is skipped: a
 * plain `[1]` there is a citation. With `once`, it stops at the first bracket that opens neither.
 */
export class JsonParser {
  readonly tree = new JsonTree();
  /** In prose: a bracket has been read that may not be JSON. */
  hidden: boolean;
  readonly #once: boolean;
  #state: State;
  #string = new JsonStringReader();
  #scalar = new JsonScalarReader("");

  constructor({ prose = false, once = false } = {}) {
    this.#once = once;
    this.hidden = prose;
    this.#state = prose ? "prose" : "value";
  }

  get isDone(): boolean {
    return this.#state === "done";
  }

  get hasFailed(): boolean {
    return this.#state === "failed";
  }

  /** Text of a string value that is not yet closed. */
  get openString(): string | undefined {
    return this.#state === "string" ? this.#string.text : undefined;
  }

  /** Reads from `start` to the end, or to the end of the value; returns where it stopped. */
  push(input: string, start = 0): number {
    let at = start;
    while (at < input.length && !this.isDone && !this.hasFailed) at = this.#read(input, at);
    return at;
  }

  #read(input: string, at: number): number {
    if (this.#state === "string" || this.#state === "key") return this.#readString(input, at);
    if (this.#state === "scalar") return this.#readScalar(input, at);
    const character = input.charAt(at);
    if (this.#state === "prose") {
      if (character === "{" || character === "[") this.#open(character);
      return at + 1;
    }
    const isSpace = character === " " || character === "\n" || character === "\r" || character === "\t";
    // Some servers send a byte order mark.
    if (isSpace || (character === "\uFEFF" && this.tree.frames.length === 0)) return at + 1;
    return this.#readToken(character) ? at + 1 : this.#fail(at);
  }

  /** Whether the character is allowed here. */
  #readToken(character: string): boolean {
    const { isInArray } = this.tree;
    const isClosing = character === (isInArray ? "]" : "}");
    switch (this.#state) {
      case "colon":
        if (character !== ":") return false;
        if (this.tree.frames.length === 1) this.hidden = false;
        this.#state = "value";
        return true;
      case "after":
        if (character === ",") this.#state = "next";
        else if (isClosing) this.#close();
        else return false;
        return true;
      case "first":
        if (!isClosing) break;
        this.#close();
        return true;
    }
    if (this.#state === "value" || isInArray) return this.#begin(character);
    if (character !== '"') return false;
    this.#state = "key";
    this.#string = new JsonStringReader();
    return true;
  }

  #begin(character: string): boolean {
    if (character === "{" || character === "[") {
      if (this.tree.frames.length === 1) this.hidden = false;
      this.#open(character);
      return true;
    }
    if (this.hidden) return false;
    if (character === '"') {
      this.#state = "string";
      this.#string = new JsonStringReader();
      this.tree.changed = true;
      return true;
    }
    this.#state = "scalar";
    this.#scalar = new JsonScalarReader(character);
    return beginsScalar(character);
  }

  #readString(input: string, start: number): number {
    const string = this.#string;
    const length = string.text.length;
    const at = string.read(input, start);
    if (string.state === "failed") return this.#fail(at - 1);
    if (this.#state === "string") {
      const grown = string.text.length > length || this.tree.changed;
      if (string.state === "closed") this.#add(string.text);
      // The closing quote adds nothing.
      this.tree.changed = grown;
    } else if (string.state === "closed") {
      this.tree.name(string.text);
      this.#state = "colon";
    }
    return at;
  }

  #readScalar(input: string, start: number): number {
    const scalar = this.#scalar;
    const at = scalar.read(input, start);
    if (scalar.state === "failed") return this.#fail(at);
    if (scalar.state === "closed") this.#add(scalar.value);
    return at;
  }

  #open(bracket: "{" | "["): void {
    this.tree.open(bracket === "{" ? {} : []);
    this.#state = "first";
  }

  #close(): void {
    this.tree.close();
    this.#endMember();
  }

  #add(member: unknown): void {
    this.tree.add(member);
    this.#endMember();
  }

  #endMember(): void {
    this.#state = this.tree.isComplete ? "done" : "after";
  }

  #fail(at: number): number {
    if (!this.hidden || this.#once) {
      this.#state = "failed";
      return at;
    }
    // A bracket in the prose. The character may open the value.
    this.#state = "prose";
    this.tree.clear();
    return at;
  }
}
