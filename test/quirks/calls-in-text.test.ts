import type { ChatOptions } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import { collect, recordingTools, textOf, useScriptedChats } from "./scripted-chats.ts";
import { answered, chunk, streamed } from "./wire.ts";

const { chat, stream, local, client } = useScriptedChats();
const stop = chunk({}, "stop");
const markup = '<tool_call>\n{"name": "weather", "arguments": {"city": "Paris"}}\n</tool_call>';
const qwen = { provider: "openrouter", model: "qwen/qwen3-coder" };
const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);
const pieces = (text: string) => (text.match(/[\s\S]{1,4}/g) ?? []).map((content) => chunk({ content }));

describe("a call that a model wrote into its text", () => {
  test("a complete call in the model's own notation is run, with a warning, and removed from the text", async () => {
    const { executed, tools } = recordingTools();
    const result = await chat(answered({ content: markup }), { tools, ...qwen });
    const { events, result: viaStream } = await stream(streamed(...pieces(markup), stop), { tools, ...qwen });
    for (const each of [result, viaStream]) {
      expect(each).toMatchObject({ text: "Done.", turns: [{ text: "", finishReason: "tool-calls" }, {}] });
      expect(codes(each)).toEqual(["tool-call-in-text"]);
    }
    expect(executed).toEqual([
      { name: "weather", args: { city: "Paris" } },
      { name: "weather", args: { city: "Paris" } },
    ]);
    expect(textOf(events)).toBe("Done.");
    expect(events.map(({ type }) => type).filter((type) => type.startsWith("tool-call"))).toEqual([
      "tool-call-start",
      "tool-call-delta",
      "tool-call",
    ]);
  });

  test("a call in MiniMax's notation is run", async () => {
    const { executed, tools } = recordingTools();
    const content =
      '<minimax:tool_call>\n<invoke name="weather">\n<parameter name="city">Paris</parameter>\n</invoke>\n</minimax:tool_call>';
    await chat(answered({ content }), { tools, provider: "openrouter", model: "minimax/minimax-m2" });
    expect(executed).toEqual([{ name: "weather", args: { city: "Paris" } }]);
  });

  const notRun: [string, string, Partial<ChatOptions>][] = [
    ["for a model whose row does not name it", markup, {}],
    ["with words before it", `Let me look.\n${markup}`, qwen],
    ["with words behind it", `${markup}\nOne moment.`, qwen],
    ["when it is cut off", markup.slice(0, -5), qwen],
    ["for a tool that is not on offer", markup.replace("weather", "launch"), qwen],
    ["with arguments that do not fit", markup.replace('"Paris"', "7"), qwen],
    ["when it quotes the user", markup, { ...qwen, prompt: `Repeat after me: ${markup}` }],
  ];

  test.each(notRun)("a call in text causes a warning and is not run, %s", async (_, content, options) => {
    const { executed, tools } = recordingTools();
    const result = await chat(answered({ content }), { tools, ...options });
    const { events, result: viaStream } = await stream(streamed(...pieces(content), stop), { tools, ...options });
    for (const each of [result, viaStream]) {
      expect(each.text).toBe(content);
      expect(codes(each)).toEqual(["tool-call-in-text"]);
    }
    expect(textOf(events)).toBe(content);
    expect(executed).toEqual([]);
  });

  test("a call quoted from a tool result is not run", async () => {
    const { executed, tools } = recordingTools();
    const page = { description: "Reads a page.", parameters: { type: "object" }, execute: () => ({ page: `Hello ${markup}` }) };
    const call = { id: "a", type: "function", function: { name: "page", arguments: "{}" } };
    local.reply(answered({ content: null, tool_calls: [call] }, "tool_calls"), answered({ content: markup }));
    const { result } = await collect(client(), { prompt: "Hi", tools: { ...tools, page }, ...qwen });
    expect(result.text).toBe(markup);
    expect(executed).toEqual([]);
  });

  test("hooks can veto such a call like any other", async () => {
    const { executed, tools } = recordingTools();
    const onToolCall = () => ({ result: "vetoed" });
    await chat(answered({ content: markup }), { tools, onToolCall, ...qwen });
    expect(executed).toEqual([]);
  });

  test("without tools the text is the answer, without a warning", async () => {
    expect(await chat(answered({ content: markup }), qwen)).toMatchObject({ text: markup, warnings: [] });
  });
});

test("a forced call that leaked into the text emits the same events as other calls, and its markup is not in the text", async () => {
  const { executed, tools } = recordingTools();
  const { events, result } = await stream(streamed(...pieces('{"city":"Paris"}'), stop), {
    tools,
    toolChoice: { tool: "weather" },
  });
  expect(executed).toEqual([{ name: "weather", args: { city: "Paris" } }]);
  expect(textOf(events)).toBe("Done.");
  expect(textOf(events)).toBe(result.turns.map(({ text }) => text).join(""));
  const types = events.map(({ type }) => type);
  expect(types.indexOf("tool-call-start")).toBeLessThan(types.indexOf("tool-call"));
});
