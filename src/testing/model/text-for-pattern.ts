/** A text that matches a regular expression: the first candidate that does, a word of the prompt, or one made up by reading the expression. */
export function textForPattern(pattern: string, prompt: string, candidates: string[] = []): string {
  const expression = compiled(pattern);
  const words = (prompt.match(/[^\s"'“”,;!?]+/g) ?? []).map((word) => word.replace(/[.:]$/, ""));
  return [...candidates, ...words].find((text) => expression.test(text)) ?? alternatives({ pattern, at: 0 });
}

/** JSON Schema wants Unicode mode, which refuses what some libraries write. */
function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern);
  }
}

interface Reader {
  pattern: string;
  at: number;
}

/** The first of several. */
function alternatives(reader: Reader): string {
  const first = sequence(reader);
  while (reader.pattern[reader.at] === "|") {
    reader.at++;
    sequence(reader);
  }
  return first;
}

function sequence(reader: Reader): string {
  let text = "";
  while (reader.at < reader.pattern.length && !"|)".includes(reader.pattern[reader.at] ?? "")) {
    const one = atom(reader);
    text += one.repeat(repetitions(reader));
  }
  return text;
}

function atom(reader: Reader): string {
  const character = reader.pattern[reader.at++] ?? "";
  if (character === "^" || character === "$") return "";
  if (character === ".") return "a";
  if (character === "\\") return escaped(reader);
  if (character === "[") return characterClass(reader);
  if (character !== "(") return character;
  const lookaround = /^\?(?:[=!]|<[=!])/.exec(reader.pattern.slice(reader.at));
  reader.at += /^\?(?::|<\w+>|[=!]|<[=!])/.exec(reader.pattern.slice(reader.at))?.[0].length ?? 0;
  const inside = alternatives(reader);
  reader.at++;
  return lookaround ? "" : inside;
}

function escaped(reader: Reader): string {
  const letter = reader.pattern[reader.at++] ?? "";
  if (letter === "p" || letter === "P") {
    reader.at = reader.pattern.indexOf("}", reader.at) + 1;
    return "a";
  }
  const samples: Record<string, string> = { d: "1", w: "a", s: " ", D: "a", W: "-", S: "a", b: "", B: "", n: "\n", t: "\t" };
  return samples[letter] ?? letter;
}

/** Its first member; of a negated class something that is rarely excluded. */
function characterClass(reader: Reader): string {
  const negated = reader.pattern[reader.at] === "^";
  const start = reader.at + (negated ? 1 : 0);
  reader.at = start;
  while (reader.at < reader.pattern.length && (reader.pattern[reader.at] !== "]" || reader.at === start))
    reader.at += reader.pattern[reader.at] === "\\" ? 2 : 1;
  const members = reader.pattern.slice(start, reader.at++);
  if (negated) return ["a", "1", "-", "A", " "].find((sample) => new RegExp(`[^${members}]`, "u").test(sample)) ?? "a";
  return members.startsWith("\\") ? escaped({ pattern: members, at: 1 }) : (members[0] ?? "");
}

/** As few as are allowed, but not none. */
function repetitions(reader: Reader): number {
  const found = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(reader.pattern.slice(reader.at));
  if (!found) return 1;
  reader.at += found[0].length;
  return found[1] === undefined ? 1 : found[2] === "0" ? 0 : Math.max(Number(found[1]), found[2] === undefined ? 0 : 1);
}
