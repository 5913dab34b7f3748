import type { Chunk, ExchangeDetails } from "../exchange.ts";
import { clone, element, find } from "./elements.ts";
import { duration, size } from "./format.ts";

/** Maximum number of chunks listed, and drawn. */
const limits = { listed: 200, drawn: 1_000 };

const svg = "http://www.w3.org/2000/svg";

/** Shows when each chunk of a response arrived: drawn over the duration of the request, then listed. */
export function timeline({ response, firstChunkMs, durationMs }: ExchangeDetails): Node[] {
  const chunks = response?.chunks ?? [];
  if (chunks.length === 0) return [element("p", "No byte of the body came.", "more")];
  const end = Math.max(durationMs ?? 0, chunks.at(-1)?.ms ?? 0, 1);
  const scale = element("div", "", "scale");
  scale.append(
    element("span", "0"),
    element("span", `first chunk after ${duration(firstChunkMs)}`),
    element("span", duration(end)),
  );
  const rest = chunks.length - limits.listed;
  return [
    strip(chunks, end),
    scale,
    ...chunks.slice(0, limits.listed).map((chunk, at) => chunkView(chunk, chunks[at - 1])),
    ...(rest > 0 ? [element("p", `and ${rest} more`, "more")] : []),
  ];
}

function strip(chunks: readonly Chunk[], end: number): SVGElement {
  const drawing = document.createElementNS(svg, "svg");
  drawing.setAttribute("class", "strip");
  drawing.setAttribute("aria-hidden", "true");
  const bar = (className: string, from: number, width: string, top: number, height: number) => {
    const shape = document.createElementNS(svg, "rect");
    const place = { class: className, x: `${(from / end) * 99.6}%`, width, y: String(top), height: String(height), rx: "1" };
    for (const [name, value] of Object.entries(place)) shape.setAttribute(name, value);
    drawing.append(shape);
  };
  const first = chunks[0]?.ms ?? 0;
  bar("wait", 0, `${(first / end) * 99.6}%`, 21, 4);
  bar("span", first, `${((end - first) / end) * 99.6}%`, 4, 38);
  const largest = Math.max(...chunks.map(({ text }) => text.length), 1);
  const step = Math.ceil(chunks.length / limits.drawn);
  for (const [at, { ms, text }] of chunks.entries()) {
    if (at % step !== 0) continue;
    const height = 8 + Math.sqrt(text.length / largest) * 30;
    bar("tick", ms, "2", 23 - height / 2, height);
  }
  return drawing;
}

function chunkView({ ms, text }: Chunk, before: Chunk | undefined): HTMLElement {
  const view = find<HTMLDetailsElement>(clone("chunk"), "details");
  find(view, ".at").textContent = before ? `+${duration(ms - before.ms)}` : duration(ms);
  find(view, ".size").textContent = size(new TextEncoder().encode(text).length);
  find(view, "code").textContent = summary(text);
  find(view, "pre").textContent = text.trimEnd();
  return view;
}

/** The new part of a chunk: the delta of its event, without what all events repeat. */
function summary(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const data = /^data: ?(\{.*\})$/.exec(line)?.[1];
  try {
    const { choices, usage } = JSON.parse(data ?? "") as {
      choices?: { delta?: object; finish_reason?: unknown }[];
      usage?: unknown;
    };
    const [{ delta, finish_reason } = {}] = choices ?? [];
    const updates = Object.entries({ ...delta, finish_reason, usage }).filter(
      ([, value]) => value !== null && value !== undefined,
    );
    return updates.length > 0 ? JSON.stringify(Object.fromEntries(updates)) : line;
  } catch {
    return line;
  }
}
