type Fields = Record<string, unknown>;

/** Google marks each piece of thinking with it; sent back, it would make the whole answer a thought. */
export const isThoughtMark = (value: unknown): boolean => JSON.stringify(value) === '{"google":{"thought":true}}';

/** Mistral's thinking is a list of text parts; others send a text. */
export function thinkingText(thinking: unknown): string {
  if (typeof thinking === "string") return thinking;
  if (!Array.isArray(thinking)) return "";
  return thinking.map((part) => (typeof part === "string" ? part : ((part as Fields | null)?.text ?? ""))).join("");
}

/** OpenRouter streams a reasoning detail in pieces that share an index; their texts are joined. */
export function mergeDetail(kept: Fields[], detail: Fields): void {
  const last = kept.at(-1);
  if (!last || last.type !== detail.type || last.index !== detail.index || detail.index === undefined) {
    kept.push({ ...detail });
    return;
  }
  for (const [field, value] of Object.entries(detail)) {
    const grows =
      (field === "text" || field === "summary" || field === "data") &&
      typeof value === "string" &&
      typeof last[field] === "string";
    if (grows) last[field] = `${last[field]}${value}`;
    else if (value !== null && value !== undefined) last[field] = value;
  }
}
