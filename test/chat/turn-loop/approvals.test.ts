import { type ChatOptions, ConfigurationError, type Message, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../../local-gateway.ts";
import { transcriptProblems } from "./transcript.ts";

const local = useLocalGateway();

/** A tool that needs approval, one that does not, and the arguments that they ran with. */
function createTools(needsApproval: Parameters<typeof tool>[0]["needsApproval"] = true) {
  const ran: string[] = [];
  const pay = tool({
    parameters: z.object({ amount: z.coerce.number() }),
    needsApproval,
    execute: ({ amount }) => {
      ran.push(`pay ${typeof amount} ${amount}`);
      return `paid ${amount}`;
    },
  });
  const look = tool({ parameters: z.object({}), execute: () => ran.push("look") });
  return { ran, tools: { pay, look } };
}
const payAndLook = {
  toolCalls: [
    { name: "pay", args: { amount: "7" } },
    { name: "look", args: {} },
  ],
};
const throughJson = (messages: Message[]): Message[] => JSON.parse(JSON.stringify(messages));

describe.each(modes)("calls that need approval, with %s", (mode) => {
  /** The result of a chat that ended with a call awaiting approval, restored as after a restart of the process. */
  async function held() {
    const { ran, tools } = createTools();
    local.reply(payAndLook);
    const result = await ask(mode, local.client(), { prompt: "Pay.", tools });
    const [call] = result.toolCalls;
    if (!call) throw new Error("no call was held back");
    return { ran, tools, result, call, messages: throughJson(result.messages) };
  }

  it("end the chat and are returned to the caller, while the turn's other calls run immediately", async () => {
    const { ran, result } = await held();
    expect(ran).toEqual(["look"]);
    expect(result.finishReason).toBe("tool-calls");
    expect(result.toolCalls).toMatchObject([
      { name: "pay", args: { amount: "7" }, argsText: '{"amount":"7"}', needsApproval: true },
    ]);
    expect(result.turns[0]?.toolCalls.map(({ needsApproval }) => needsApproval)).toEqual([true, undefined]);
    expect(result.messages.filter(({ role }) => role === "tool")).toHaveLength(1);
  });

  it("run before the next request once they are approved, with validated arguments and results in call order", async () => {
    const { ran, tools, call, messages } = await held();
    local.reset();
    local.reply({ text: "Paid." });
    const result = await ask(mode, local.client(), { messages, tools, approvals: { [call.id]: true } });
    expect(ran).toEqual(["look", "pay number 7"]);
    expect(result.text).toBe("Paid.");
    expect(local.requests).toHaveLength(1);
    expect(local.sentMessages().slice(-2)).toMatchObject([
      { role: "tool", tool_call_id: call.id, content: "paid 7" },
      { role: "tool" },
    ]);
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it.each([
    [false, /^Not executed: the user did not approve/],
    [{ approved: false, reason: "The account is closed." }, /^Not executed: The account is closed\.$/],
  ])("get the reason as their result when they are denied: %j", async (verdict, content) => {
    const { ran, tools, call, messages } = await held();
    local.reply({ text: "Sorry." });
    const result = await ask(mode, local.client(), { messages, tools, approvals: { [call.id]: verdict } });
    expect(ran).toEqual(["look"]);
    expect(result.text).toBe("Sorry.");
    expect(local.sentMessages().at(-2)).toMatchObject({ tool_call_id: call.id, content: expect.stringMatching(content) });
  });

  it("become a tool error when an approved tool throws or its arguments are no longer valid", async () => {
    const { call, messages } = await held();
    const tools = {
      pay: tool({ parameters: z.object({ amount: z.number() }), execute: () => "paid" }),
      look: tool({ parameters: z.object({}), execute: () => "seen" }),
    };
    local.reply({ text: "Sorry." });
    await ask(mode, local.client(), { messages, tools, approvals: { [call.id]: { approved: true } } });
    expect(local.sentMessages().at(-2)?.content).toMatch(/^Invalid arguments for pay: \/amount/);
  });

  it("trigger onToolCall only after the approval", async () => {
    const { ran, tools, call, messages } = await held();
    const asked: unknown[] = [];
    const onToolCall: ChatOptions["onToolCall"] = (each) => {
      asked.push([each.name, each.needsApproval, each.args]);
      return { result: "from the cache" };
    };
    local.reply({ text: "Paid." });
    await ask(mode, local.client(), { messages, tools, onToolCall, approvals: { [call.id]: true } });
    expect(asked).toEqual([["pay", true, { amount: 7 }]]);
    expect(ran).toEqual(["look"]);
    expect(local.sentMessages().at(-2)?.content).toBe("from the cache");
  });

  it("reset a forced toolChoice to auto, as a turn that ran a tool does", async () => {
    const { tools, call, messages } = await held();
    local.reset();
    local.reply({ text: "Paid." });
    await ask(mode, local.client(), { messages, tools, toolChoice: { tool: "pay" }, approvals: { [call.id]: true } });
    expect(local.requests[0]?.body.tool_choice).toBeUndefined();
  });

  it("are selected by a needsApproval function, which gets validated arguments and the context", async () => {
    const seen: unknown[] = [];
    const { ran, tools } = createTools(async (args, { toolCallId, turn, messages, signal }) => {
      seen.push([args, typeof toolCallId, turn, messages.at(-1)?.role, signal.aborted]);
      return (args as { amount: number }).amount > 10;
    });
    local.reply(
      {
        toolCalls: [
          { name: "pay", args: { amount: 5 } },
          { name: "pay", args: { amount: 50 } },
        ],
      },
      { text: "unreachable" },
    );
    const result = await ask(mode, local.client(), { prompt: "Pay.", tools });
    expect(seen).toEqual([
      [{ amount: 5 }, "string", 0, "assistant", false],
      [{ amount: 50 }, "string", 0, "assistant", false],
    ]);
    expect(ran).toEqual(["pay number 5"]);
    expect(result.toolCalls).toMatchObject([{ args: { amount: 50 }, needsApproval: true }]);
  });

  it("become a tool error when needsApproval throws or rejects", async () => {
    for (const needsApproval of [
      () => {
        throw new Error("no database");
      },
      () => Promise.reject(new Error("no database")),
    ]) {
      const { ran, tools } = createTools(needsApproval);
      local.reset();
      local.reply(payAndLook, { text: "Sorry." });
      const { turns, text } = await ask(mode, local.client(), { prompt: "Pay.", tools });
      expect(ran).toEqual(["look"]);
      expect(turns[0]?.toolResults[0]).toMatchObject({ isError: true, result: expect.stringContaining("no database") });
      expect(text).toBe("Sorry.");
    }
  });

  it("stop waiting for needsApproval when the chat is aborted", async () => {
    const controller = new AbortController();
    const { tools } = createTools(() => {
      controller.abort(new Error("left"));
      return new Promise<boolean>(() => {});
    });
    local.reply(payAndLook);
    await expect(ask(mode, local.client(), { prompt: "Pay.", tools, signal: controller.signal })).rejects.toThrow("left");
  });
});

describe("approvals", () => {
  const messages: Message[] = [
    { role: "user", content: "Pay." },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_1", type: "function", function: { name: "pay", arguments: '{"amount":7}' } }],
    },
  ];
  const configurationIssues = async (options: ChatOptions) => {
    const error = await local
      .client()
      .chat(options)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(local.requests).toEqual([]);
    return (error as ConfigurationError).issues;
  };

  it("for an unknown call are rejected before anything is sent", async () => {
    const { tools } = createTools();
    expect(await configurationIssues({ prompt: "Pay.", tools, approvals: { call_9: true } })).toMatchObject([
      { option: "approvals.call_9" },
    ]);
    const approvals = { call_1: true, call_2: false };
    expect(await configurationIssues({ messages, tools, approvals })).toMatchObject([{ option: "approvals.call_2" }]);
  });

  it("can't run a tool without execute, whose result the caller provides", async () => {
    const tools = { pay: tool({ parameters: z.object({ amount: z.number() }), needsApproval: true }) };
    expect(await configurationIssues({ messages, tools, approvals: { call_1: true } })).toMatchObject([
      { option: "approvals.call_1" },
    ]);
  });

  it("are rejected for background tasks", async () => {
    const backgroundTasks = { pay: createTools().tools.pay };
    expect(await configurationIssues({ prompt: "Pay.", backgroundTasks })).toMatchObject([{ option: "backgroundTasks.pay" }]);
  });

  it("appear in a stream as a call with needsApproval, and its result before the next turn starts", async () => {
    const { tools } = createTools();
    local.reply(payAndLook);
    const events: unknown[] = [];
    const first = local.client().stream({ prompt: "Pay.", tools });
    for await (const event of first) if (event.type === "tool-call") events.push([event.name, event.needsApproval]);
    const { messages, toolCalls } = await first.result;
    expect(events).toEqual([
      ["pay", true],
      ["look", undefined],
    ]);

    local.reply({ text: "Paid." });
    const types: string[] = [];
    const approvals = { [toolCalls[0]?.id ?? ""]: true };
    for await (const { type } of local.client().stream({ messages, tools, approvals })) types.push(type);
    expect(types.slice(0, 2)).toEqual(["tool-result", "turn-start"]);
  });

  it("leave the conversation sendable when the chat is aborted while an approved call runs", async () => {
    const controller = new AbortController();
    const pay = tool({ parameters: z.object({}), needsApproval: true, execute: () => "paid" });
    const wait = tool({
      parameters: z.object({}),
      needsApproval: true,
      execute: () => {
        controller.abort(new Error("left"));
        return new Promise(() => {});
      },
    });
    const calls = ["call_1", "call_2", "call_3"].map((id) => {
      const name = id === "call_2" ? "wait" : "pay";
      return { id, type: "function" as const, function: { name, arguments: "{}" } };
    });
    const stream = local.client().stream({
      messages: [
        { role: "user", content: "Pay." },
        { role: "assistant", content: null, tool_calls: calls },
        { role: "tool", tool_call_id: "call_3", content: "paid before" },
      ],
      tools: { pay, wait },
      approvals: { call_1: true, call_2: true },
      signal: controller.signal,
    });
    await expect(stream.result).rejects.toThrow("left");
    expect(local.requests).toEqual([]);
    const results = stream.partial.messages.slice(2).map(({ content }) => content);
    expect(results).toEqual(["paid", "Not executed: the request was cancelled.", "paid before"]);
    await local.client().chat({ messages: stream.partial.messages });
  });
});
