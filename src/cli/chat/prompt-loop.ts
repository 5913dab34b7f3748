import { createInterface } from "node:readline";
import { exitCodes } from "../exit-codes.ts";
import { describeError, errorLine } from "../report-error.ts";
import type { Terminal } from "../terminal.ts";
import { askAndPrint, type ChatSession } from "./chat-session.ts";

/**
 * Reads prompts until the input ends (Ctrl-D). Ctrl-C cancels the current answer or, at the prompt, ends the program. After a failed answer
 * the loop continues, so the prompt can be repeated.
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
  // A terminal in raw mode sends Ctrl-C to readline instead of the process.
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
