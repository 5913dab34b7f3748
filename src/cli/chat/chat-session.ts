import type { ChatOptions, ChatResult, Gateway, JsonSchema, Message, Tool } from "../../index.ts";
import { runUntilInterrupted } from "../interrupts.ts";
import type { Terminal } from "../terminal.ts";
import type { UserContent } from "./attachments.ts";
import { saveConversation } from "./conversation-store.ts";
import { printFooter, printStream, resultToJson } from "./print-answer.ts";

export interface ChatSession {
  readonly gateway: Gateway;
  readonly system: string | undefined;
  readonly schema: JsonSchema | undefined;
  readonly tools: Record<string, Tool> | undefined;
  readonly isStreamed: boolean;
  readonly isQuiet: boolean;
  readonly isSaved: boolean;
  /** The conversation so far. */
  messages: readonly Message[];
}

/** Sends one more message, prints the answer and stores it. Rejects with the signal's reason on abort. */
export async function askAndPrint(
  session: ChatSession,
  content: UserContent,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<void> {
  const { gateway, system, tools } = session;
  const started = performance.now();
  const options: ChatOptions = {
    messages: [...session.messages, { role: "user", content }],
    signal,
    ...(system !== undefined && session.messages.length === 0 ? { system } : {}),
    ...(tools ? { tools } : {}),
    onAbort({ messages, text }) {
      session.messages = text === "" ? messages : [...messages, { role: "assistant", content: text }];
    },
  };
  const result = await (session.isStreamed
    ? printStream(gateway.stream(options), terminal)
    : printWhole(session, options, terminal));
  session.messages = result.messages;
  if (!session.isQuiet && !terminal.json) printFooter(result, performance.now() - started, terminal);
  if (session.isSaved) await save(session, terminal);
}

async function printWhole(
  { gateway, schema }: ChatSession,
  options: ChatOptions,
  terminal: Terminal,
): Promise<ChatResult<unknown>> {
  const result: ChatResult<unknown> = schema
    ? await gateway.chat<unknown>({ ...options, output: schema })
    : await gateway.chat(options);
  if (terminal.json) terminal.print(JSON.stringify(resultToJson(result)));
  else terminal.print(schema && result.output !== undefined ? JSON.stringify(result.output, undefined, 2) : result.text);
  return result;
}

/** Failing to save the conversation only gives a warning. */
async function save({ gateway, messages }: ChatSession, { env, note, style }: Terminal): Promise<void> {
  const { provider, model } = gateway.options;
  try {
    await saveConversation(env, { provider, model, messages });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    note(`${style.yellow("warning")} The conversation was not saved: ${reason}`);
  }
}

/** Sends one message; Ctrl-C cancels the answer and ends the program. */
export async function askOnce(
  session: ChatSession,
  content: Parameters<typeof askAndPrint>[1],
  terminal: Terminal,
): Promise<number> {
  return runUntilInterrupted(terminal, (signal) => askAndPrint(session, content, signal, terminal));
}
