import type { ExchangeDetails } from "../exchange.ts";
import { conversation } from "./conversation.ts";
import { clone, element, find } from "./elements.ts";
import { prettyJson, size } from "./format.ts";
import { timeline } from "./timeline.ts";

interface Section {
  title: string;
  note?: string;
  /** The initial state, until the user opens or closes it. */
  isOpen: boolean;
  content: Node[];
}

/** Sections that the user has opened or closed, by title. */
const chosen = new Map<string, boolean>();

/** Everything below the heading of an exchange. */
export function createSections(details: ExchangeDetails): HTMLElement[] {
  const { request, response, reading } = details;
  const body = parsedBody(request.body);
  const tools = Array.isArray(body.tools) ? body.tools : [];
  const sections: Section[] = [
    ...(Array.isArray(body.messages)
      ? [{ title: "Conversation", isOpen: true, content: conversation(body.messages, reading) }]
      : []),
    ...(tools.length > 0
      ? [{ title: "Tools", note: String(tools.length), isOpen: false, content: tools.flatMap(toolView) }]
      : []),
    ...(response
      ? [
          {
            title: "Timeline",
            note: `${response.chunks.length} ${response.chunks.length === 1 ? "chunk" : "chunks"}, ${size(response.bytes)}`,
            isOpen: details.isStream,
            content: timeline(details),
          },
        ]
      : []),
    { title: "Request", note: size(request.body.length), isOpen: false, content: rawView(request.headers, request.body) },
    ...(response
      ? [
          {
            title: "Response",
            note: `${details.status}`,
            isOpen: false,
            content: rawView(response.headers, response.chunks.map(({ text }) => text).join(""), response.isTruncated),
          },
        ]
      : []),
  ];
  return [...problemView(details), ...sections.map(sectionView)];
}

function sectionView({ title, note = "", isOpen, content }: Section): HTMLElement {
  const view = find<HTMLDetailsElement>(clone("section"), "details");
  find(view, "summary span").textContent = title;
  find(view, "summary small").textContent = note;
  find(view, "div").append(...content);
  view.open = chosen.get(title) ?? isOpen;
  view.addEventListener("toggle", () => chosen.set(title, view.open));
  return view;
}

/** The error that the client throws, with its hint. */
function problemView({ reading }: ExchangeDetails): HTMLElement[] {
  const { error, warnings = [] } = reading ?? {};
  if (!error && warnings.length === 0) return [];
  const view = element("div", "", "callout");
  if (error) {
    view.append(element("b", `${error.name} (${error.code})`), element("p", error.message));
    if (!error.message.includes(error.hint)) view.append(element("p", error.hint));
  } else {
    view.append(element("b", "Client warnings"), ...warnings.map((warning) => element("p", warning)));
  }
  return [view];
}

interface WireTool {
  type?: string;
  function?: { name?: string; description?: string; parameters?: unknown };
}

function toolView(tool: WireTool): Node[] {
  const { name = tool.type ?? "tool", description = "", parameters } = tool.function ?? {};
  const heading = element("h3", description === "" ? name : `${name} — ${description}`);
  return [heading, element("pre", JSON.stringify(parameters ?? tool, null, 2))];
}

function rawView(headers: readonly [string, string][], body: string, isTruncated = false): Node[] {
  const list = element("dl", "", "headers");
  for (const [name, value] of headers) list.append(element("dt", name), element("dd", value));
  const pretty = prettyJson(body);
  const heading = element("h3", "Body");
  const text = element("pre", pretty);
  if (pretty !== body) {
    const button = element("button", "As sent") as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => {
      const isRaw = text.textContent === body;
      text.textContent = isRaw ? pretty : body;
      button.textContent = isRaw ? "As sent" : "Formatted";
    });
    heading.append(button);
  }
  return [
    element("h3", "Headers"),
    list,
    ...(body === "" ? [] : [heading, text]),
    ...(isTruncated ? [element("p", "The rest was not kept.", "more")] : []),
  ];
}

function parsedBody(text: string): { messages?: unknown; tools?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
