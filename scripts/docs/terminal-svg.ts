/** A run of characters of one colour. */
interface Span {
  text: string;
  classes: readonly string[];
}

const names: Readonly<Record<string, string>> = { 1: "bold", 2: "dim", 31: "red", 32: "green", 33: "yellow", 36: "cyan" };
/** What each closing code ends. */
const ends: Readonly<Record<string, readonly string[]>> = { 22: ["bold", "dim"], 39: ["red", "green", "yellow", "cyan"] };

/** The lines that a terminal shows: a line that is cleared and written over is there once, as it was at the end. */
function shownLines(output: string): Span[][] {
  const lines: Span[][] = [[]];
  let classes: string[] = [];
  for (const [token] of output.matchAll(/\r\u001b\[2K|\u001b\[\d+m|\n|[^\u001b\r\n]+|[\s\S]/g)) {
    const code = /^\u001b\[(\d+)m$/.exec(token)?.[1];
    const line = lines.at(-1) ?? [];
    if (token === "\n") lines.push([]);
    else if (token === "\r\u001b[2K") line.length = 0;
    else if (code === "0") classes = [];
    else if (code !== undefined && ends[code]) classes = classes.filter((name) => !ends[code]?.includes(name));
    else if (code !== undefined) classes = [...classes, names[code] ?? ""];
    else line.push({ text: token, classes });
  }
  return lines;
}

const escapeXml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const size = { font: 14, column: 8.43, line: 21, margin: 20, bar: 34 };

/** A picture of a terminal that shows an output with colours. */
export function terminalSvg(output: string, title: string): string {
  const lines = shownLines(output.trimEnd());
  const columns = Math.max(...lines.map((line) => line.reduce((sum, { text }) => sum + [...text].length, 0)));
  const width = Math.ceil(columns * size.column + 2 * size.margin);
  const height = lines.length * size.line + 2 * size.margin + size.bar - 6;
  const rows = lines.map((line, at) => {
    const y = size.bar + size.margin + at * size.line + 6;
    const spans = line.map(({ text, classes }) => `<tspan class="${classes.join(" ")}">${escapeXml(text)}</tspan>`);
    return spans.length === 0 ? "" : `<text x="${size.margin}" y="${y}" xml:space="preserve">${spans.join("")}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<style>
  text { font: ${size.font}px ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d7dae0; white-space: pre }
  .bold { font-weight: 700; fill: #fff } .dim { fill: #8b929e } .red { fill: #ff7b72 } .green { fill: #6bd08a } .yellow { fill: #e8c268 } .cyan { fill: #6cc7e0 }
</style>
<rect width="${width}" height="${height}" rx="10" fill="#16191f"/>
<circle cx="20" cy="18" r="5.5" fill="#3a404b"/><circle cx="38" cy="18" r="5.5" fill="#3a404b"/><circle cx="56" cy="18" r="5.5" fill="#3a404b"/>
${rows.filter((row) => row !== "").join("\n")}
</svg>
`;
}
