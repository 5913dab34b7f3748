import { readEventStream } from "cf-ai-gateway/ui";

interface Line {
  role: "user" | "assistant";
  content: string;
}

const form = element("form", HTMLFormElement);
const input = element("input", HTMLInputElement);
const send = element("[type=submit]", HTMLButtonElement);
const stop = element("#stop", HTMLButtonElement);
const log = element("#log", HTMLElement);

const messages: Line[] = [];
let running: AbortController | undefined;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const content = input.value.trim();
  if (content === "" || running) return;
  input.value = "";
  messages.push({ role: "user", content });
  addLine("user", content);
  void answer();
});
stop.addEventListener("click", () => running?.abort());

async function answer(): Promise<void> {
  running = new AbortController();
  [send.disabled, stop.disabled] = [true, false];
  const line = addLine("assistant", "");
  try {
    const response = await fetch("/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ messages }),
      signal: running.signal,
    });
    for await (const event of readEventStream(response)) {
      if (event.type === "text-delta") line.append(event.text);
    }
  } catch (error) {
    addLine("error", running.signal.aborted ? "Stopped." : error instanceof Error ? error.message : String(error));
  } finally {
    running = undefined;
    [send.disabled, stop.disabled] = [false, true];
  }
  // What came before a failure stays part of the conversation.
  if (line.textContent) messages.push({ role: "assistant", content: line.textContent });
}

function addLine(role: Line["role"] | "error", text: string): HTMLElement {
  const line = document.createElement("p");
  line.className = role;
  line.textContent = text;
  log.append(line);
  return line;
}

function element<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}
