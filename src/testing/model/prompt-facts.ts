/** What a prompt says, found by its form alone. */

/** Words at the start of a sentence that are no names. */
const noNames = new Set(
  "i i'm i'd the a an what what's whats which who where when why how is are was were do does did can could would will should tell show give get find compare please hello hi hey my your our his her their its it this that these those there here and but or if then so in on at for to from with about set turn send search book schedule create convert calculate compute check list make write call look what're let let's best thanks ok okay yes no you he she we they not as of use using want need log summarize translate analyze explain extract classify say also today tomorrow".split(
    " ",
  ),
);

const isName = (word: string) => !noNames.has(word.toLowerCase()) && !noNames.has(word.toLowerCase().split("'")[0] ?? "");

/** Runs of capitalised words: `New York`, `Ada Lovelace`. */
export function names(text: string): string[] {
  const runs = text.match(/\p{Lu}[\p{L}\p{M}'’-]*(?:\s+\p{Lu}[\p{L}\p{M}'’-]*)*/gu) ?? [];
  const trimmed = runs.map((run) => {
    const words = run.split(/\s+/).map((word) => word.replace(/['’]s$/, ""));
    while (words[0] !== undefined && !isName(words[0])) words.shift();
    return words.join(" ");
  });
  return [...new Set(trimmed.filter((run) => run !== "" && run.length > 1))];
}

/** Names that a preposition makes places, else all names. */
export function places(text: string): string[] {
  const all = names(text);
  const placed = /\b(?:in|at|for|to|from|near|of|visit|visiting|between)\s+(?=\p{Lu})/u.exec(text);
  if (!placed) return all;
  const listed = names(text.slice(placed.index));
  return listed.length > 0 ? listed : all;
}

/** The name after a preposition: `from Berlin`. */
export function nameAfter(text: string, preposition: string): string | undefined {
  const found = new RegExp(`\\b${preposition}\\s+(\\p{Lu}[\\s\\S]*)`, "u").exec(text)?.[1];
  return found === undefined ? undefined : names(found)[0];
}

export const quoted = (text: string): string[] =>
  [...text.matchAll(/"([^"]+)"|“([^”]+)”|`([^`]+)`|(?<![\p{L}\d])'([^']+)'(?![\p{L}])/gu)].map(
    (match) => match.slice(1).find(Boolean) ?? "",
  );

export const numbers = (text: string): number[] =>
  [...text.matchAll(/(?<![\p{L}\d.-])-?\d[\d,]*(?:\.\d+)?/gu)]
    .map(([digits]) => Number(digits.replaceAll(",", "")))
    .filter(Number.isFinite);

/** Something to calculate: `15 * 7`, `(2 + 3) / 4`. */
export function arithmetic(text: string): string | undefined {
  const worded = text
    .replace(/\btimes\b|×/gi, "*")
    .replace(/\bplus\b/gi, "+")
    .replace(/\bminus\b/gi, "-")
    .replace(/\bdivided by\b|÷/gi, "/");
  const found = /[(\s]*-?\d+(?:\.\d+)?[)\s]*(?:(?:[+*/^%]|\s-(?=\s))[(\s]*-?\d+(?:\.\d+)?[)\s]*)+/.exec(worded)?.[0].trim();
  return found === undefined ? undefined : balanced(found);
}

function balanced(expression: string): string {
  const excess = expression.split(")").length - expression.split("(").length;
  return excess > 0 ? expression.slice(0, -excess).trim() : expression + ")".repeat(-excess);
}

/** The value of an expression of numbers, `+ - * / % ^` and parentheses. */
export function calculate(expression: string): number | undefined {
  const tokens = expression.match(/\d+(?:\.\d+)?|[-+*/%^()]/g) ?? [];
  let at = 0;
  const sum = (): number => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-") value = tokens[at++] === "+" ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = power();
    while (tokens[at] === "*" || tokens[at] === "/" || tokens[at] === "%") {
      const operator = tokens[at++];
      const right = power();
      value = operator === "*" ? value * right : operator === "/" ? value / right : value % right;
    }
    return value;
  };
  const power = (): number => {
    const base = atom();
    return tokens[at] === "^" && ++at ? base ** power() : base;
  };
  const atom = (): number => {
    const token = tokens[at++];
    if (token === "-") return -atom();
    if (token !== "(") return Number(token);
    const value = sum();
    at++;
    return value;
  };
  const value = sum();
  return Number.isFinite(value) ? value : undefined;
}

export const email = (text: string): string | undefined => /[\w.+-]+@[\w-]+\.[\w.-]*\w/.exec(text)?.[0];
export const url = (text: string): string | undefined => /https?:\/\/[^\s"'<>)]+[^\s"'<>).,!?]/.exec(text)?.[0];
export const isoDate = (text: string): string | undefined => /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0];

/** `ORD-1234`, `#1234`, `1234`. */
export function identifier(text: string): string | undefined {
  return /\b[A-Za-z]+[-_]?\d[\w-]*\b/.exec(text)?.[0] ?? /#(\w+)/.exec(text)?.[1] ?? /\b\d{2,}\b/.exec(text)?.[0];
}

export const currencies = (text: string): string[] => text.match(/\b[A-Z]{3}\b/g) ?? [];

const liked =
  /\b(love|loved|great|best|excellent|amazing|awesome|perfect|wonderful|happy|good|fantastic|enjoy\w*|recommend\w*)\b/gi;
const disliked =
  /\b(hate|hated|worst|terrible|awful|bad|broken|poor|disappoint\w*|horrible|angry|useless|never again|refund)\b/gi;

export function sentiment(text: string): "positive" | "negative" | "neutral" {
  const balance = (text.match(liked)?.length ?? 0) - (text.match(disliked)?.length ?? 0);
  return balance > 0 ? "positive" : balance < 0 ? "negative" : "neutral";
}

export const sentences = (text: string): string[] =>
  text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

/** What each sentence says, without its subject and its full stop: `absolutely love this product`. */
export function keyPhrases(text: string): string[] {
  const phrases = sentences(text).map((sentence) =>
    sentence.replace(/[.!?]+$/, "").replace(/^(?:I|we|it|this|that|the|and|but)\s+(?:(?:is|was|am|are|have|had)\s+)?/i, ""),
  );
  return phrases.filter((phrase) => /\w/.test(phrase)).map((phrase) => phrase.split(/\s+/).slice(0, 6).join(" "));
}

/** Words that can tell one subject from another, in lower case and without endings. */
export function words(text: string): string[] {
  const separate = text.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return (separate.match(/[\p{L}\d]+/gu) ?? []).filter((word) => word.length > 2 && !plain.has(word)).map(stem);
}

const plain = new Set(
  "the and for are was what whats which who where when why how does did can could would will should tell show give get set find fetch make run use using with about from into this that these those there here please you your his her its our their not any all some one two has have had been being tool function task background return returns current new data info information value name user".split(
    " ",
  ),
);

const stem = (word: string) =>
  word.replace(/(?:ing|ies|ed|es|s|e|y)$/, (ending) => (word.length - ending.length >= 3 ? "" : ending));
