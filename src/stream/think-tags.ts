/**
 * Tells thinking from text where a model writes its thinking into the text, between `<think>` tags (Google: `<thought>`) at its very start.
 * White space next to the tags belongs to neither. What may still become a tag is held back until it is decided.
 */
export interface ThinkTags {
  push(text: string): void;
  /** Lets go of what was held back. */
  end(): void;
}

const names = ["think", "thought"] as const;

export function createThinkTags(onText: (text: string) => void, onThinking: (text: string) => void): ThinkTags {
  let state: "undecided" | "thinking" | "leading" | "text" = "undecided";
  let held = "";
  /** The tag that ends the thinking. */
  let closing = "";
  /** Whether the thinking has begun. */
  let begun = false;

  const text = (piece: string) => {
    state = "text";
    held = "";
    if (piece) onText(piece);
  };

  function undecided(): void {
    const start = held.trimStart();
    const name = names.find((each) => start.startsWith(`<${each}>`));
    if (name) {
      state = "thinking";
      closing = `</${name}>`;
      held = start.slice(name.length + 2);
      thinking();
    } else if (!names.some((each) => `<${each}>`.startsWith(start))) text(held);
  }

  function thinking(): void {
    // White space directly behind the opening tag may come in a piece of its own.
    if (!begun) held = held.trimStart();
    begun ||= held !== "";
    const end = held.indexOf(closing);
    if (end >= 0) {
      const last = held.slice(0, end).trimEnd();
      const rest = held.slice(end + closing.length);
      if (last) onThinking(last);
      state = "leading";
      held = rest;
      leading();
      return;
    }
    // Held back: the start of a closing tag, and white space that may turn out to stand before one.
    const tag = held.lastIndexOf("<");
    const sure = (tag >= 0 && closing.startsWith(held.slice(tag)) ? held.slice(0, tag) : held).trimEnd();
    held = held.slice(sure.length);
    if (sure) onThinking(sure);
  }

  function leading(): void {
    const rest = held.trimStart();
    held = "";
    if (rest) text(rest);
  }

  const step = { undecided, thinking, leading };
  return {
    push(piece) {
      if (state === "text") {
        if (piece) onText(piece);
        return;
      }
      held += piece;
      step[state]();
    },
    end() {
      if (state === "undecided" && held) text(held);
      else if (state === "thinking" && held.trimEnd()) onThinking(held.trimEnd());
      held = "";
    },
  };
}
