import { type StreamEvent, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../../local-gateway.ts";
import { answer, wireCall } from "./wire.ts";

const local = useLocalGateway();

describe.each(modes)('toolMode "return", with %s', (mode) => {
  it("sends one request and returns every call to the caller: valid, invalid, malformed, unknown and background", async () => {
    const ran: string[] = [];
    const run = (name: string) => tool({ parameters: z.object({ n: z.number() }), execute: () => ran.push(name) });
    const calls = [
      wireCall("a", "known", { n: 1 }),
      wireCall("b", "known", { n: "x" }),
      wireCall("c", "known", '{"n": 1'),
      wireCall("d", "unknown", {}),
      wireCall("e", "note", { n: 1 }),
    ];
    local.reply(answer(mode, { tool_calls: calls.map((call, index) => ({ index, ...call })) }, "tool_calls"));
    const gateway = local.client();
    const result = await ask(mode, gateway, {
      prompt: "Go.",
      toolMode: "return",
      tools: { known: run("known") },
      backgroundTasks: { note: run("note") },
      onToolCall: () => void ran.push("hook"),
    });
    await gateway.settled();
    expect(local.requests).toHaveLength(1);
    expect(ran).toEqual([]);
    expect(result.finishReason).toBe("tool-calls");
    expect(result.toolCalls).toEqual([
      { id: "a", name: "known", args: { n: 1 }, argsText: '{"n":1}', background: false },
      { id: "b", name: "known", args: { n: "x" }, argsText: '{"n":"x"}', background: false },
      { id: "c", name: "known", args: undefined, argsText: '{"n": 1', background: false },
      { id: "d", name: "unknown", args: {}, argsText: "{}", background: false },
      { id: "e", name: "note", args: { n: 1 }, argsText: '{"n":1}', background: true },
    ]);
    expect(result.messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(result.backgroundTasks).toEqual([]);
  });
});

it('toolMode "return" emits tool-call events, but no tool results', async () => {
  local.reply({ toolCalls: [{ name: "look", args: {} }] });
  const events: StreamEvent[] = [];
  const look = tool({ parameters: z.object({}), execute: () => 1 });
  for await (const event of local.client().stream({ prompt: "Go.", tools: { look }, toolMode: "return" })) events.push(event);
  const types = events.map(({ type }) => type);
  expect(types).toContain("tool-call");
  expect(types).not.toContain("tool-result");
});
