import type { Terminal } from "./terminal.ts";

/** A line at the bottom of a terminal that is updated in place; disabled if stderr is not a terminal. */
export interface StatusLine {
  show(text: string): void;
  clear(): void;
}

const clearLine = "\r\u001b[2K";

export function createStatusLine({ stderr, json }: Terminal): StatusLine {
  const isShown = stderr.isTTY === true && !json;
  let shown = "";
  const write = (text: string) => {
    if (!isShown || text === shown) return;
    shown = text;
    stderr.write(clearLine + text);
  };
  return {
    // A line that wraps could not be overwritten.
    show: (text) => write(cut(text, (stderr.columns ?? 80) - 1)),
    clear: () => write(""),
  };
}

const escapeSequence = /\u001b\[\d+m/y;

/** Truncates text to a number of columns, not counting escape sequences. */
function cut(text: string, columns: number): string {
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    escapeSequence.lastIndex = at;
    const escape = escapeSequence.exec(text)?.[0];
    if (escape) at += escape.length - 1;
    else if (++width > columns) return `${text.slice(0, at)}${text.includes("\u001b") ? "\u001b[0m" : ""}`;
  }
  return text;
}
