import { JsonStringReader } from "./json-string-reader.ts";

export type Container = unknown[] | Record<string, unknown>;

/** A container that is open, with the members that are complete. */
export interface Frame {
  readonly container: Container;
  /** Of an object: the name of the member that is being read. */
  key: string;
  size: number;
}

/** What the next character is: `first` and `next` are a member after an opening bracket and after a comma. */
type State = "prose" | "first" | "next" | "colon" | "value" | "key" | "string" | "scalar" | "after" | "done" | "failed";

const scalarPattern = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const literals = ["true", "false", "null"];

/**
 * Parses JSON as its text arrives and looks at each character once. With `prose`, text before the first object, or array of containers, is
 * passed over: a mere `[1]` there is a citation. With `once`, it gives up at the first bracket that opens neither.
 */
export class JsonParser {
  readonly frames: Frame[] = [];
  root: unknown;
  /** Whether there is more to see than at the last time somebody set this to false. */
  changed = false;
  /** A repeated key replaces a member. */
  replaced = false;
  /** Members of the open containers, themselves included. */
  width = 0;
  /** In prose: a bracket has been read that may be none of JSON. */
  hidden: boolean;
  readonly #once: boolean;
  #state: State;
  #string = new JsonStringReader();
  #scalar = "";

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

  /** Text of a string value that is still open. */
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
    if (isSpace || (character === "\uFEFF" && this.frames.length === 0)) return at + 1;
    return this.#readToken(character) ? at + 1 : this.#fail(at);
  }

  /** Whether the character may stand here. */
  #readToken(character: string): boolean {
    const container = this.frames.at(-1)?.container;
    const isArray = Array.isArray(container);
    switch (this.#state) {
      case "colon":
        if (character !== ":") return false;
        if (this.frames.length === 1) this.hidden = false;
        this.#state = "value";
        return true;
      case "after":
        if (character === ",") this.#state = "next";
        else if (character === (isArray ? "]" : "}")) this.#close();
        else return false;
        return true;
      case "first":
        if (character !== (isArray ? "]" : "}")) break;
        this.#close();
        return true;
    }
    if (this.#state === "value" || isArray) return this.#begin(character);
    if (character !== '"') return false;
    this.#state = "key";
    this.#string = new JsonStringReader();
    return true;
  }

  #begin(character: string): boolean {
    if (character === "{" || character === "[") {
      if (this.frames.length === 1) this.hidden = false;
      this.#open(character);
      return true;
    }
    if (this.hidden) return false;
    if (character === '"') {
      this.#state = "string";
      this.#string = new JsonStringReader();
      this.changed = true;
      return true;
    }
    this.#state = "scalar";
    this.#scalar = character;
    return /[-\dtfn]/.test(character);
  }

  #readString(input: string, start: number): number {
    const string = this.#string;
    const length = string.text.length;
    const at = string.read(input, start);
    if (string.state === "failed") return this.#fail(at - 1);
    if (this.#state === "string") {
      const grown = string.text.length > length || this.changed;
      if (string.state === "closed") this.#add(string.text);
      // The closing quote shows nothing new.
      this.changed = grown;
    } else if (string.state === "closed") {
      const frame = this.frames.at(-1);
      if (frame) {
        frame.key = string.text;
        this.replaced ||= Object.hasOwn(frame.container, frame.key);
      }
      this.#state = "colon";
    }
    return at;
  }

  #readScalar(input: string, start: number): number {
    let at = start;
    while (at < input.length && /[-+.\w]/.test(input.charAt(at))) at += 1;
    this.#scalar += input.slice(start, at);
    const isLiteral = literals.includes(this.#scalar);
    if (at === input.length && !isLiteral) {
      const mayGrow = /^[-\d]/.test(this.#scalar) || literals.some((literal) => literal.startsWith(this.#scalar));
      return mayGrow ? at : this.#fail(at);
    }
    // Whatever ends a number is read next.
    if (!scalarPattern.test(this.#scalar)) return this.#fail(at);
    this.#add(JSON.parse(this.#scalar));
    return at;
  }

  #open(character: string): void {
    this.frames.push({ container: character === "{" ? {} : [], key: "", size: 0 });
    this.width += 1;
    this.changed = true;
    this.#state = "first";
  }

  #close(): void {
    const frame = this.frames.pop();
    if (!frame) return;
    this.width -= frame.size + 1;
    // The bracket shows nothing new.
    const { changed } = this;
    this.#add(frame.container);
    this.changed = changed;
  }

  #add(member: unknown): void {
    this.changed = true;
    const frame = this.frames.at(-1);
    if (!frame) {
      this.root = member;
      this.#state = "done";
      return;
    }
    put(frame, frame.container, member);
    frame.size += 1;
    this.width += 1;
    this.#state = "after";
  }

  #fail(at: number): number {
    if (!this.hidden || this.#once) {
      this.#state = "failed";
      return at;
    }
    // A bracket in the prose. The character may open the value.
    this.#state = "prose";
    this.frames.length = 0;
    this.width = 0;
    this.changed = false;
    this.replaced = false;
    return at;
  }
}

/** Adds the member that a frame is reading to a container. */
export function put({ key }: Frame, container: Container, member: unknown): void {
  if (Array.isArray(container)) container.push(member);
  // An assignment would set the prototype.
  else if (key === "__proto__")
    Object.defineProperty(container, key, { value: member, enumerable: true, writable: true, configurable: true });
  else container[key] = member;
}
