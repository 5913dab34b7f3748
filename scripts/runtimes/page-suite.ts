/** Tests of `cf-ai-gateway/ui` in a browser: it reads what the page's server sends with `toResponse()`. */
import type { StreamEvent } from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import { readEventStream } from "cf-ai-gateway/ui";
import type { Outcome } from "./suite.ts";

/** Requests the server's chat route; the model replies with `script`. */
async function requestChat(...script: ScriptedReply[]): Promise<Response> {
  return fetch("/chat", { method: "POST", body: JSON.stringify(script) });
}

const isType =
  <T extends StreamEvent["type"]>(type: T) =>
  (event: StreamEvent): event is Extract<StreamEvent, { type: T }> =>
    event.type === type;

function equal(found: unknown, wanted: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what} is ${left}, not ${right}`);
}

const cases: Record<string, () => Promise<void>> = {
  "readEventStream() reads text, tool calls and the result of toResponse()": async () => {
    const text = "Straße 🙂 in Paris, read in the page. ".repeat(40).trim();
    const script = [{ toolCalls: [{ name: "weather", args: { city: "Paris" } }] }, { text, chunks: { size: 7 } }];
    const events: StreamEvent[] = [];
    for await (const event of readEventStream(await requestChat(...script))) events.push(event);
    equal(events.filter(isType("turn-start")).length, 2, "the number of turns");
    equal(events.find(isType("tool-result"))?.result, { city: "Paris", sky: "clear" }, "the tool's result");
    const deltas = events.filter(isType("text-delta"));
    equal(deltas.map(({ text }) => text).join(""), text, "the text of the events");
    if (deltas.length < 2) throw new Error("the text came in one event");
    equal(events.at(-1)?.type, "finish", "the last event");
    equal(events.find(isType("finish"))?.result.text, text, "the text of the result");
    if (events.some(isType("response"))) throw new Error("response headers reached the page");
  },
  "readEventStream() throws the error of the stream, with its code and a neutral message": async () => {
    const response = await requestChat({ error: { status: 401, body: { error: { message: "internal-detail" } } } });
    let thrown: unknown;
    try {
      for await (const _ of readEventStream(response));
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof Error)) throw new Error("nothing was thrown");
    equal((thrown as Error & { code?: unknown }).code, "authentication", "the code");
    if (thrown.message.includes("internal-detail")) throw new Error(`the message is ${thrown.message}`);
  },
  "leaving readEventStream() cancels the chat on the server": async () => {
    for await (const event of readEventStream(await requestChat({ fault: "stall", afterBytes: 900 })))
      if (event.type === "turn-start") break;
    // Responds once a chat of this page has been cancelled.
    equal(await (await fetch("/cancelled")).text(), "AbortError", "what ended the chat");
  },
};

export async function runPageSuite(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run();
      outcomes.push({ name });
    } catch (error) {
      outcomes.push({ name, problem: error instanceof Error ? `${error.stack ?? error}` : String(error) });
    }
  }
  return outcomes;
}
