import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpAgent } from "@ag-ui/client";
import { type ChatOptions, type ChatStream, ConfigurationError, tool } from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sdks } from "../ai-sdk/sdks.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { readUiMessages } from "./read-ui-messages.ts";

type Init = Parameters<ChatStream["toResponse"]>[0];

const local = useLocalGateway();
let url: string;
let format: Init;

const weather = tool({
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  execute: ({ city }) => ({ city, sky: "sunny" }),
});
const ask = tool({ parameters: { type: "object", properties: {} } });
const tools: ChatOptions["tools"] = { weather, ask };
const toolRound: ScriptedReply[] = [
  { reasoning: "hm", text: "Let me look.", toolCalls: [{ name: "weather", args: { city: "Oslo" } }] },
  { text: "Sunny." },
];

const server = createServer(async (_, outgoing) => {
  const response = local.client().stream({ prompt: "Hi", tools }).toResponse(format);
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

describe.each(sdks)('the format "ai-sdk", read by AI SDK %s', (_, ai) => {
  function read(...replies: ScriptedReply[]) {
    format = { format: "ai-sdk" };
    local.reply(...replies);
    return readUiMessages(ai, url);
  }

  it("shows text, reasoning and tool results of every turn", async () => {
    const { message, errors } = await read(...toolRound);
    expect(errors).toEqual([]);
    expect(message?.parts).toMatchObject([
      { type: "step-start" },
      { type: "reasoning", text: "hm", state: "done" },
      { type: "text", text: "Let me look.", state: "done" },
      { type: "tool-weather", state: "output-available", input: { city: "Oslo" }, output: { city: "Oslo", sky: "sunny" } },
      { type: "step-start" },
      { type: "text", text: "Sunny.", state: "done" },
    ]);
  });

  it("leaves a call of a client-side tool to the browser", async () => {
    const { message } = await read({ toolCalls: [{ name: "ask", args: {} }] });
    expect(message?.parts.at(-1)).toMatchObject({ type: "tool-ask", state: "input-available" });
  });

  it("reports a failure with a neutral message", async () => {
    const { errors } = await read({ status: 400, body: '{"error":{"message":"secret details"}}' });
    expect(String(errors)).toContain("The request failed.");
    expect(String(errors)).not.toContain("secret");
  });

  it("reports a stream that breaks", async () => {
    expect((await read({ fault: "truncate" })).errors).toHaveLength(1);
  });
});

describe('the format "openai", read by openai-node', () => {
  const client = () => new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
  const complete = (...replies: ScriptedReply[]) => {
    format = { format: "openai" };
    local.reply(...replies);
    return client()
      .chat.completions.stream({
        model: "any",
        messages: [{ role: "user", content: "Hi" }],
        stream_options: { include_usage: true },
      })
      .finalChatCompletion();
  };

  it("joins the texts of the turns with a blank line, and omits calls that were run on the server", async () => {
    const { choices, model, usage } = await complete(...toolRound);
    expect(choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "Let me look.\n\nSunny." } });
    expect(choices[0]?.message.tool_calls).toBeUndefined();
    expect(model).toBe("openai/gpt-4o-mini");
    expect(usage?.total_tokens).toBeGreaterThan(0);
  });

  it("shows calls of client-side tools", async () => {
    const { choices } = await complete({ toolCalls: [{ name: "ask", args: {} }] });
    expect(choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: { tool_calls: [{ function: { name: "ask", arguments: "{}" } }] },
    });
  });

  it("reports a failure as an error frame, without [DONE]", async () => {
    await expect(complete({ status: 429, body: '{"error":{"message":"secret details"}}' })).rejects.toMatchObject({
      code: "rate-limit",
      message: expect.not.stringContaining("secret"),
    });
  });
});

describe('the format "ag-ui", read by HttpAgent', () => {
  async function run(...replies: ScriptedReply[]) {
    format = { format: { "ag-ui": { threadId: "t1", runId: "r1" } } };
    local.reply(...replies);
    const agent = new HttpAgent({ url, threadId: "t1" });
    agent.messages = [{ id: "u1", role: "user", content: "Hi" }];
    const failures: object[] = [];
    await agent.runAgent({ runId: "r1" }, { onRunErrorEvent: ({ event }) => void failures.push(event) });
    return { agent, failures };
  }

  it("rebuilds the messages of every turn", async () => {
    const { agent } = await run(...toolRound);
    const found = agent.messages
      .filter(({ role }) => role === "assistant" || role === "tool")
      .map(({ role, content }) => [role, content]);
    expect(found).toEqual(
      expect.arrayContaining([
        ["assistant", "Let me look."],
        ["tool", '{"city":"Oslo","sky":"sunny"}'],
        ["assistant", "Sunny."],
      ]),
    );
  });

  it("reports a failure as the last event", async () => {
    const { failures } = await run({ status: 400, body: '{"error":{"message":"secret details"}}' });
    expect(failures).toEqual([{ type: "RUN_ERROR", code: "bad-request", message: "The request failed." }]);
  });
});

describe("toResponse", () => {
  it("rejects an unknown format, and AG-UI without its IDs", async () => {
    const stream = () => local.client().stream({ prompt: "Hi" });
    expect(() => stream().toResponse({ format: "xml" as never })).toThrow(ConfigurationError);
    expect(() => stream().toResponse({ format: { "ag-ui": { threadId: "t" } as never } })).toThrow("format must be");
  });

  it("sends partial values of a structured output at a cost proportional to the final one", async () => {
    const rows = Array.from({ length: 400 }, (_, id) => ({ id, name: `Row number ${id}` }));
    local.reply({ text: JSON.stringify({ rows }), chunks: { size: 20 } });
    const output = {
      type: "object",
      properties: {
        rows: { type: "array", items: { type: "object", properties: { id: { type: "integer" }, name: { type: "string" } } } },
      },
    } as const;
    const text = await local.client().stream({ prompt: "Rows", output }).toResponse().text();
    const partial = text.split("\n").filter((line) => line.includes('"partial-output"'));
    expect(partial.length).toBeGreaterThan(3);
    expect(partial.join("").length).toBeLessThan(6 * JSON.stringify({ rows }).length);
  });
});
