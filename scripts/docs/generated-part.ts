import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const marker = (edge: "start" | "end") => `<!-- generated:${edge} (npm run docs) -->`;

/** Replaces the part between the markers of a document. */
export function withGeneratedPart(document: string, part: string): string {
  const start = document.indexOf(marker("start"));
  const end = document.indexOf(marker("end"));
  if (start < 0 || end < start) throw new Error(`The document lacks the markers ${marker("start")} and ${marker("end")}.`);
  return `${document.slice(0, start) + marker("start")}\n\n${part}\n\n${document.slice(end)}`;
}

const resolvePath = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

/** Replaces the generated part of `docs/<name>`. */
export function writePart(name: string, part: string): void {
  writeFileSync(resolvePath(name), withGeneratedPart(readFileSync(resolvePath(name), "utf8"), part));
}

/** Whether `docs/<name>` already holds this part. */
export function isUpToDate(name: string, part: string): boolean {
  const document = readFileSync(resolvePath(name), "utf8");
  return withGeneratedPart(document, part) === document;
}

/** Rows as a Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
