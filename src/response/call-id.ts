/** Nothing longer comes back whole from every provider, and nobody needs it. */
const maxIdLength = 512;

/** A provider's call id as it can be sent back; `""` where there is none. */
export function readCallId(id: unknown): string {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id.length <= maxIdLength && /^[\x21-\x7e]+$/.test(id) ? id : "";
}

/** The id unless the conversation has it already; else one of our own, nine letters and digits, which is the form that Mistral insists on. */
export function uniqueCallId(id: string, usedIds: Set<string>): string {
  let unique = id;
  for (let n = usedIds.size; !unique || usedIds.has(unique); n++) unique = `call${n.toString(36).padStart(5, "0")}`;
  usedIds.add(unique);
  return unique;
}
