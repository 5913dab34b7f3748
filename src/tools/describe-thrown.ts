import { toPlainJson } from "./plain-json.ts";

/** Maximum length of an error message in a tool result. */
const maxLength = 2_000;

/** Describes a thrown value for a tool result. Never throws. */
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
