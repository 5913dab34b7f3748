import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const marker = (edge: "start" | "end") => `<!-- generated:${edge} (npm run docs) -->`;

/** The document with what stands between its markers made anew; the prose around them stays. */
export function withGeneratedPart(document: string, part: string): string {
  const start = document.indexOf(marker("start"));
  const end = document.indexOf(marker("end"));
  if (start < 0 || end < start) throw new Error(`the markers are gone: ${marker("start")} and ${marker("end")}`);
  return `${document.slice(0, start) + marker("start")}\n\n${part}\n\n${document.slice(end)}`;
}

/** Writes the part into `docs/<name>`; with `--check` among the arguments, fails when that would change anything. */
export function writeOrCheck(name: string, part: string, args: readonly string[]): void {
  const path = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  const before = readFileSync(path, "utf8");
  const after = withGeneratedPart(before, part);
  if (!args.includes("--check")) writeFileSync(path, after);
  else if (after !== before) {
    console.error(`docs/${name} differs from its source: run npm run docs`);
    process.exitCode = 1;
  }
}

/** Rows as a Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
