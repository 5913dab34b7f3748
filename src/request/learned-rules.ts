import type { ModelId } from "./model-id.ts";
import type { ModelRow } from "./model-rules.ts";

/** Rules are kept for at most this many models, so that generated model names don't leak memory. */
const maxModels = 1_000;

/**
 * Rules learned from rejected requests, by model. A gateway has one instance for all its chats, which `with()` shares, and each chat has its
 * own on top: a route may lead to another model next time, so rules for routes end with the chat.
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
   * Adds a learned rule. Returns false if the rejected request, built with the rows `used`, already followed it: a retry would not help.
   */
  add(target: ModelId, row: ModelRow, used: readonly ModelRow[]): boolean {
    if (used.some((known) => isSameRule(known, row))) return false;
    // Another chat may have learned it while this request was in flight.
    if (!this.for(target).some((known) => isSameRule(known, row))) this.#store(target, row);
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

function isSameRule(one: ModelRow, other: ModelRow): boolean {
  const rule = ({ model: _, ...rest }: ModelRow) => JSON.stringify(rest);
  return rule(one) === rule(other);
}
