import { ConfigurationError, type Message, type Turn, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, modes, useLocalGateway } from "../../local-gateway.ts";
import { transcriptProblems } from "./transcript.ts";

const local = useLocalGateway();
const anything = z.object({}).loose();
const look = tool({ description: "Looks.", parameters: anything, execute: () => "seen" });
const calls = (...names: string[]) => ({ toolCalls: names.map((name) => ({ name, args: {} })) });
const choices = () => local.requests.map(({ body }) => body.tool_choice);

describe.each(modes)("the turns of a chat, with %s", (mode) => {
  it("continue until the model answers, and their usage is summed", async () => {
    const usage = (n: number) => ({ prompt_tokens: n, completion_tokens: 2, total_tokens: n + 2 });
    local.reply({ ...calls("look"), usage: usage(10) }, { ...calls("look"), usage: null }, { text: "Done.", usage: usage(30) });
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look } });
    expect(result).toMatchObject({ text: "Done.", finishReason: "stop", toolCalls: [], rawFinishReason: "stop" });
    expect(result.turns.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "tool-calls", "stop"]);
    expect(result.usage).toMatchObject({ inputTokens: 40, outputTokens: 4, totalTokens: 44, model: "openai/gpt-4o-mini" });
    expect(result.usage.requestId).toBe(result.turns[2]?.usage.requestId);
    expect(result.turns[1]?.usage.inputTokens).toBeUndefined();
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("leave usage undefined when no turn reports it", async () => {
    local.reply({ ...calls("look"), usage: null }, { text: "Done.", usage: null });
    const { usage } = await ask(mode, local.client(), { prompt: "Go.", tools: { look } });
    expect(usage.inputTokens).toBeUndefined();
    expect(usage.totalTokens).toBeUndefined();
  });

  it("disable tools in the last allowed turn, so that the model must answer", async () => {
    local.reply(calls("look"), calls("look"), { text: "What I have." });
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, maxTurns: 3 });
    expect(choices()).toEqual([undefined, undefined, "none"]);
    expect(local.requests.every(({ body }) => body.tools.length === 1)).toBe(true);
    expect(result).toMatchObject({ text: "What I have.", finishReason: "stop" });
  });

  it("end with max-turns when the model still calls a tool in the last turn: nothing runs, and its text is kept", async () => {
    let ran = 0;
    const counted = tool({ parameters: anything, execute: () => void ran++ });
    local.reply(calls("counted"), { text: "Once more.", ...calls("counted", "nobody") });
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { counted }, maxTurns: 2 });
    expect(local.requests).toHaveLength(2);
    expect(ran).toBe(1);
    expect(result).toMatchObject({ finishReason: "max-turns", text: "Once more.", toolCalls: [] });
    expect(result.turns[1]).toMatchObject({ finishReason: "max-turns", toolResults: [], toolCalls: [{}, {}] });
    expect(result.messages.slice(-2).map(({ content }) => content)).toEqual(Array(2).fill("Not executed: no turns are left."));
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("keep the tools enabled with maxTurns: 1, where a call is not executed", async () => {
    local.reply(calls("look"));
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, maxTurns: 1 });
    expect(choices()).toEqual([undefined]);
    expect(result).toMatchObject({ finishReason: "max-turns", turns: [{ toolResults: [] }] });
    expect(transcriptProblems(result.messages)).toEqual([]);
  });

  it("are at most ten by default", async () => {
    local.reply(...Array.from({ length: 12 }, () => calls("look")));
    const { turns, finishReason } = await ask(mode, local.client(), { prompt: "Go.", tools: { look } });
    expect(turns).toHaveLength(10);
    expect(finishReason).toBe("max-turns");
  });

  it.each([
    ["OpenAI's words", { error: { message: "Unsupported value: 'tool_choice' does not support 'none'.", param: "tool_choice" } }],
    ["Groq's tool_use_failed", { error: { message: "Tool choice is none, but model called a tool", code: "tool_use_failed" } }],
    ["a tool_use_failed that names nothing", { error: { message: "Failed to call a function.", code: "tool_use_failed" } }],
  ])("are sent once more without tool_choice after %s", async (_, body) => {
    local.reply(calls("look"), { error: { status: 400, body } }, { text: "Done." });
    const result = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, maxTurns: 2 });
    expect(choices()).toEqual([undefined, "none", undefined]);
    expect(result).toMatchObject({ text: "Done.", turns: [{}, { attempts: 2 }], failedAttempts: [] });
  });

  it("fail when the request without tool_choice is rejected too", async () => {
    const refusal = { error: { status: 400, body: { error: { message: "tool_choice: none is not supported" } } } };
    local.reply(calls("look"), refusal, refusal, { text: "Done." });
    const call = ask(mode, local.client(), { prompt: "Go.", tools: { look }, maxTurns: 2 });
    await expect(call).rejects.toMatchObject({ code: "bad-request", attempts: 2, partial: { turns: [{}] } });
    expect(local.requests).toHaveLength(3);
  });

  it.each([
    ["required", "required"],
    [{ tool: "look" }, { type: "function", function: { name: "look" } }],
  ] as const)("force a tool with %j until a turn has run one", async (toolChoice, wire) => {
    local.reply(calls("look"), { text: "Done." });
    await ask(mode, local.client(), { prompt: "Go.", tools: { look }, toolChoice });
    expect(choices()).toEqual([wire, undefined]);
  });

  it("call no tools with toolChoice none, which never falls back to auto", async () => {
    local.reply({ text: "Done." });
    await ask(mode, local.client(), { prompt: "Go.", tools: { look }, toolChoice: "none" });
    expect(choices()).toEqual(["none"]);
  });

  it("end at tools without execute, so that the caller can continue with their results", async () => {
    const approve = tool({ parameters: z.object({ amount: z.number() }) });
    local.reply({
      toolCalls: [
        { name: "look", args: {} },
        { name: "approve", args: { amount: 5 } },
      ],
    });
    const gateway = local.client();
    const first = await ask(mode, gateway, { prompt: "Pay.", tools: { look, approve } });
    expect(first).toMatchObject({
      finishReason: "tool-calls",
      toolCalls: [{ name: "approve", args: { amount: 5 }, background: false }],
    });
    const [left] = first.toolCalls;
    expect(transcriptProblems(first.messages, [left?.id ?? ""])).toEqual([]);
    expect(first.turns[0]?.toolResults).toMatchObject([{ name: "look", result: "seen" }]);

    local.reply({ text: "Paid." });
    const answer: Message = { role: "tool", tool_call_id: left?.id ?? "", content: "approved" };
    const second = await ask(mode, gateway, { messages: [...first.messages, answer], tools: { look, approve } });
    expect(second.text).toBe("Paid.");
    expect(transcriptProblems(second.messages)).toEqual([]);
  });

  it.each<[what: string, args: unknown]>([
    ["no JSON", '{"amount":'],
    ["not what the schema asks for", { amount: "five" }],
  ])("return no client-side call whose arguments are %s: the model is asked to correct them", async (_, args) => {
    const approve = tool({ parameters: z.object({ amount: z.number() }) });
    local.reply({ toolCalls: [{ name: "approve", args }] }, { toolCalls: [{ name: "approve", args: { amount: 5 } }] });
    const result = await ask(mode, local.client(), { prompt: "Pay.", tools: { approve } });
    expect(result.turns[0]?.toolResults).toMatchObject([{ name: "approve", isError: true }]);
    expect(result).toMatchObject({ finishReason: "tool-calls", toolCalls: [{ args: { amount: 5 } }] });
    expect(transcriptProblems(result.messages, [result.toolCalls[0]?.id ?? ""])).toEqual([]);
  });

  it("return a client-side call with maxTurns: 1 too, since it needs no further turn", async () => {
    local.reply(calls("approve"));
    const approve = tool({ parameters: anything });
    const result = await ask(mode, local.client(), { prompt: "Pay.", tools: { approve }, maxTurns: 1 });
    expect(result).toMatchObject({ finishReason: "tool-calls", toolCalls: [{ name: "approve" }] });
  });

  it("send parallel_tool_calls only together with tools", async () => {
    const gateway = local.client({ parallelToolCalls: false });
    await ask(mode, gateway, { prompt: "Hello." });
    await ask(mode, gateway, { prompt: "Hello.", tools: { look } });
    expect(local.requests.map(({ body }) => body.parallel_tool_calls)).toEqual([undefined, false]);
    const sent = Object.keys(local.requests[0]?.body);
    expect(sent.filter((field) => /tool/.test(field))).toEqual([]);
  });

  it("are prepared one by one: prepareTurn's changes apply to that turn, its messages to the rest", async () => {
    const other = tool({ parameters: anything, execute: () => "other" });
    local.reply(calls("look"), calls("other"), { text: "Done." });
    const seen: unknown[] = [];
    const result = await ask(mode, local.client({ model: "openai/gpt-4o-mini" }), {
      prompt: "A long story.",
      tools: { look },
      prepareTurn: async ({ turn, messages, turns }) => {
        seen.push([turn, messages.length, turns.length]);
        if (turn !== 1) return;
        return {
          model: "anthropic/claude-haiku-4-5",
          tools: { other },
          toolChoice: { tool: "other" },
          messages: [{ role: "user", content: "In short." }, ...messages.slice(1)],
        };
      },
    });
    expect(seen).toEqual([
      [0, 1, 0],
      [1, 3, 1],
      [2, 5, 2],
    ]);
    expect(local.requests.map(({ body }) => [body.model, body.tools[0].function.name])).toEqual([
      ["openai/gpt-4o-mini", "look"],
      ["anthropic/claude-haiku-4-5", "other"],
      ["openai/gpt-4o-mini", "look"],
    ]);
    expect(choices()).toEqual([undefined, { type: "function", function: { name: "other" } }, undefined]);
    expect(result.messages[0]?.content).toBe("In short.");
    expect(result.turns.map(({ model }) => model)).toEqual(local.requests.map(({ body }) => body.model));
  });

  it.each([
    ["a wrong kind", { tools: { look: "look" } }, "prepareTurn.tools.look"],
    ["an option of the whole chat", { maxTurns: 1 }, "prepareTurn.maxTurns"],
    ["an unknown tool", { toolChoice: { tool: "nobody" } }, "toolChoice"],
    ["the name of a background task", { tools: { note: look, look } }, "backgroundTasks.note"],
    ["tools without the tool that the chat forces", { tools: { other: look } }, "toolChoice"],
    ["true", true, "prepareTurn"],
    ["a string", "gpt-4o", "prepareTurn"],
    ["an array", [{ temperature: 0 }], "prepareTurn"],
  ])("reject %s from prepareTurn", async (_, overrides, option) => {
    const call = ask(mode, local.client(), {
      prompt: "Go.",
      tools: { look },
      toolChoice: { tool: "look" },
      backgroundTasks: { note: look },
      prepareTurn: () => overrides as never,
    });
    const error = await call.catch((caught) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.issues).toMatchObject([{ option }]);
    expect(local.requests).toEqual([]);
  });

  it("lose what prepareTurn sets to undefined, for that turn; the provider only together with a new model", async () => {
    local.reply({ text: "Done." });
    const overrides = { provider: undefined, model: "anthropic/claude-haiku-4-5", tools: undefined, toolChoice: undefined };
    await ask(mode, local.client(), {
      prompt: "Go.",
      tools: { look },
      toolChoice: "required",
      providerTools: [{ type: "web_search" }],
      prepareTurn: () => overrides,
    });
    await ask(mode, local.client(), { prompt: "Go.", prepareTurn: () => ({ provider: undefined, model: undefined }) });
    const [first, second] = local.requests.map(({ body }) => body);
    expect(first).toMatchObject({ model: "anthropic/claude-haiku-4-5", tools: [{ type: "web_search" }] });
    expect(first).not.toHaveProperty("tool_choice");
    expect(second.model).toBe("openai/gpt-4o-mini");
  });

  it("stop when stopWhen returns true, after the tool results, and can be continued", async () => {
    local.reply(calls("look"), calls("look"), { text: "Later." });
    const asked: number[] = [];
    const gateway = local.client();
    const first = await ask(mode, gateway, {
      prompt: "Go.",
      tools: { look },
      stopWhen: async (turns) => {
        asked.push(turns.length);
        return turns.length === 2;
      },
    });
    expect(asked).toEqual([1, 2]);
    expect(first.turns.map(({ toolResults }) => toolResults.length)).toEqual([1, 1]);
    expect(transcriptProblems(first.messages)).toEqual([]);
    const second = await ask(mode, gateway, { messages: first.messages, tools: { look } });
    expect(second.text).toBe("Later.");
  });

  it("are passed to onTurn when their tools are done, including the last turn", async () => {
    local.reply(calls("look"), { text: "Done." });
    const received: Turn[] = [];
    const { turns } = await ask(mode, local.client(), {
      prompt: "Go.",
      tools: { look },
      onTurn: (turn) => void received.push(turn),
    });
    expect(received).toEqual(turns);
    expect(received[0]?.toolResults).toHaveLength(1);
  });

  it("call onToolCall before each tool: it may replace the result, veto, or let the tool run", async () => {
    let ran = 0;
    const counted = tool({ parameters: z.object({ n: z.number() }), execute: ({ n }) => ++ran && `ran ${n}` });
    local.reply({ toolCalls: [1, 2, 3, 4].map((n) => ({ name: "counted", args: { n } })) }, { text: "Done." });
    const result = await ask(mode, local.client(), {
      prompt: "Go.",
      tools: { counted },
      onToolCall: async ({ id, name, args, background }) => {
        expect({ id: typeof id, name, background }).toEqual({ id: "string", name: "counted", background: false });
        const { n } = args as { n: number };
        if (n === 1) return { result: { cached: true } };
        if (n === 2) throw new Error("the user said no");
        if (n === 3) return { result: undefined };
        return undefined;
      },
    });
    expect(ran).toBe(1);
    expect(result.turns[0]?.toolResults.map(({ result, isError }) => [result, isError])).toEqual([
      [{ cached: true }, false],
      ["Not executed: the user said no", true],
      [undefined, false],
      ["ran 4", false],
    ]);
    expect(
      local
        .sentMessages()
        .slice(-4)
        .map(({ content }) => content),
    ).toEqual(['{"cached":true}', "Not executed: the user said no", "Completed with no return value.", "ran 4"]);
  });

  it("do not call onToolCall for calls that cannot run", async () => {
    local.reply(
      {
        toolCalls: [
          { name: "nobody", args: {} },
          { name: "look", args: "{cut" },
          { name: "look", args: [1] },
        ],
      },
      { text: "Done." },
    );
    const asked: unknown[] = [];
    await ask(mode, local.client(), { prompt: "Go.", tools: { look }, onToolCall: (call) => void asked.push(call) });
    expect(asked).toEqual([]);
  });

  it("fail with the error of a callback", async () => {
    for (const callback of ["prepareTurn", "stopWhen", "onTurn"]) {
      local.reply(calls("look"), { text: "Done." });
      const failing = () => {
        throw new Error(`${callback} broke`);
      };
      await expect(ask(mode, local.client(), { prompt: "Go.", tools: { look }, [callback]: failing })).rejects.toThrow(
        `${callback} broke`,
      );
      local.reset();
    }
  });

  it("reject with the abort reason between turns, and send nothing more", async () => {
    const controller = new AbortController();
    local.reply(calls("look"), { text: "Done." });
    const call = ask(mode, local.client(), {
      prompt: "Go.",
      tools: { look },
      signal: controller.signal,
      onTurn: () => controller.abort("stopped by hand"),
    });
    await expect(call).rejects.toBe("stopped by hand");
    expect(local.requests).toHaveLength(1);
  });

  it("are in the partial result on a later turn's error, with messages that can be sent again", async () => {
    local.reply({ text: "Let me look.", ...calls("look") }, { error: { status: 400 } });
    const error = await ask(mode, local.client(), { prompt: "Go.", tools: { look } }).catch((caught) => caught);
    expect(error).toMatchObject({
      code: "bad-request",
      partial: { text: "Let me look.", turns: [{ toolResults: [{ result: "seen" }] }] },
    });
    expect(error.partial.usage.totalTokens).toBeGreaterThan(0);
    expect(transcriptProblems(error.partial.messages)).toEqual([]);
  });

  it("have a result for every call when they time out while tools run", async () => {
    local.reply(calls("look", "hang"));
    const hang = tool({ parameters: anything, execute: () => new Promise(() => {}) });
    const call = ask(mode, local.client(), { prompt: "Go.", tools: { look, hang }, timeout: { total: 100 } });
    const error = await call.catch((caught) => caught);
    expect(error).toMatchObject({ code: "timeout", phase: "total" });
    expect(transcriptProblems(error.partial.messages)).toEqual([]);
    expect(error.partial.messages.slice(-2).map(({ content }: Message) => content)).toEqual([
      "seen",
      "Not executed: the request was cancelled.",
    ]);
    expect(error.partial.turns).toMatchObject([{ toolResults: [{ name: "look" }] }]);
  });
});
