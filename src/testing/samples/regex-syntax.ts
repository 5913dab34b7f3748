/** A regular expression as a tree, as far as a matching string can be made from it. */
export type RegexNode =
  | { kind: "sequence"; items: RegexNode[] }
  | { kind: "choice"; branches: RegexNode[] }
  | { kind: "repeat"; item: RegexNode; least: number; most: number }
  | { kind: "characters"; isMember(character: string): boolean }
  | { kind: "literal"; text: string }
  | { kind: "group"; item: RegexNode; number: number; name: string | undefined }
  | { kind: "reference"; to: number | string };

/** Parses the source of a regular expression that compiles. Lookarounds and boundaries match the empty string here. */
export function parseRegex(source: string): RegexNode {
  let at = 0;
  let groups = 0;

  function choice(): RegexNode {
    const branches = [sequence()];
    while (source[at] === "|") {
      at++;
      branches.push(sequence());
    }
    return branches.length === 1 && branches[0] ? branches[0] : { kind: "choice", branches };
  }

  function sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") items.push(repeated(atom()));
    return { kind: "sequence", items };
  }

  function repeated(item: RegexNode): RegexNode {
    const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(source.slice(at));
    if (!found) return item;
    at += found[0].length;
    const [, sign, least, comma, most] = found;
    if (sign !== undefined) return { kind: "repeat", item, least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity };
    const upper = comma === undefined ? least : most || Infinity;
    return { kind: "repeat", item, least: Number(least), most: Number(upper) };
  }

  function atom(): RegexNode {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    at += character.length;
    if (character === "^" || character === "$") return empty;
    if (character === ".") return { kind: "characters", isMember: (each) => !/[\n\r\u2028\u2029]/.test(each) };
    if (character === "(") return group();
    if (character === "[") return characterClass();
    return character === "\\" ? escape() : { kind: "literal", text: character };
  }

  function group(): RegexNode {
    const [prefix = "", name] = /^\?(?::|<?[=!]|<([^>]+)>|[a-z-]+:)/.exec(source.slice(at)) ?? [];
    at += prefix.length;
    const isCapturing = prefix === "" || name !== undefined;
    const number = isCapturing ? ++groups : 0;
    const item = choice();
    at++;
    if (/^\?<?[=!]/.test(prefix)) return empty;
    return isCapturing ? { kind: "group", item, number, name } : item;
  }

  /** A class is left to the engine: it knows ranges, escapes and Unicode properties. */
  function characterClass(): RegexNode {
    const start = at - 1;
    while (at < source.length && source[at] !== "]") at += source[at] === "\\" ? 2 : 1;
    return matching(source.slice(start, ++at));
  }

  function escape(): RegexNode {
    const [text = "", digits, name] =
      /^(?:([1-9]\d*)|k<([^>]+)>|[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[\s\S])/u.exec(
        source.slice(at),
      ) ?? [];
    at += text.length;
    if (digits !== undefined) return { kind: "reference", to: Number(digits) };
    if (name !== undefined) return { kind: "reference", to: name };
    if (text === "b" || text === "B") return empty;
    return /^(?:[dDwWsSpPuxc]|[fnrtv0])/.test(text) ? matching(`\\${text}`) : { kind: "literal", text };
  }

  return choice();
}

const empty: RegexNode = { kind: "sequence", items: [] };

function matching(source: string): RegexNode {
  const expression = compileRegex(`^(?:${source})$`);
  return { kind: "characters", isMember: (character) => expression.test(character) };
}

/** In Unicode mode, as JSON Schema says, else as it is: some libraries write patterns that Unicode mode refuses. */
export function compileRegex(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}
