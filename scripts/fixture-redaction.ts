import { formsOf, type Known, type Secret, secretPatterns, secretsOf } from "./fixture-secrets.ts";

/** Response headers that say something about the answer and nothing about who asked. */
const keptHeaders =
  /^(?:content-type|cache-control|retry-after(?:-ms)?|x-should-retry|(?:x|anthropic)-ratelimit-(?:[a-z-]*-)?(?:limit|remaining|reset)(?:-[a-z-]*)?|openai-(?:processing-ms|version)|cf-aig-(?:cache-status|step|provider|model|routed-model|routing-reason))$/;

export interface Redaction {
  /** What was found beside what patterns recognise; none of it may be left in a file. */
  secrets: readonly Secret[];
  /** A text without its secrets. */
  text(text: string): string;
  /** A body without its secrets; other bytes stay as they are. `ends` are places in it, which move along. */
  body(bytes: Uint8Array, ends?: readonly number[]): { bytes: Uint8Array; ends: number[] };
  headers(headers: Headers): Record<string, string>;
}

/** Redacts an answer and whatever belongs to it. `payloads` are the parsed parts of its body. */
export function createRedaction(known: Known, headers: Headers, payloads: readonly unknown[]): Redaction {
  const secrets = secretsOf(known, headers, payloads);
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  /** Different secrets of a kind stay different: a stream's chunks have one id, its calls others. */
  const nameOf = ({ kind, text }: Secret): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    const name = `redacted-${kind}-${count}`;
    counts.set(kind, count);
    names.set(text, name);
    return name;
  };
  const spelt = secrets.flatMap((secret) => formsOf(secret.text).map((form) => ({ form, name: nameOf(secret) })));

  // Bytes are handled as latin-1 text, a character each, so that places in it are places in the body.
  const replaceAll = (marked: Marked): Marked => {
    let result = marked;
    for (const { form, name } of spelt) result = replace(result, literal(latin1(form)), () => name);
    for (const { kind, pattern } of secretPatterns) {
      result = replace(result, pattern, (match, secret) => {
        const text = secret ?? match;
        return text.includes("redacted-") ? match : match.replace(text, () => nameOf({ kind, text }));
      });
    }
    return result;
  };
  const body: Redaction["body"] = (bytes, ends = []) => {
    const { text, marks } = replaceAll({ text: Buffer.from(bytes).toString("latin1"), marks: [...ends] });
    return { bytes: new Uint8Array(Buffer.from(text, "latin1")), ends: marks };
  };
  const text = (value: string) => new TextDecoder().decode(body(new TextEncoder().encode(value)).bytes);
  return {
    secrets,
    text,
    body,
    headers: (all) =>
      Object.fromEntries([...all].filter(([name]) => keptHeaders.test(name)).map(([name, value]) => [name, text(value)])),
  };
}

interface Marked {
  text: string;
  /** Places in the text, in ascending order. */
  marks: number[];
}

/** Replaces each match and moves the places along; one within a match moves to its end. */
function replace({ text, marks }: Marked, pattern: RegExp, by: (match: string, secret: string | undefined) => string): Marked {
  const moved = [...marks];
  let result = "";
  let from = 0;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    for (; at < moved.length && (marks[at] as number) <= start; at++) moved[at] = (marks[at] as number) + result.length - from;
    result += text.slice(from, start) + by(match[0], match.groups?.secret);
    from = end;
    for (; at < moved.length && (marks[at] as number) <= end; at++) moved[at] = result.length;
  }
  for (; at < moved.length; at++) moved[at] = (marks[at] as number) + result.length - from;
  return { text: result + text.slice(from), marks: moved };
}

const latin1 = (text: string) => Buffer.from(text, "utf8").toString("latin1");

/** A short text must stand alone: the gateway id "prod" is not in "product", but it is in "\\nprod". */
const literal = (text: string) => {
  const escaped = text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
  return text.length >= 16
    ? new RegExp(escaped, "g")
    : new RegExp(`(?<=^|[^A-Za-z0-9]|\\\\[bfnrt])${escaped}(?![A-Za-z0-9])`, "g");
};
