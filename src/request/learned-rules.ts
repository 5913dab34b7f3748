import type { ModelId } from "./model-id.ts";
import type { ModelRow } from "./model-rules.ts";

/** Kept for at most so many models; a program that makes up names must not grow without end. */
const maxModels = 1_000;

/**
 * What refusals have taught, by model. A gateway has one for all its chats, which `with()` shares, and each chat one of its own on top of it:
 * what stands behind a routed name may be another model next time, so that such a lesson ends with the chat.
 */
export class LearnedRules {
  readonly #shared: LearnedRules | undefined;
  #rows: Map<string, ModelRow[]> | undefined;

  constructor(shared?: LearnedRules) {
    this.#shared = shared;
  }

  for(target: ModelId): readonly ModelRow[] {
    const shared = this.#shared?.for(target) ?? none;
    const own = this.#rows?.get(target.model);
    return own ? [...shared, ...own] : shared;
  }

  /**
   * Keeps what a refusal has taught. False when the refused request, built with the rows `used`, heeded that lesson already: sending it again
   * would change nothing.
   */
  add(target: ModelId, row: ModelRow, used: readonly ModelRow[]): boolean {
    if (used.some((known) => isSameLesson(known, row))) return false;
    // Another chat may have learned it while this request was under way.
    if (!this.for(target).some((known) => isSameLesson(known, row))) this.#store(target, row);
    return true;
  }

  #store(target: ModelId, row: ModelRow): void {
    const shared = target.routed ? undefined : this.#shared;
    if (shared) {
      shared.#store(target, row);
      return;
    }
    this.#rows ??= new Map();
    const rows = this.#rows.get(target.model) ?? [];
    this.#rows.delete(target.model);
    this.#rows.set(target.model, [...rows, row]);
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > maxModels && oldest !== undefined) this.#rows.delete(oldest);
  }
}

const none: readonly ModelRow[] = [];

function isSameLesson(one: ModelRow, other: ModelRow): boolean {
  const lesson = ({ model: _, source: __, ...rest }: ModelRow) => JSON.stringify(rest);
  return lesson(one) === lesson(other);
}
