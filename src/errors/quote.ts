/** Maximum length of quoted text in a message. */
const maxQuoteLength = 500;

/** Control and bidirectional characters, which could forge log lines or hide what a message says. */
const unprintable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Quotes untrusted text in an error message: truncated, with control characters escaped. */
export function quote(text: string, maxLength = maxQuoteLength): string {
  const trimmed = text.trim();
  const cut = trimmed.length > maxLength ? `${trimmed.slice(0, maxLength).replace(/[\ud800-\udbff]$/, "")}…` : trimmed;
  return cut.replace(unprintable, escape);
}

function escape(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return " ";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Adds a full stop, unless the text already ends a sentence. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
