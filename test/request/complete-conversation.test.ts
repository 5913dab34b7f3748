import { describe, expect, test } from "vitest";
import { completeConversation } from "../../src/request/complete-conversation.ts";
import type { Message } from "../../src/wire.ts";

const calling = (...ids: string[]): Message => ({
  role: "assistant",
  content: null,
  tool_calls: ids.map((id) => ({ id, type: "function", function: { name: "f", arguments: "{}" } })),
});
const answering = (id: string): Message => ({ role: "tool", tool_call_id: id, content: "x" });
const user: Message = { role: "user", content: "Hi" };

describe("completeConversation", () => {
  test("does not change a conversation in which every call has a result", () => {
    const messages = [user, calling("a", "b"), answering("b"), answering("a"), user];
    expect(completeConversation(messages)).toEqual({ messages, filled: [], open: [], orphans: [] });
  });

  test("adds results for calls that were left unanswered mid-conversation", () => {
    const { messages, filled } = completeConversation([
      calling("a", "b"),
      answering("b"),
      user,
      calling("c"),
      calling("d"),
      answering("d"),
    ]);
    expect(filled).toEqual(["a", "c"]);
    expect(messages.map((message) => (message.role === "tool" ? message.tool_call_id : message.role))).toEqual([
      "assistant",
      "b",
      "a",
      "user",
      "assistant",
      "c",
      "assistant",
      "d",
    ]);
    expect(messages[2]).toMatchObject({ content: expect.stringMatching(/^Not executed/) });
  });

  test("adds none for calls at the end of the conversation", () => {
    expect(completeConversation([user, calling("a", "b"), answering("a")])).toMatchObject({ open: ["b"], filled: [] });
  });

  test("reports tool messages without a call, duplicates and late ones", () => {
    expect(
      completeConversation([answering("x"), calling("a"), answering("a"), answering("a"), user, answering("a")]).orphans,
    ).toEqual([
      { index: 0, id: "x" },
      { index: 3, id: "a" },
      { index: 5, id: "a" },
    ]);
  });

  test("treats an ID that a later message reuses as another call", () => {
    const messages = [calling("0"), answering("0"), calling("0"), answering("0")];
    expect(completeConversation(messages)).toMatchObject({ open: [], orphans: [], filled: [] });
  });
});
