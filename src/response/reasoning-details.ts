import { isObject, type JsonObject } from "./json.ts";

/** Google marks each piece of reasoning with `{"google":{"thought":true}}`; sent back, it would turn the whole answer into reasoning. */
export function isThoughtMark(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length !== 1 || !isObject(value.google)) return false;
  return Object.keys(value.google).length === 1 && value.google.thought === true;
}

/** The text of reasoning: a string, a part that contains it, or (Mistral) a list of parts. */
export function readReasoning(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(readReasoning).join("");
  if (!isObject(value)) return "";
  return readReasoning(value.thinking ?? value.text ?? value.summary ?? value.content ?? value.reasoning);
}

/** Fields of a block that arrive in pieces. */
const growing = new Set(["text", "summary", "data"]);

/**
 * Collects `reasoning_details` (OpenRouter). In a stream, a block arrives in pieces with the same type and index. Two blocks may have the
 * same type and index too; then their ids differ, or more text follows the signature of the first.
 */
export class ReasoningDetails {
  readonly #blocks: JsonObject[] = [];
  /** The open block for each type and index. */
  readonly #open = new Map<string, JsonObject>();

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  /** Adds a list of pieces; returns the new text of each. */
  add(details: readonly unknown[]): string[] {
    const texts: string[] = [];
    for (const detail of details) {
      if (!isObject(detail)) continue;
      const text = detail.text ?? detail.summary;
      if (typeof text === "string") texts.push(text);
      this.#merge(detail);
    }
    return texts;
  }

  /** The blocks to send back. `renamed` contains the call ids that were replaced, since a block may contain the id of its call. */
  blocks(renamed: ReadonlyMap<string, string>): JsonObject[] {
    return this.#blocks.map((block) => {
      const id = typeof block.id === "string" ? renamed.get(block.id) : undefined;
      return id === undefined ? block : { ...block, id };
    });
  }

  #merge(detail: JsonObject): void {
    const { type, index } = detail;
    const key = typeof index === "number" ? `${index} ${typeof type === "string" ? type : ""}` : undefined;
    const block = key === undefined ? undefined : this.#open.get(key);
    if (block === undefined || startsNewBlock(block, detail)) {
      const fresh = { ...detail };
      this.#blocks.push(fresh);
      if (key !== undefined) this.#open.set(key, fresh);
      return;
    }
    for (const [field, value] of Object.entries(detail)) {
      const before = block[field];
      if (growing.has(field) && typeof value === "string" && typeof before === "string") block[field] = before + value;
      else if (value !== null && value !== undefined) block[field] = value;
    }
  }
}

function startsNewBlock(block: JsonObject, piece: JsonObject): boolean {
  const hasText = [piece.text, piece.summary, piece.data].some((value) => typeof value === "string" && value !== "");
  if (piece.id && block.id !== piece.id && (block.id || hasText)) return true;
  return Boolean(block.signature) && hasText;
}
