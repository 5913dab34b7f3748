import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpAgent } from "@ag-ui/client";
import { type ChatOptions, tool } from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import { readEventStream } from "cf-ai-gateway/ui";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sdks } from "../ai-sdk/sdks.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { chunk, streamed } from "../quirks/wire.ts";
import { readUiMessages } from "./read-ui-messages.ts";

/** Edge cases, each read by the real client of each format, which is strict about the order of events. */

type Init = { format: "events" | "openai" | "ai-sdk" | { "ag-ui": { threadId: string; runId: string } } };

const local = useLocalGateway();
let options: ChatOptions = { prompt: "Hi" };
let init: Init = { format: "events" };
let url = "";

const server = createServer(async (_, outgoing) => {
  const response = local.client({ provider: "deepseek", model: "deepseek-chat" }).stream(options).toResponse(init);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  for await (const piece of response.body ?? []) outgoing.write(piece);
  outgoing.end();
});
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());

interface Seen {
  text: string;
  /** The errors that the client reported. */
  errors: unknown[];
}

const readers: [name: string, read: () => Promise<Seen>][] = [
  [
    '"events", read by readEventStream',
    async () => {
      init = { format: "events" };
      let text = "";
      const errors: unknown[] = [];
      try {
        for await (const event of readEventStream(await fetch(url))) if (event.type === "text-delta") text += event.text;
      } catch (error) {
        errors.push(error);
      }
      return { text, errors };
    },
  ],
  [
    '"openai", read by openai-node',
    async () => {
      init = { format: "openai" };
      let text = "";
      const errors: unknown[] = [];
      try {
        const client = new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
        const { choices } = await client.chat.completions
          .stream({ model: "any", messages: [{ role: "user", content: "Hi" }] })
          .finalChatCompletion();
        text = choices[0]?.message.content ?? "";
      } catch (error) {
        errors.push(error);
      }
      return { text, errors };
    },
  ],
  ...sdks.map(([major, ai]): [string, () => Promise<Seen>] => [
    `"ai-sdk", read by AI SDK ${major}`,
    async () => {
      init = { format: "ai-sdk" };
      const { message, errors } = await readUiMessages(ai, url);
      return { text: message?.parts.map((part) => (part.type === "text" ? part.text : "")).join("") ?? "", errors };
    },
  ]),
  [
    '"ag-ui", read by HttpAgent',
    async () => {
      init = { format: { "ag-ui": { threadId: "t1", runId: "r1" } } };
      const agent = new HttpAgent({ url, threadId: "t1" });
      agent.messages = [{ id: "u1", role: "user", content: "Hi" }];
      const errors: unknown[] = [];
      const onRunErrorEvent = ({ event }: { event: object }) => void errors.push(event);
      await agent.runAgent({ runId: "r1" }, { onRunErrorEvent }).catch((error: unknown) => errors.push(error));
      const texts = agent.messages.flatMap(({ role, content }) => (role === "assistant" && content ? [content] : []));
      return { text: texts.join(""), errors };
    },
  ],
];

const object = { type: "object", properties: {} } as const;
const tools: ChatOptions["tools"] = {
  count: tool({
    parameters: object,
    async *execute() {
      yield 1;
      yield 2;
      return "two";
    },
  }),
  weather: tool({ parameters: object, execute: () => undefined }),
  huge: tool({ parameters: object, execute: () => "x".repeat(2_000_000) }),
  erase: tool({ parameters: object, needsApproval: true, execute: () => "erased" }),
  ask: tool({ parameters: object }),
};
const call = (name: string, args: object = {}) => ({ name, args });
const erasing: ChatOptions["messages"] = [
  { role: "user", content: "Erase it" },
  {
    role: "assistant",
    content: null,
    tool_calls: [{ id: "call_1", type: "function", function: { name: "erase", arguments: "{}" } }],
  },
];
const markup = '<｜DSML｜function_calls>\n<｜DSML｜invoke name="weather">\n</｜DSML｜invoke>\n</｜DSML｜function_calls>';

/** A chat, the model's replies, and the final text in the client. */
const chats: [name: string, replies: ScriptedReply[], text: string, given?: ChatOptions][] = [
  [
    "parallel calls, one of which reports progress",
    [{ toolCalls: [call("count"), call("weather"), call("count")] }, { text: "Done." }],
    "Done.",
  ],
  ["a call to an unknown tool", [{ toolCalls: [call("nope")] }, { text: "Done." }], "Done."],
  ["a huge result", [{ toolCalls: [call("huge")] }, { text: "Done." }], "Done."],
  ["a call that is written into the text", [streamed(chunk({ content: markup }), chunk({}, "stop")), { text: "Done." }], "Done."],
  [
    "arguments that are no JSON",
    [
      streamed(
        chunk({ tool_calls: [{ index: 0, id: "c1", type: "function", function: { name: "weather", arguments: '{"a":' } }] }),
        chunk({}, "tool_calls"),
      ),
      { text: "Done." },
    ],
    "Done.",
  ],
  [
    "reasoning between two texts",
    [streamed(chunk({ content: "A" }), chunk({ reasoning_content: "hm" }), chunk({ content: "B" }), chunk({}, "stop"))],
    "AB",
  ],
  ["reasoning alone", [streamed(chunk({ reasoning_content: "hm" }), chunk({}, "stop"))], ""],
  ["nothing but a refusal", [streamed(chunk({ refusal: "No." }), chunk({}, "stop"))], ""],
  ["the end of the turns", [{ toolCalls: [call("weather")] }], "", { prompt: "Hi", tools, maxTurns: 1 }],
  ["an unknown finish reason", [streamed(chunk({ content: "Hi" }), chunk({}, "made_up"))], "Hi"],
  ["a call that is left to the page", [{ toolCalls: [call("ask"), call("weather")] }], ""],
  [
    "a background task",
    [{ toolCalls: [call("log")] }, { text: "Done." }],
    "Done.",
    { prompt: "Hi", backgroundTasks: { log: tool({ parameters: object, execute: () => 1 }) } },
  ],
  [
    "an output that is asked for again",
    [{ text: '{"a":"x"}' }, { text: '{"a":1}' }],
    "",
    { prompt: "Hi", output: { type: "object", properties: { a: { type: "number" } }, required: ["a"] } },
  ],
  ["an answer with U+2028 and half of a surrogate pair", [{ text: "a\u2028b\ud83d" }], "a\u2028b\ufffd"],
];

describe.each(readers)("the format %s supports", (format, read) => {
  it.each(chats)("%s", async (_name, replies, text, given) => {
    options = given ?? { prompt: "Hi", tools };
    local.reply(...replies);
    const seen = await read();
    expect(seen.errors).toEqual([]);
    // The text of a rejected output stays visible in a stream.
    if (!given?.output) expect(seen.text).toBe(text);
  });

  it.each([true, { approved: false, reason: "no" }])("a call that waited for the verdict %j", async (verdict) => {
    // The browser already has the call from the previous response; for the AI SDK, use-chat.test.ts tests this.
    if (format.includes("AI SDK")) return;
    options = { messages: erasing, tools, approvals: { call_1: verdict } };
    local.reply({ text: "Done." });
    expect(await read()).toEqual({ text: "Done.", errors: [] });
  });

  it.each([
    ["in the text", streamed(chunk({ content: "Hel" })).body.replace("data: [DONE]\n\n", "")],
    ["in the reasoning", streamed(chunk({ reasoning_content: "hm" })).body.replace("data: [DONE]\n\n", "")],
    [
      "in a call",
      streamed(
        chunk({ tool_calls: [{ index: 0, id: "c", type: "function", function: { name: "weather", arguments: '{"' } }] }),
      ).body.replace("data: [DONE]\n\n", ""),
    ],
  ])("a stream that breaks %s, as one failure", async (_name, body) => {
    options = { prompt: "Hi", tools };
    local.reply({ status: 200, headers: { "content-type": "text/event-stream" }, body });
    const { errors } = await read();
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(errors) + String(errors)).toMatch(/The request failed\./);
  });
});
