import { createInterface } from "node:readline";
import { exitCodes } from "../exit-codes.ts";
import { describeError, errorLine } from "../report-error.ts";
import type { Terminal } from "../terminal.ts";
import { askAndPrint, type ChatSession } from "./chat-session.ts";

/**
 * Asks for prompts until the input ends (Ctrl-D). Ctrl-C ends the answer that is coming, and at the prompt the program. A failed answer ends
 * nothing: the question can be put again.
 */
export async function runPromptLoop(session: ChatSession, terminal: Terminal): Promise<number> {
  const { stdin, stderr, style, note } = terminal;
  const lines = createInterface({ input: stdin, output: stderr, terminal: stderr.isTTY === true, prompt: style.bold("> ") });
  let answer: AbortController | undefined;
  let isInterrupted = false;
  const onInterrupt = () => {
    if (answer && !answer.signal.aborted) {
      answer.abort();
      return;
    }
    isInterrupted = true;
    lines.close();
  };
  // A terminal in raw mode hands Ctrl-C to the reader of lines, rather than to the process.
  lines.on("SIGINT", onInterrupt);
  const unsubscribe = terminal.onInterrupt(onInterrupt);
  if (!session.isQuiet) note(style.dim("Ctrl-C ends an answer, Ctrl-D the conversation."));
  try {
    lines.prompt();
    for await (const line of lines) {
      if (line.trim() !== "") {
        answer = new AbortController();
        await answerLine(session, line, answer.signal, terminal);
        answer = undefined;
      }
      if (isInterrupted) break;
      lines.prompt();
    }
  } finally {
    unsubscribe();
    lines.close();
  }
  note("");
  return isInterrupted ? exitCodes.interrupted : exitCodes.ok;
}

async function answerLine(session: ChatSession, line: string, signal: AbortSignal, terminal: Terminal): Promise<void> {
  try {
    await askAndPrint(session, line, signal, terminal);
  } catch (error) {
    terminal.note(signal.aborted ? terminal.style.dim("\n(interrupted)") : errorLine(describeError(error), terminal));
  }
}
