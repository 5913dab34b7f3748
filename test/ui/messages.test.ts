import { ConfigurationError } from "cf-ai-gateway";
import { fromAgUi, fromUIMessages } from "cf-ai-gateway/ui";
import { describe, expect, it } from "vitest";

const user = (...parts: object[]) => ({ id: "1", role: "user", parts });
const assistant = (...parts: object[]) => ({ id: "2", role: "assistant", parts });
const weather = { type: "tool-weather", toolCallId: "call_1", input: { city: "Oslo" } };
const weatherCall = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } };

describe("fromUIMessages", () => {
  it("joins the text parts of a message", () => {
    expect(fromUIMessages([user({ type: "text", text: "Hello " }, { type: "text", text: "there" })])).toEqual([
      { role: "user", content: "Hello there" },
    ]);
  });

  it("turns images into image parts and other files into file parts", () => {
    const image = { type: "file", mediaType: "image/png", url: "data:image/png;base64,AA==" };
    const pdf = { type: "file", mediaType: "application/pdf", url: "data:application/pdf;base64,AA==", filename: "a.pdf" };
    expect(fromUIMessages([user({ type: "text", text: "Look" }, image, pdf)])[0]?.content).toEqual([
      { type: "text", text: "Look" },
      { type: "image_url", image_url: { url: image.url } },
      { type: "file", file: { file_data: pdf.url, filename: "a.pdf" } },
    ]);
  });

  it("splits the steps of an assistant message into turns, each followed by its tool results", () => {
    const messages = fromUIMessages([
      assistant(
        { type: "step-start" },
        { type: "reasoning", text: "Weather first." },
        { ...weather, state: "output-available", output: { degrees: 3 } },
        { type: "step-start" },
        { type: "text", text: "3 degrees." },
      ),
    ]);
    expect(messages).toEqual([
      { role: "assistant", content: null, tool_calls: [weatherCall], reasoning_content: "Weather first." },
      { role: "tool", tool_call_id: "call_1", content: '{"degrees":3}' },
      { role: "assistant", content: "3 degrees." },
    ]);
  });

  it.each([
    ["output-error", { errorText: "no such city" }, "no such city"],
    ["output-denied", { approval: { approved: false, reason: "too far" } }, "Not executed: too far"],
    ["output-denied", {}, "Not executed: the user denied it."],
  ])("adds a tool result for a call in the state %s", (state, fields, content) => {
    expect(fromUIMessages([assistant({ ...weather, state, ...fields })])[1]).toEqual({
      role: "tool",
      tool_call_id: "call_1",
      content,
    });
  });

  it("adds no result for a call that waits for its result or an approval", () => {
    for (const state of ["input-available", "approval-requested"])
      expect(fromUIMessages([assistant({ ...weather, state })])).toEqual([
        { role: "assistant", content: null, tool_calls: [weatherCall] },
      ]);
  });

  it("omits sources, data parts and calls whose arguments are incomplete", () => {
    const parts = [
      { type: "source-url", url: "https://example.com" },
      { type: "data-x", data: 1 },
      { ...weather, state: "input-streaming" },
    ];
    expect(fromUIMessages([assistant(...parts)])).toEqual([]);
  });

  it("turns WAV and MP3 data into audio parts", () => {
    const part = { type: "file", url: "data:audio/mpeg;base64,AAAA", mediaType: "audio/mpeg" };
    expect(fromUIMessages([{ role: "user", parts: [part] }])).toEqual([
      { role: "user", content: [{ type: "input_audio", input_audio: { data: "AAAA", format: "mp3" } }] },
    ]);
  });

  it.each([
    [undefined, "messages must be an array of UIMessages, got undefined"],
    [[null], "messages[0] must have parts"],
    [[{ role: "user", parts: [{ type: "file", mediaType: "image/png" }] }], "messages[0] must have a url in each of its files"],
  ])("rejects %j", (messages, message) => {
    expect(() => fromUIMessages(messages as never)).toThrow(message);
  });

  it("rejects a message without parts", () => {
    expect(() => fromUIMessages([{ role: "user", content: "Hi" }])).toThrow(ConfigurationError);
  });
});

describe("fromAgUi", () => {
  it("converts every role, and puts reasoning on the assistant message that follows it", () => {
    const { messages } = fromAgUi({
      messages: [
        { id: "1", role: "system", content: "Be brief." },
        { id: "2", role: "user", content: "Weather in Oslo?" },
        { id: "3", role: "reasoning", content: "Use the tool." },
        { id: "4", role: "assistant", toolCalls: [weatherCall] },
        { id: "5", role: "tool", toolCallId: "call_1", content: "3 degrees" },
        { id: "6", role: "activity", activityType: "PLAN", content: {} },
      ],
    });
    expect(messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Weather in Oslo?" },
      { role: "assistant", content: null, tool_calls: [weatherCall], reasoning_content: "Use the tool." },
      { role: "tool", tool_call_id: "call_1", content: "3 degrees" },
    ]);
  });

  it("turns each tool of the browser into a tool without execute", () => {
    const parameters = { type: "object", properties: { city: { type: "string" } } };
    const { tools } = fromAgUi({ messages: [], tools: [{ name: "confirm", description: "Ask the user.", parameters }] });
    expect(tools.confirm).toMatchObject({ description: "Ask the user.", parameters });
    expect(tools.confirm?.execute).toBeUndefined();
  });

  it.each([
    [undefined, "messages must be an array, got undefined"],
    [{ messages: [null] }, "messages[0] must be an object, got null"],
    [{ messages: [{ role: "user", content: [7] }] }, "messages[0].content[0] must be an object, got number"],
    [{ messages: [{ role: "assistant", toolCalls: {} }] }, "messages[0].toolCalls must be an array, got object"],
    [{ messages: [{ role: "tool" }] }, "messages[0].toolCallId must be a string"],
    [{ messages: [], tools: [{ name: "a" }, { name: "a" }] }, 'tools[1].name must be unique, but "a" is repeated'],
  ])("rejects %j", (input, message) => {
    expect(() => fromAgUi(input as never)).toThrow(message);
  });

  it("rejects an unknown role", () => {
    expect(() => fromAgUi({ messages: [{ role: "robot" }] })).toThrow("messages[0]");
  });
});
