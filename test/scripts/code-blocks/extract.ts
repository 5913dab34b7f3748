/** A TypeScript block of a Markdown document. */
export interface CodeBlock {
  /** Its location, for error messages: `README.md:12`. */
  place: string;
  code: string;
  /** The output that the comments after its `console.log` calls promise. */
  prints: string[];
}

/** The blocks of a document whose fence says `ts`; other languages are not run. */
export function codeBlocks(file: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { place: string; lines: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (open && line === "```") {
      const code = open.lines.join("\n");
      blocks.push({ place: open.place, code, prints: promisedPrints(code) });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (line === "```ts") open = { place: `${file}:${index + 1}`, lines: [] };
  }
  if (open) throw new Error(`${open.place}: the block is not closed`);
  return blocks;
}

function promisedPrints(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\);? \/\/ (.+)$/gm)].map(([, printed = ""]) => printed);
}
