import type { Reading } from "../exchange.ts";
import { clone, element, find } from "./elements.ts";
import { compactJson } from "./format.ts";

interface WireMessage {
  role?: unknown;
  content?: unknown;
  reasoning_content?: unknown;
  tool_call_id?: unknown;
  tool_calls?: unknown;
}

/** Shows the messages of a request, and the answer as the client reads it. */
export function conversation(messages: readonly unknown[], reading: Reading | undefined): Node[] {
  const given = messages.filter((each) => typeof each === "object" && each !== null) as WireMessage[];
  const answers = reading ? answerViews(reading) : [];
  return [...given.map(messageView), ...answers];
}

function messageView(message: WireMessage): HTMLElement {
  const content = [
    ...(typeof message.reasoning_content === "string" ? [element("p", message.reasoning_content, "thought")] : []),
    ...contentViews(message.content, message.role === "tool"),
    ...readCalls(message.tool_calls).map(({ name, argsText }) => callView(name, argsText)),
  ];
  return view(String(message.role), content);
}

function answerViews({ text, reasoning, toolCalls, finishReason, error }: Reading): HTMLElement[] {
  const content = [
    ...(reasoning ? [element("p", reasoning, "thought")] : []),
    ...(text === "" ? [] : [element("p", text)]),
    ...toolCalls.map(({ name, argsText }) => callView(name, argsText)),
  ];
  if (content.length === 0) {
    if (error) return [];
    content.push(element("p", `Nothing (${finishReason})`, "thought"));
  }
  const shown = view("answer", content);
  shown.classList.add("answer");
  return [shown];
}

function view(role: string, content: readonly Node[]): HTMLElement {
  const shown = find(clone("message"), ".message");
  find(shown, "b").textContent = role;
  find(shown, "div").append(...content);
  return shown;
}

function contentViews(content: unknown, isResult: boolean): HTMLElement[] {
  if (typeof content === "string")
    return content === "" ? [] : [isResult ? element("pre", compactJson(content)) : element("p", content)];
  return Array.isArray(content) ? content.map(partView) : [];
}

function partView(part: { text?: unknown; image_url?: { url?: unknown } }): HTMLElement {
  if (typeof part?.text === "string") return element("p", part.text);
  const url = part?.image_url?.url;
  if (typeof url !== "string" || !/^data:image\/(png|jpeg|gif|webp);/.test(url))
    return element("pre", JSON.stringify(part, null, 2));
  const image = document.createElement("img");
  image.src = url;
  image.alt = "Image in the message";
  return image;
}

const callView = (name: string, argsText: string): HTMLElement => element("pre", `${name}(${compactJson(argsText)})`);

function readCalls(calls: unknown): { name: string; argsText: string }[] {
  if (!Array.isArray(calls)) return [];
  return calls.map((call: { function?: { name?: unknown; arguments?: unknown } }) => {
    const { name, arguments: args } = call?.function ?? {};
    return { name: String(name), argsText: typeof args === "string" ? args : JSON.stringify(args) };
  });
}
