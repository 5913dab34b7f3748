import { createInterface } from "node:readline/promises";
import { createGateway, GatewayError, type Message, type StreamEvent, type ToolCall } from "cf-ai-gateway";
import { createTools } from "./tools.ts";

const gateway = createGateway({
  baseUrl: process.env.CLOUDFLARE_GATEWAY_URL, // set by `npx cf-ai-gateway local`; otherwise Cloudflare's
  provider: process.env.PROVIDER ?? "openai",
  model: process.env.MODEL ?? "gpt-4o-mini",
});
const tools = createTools(process.cwd());
const terminal = createInterface({ input: process.stdin, output: process.stdout });
const lines = terminal[Symbol.asyncIterator]();

/** Of the answer that is being streamed. Ctrl-C stops it; at the prompt, Ctrl-C ends the chat. */
let running: AbortController | undefined;
terminal.on("SIGINT", () => (running ? running.abort() : terminal.close()));

let messages: Message[] = [{ role: "system", content: "You help with the files of the current folder. Be brief." }];
for (;;) {
  const prompt = await ask("> ");
  if (!prompt) break;
  messages = await answer([...messages, { role: "user", content: prompt }]);
}
terminal.close();

/** Streams one answer, and goes on with it while calls wait for approval. Returns the conversation. */
async function answer(messages: Message[], approvals?: Record<string, boolean>): Promise<Message[]> {
  running = new AbortController();
  const { signal } = running;
  const stream = gateway.stream({ messages, tools, approvals, signal });
  try {
    for await (const event of stream) print(event);
  } catch (error) {
    if (signal.aborted) console.log("\n(stopped)");
    else if (GatewayError.is(error)) console.error(`\n${error.message}\n${error.hint}`);
    else throw error;
    // Tool calls that were interrupted have a message that says so, so this can be sent again.
    return stream.partial.messages;
  } finally {
    running = undefined;
  }
  const result = await stream.result;
  const waiting = result.toolCalls.filter(({ needsApproval }) => needsApproval);
  return waiting.length === 0 ? result.messages : answer(result.messages, await approve(waiting));
}

async function approve(calls: ToolCall[]): Promise<Record<string, boolean>> {
  const verdicts: Record<string, boolean> = {};
  for (const { id, name, argsText } of calls) verdicts[id] = /^y/i.test((await ask(`Run ${name} ${argsText}? [y/N] `)) ?? "");
  return verdicts;
}

function print(event: StreamEvent): void {
  if (event.type === "text-delta") process.stdout.write(event.text);
  if (event.type === "tool-result") console.log(`[${event.name}${event.isError ? ` failed: ${event.result}` : ""}]`);
  if (event.type === "finish") console.log(`\n(${event.result.usage.totalTokens ?? "?"} tokens)`);
}

/** The next line; undefined at the end of the input. */
async function ask(question: string): Promise<string | undefined> {
  terminal.setPrompt(question);
  terminal.prompt();
  const { value, done } = await lines.next();
  return done ? undefined : value.trim();
}
