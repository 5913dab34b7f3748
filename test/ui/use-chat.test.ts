import type * as ai6 from "ai";
import { type ChatOptions, tool } from "cf-ai-gateway";
import { approvalsFromUIMessages, fromUIMessages } from "cf-ai-gateway/ui";
import { describe, expect, it, vi } from "vitest";
import { sdks } from "../ai-sdk/sdks.ts";
import { useLocalGateway } from "../local-gateway.ts";

/** `useChat` without React, against a server that runs this package's loop: messages go back and forth as in a browser. */

const local = useLocalGateway();
const place = { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const;
const file = { type: "object", properties: { path: { type: "string" } }, required: ["path"] } as const;
const deleted: unknown[] = [];
const tools: ChatOptions["tools"] = {
  weather: tool({ parameters: place, execute: ({ city }) => ({ city, sky: "sunny" }) }),
  ask: tool({ parameters: { type: "object" } }),
  erase: tool({
    parameters: file,
    needsApproval: true,
    execute({ path }) {
      deleted.push(path);
      return `${path} is deleted`;
    },
  }),
};
const calling = (name: string, args: object) => ({ toolCalls: [{ name, args }] });
const lastMessages = () => local.requests.at(-1)?.body.messages;

/** Handles a request of `useChat`, as a server's route does. */
async function answer(_url: unknown, init?: RequestInit): Promise<Response> {
  const { messages } = JSON.parse(String(init?.body)) as { messages: object[] };
  return local
    .client({ provider: "openrouter", model: "google/gemini-2.5-flash-image" })
    .stream({
      messages: fromUIMessages(messages),
      approvals: approvalsFromUIMessages(messages),
      tools,
      ...(init?.signal ? { signal: init.signal } : {}),
    })
    .toResponse({ format: "ai-sdk" });
}

describe.each(sdks)("useChat of AI SDK %s with our loop", (_, ai) => {
  function openChat(options: object = {}) {
    let messages: ai6.UIMessage[] = [];
    const state: ai6.ChatState<ai6.UIMessage> = {
      status: "ready",
      error: undefined,
      get messages() {
        return messages;
      },
      set messages(replaced) {
        messages = replaced;
      },
      pushMessage: (message) => void messages.push(message),
      popMessage: () => void messages.pop(),
      replaceMessage: (index, message) => {
        messages = messages.with(index, message);
      },
      snapshot: (value) => structuredClone(value),
    };
    class Chat extends ai.AbstractChat<ai6.UIMessage> {}
    const transport = new ai.DefaultChatTransport({ api: "http://page/chat", fetch: answer as typeof fetch });
    return new Chat({ state, transport, ...options });
  }
  const listParts = (chat: ReturnType<typeof openChat>) => chat.messages.at(-1)?.parts ?? [];
  const findTool = (chat: ReturnType<typeof openChat>, name: string) =>
    listParts(chat).find(({ type }) => type === `tool-${name}`) as
      | { toolCallId: string; state: string; output?: unknown; approval?: { id: string } }
      | undefined;

  it("continues a conversation whose tools ran on the server", async () => {
    const chat = openChat();
    local.reply({ reasoning: "hm", text: "Let me look.", ...calling("weather", { city: "Oslo" }) }, { text: "Sunny." });
    await chat.sendMessage({ text: "Weather?" });
    expect(findTool(chat, "weather")).toMatchObject({ state: "output-available", output: { sky: "sunny" } });
    local.reply({ text: "Rain." });
    await chat.sendMessage({ text: "And tomorrow?" });
    expect(chat.error).toBeUndefined();
    expect(lastMessages()).toMatchObject([
      { role: "user", content: "Weather?" },
      {
        role: "assistant",
        content: "Let me look.",
        tool_calls: [{ function: { name: "weather", arguments: '{"city":"Oslo"}' } }],
      },
      { role: "tool", content: '{"city":"Oslo","sky":"sunny"}' },
      { role: "assistant", content: "Sunny." },
      { role: "user", content: "And tomorrow?" },
    ]);
  });

  it("runs a client-side tool in the browser", async () => {
    const chat = openChat({ sendAutomaticallyWhen: ai.lastAssistantMessageIsCompleteWithToolCalls });
    local.reply(calling("ask", {}), { text: "Thanks." });
    await chat.sendMessage({ text: "Ask me" });
    const asked = findTool(chat, "ask");
    expect(asked?.state).toBe("input-available");
    await chat.addToolOutput({ tool: "ask", toolCallId: asked?.toolCallId ?? "", output: { city: "Oslo" } });
    await vi.waitFor(() => expect(listParts(chat).at(-1)).toMatchObject({ type: "text", text: "Thanks.", state: "done" }));
    expect(lastMessages().at(-1)).toMatchObject({ role: "tool", content: '{"city":"Oslo"}' });
  });

  it.each([
    [true, undefined, "output-available", "notes.txt is deleted"],
    [false, "keep it", "output-denied", "Not executed: keep it"],
  ])("requests an approval, which is %s", async (approved, reason, state, content) => {
    deleted.length = 0;
    const chat = openChat({ sendAutomaticallyWhen: ai.lastAssistantMessageIsCompleteWithApprovalResponses });
    local.reply(calling("erase", { path: "notes.txt" }), { text: "So be it." });
    await chat.sendMessage({ text: "Delete my notes" });
    expect(findTool(chat, "erase")?.state).toBe("approval-requested");
    expect(deleted).toEqual([]);
    await chat.addToolApprovalResponse({
      id: findTool(chat, "erase")?.approval?.id ?? "",
      approved,
      ...(reason === undefined ? {} : { reason }),
    });
    await vi.waitFor(() => expect(listParts(chat).at(-1)).toMatchObject({ type: "text", text: "So be it.", state: "done" }));
    expect(chat.error).toBeUndefined();
    expect(deleted).toEqual(approved ? ["notes.txt"] : []);
    expect(findTool(chat, "erase")?.state).toBe(state);
    expect(lastMessages().at(-1)).toMatchObject({ role: "tool", content });
    // The decision has been applied and isn't applied again.
    local.reply({ text: "Bye." });
    await chat.sendMessage({ text: "Thanks" });
    expect(chat.error).toBeUndefined();
    expect(deleted).toHaveLength(approved ? 1 : 0);
    expect(lastMessages()).toHaveLength(5);
  });

  it("continues even if an approval was never answered", async () => {
    const chat = openChat();
    local.reply(calling("erase", { path: "notes.txt" }), { text: "Hello." });
    await chat.sendMessage({ text: "Delete my notes" });
    await chat.sendMessage({ text: "Never mind. Hello!" });
    expect(chat.error).toBeUndefined();
    expect(lastMessages().map(({ role }: { role: string }) => role)).toEqual(["user", "assistant", "tool", "user"]);
  });

  it("continues after a stop in the middle of an answer", async () => {
    const chat = openChat();
    local.reply({ fault: "stall", afterBytes: 1500 });
    const sending = chat.sendMessage({ text: "Tell me a story" });
    const answered = {
      role: "assistant",
      parts: expect.arrayContaining([expect.objectContaining({ text: expect.stringMatching(/./) })]),
    };
    await vi.waitFor(() => expect(chat.messages.at(-1)).toMatchObject(answered));
    await chat.stop();
    await sending;
    local.reply({ text: "The end." });
    await chat.sendMessage({ text: "Go on" });
    expect(chat.error).toBeUndefined();
    expect(listParts(chat).at(-1)).toMatchObject({ text: "The end." });
    expect(lastMessages().map(({ role }: { role: string }) => role)).toEqual(["user", "assistant", "user"]);
  });

  it("shows a failure as an error, and a failed tool as an error part", async () => {
    const chat = openChat();
    local.reply({ error: { status: 400 } });
    await chat.sendMessage({ text: "Hi" });
    expect(chat.error?.message).toBe("The request failed.");
    local.reply(calling("nope", {}), { text: "Sorry." });
    await chat.sendMessage({ text: "Again" });
    expect(findTool(chat, "nope")).toMatchObject({ state: "output-error", errorText: expect.stringContaining("no tool") });
    expect(listParts(chat).at(-1)).toMatchObject({ text: "Sorry." });
  });

  it("sends files, and shows images and sources of the answer", async () => {
    const chat = openChat();
    local.reply({ text: "A dot." });
    const url = "data:application/pdf;base64,AAAA";
    await chat.sendMessage({
      text: "What is it?",
      files: [{ type: "file", mediaType: "application/pdf", filename: "a.pdf", url }],
    });
    expect(lastMessages()[0].content).toEqual([
      { type: "file", file: { file_data: url, filename: "a.pdf" } },
      { type: "text", text: "What is it?" },
    ]);
    const message = {
      role: "assistant",
      content: "Here.",
      images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }],
      annotations: [{ type: "url_citation", url_citation: { url: "https://example.com/", title: "Example" } }],
    };
    const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }] });
    local.reply({ status: 200, headers: { "content-type": "application/json" }, body });
    await chat.sendMessage({ text: "Draw" });
    expect(chat.error).toBeUndefined();
    expect(listParts(chat)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "text", text: "Here." }),
        { type: "file", mediaType: "image/png", url: "data:image/png;base64,AAAA" },
        expect.objectContaining({ type: "source-url", url: "https://example.com/", title: "Example" }),
      ]),
    );
    local.reply({ text: "Done." });
    await chat.sendMessage({ text: "Make it bluer" });
    expect(JSON.stringify(lastMessages())).toContain("data:image/png;base64,AAAA");
  });
});
