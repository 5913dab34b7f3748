import { toPlainJson } from "./plain-json.ts";

/** Characters of an error's message that the model reads. */
const maxLength = 2_000;

/** What was thrown, in words for the model. Never throws, whatever it is. */
export function describeThrown(error: unknown): string {
  const text = toText(error);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

function toText(error: unknown): string {
  try {
    if (error instanceof Error) return String(error.message || error.name);
    return typeof error === "object" && error !== null ? JSON.stringify(toPlainJson(error)) : String(error);
  } catch {
    return "an error that can't be read";
  }
}
