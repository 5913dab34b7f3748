import { JsonParser } from "./json-parser.ts";
import { put } from "./json-tree.ts";

export interface PartialJson {
  /** Reads the next piece of the text; whether `value` changed. Never throws: at malformed text the value stops growing. */
  push(text: string): boolean;
  /**
   * What is certain so far, undefined before it begins. A snapshot never changes; parts that did not grow are shared with the one before.
   */
  readonly value: unknown;
  /** Whether the value is closed. What follows it is not read. A number at the root has no end, so it neither appears nor closes. */
  readonly complete: boolean;
  /** The complete elements of an array: the root, or with `key` the array that is that member of the root. Grows in place. */
  elements(key?: string): readonly unknown[];
}

/**
 * A snapshot copies the open containers, so it costs their width. Each character pays for this many copied members: the total stays linear
 * in the text, and a snapshot of a wide value waits for more text.
 */
const creditPerCharacter = 8;

/**
 * Parses JSON as its text arrives. The value only grows: a string by whole characters, a container by members; a number or literal appears
 * when it is complete. Nothing is guessed. With `prose`, text before the first object, or array of containers, is passed over.
 */
export function createPartialJson({ prose = false } = {}): PartialJson {
  const parser = new JsonParser({ prose });
  const { tree } = parser;
  let value: unknown;
  let credit = 0;

  /** A copy of what is open, down to the innermost container and the string in it. */
  function snapshot(): unknown {
    // Undefined stands for none: JSON has no such value.
    let inner: unknown = parser.openString;
    for (const frame of [...tree.frames].reverse()) {
      const copy = Array.isArray(frame.container) ? frame.container.slice() : { ...frame.container };
      if (inner !== undefined) put(frame, copy, inner);
      inner = copy;
    }
    return inner;
  }

  function show(): boolean {
    if (!tree.changed) return false;
    if (parser.isDone) {
      value = tree.root;
      return true;
    }
    // A replaced member is no growth, so nothing is shown until the end.
    if (parser.hidden || tree.replaced || parser.hasFailed || credit < tree.width) return false;
    credit -= tree.width;
    tree.changed = false;
    const inner = snapshot();
    if (inner === undefined) return false;
    value = inner;
    return true;
  }

  return {
    push(text) {
      if (parser.isDone || parser.hasFailed) return false;
      credit += text.length * creditPerCharacter;
      parser.push(text);
      return show();
    },
    get value() {
      return value;
    },
    get complete() {
      return parser.isDone;
    },
    elements(key) {
      if (parser.hidden) return [];
      const [outer, inner] = tree.frames;
      const root = parser.isDone ? tree.root : outer?.container;
      if (key === undefined) return Array.isArray(root) ? root : [];
      const open = outer?.key === key ? inner?.container : undefined;
      const array = open ?? (isRecord(root) && Object.hasOwn(root, key) ? root[key] : undefined);
      return Array.isArray(array) ? array : [];
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
