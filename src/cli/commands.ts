import type { CommandEntry } from "./command.ts";

/** In the order of the help. A command is an entry here and a file in `commands/`, loaded when it is run. */
export const commands: readonly CommandEntry[] = [
  {
    name: "chat",
    usage: "[PROMPT…]",
    summary: "Send a prompt to a model, or chat with it",
    load: async () => (await import("./commands/chat.ts")).chat,
  },
  {
    name: "batch",
    usage: "IN OUT",
    summary: "Run many chats from JSON lines or CSV; run again to resume",
    load: async () => (await import("./commands/batch.ts")).batch,
  },
  {
    name: "doctor",
    usage: "[CHECK…]",
    summary: "Check ids, tokens, keys, cache and streaming, and say what to fix",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  {
    name: "local",
    usage: "",
    summary: "Start a local gateway with a page that shows its requests",
    load: async () => (await import("./commands/local.ts")).local,
  },
  {
    name: "record",
    usage: "CASE…",
    summary: "Record fixtures from a gateway, with secrets redacted",
    load: async () => (await import("./commands/record.ts")).record,
  },
  {
    name: "logs",
    usage: "[ID…]",
    summary: "List, show and rate the gateway's logs",
    load: async () => (await import("./commands/logs.ts")).logs,
  },
];
