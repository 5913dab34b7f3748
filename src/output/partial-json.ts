import { JsonParser } from "./json-parser.ts";
import { put } from "./json-tree.ts";

export interface PartialJson {
  /** Parses more text; returns whether `value` changed. Never throws: after malformed text the value stops growing. */
  push(text: string): boolean;
  /**
   * The value parsed so far, undefined before it starts. A snapshot is never mutated; parts that did not grow are shared with the previous
   * one.
   */
  readonly value: unknown;
  /** Whether the value is complete. Text after it is ignored. A number at the root has no end, so it never appears or completes. */
  readonly complete: boolean;
  /** The complete elements of the root array or, with `key`, of the array at that member of the root. Grows in place. */
  elements(key?: string): readonly unknown[];
}

/**
 * A snapshot copies the open containers, so it costs their width. Each character of text earns credit for this many copied members. Total
 * cost is then linear in the text; a snapshot of a wide value waits for more text.
 */
const creditPerCharacter = 8;

/**
 * Parses JSON incrementally. The value only grows: strings by whole characters, containers by members; numbers and literals appear when
 * complete. Nothing is guessed. With `prose`, text before the first object or array of containers is skipped.
 */
export function createPartialJson({ prose = false } = {}): PartialJson {
  const parser = new JsonParser({ prose });
  const { tree } = parser;
  let value: unknown;
  let credit = 0;

  /** Copies the open containers, down to the innermost one and its open string. */
  function snapshot(): unknown {
    // Undefined means none, since JSON has no such value.
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
    // Replacing a member is not growth, so nothing is shown until the end.
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
