/** The clients for each format of `toResponse()`, in a browser. Each reads text, a tool call executed on the server, and a failure. */
import { HttpAgent } from "@ag-ui/client";
import * as ai6 from "ai";
import * as ai7 from "ai7";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import OpenAI from "openai";
import type { Outcome } from "./suite.ts";

/** What a client read from a stream. */
interface Seen {
  text: string;
  /** The result of the tool, if the format contains it. */
  toolResult?: unknown;
  failure?: unknown;
}

const answer = "Straße 🙂 in Paris, read in the page.";
const toolRound: ScriptedReply[] = [
  { toolCalls: [{ name: "weather", args: { city: "Paris" } }] },
  { text: answer, chunks: { size: 3 } },
];
const refusal: ScriptedReply[] = [{ error: { status: 401, body: { error: { message: "internal-detail" } } } }];

async function readWithAiSdk(ai: typeof ai6, prompt: string): Promise<Seen> {
  const transport = new ai.DefaultChatTransport({ api: "/chat/ai-sdk" });
  const messages: ai6.UIMessage[] = [{ id: "1", role: "user", parts: [{ type: "text", text: prompt }] }];
  const request = { trigger: "submit-message" as const, chatId: "c1", messageId: undefined, messages, abortSignal: undefined };
  let failure: unknown;
  let last: ai6.UIMessage | undefined;
  const onError = (error: unknown) => {
    failure = error;
  };
  for await (const message of ai.readUIMessageStream({ stream: await transport.sendMessages(request), onError })) last = message;
  const parts = (last?.parts ?? []) as { type: string; text?: string; output?: unknown }[];
  return {
    text: parts.map(({ type, text }) => (type === "text" ? text : "")).join(""),
    toolResult: parts.find(({ type }) => type === "tool-weather")?.output,
    failure,
  };
}

async function readWithOpenAi(prompt: string): Promise<Seen> {
  const client = new OpenAI({
    baseURL: `${location.origin}/chat/openai`,
    apiKey: "none",
    maxRetries: 0,
    dangerouslyAllowBrowser: true,
  });
  try {
    const stream = client.chat.completions.stream({ model: "any", messages: [{ role: "user", content: prompt }] });
    const { choices } = await stream.finalChatCompletion();
    return { text: choices[0]?.message.content ?? "" };
  } catch (failure) {
    return { text: "", failure };
  }
}

async function readWithHttpAgent(prompt: string): Promise<Seen> {
  const agent = new HttpAgent({ url: "/chat/ag-ui", threadId: "t1" });
  agent.messages = [{ id: "1", role: "user", content: prompt }];
  let failure: unknown;
  await agent.runAgent(
    { runId: "r1" },
    {
      onRunErrorEvent: ({ event }) => {
        failure = event.message;
      },
    },
  );
  const toolMessage = agent.messages.find(({ role }) => role === "tool");
  return {
    text: agent.messages.map(({ role, content }) => (role === "assistant" ? (content ?? "") : "")).join(""),
    toolResult: toolMessage && JSON.parse(String(toolMessage.content)),
    failure,
  };
}

const clients: Record<string, (prompt: string) => Promise<Seen>> = {
  "DefaultChatTransport of AI SDK 6": (prompt) => readWithAiSdk(ai6, prompt),
  "DefaultChatTransport of AI SDK 7": (prompt) => readWithAiSdk(ai7 as unknown as typeof ai6, prompt),
  "openai-node": readWithOpenAi,
  "HttpAgent of AG-UI": readWithHttpAgent,
};

function check(name: string, { text, toolResult, failure }: Seen): string | undefined {
  if (failure !== undefined) return `it failed: ${failure}`;
  if (text !== answer) return `the text is ${text}`;
  const isShown = JSON.stringify(toolResult) === '{"city":"Paris","sky":"clear"}';
  // OpenAI's chunks don't contain calls executed on the server.
  return isShown || name === "openai-node" ? undefined : `the tool's result is ${JSON.stringify(toolResult)}`;
}

function checkFailure({ failure }: Seen): string | undefined {
  if (failure === undefined) return "it did not fail";
  return String(failure).includes("internal-detail") ? `the failure is ${failure}` : undefined;
}

async function tryClient(name: string, run: () => Promise<string | undefined>): Promise<Outcome> {
  try {
    const problem = await run();
    return problem === undefined ? { name } : { name, problem };
  } catch (error) {
    return { name, problem: error instanceof Error ? `${error.stack ?? error}` : String(error) };
  }
}

export async function runClients(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [name, read] of Object.entries(clients)) {
    outcomes.push(
      await tryClient(`${name} reads a chat with a tool`, async () => check(name, await read(JSON.stringify(toolRound)))),
    );
    outcomes.push(await tryClient(`${name} reports a failure`, async () => checkFailure(await read(JSON.stringify(refusal)))));
  }
  return outcomes;
}
