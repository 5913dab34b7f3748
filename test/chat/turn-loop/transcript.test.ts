import { type AssistantMessage, type Message, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../../local-gateway.ts";
import { transcriptProblems } from "./transcript.ts";
import { answer, wireCall } from "./wire.ts";

const local = useLocalGateway();
const look = tool({ parameters: z.object({}).loose(), execute: () => "seen" });
const calls = (message: Message | undefined) => (message as AssistantMessage | undefined)?.tool_calls ?? [];

describe.each(modes)("result.messages, with %s", (mode) => {
  it("contain the whole conversation from the system message to the answer, as request messages", async () => {
    local.reply(answer(mode, { content: "Looking.", tool_calls: [wireCall("call_1", "look", { at: "x" })] }), { text: "Done." });
    const { messages } = await ask(mode, local.client(), { system: "Be brief.", prompt: "Go.", tools: { look } });
    expect(messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Go." },
      { role: "assistant", content: "Looking.", tool_calls: [wireCall("call_1", "look", { at: "x" })] },
      { role: "tool", tool_call_id: "call_1", content: "seen" },
      { role: "assistant", content: "Done." },
    ]);
    expect(local.sentMessages()).toEqual(messages.slice(0, -1));
  });

  it("can be continued with a new system message, and the messages passed in are not mutated", async () => {
    const given: readonly Message[] = Object.freeze([Object.freeze({ role: "user", content: "Hello." } as const)]);
    local.reply({ text: "Hi." });
    const { messages } = await ask(mode, local.client(), { system: "Be kind.", messages: given });
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant"]);
    expect(given).toHaveLength(1);
  });

  it("survive a round trip through JSON, with the provider's IDs, thought signatures and reasoning", async () => {
    const signature = { google: { thought_signature: "CiQBabc==" } };
    local.reply(
      answer(mode, {
        reasoning_content: "Hm.",
        tool_calls: [wireCall("function-call-7", "look", {}, { extra_content: signature })],
      }),
      { text: "One." },
      { toolCalls: [{ name: "look", args: {} }] },
      { text: "Two." },
    );
    const gateway = local.client();
    const first = await ask(mode, gateway, { prompt: "Go.", tools: { look } });
    const kept: Message[] = JSON.parse(JSON.stringify(first.messages));
    expect(kept).toEqual(first.messages);
    const second = await ask(mode, gateway, { messages: [...kept, { role: "user", content: "Again." }], tools: { look } });
    expect(second.messages.slice(0, kept.length)).toEqual(kept);
    expect(second.messages[1]).toEqual({
      role: "assistant",
      content: null,
      reasoning_content: "Hm.",
      tool_calls: [wireCall("function-call-7", "look", {}, { extra_content: signature })],
    });
    expect(transcriptProblems(second.messages)).toEqual([]);
  });

  it("never reuse an ID, not even one from an earlier conversation", async () => {
    const gateway = local.client();
    local.reply(answer(mode, { tool_calls: [wireCall("0", "look", {}), wireCall("", "look", {})] }, "tool_calls"), {
      text: "One.",
    });
    const first = await ask(mode, gateway, { prompt: "Go.", tools: { look } });
    local.reply(answer(mode, { tool_calls: [wireCall("0", "look", {}), wireCall("", "look", {})] }, "tool_calls"), {
      text: "Two.",
    });
    const second = await ask(mode, gateway, {
      messages: [...first.messages, { role: "user", content: "Again." }],
      tools: { look },
    });
    expect(calls(second.messages[1])[0]?.id).toBe("0");
    expect(transcriptProblems(second.messages)).toEqual([]);
  });

  it("never reuse an ID from messages that prepareTurn returned", async () => {
    const earlier: Message[] = [
      { role: "user", content: "Before." },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "call_1", content: "seen" },
    ];
    local.reply(answer(mode, { tool_calls: [wireCall("call_1", "look", {})] }), { text: "Done." });
    const { messages } = await ask(mode, local.client(), {
      prompt: "Go.",
      tools: { look },
      prepareTurn: ({ turn, messages }) => (turn === 0 ? { messages: [...earlier, ...messages] } : undefined),
    });
    expect(transcriptProblems(messages)).toEqual([]);
  });

  it("can be sent again when the answer was truncated within a call", async () => {
    local.reply(
      answer(mode, { content: "I", tool_calls: [wireCall("a", "look", {}), wireCall("b", "look", '{"at": "Par')] }, "length"),
    );
    const { messages, finishReason, turns } = await ask(mode, local.client(), { prompt: "Go.", tools: { look } });
    expect(finishReason).toBe("length");
    expect(turns[0]?.toolCalls[1]).toMatchObject({ id: "b", args: '{"at": "Par' });
    expect(messages.slice(-2).map(({ content }) => content)).toEqual(
      Array(2).fill("Not executed: the message was cut off (length)."),
    );
    expect(transcriptProblems(messages)).toEqual([]);
  });

  it("contain a refusal as an assistant message", async () => {
    local.reply(answer(mode, { refusal: "I can't help with that." }));
    const { messages, refusal } = await ask(mode, local.client(), { prompt: "Go." });
    expect(refusal).toBe("I can't help with that.");
    expect(messages.at(-1)).toEqual({ role: "assistant", content: "", refusal: "I can't help with that." });
  });
});
