export interface PartialJson {
  /** Reads the next piece of the text; whether `value` changed. Never throws: at malformed text the value stops growing. */
  push(text: string): boolean;
  /** What is certain so far, undefined before it begins. Never changed afterwards; parts that did not grow are shared between snapshots. */
  readonly value: unknown;
  /** Whether the value is closed. What follows it is not read. A number at the root has no end, so it neither appears nor closes. */
  readonly complete: boolean;
}

type Container = unknown[] | Record<string, unknown>;

interface Frame {
  container: Container;
  key: string;
  size: number;
}

/** What the next character is: `first` and `next` are a value or key after an opening bracket and after a comma. */
type State = "prose" | "first" | "next" | "colon" | "value" | "string" | "number" | "literal" | "after" | "done" | "failed";

/**
 * A snapshot copies the open containers, so it costs their width. Each character pays for this many copied elements: the total stays
 * linear in the text, and a snapshot that a wide spine makes too dear waits for more text.
 */
const creditPerCharacter = 8;

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const literals: Readonly<Record<string, [text: string, value: unknown]>> = {
  t: ["true", true],
  f: ["false", false],
  n: ["null", null],
};
const escapes: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/**
 * Parses JSON text as it grows, looking at each character once. The value only grows: a string by whole characters, a container by members;
 * a number or literal appears when it is complete. Nothing is guessed. With `prose`, text before the first object, or array of
 * containers, is passed over.
 */
export function createPartialJson({ prose = false } = {}): PartialJson {
  let state: State = prose ? "prose" : "value";
  const frames: Frame[] = [];
  let root: unknown;
  let value: unknown;
  /** The open string, number or literal. */
  let token = "";
  let isKey = false;
  /** The characters of an escape that is still open. */
  let escaped = "";
  /** A first half of a surrogate pair, kept back until the second arrives. */
  let half = "";
  let expected: [text: string, value: unknown] = ["", undefined];
  let width = 0;
  let credit = 0;
  let changed = false;
  /** In prose, until it is certain that this is no mere bracket. */
  let hidden = prose;
  /** A repeated key replaces a value, which no growing value can show. */
  let replaced = false;

  function push(text: string): boolean {
    if (isOver()) return false;
    credit += text.length * creditPerCharacter;
    let at = 0;
    while (at < text.length && !isOver()) at = read(text, at);
    return show();
  }

  function isOver(): boolean {
    return state === "done" || state === "failed";
  }

  /** Reads from one character on and says where to go on. */
  function read(text: string, at: number): number {
    if (state === "string") return readString(text, at);
    if (state === "number") return readNumber(text, at);
    const character = text.charAt(at);
    if (state === "prose") {
      if (character === "{" || character === "[") open(character);
    } else if (state === "literal") {
      if (character !== expected[0][token.length]) return fail(at);
      token += character;
      if (token === expected[0]) add(expected[1]);
    } else if (
      character === " " ||
      character === "\n" ||
      character === "\r" ||
      character === "\t" ||
      (character === "\uFEFF" && !frames.length)
    ) {
      return at + 1;
    } else if (state === "colon") {
      if (character !== ":") return fail(at);
      if (frames.length === 1) hidden = false;
      state = "value";
    } else if (state === "after") {
      const { container } = top();
      if (character === ",") state = "next";
      else if (character === (Array.isArray(container) ? "]" : "}")) close();
      else return fail(at);
    } else if (state === "value" || Array.isArray(top().container)) {
      if (state === "first" && character === "]") close();
      else if (!begin(character)) return fail(at);
    } else if (character === '"') {
      state = "string";
      isKey = true;
      token = "";
    } else if (character === "}" && state === "first") {
      close();
    } else {
      return fail(at);
    }
    return at + 1;
  }

  function begin(character: string): boolean {
    if (character === "{" || character === "[") {
      if (frames.length === 1) hidden = false;
      open(character);
      return true;
    }
    if (hidden) return false;
    if (character === '"') {
      state = "string";
      isKey = false;
      token = "";
      changed = true;
      return true;
    }
    const literal = Object.hasOwn(literals, character) ? literals[character] : undefined;
    if (literal) {
      state = "literal";
      expected = literal;
    } else if (character === "-" || (character >= "0" && character <= "9")) {
      state = "number";
    } else {
      return false;
    }
    token = character;
    return true;
  }

  function readString(text: string, start: number): number {
    let at = start;
    while (at < text.length) {
      if (escaped) {
        const problem = readEscape(text.charAt(at));
        if (problem) return fail(at);
        at += 1;
        continue;
      }
      const from = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== 34 && code !== 92 && code >= 32) code = text.charCodeAt(++at);
      if (at > from) append(text.slice(from, at));
      if (at === text.length) break;
      if (code === 92) escaped = "\\";
      else if (code < 32) return fail(at);
      else {
        endString();
        return at + 1;
      }
      at += 1;
    }
    return at;
  }

  /** Whether the escape is none. */
  function readEscape(character: string): boolean {
    if (escaped === "\\" && character !== "u") {
      const meaning = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
      if (meaning === undefined) return true;
      append(meaning);
      escaped = "";
      return false;
    }
    if (escaped !== "\\" && !/[0-9a-fA-F]/.test(character)) return true;
    escaped += character;
    if (escaped.length === 6) {
      append(String.fromCharCode(Number.parseInt(escaped.slice(2), 16)));
      escaped = "";
    }
    return false;
  }

  function append(piece: string): void {
    const whole = half + piece;
    const last = whole.charCodeAt(whole.length - 1);
    half = last >= 0xd800 && last <= 0xdbff ? whole.slice(-1) : "";
    token += half ? whole.slice(0, -1) : whole;
    changed ||= !isKey;
  }

  function endString(): void {
    const text = token + half;
    if (!isKey) {
      // When its last character has been shown, its end shows nothing new.
      const shown = !changed && half === "";
      half = "";
      add(text);
      if (shown) changed = false;
      return;
    }
    half = "";
    const frame = top();
    frame.key = text;
    replaced ||= Object.hasOwn(frame.container, text);
    state = "colon";
  }

  function readNumber(text: string, start: number): number {
    let at = start;
    while (at < text.length && /[-+.eE0-9]/.test(text.charAt(at))) at += 1;
    token += text.slice(start, at);
    if (at === text.length) return at;
    if (!numberPattern.test(token)) return fail(at);
    // What ends it is read next.
    add(Number(token));
    return at;
  }

  function open(character: string): void {
    frames.push({ container: character === "{" ? {} : [], key: "", size: 0 });
    width += 1;
    changed = true;
    state = "first";
  }

  function close(): void {
    const { container, size } = top();
    // When its last member has been shown, its end shows nothing new.
    const shown = !changed;
    frames.pop();
    width -= size + 1;
    add(container);
    if (shown) changed = false;
  }

  function add(member: unknown): void {
    changed = true;
    const frame = frames.at(-1);
    if (frame) {
      put(frame, frame.container, member);
      frame.size += 1;
      width += 1;
      state = "after";
    } else {
      root = member;
      state = "done";
    }
  }

  function fail(at: number): number {
    if (!hidden) {
      state = "failed";
      return at;
    }
    // A bracket in the prose. The character may open the value.
    state = "prose";
    frames.length = 0;
    width = 0;
    token = escaped = half = "";
    changed = replaced = false;
    return at;
  }

  function show(): boolean {
    if (!changed) return false;
    if (state === "done") {
      value = root;
      return true;
    }
    if (hidden || replaced || state === "failed" || credit < width) return false;
    credit -= width;
    changed = false;
    // Undefined stands for none: JSON has no such value.
    let inner: unknown = state === "string" && !isKey ? token : undefined;
    for (let index = frames.length - 1; index >= 0; index--) {
      const frame = frames[index] as Frame;
      const copy = Array.isArray(frame.container) ? frame.container.slice() : { ...frame.container };
      if (inner !== undefined) put(frame, copy, inner);
      inner = copy;
    }
    if (inner === undefined) return false;
    value = inner;
    return true;
  }

  function put(frame: Frame, container: Container, member: unknown): void {
    if (Array.isArray(container)) container.push(member);
    // An assignment would set the prototype.
    else if (frame.key === "__proto__")
      Object.defineProperty(container, frame.key, { value: member, enumerable: true, writable: true, configurable: true });
    else container[frame.key] = member;
  }

  function top(): Frame {
    return frames[frames.length - 1] as Frame;
  }

  return {
    push,
    get value() {
      return value;
    },
    get complete() {
      return state === "done";
    },
  };
}
