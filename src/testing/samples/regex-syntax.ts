/** A regular expression as a tree, from which a matching string can be built. */
export type RegexNode =
  | { kind: "sequence"; items: RegexNode[] }
  | { kind: "choice"; branches: RegexNode[] }
  | { kind: "repeat"; item: RegexNode; least: number; most: number }
  | { kind: "characters"; isMember(character: string): boolean }
  | { kind: "literal"; text: string }
  | { kind: "group"; item: RegexNode; number: number; name: string | undefined }
  | { kind: "reference"; to: number | string };

/** Parses the source of a regular expression that compiles. Lookarounds and boundaries match the empty string here. */
export const parseRegex = (source: string): RegexNode => new RegexParser(source).choice();

class RegexParser {
  readonly #source: string;
  #at = 0;
  #groups = 0;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): RegexNode {
    const branches = [this.#sequence()];
    while (this.#source[this.#at] === "|") {
      this.#at++;
      branches.push(this.#sequence());
    }
    return branches.length === 1 && branches[0] ? branches[0] : { kind: "choice", branches };
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.#at < this.#source.length && this.#source[this.#at] !== "|" && this.#source[this.#at] !== ")")
      items.push(this.#repeated(this.#atom()));
    return { kind: "sequence", items };
  }

  #repeated(item: RegexNode): RegexNode {
    const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.#source.slice(this.#at));
    if (!found) return item;
    this.#at += found[0].length;
    const [, sign, least, comma, most] = found;
    if (sign !== undefined) return { kind: "repeat", item, least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity };
    const upper = comma === undefined ? least : most || Infinity;
    return { kind: "repeat", item, least: Number(least), most: Number(upper) };
  }

  #atom(): RegexNode {
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    if (character === "^" || character === "$") return empty;
    if (character === ".") return { kind: "characters", isMember: (each) => !/[\n\r\u2028\u2029]/.test(each) };
    if (character === "(") return this.#group();
    if (character === "[") return this.#characterClass();
    return character === "\\" ? this.#escape() : { kind: "literal", text: character };
  }

  #group(): RegexNode {
    const [prefix = "", name] = /^\?(?::|<?[=!]|<([^>]+)>|[a-z-]+:)/.exec(this.#source.slice(this.#at)) ?? [];
    this.#at += prefix.length;
    const isCapturing = prefix === "" || name !== undefined;
    const number = isCapturing ? ++this.#groups : 0;
    const item = this.choice();
    this.#at++;
    if (/^\?<?[=!]/.test(prefix)) return empty;
    return isCapturing ? { kind: "group", item, number, name } : item;
  }

  /** Classes are matched by the engine, which supports ranges, escapes and Unicode properties. */
  #characterClass(): RegexNode {
    const start = this.#at - 1;
    while (this.#at < this.#source.length && this.#source[this.#at] !== "]") this.#at += this.#source[this.#at] === "\\" ? 2 : 1;
    return matching(this.#source.slice(start, ++this.#at));
  }

  #escape(): RegexNode {
    const [text = "", digits, name] =
      /^(?:([1-9]\d*)|k<([^>]+)>|[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[\s\S])/u.exec(
        this.#source.slice(this.#at),
      ) ?? [];
    this.#at += text.length;
    if (digits !== undefined) return { kind: "reference", to: Number(digits) };
    if (name !== undefined) return { kind: "reference", to: name };
    if (text === "b" || text === "B") return empty;
    return /^(?:[dDwWsSpPuxc]|[fnrtv0])/.test(text) ? matching(`\\${text}`) : { kind: "literal", text };
  }
}

const empty: RegexNode = { kind: "sequence", items: [] };

function matching(source: string): RegexNode {
  const expression = compileRegex(`^(?:${source})$`);
  return { kind: "characters", isMember: (character) => expression.test(character) };
}

/** In Unicode mode, as JSON Schema requires, else without it: some libraries write patterns that Unicode mode rejects. */
export function compileRegex(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}
