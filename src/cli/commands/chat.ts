import { createGateway } from "../../index.ts";
import { readAttachment, type UserContent } from "../chat/attachments.ts";
import { askOnce, type ChatSession } from "../chat/chat-session.ts";
import { type Conversation, loadConversation } from "../chat/conversation-store.ts";
import { loadTools } from "../chat/load-tools.ts";
import { runPromptLoop } from "../chat/prompt-loop.ts";
import { readSchema } from "../chat/read-schema.ts";
import { readStdin } from "../chat/read-stdin.ts";
import { type CommandArguments, defineCommand, type OptionSpecs } from "../command.ts";
import { gatewayConfig, gatewayOptions } from "../gateway-options.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const options = {
  ...gatewayOptions,
  system: { type: "string", short: "s", placeholder: "TEXT", help: "The system message" },
  file: {
    type: "string",
    short: "f",
    multiple: true,
    placeholder: "FILE",
    help: "Attach an image, PDF, audio or text file; may be repeated",
  },
  schema: { type: "string", placeholder: "FILE|JSON", help: "Answer as JSON that matches this JSON Schema" },
  tools: { type: "string", placeholder: "FILE", help: "Tools that the model may call: a module that exports them" },
  continue: { type: "boolean", short: "c", help: "Continue the last conversation" },
  "no-save": { type: "boolean", help: "Don't save the conversation for --continue" },
  "no-stream": { type: "boolean", help: "Print the answer when it is complete, so that the gateway can cache it" },
  quiet: { type: "boolean", short: "q", help: "Print only the answer, without tokens, cost and log id" },
} as const satisfies OptionSpecs;

type Arguments = CommandArguments<typeof options>;

export const chat = defineCommand({
  name: "chat",
  description:
    "Sends a prompt to a model and prints its answer. Piped input is added to the prompt. Without a prompt, it starts a conversation.",
  positionals: [{ name: "PROMPT…", optional: true, help: "The question" }],
  options,
  examples: [
    'cf-ai-gateway chat -m openai/gpt-4o-mini "What is the capital of France?"',
    'git diff | cf-ai-gateway chat -m anthropic/claude-sonnet-4-5 "Write the commit message"',
    'cf-ai-gateway chat -m google-ai-studio/gemini-2.0-flash -f photo.jpg "What is this?"',
    'cf-ai-gateway chat -c "And of Norway?"',
  ],
  async run({ values, positionals }, terminal) {
    const content = await readContent({ values, positionals }, terminal);
    const session = await createSession(values, terminal);
    if (content !== undefined) return askOnce(session, content, terminal);
    if (terminal.json || values.schema) throw new UsageError(`${terminal.json ? "--json" : "--schema"} needs a prompt.`);
    return runPromptLoop(session, terminal);
  },
});

/** The user's message; undefined if there is none and a terminal to read it from. */
async function readContent({ values, positionals }: Arguments, terminal: Terminal): Promise<UserContent | undefined> {
  const text = [positionals.join(" "), await readStdin(terminal)].filter((each) => each !== "").join("\n\n");
  const files = await Promise.all((values.file ?? []).map(readAttachment));
  if (text === "" && files.length === 0) {
    if (terminal.stdin.isTTY) return undefined;
    throw new UsageError("There is no prompt: pass one, or pipe it in.", "Try chat --help.");
  }
  return files.length === 0 ? text : [...files, ...(text === "" ? [] : [{ type: "text" as const, text }])];
}

async function createSession(values: Arguments["values"], terminal: Terminal): Promise<ChatSession> {
  const stored: Conversation = values.continue ? await loadConversation(terminal.env) : { messages: [] };
  // Both or neither: a stored provider may not match a given model.
  const target =
    values.model === undefined && values.provider === undefined ? { provider: stored.provider, model: stored.model } : {};
  const config = { ...target, ...gatewayConfig(values, terminal.env) };
  const schema = values.schema === undefined ? undefined : await readSchema(values.schema);
  return {
    gateway: createGateway(config),
    system: values.system,
    schema,
    tools: values.tools === undefined ? undefined : await loadTools(values.tools),
    isStreamed: !schema && !terminal.json && !values["no-stream"],
    isQuiet: values.quiet ?? false,
    isSaved: !values["no-save"],
    messages: withSystem(stored.messages, values.system),
  };
}

/** A given system message replaces the stored one. */
const withSystem = (messages: Conversation["messages"], system: string | undefined): Conversation["messages"] =>
  system === undefined || messages.length === 0
    ? messages
    : [{ role: "system", content: system }, ...messages.filter(({ role }) => role !== "system")];
