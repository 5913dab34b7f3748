import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Message } from "../../index.ts";
import { UsageError } from "../usage-error.ts";

/** The last conversation, for `chat -c`. */
export interface Conversation {
  provider?: string | undefined;
  model?: string | undefined;
  messages: readonly Message[];
}

type Env = Readonly<Record<string, string | undefined>>;

const pathIn = (env: Env) =>
  join(env.XDG_STATE_HOME || join(env.HOME || homedir(), ".local", "state"), "cf-ai-gateway", "last-conversation.json");

/** Replaces the file atomically. Only its owner can read it. */
export async function saveConversation(env: Env, conversation: Conversation): Promise<void> {
  const path = pathIn(env);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(conversation), { mode: 0o600 });
  await rename(temporary, path);
}

export async function loadConversation(env: Env): Promise<Conversation> {
  const path = pathIn(env);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    throw new UsageError("There is no conversation to continue.", "Start one without --continue.");
  }
  try {
    const conversation = JSON.parse(text) as Conversation;
    if (Array.isArray(conversation.messages)) return conversation;
  } catch {
    // Reported below.
  }
  throw new UsageError(`The stored conversation is corrupt: ${path}.`, "Delete it, or start a new one without --continue.");
}
