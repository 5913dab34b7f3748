/** Maximum length of an id; not every provider preserves longer ones. */
const maxIdLength = 512;

/** Reads a provider's call id in a form that can be sent back; `""` if there is none. */
export function readCallId(id: unknown): string {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id.length <= maxIdLength && /^[\x21-\x7e]+$/.test(id) ? id : "";
}

/** Returns the id unless the conversation already contains it, else a new one: nine letters and digits, as Mistral requires. */
export function uniqueCallId(id: string, usedIds: Set<string>): string {
  let unique = id;
  for (let n = usedIds.size; !unique || usedIds.has(unique); n++) unique = `call${n.toString(36).padStart(5, "0")}`;
  usedIds.add(unique);
  return unique;
}
