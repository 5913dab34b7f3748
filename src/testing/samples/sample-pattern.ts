import type { Choices } from "./choices.ts";
import { compileRegex, parseRegex, type RegexNode } from "./regex-syntax.ts";

/** Candidate characters for a class, the plainest first. */
const alphabet = [
  ..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_ .!#$%&'()*+,/:;<=>?@[\\]^`{|}~\"\n\t\r",
  ..."äßéñΩжяअ中日あ가€😀\u0000",
];

/** A string that the pattern matches, if the choices lead to one. At least `least` characters long, if the pattern allows it. */
export function samplePattern(pattern: string, least: number, choices: Choices): string | undefined {
  const captured = new Map<number | string, string>();
  let missing = least;

  function write(node: RegexNode): string {
    switch (node.kind) {
      case "literal":
        return node.text;
      case "characters":
        return character(node.isMember, choices);
      case "sequence":
        return node.items.map(write).join("");
      case "choice":
        return write(choices.pick(node.branches));
      case "repeat":
        return repeat(node);
      case "reference":
        return captured.get(node.to) ?? "";
      case "group": {
        const text = write(node.item);
        captured.set(node.number, text);
        if (node.name !== undefined) captured.set(node.name, text);
        return text;
      }
    }
  }

  /** Optional parts occur once in a plain sample; repeatable parts fill the missing length. */
  function repeat({ item, least, most }: RegexNode & { kind: "repeat" }): string {
    const targetLength = choices.vary ? choices.integer(least, Math.min(most, least + 3)) : Math.max(least, Math.min(1, most));
    const parts: string[] = [];
    let length = 0;
    while (parts.length < targetLength || (parts.length < most && length < missing && parts.length < 10_000)) {
      const part = write(item);
      if (part === "" && parts.length >= least) break;
      parts.push(part);
      length += part.length;
    }
    missing -= length;
    return parts.join("");
  }

  try {
    const text = write(parseRegex(pattern));
    return compileRegex(pattern).test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function character(isMember: (character: string) => boolean, choices: Choices): string {
  const plain = alphabet.filter(isMember);
  if (plain.length > 0) return choices.vary ? choices.pick(plain) : (plain[0] ?? "");
  for (let code = 0; code <= 0xffff; code++) {
    if (isMember(String.fromCharCode(code))) return String.fromCharCode(code);
  }
  throw new Error("No character fits the class.");
}
