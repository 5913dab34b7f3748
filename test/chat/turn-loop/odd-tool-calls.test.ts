import { type AssistantMessage, tool } from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, type Mode, modes, useLocalGateway } from "../../local-gateway.ts";
import { transcriptProblems } from "./transcript.ts";
import { answer, streamed, wireCall } from "./wire.ts";

/** Tool calls as providers really send them, through the whole loop: which ran, and what was sent back. */
const local = useLocalGateway();

/** Runs a chat whose first reply is given and whose second is "Done.". */
async function loop(mode: Mode, reply: ScriptedReply, options: object = {}) {
  const ran: unknown[] = [];
  const add = tool({
    parameters: z.object({ a: z.number(), b: z.number() }),
    execute: (args) => ran.push(["add", args]) && "added",
  });
  const find = tool({
    parameters: z.object({ word: z.string().optional() }).strict(),
    execute: (args) => ran.push(["find", args]) && "found",
  });
  local.reply(reply, { text: "Done." });
  const result = await ask(mode, local.client({ model: "openai/gpt-4o-mini" }), {
    prompt: "Go.",
    tools: { add, find },
    ...options,
  });
  const [, assistant] = result.messages as AssistantMessage[];
  expect(transcriptProblems(result.messages)).toEqual([]);
  return { ran, result, assistant, calls: assistant?.tool_calls ?? [] };
}

const piece = (fields: object, called: object) => ({ ...fields, function: called });
const deltas = (...pieces: object[]) =>
  streamed(
    pieces.map((each) => ({ tool_calls: [each] })),
    "tool_calls",
  );
const sum = ["add", { a: 1, b: 2 }];
const search = ["find", { word: "x" }];

describe("streamed tool calls", () => {
  it("deltas without an index belong to the call with their ID, else to the last open call", async () => {
    const { ran, calls } = await loop(
      "stream",
      deltas(
        piece({ id: "c1" }, { name: "add", arguments: '{"a": 1' }),
        piece({}, { arguments: ', "b": 2}' }),
        piece({ id: "c2" }, { name: "find", arguments: '{"word": ' }),
        piece({ id: "c2" }, { arguments: '"x"}' }),
      ),
    );
    expect(ran).toEqual([sum, search]);
    expect(calls.map(({ id }) => id)).toEqual(["c1", "c2"]);
  });

  it("a new ID on the same index is a new call", async () => {
    const { ran } = await loop(
      "stream",
      deltas(
        piece({ index: 0, id: "c1" }, { name: "add", arguments: '{"a": 1, "b": 2}' }),
        piece({ index: 0, id: "c2" }, { name: "find", arguments: '{"word": "x"}' }),
      ),
    );
    expect(ran).toEqual([sum, search]);
  });

  it("a name may arrive after the first arguments", async () => {
    const { ran } = await loop(
      "stream",
      deltas(
        piece({ index: 0, id: "c1" }, { arguments: '{"a": 1,' }),
        piece({ index: 0 }, { name: "add", arguments: ' "b"' }),
        piece({ index: 0 }, { arguments: ": 2}" }),
      ),
    );
    expect(ran).toEqual([sum]);
  });

  it("continuations with empty fields, and a final delta of nulls, start no call", async () => {
    const { ran, calls } = await loop(
      "stream",
      deltas(
        piece({ index: 0, id: "c1", type: "function" }, { name: "add", arguments: '{"a": 1,' }),
        piece({ index: 0, id: "", type: null }, { name: null, arguments: ' "b": 2}' }),
        piece({ index: 0, id: null, type: null }, { name: null, arguments: null }),
      ),
    );
    expect(ran).toEqual([sum]);
    expect(calls).toHaveLength(1);
  });

  it("interleaved calls that start at index 1 keep the order of their first appearance", async () => {
    const { ran, result } = await loop(
      "stream",
      deltas(
        piece({ index: 1, id: "c1" }, { name: "add", arguments: '{"a": 1' }),
        piece({ index: 3, id: "c2" }, { name: "find", arguments: '{"word"' }),
        piece({ index: 1 }, { arguments: ', "b": 2}' }),
        piece({ index: 3 }, { arguments: ': "x"}' }),
      ),
    );
    expect(ran).toEqual([sum, search]);
    expect(result.turns[0]?.toolCalls.map(({ id }) => id)).toEqual(["c1", "c2"]);
  });

  it("arguments may be split anywhere, even within an escape or a surrogate pair", async () => {
    const word = 'a"\\\u00e9\u{1f680}\n';
    const text = JSON.stringify({ word }).replace("é", "\\u00e9");
    const whole = await loop("stream", deltas(piece({ index: 0, id: "c1" }, { name: "find", arguments: text })));
    expect(whole.ran).toEqual([["find", { word }]]);
    for (let cut = 1; cut < text.length; cut++) {
      const { ran, calls } = await loop(
        "stream",
        deltas(
          piece({ index: 0, id: "c1" }, { name: "find", arguments: text.slice(0, cut) }),
          piece({ index: 0 }, { arguments: text.slice(cut) }),
        ),
      );
      expect(ran).toEqual(whole.ran);
      expect(calls).toEqual(whole.calls);
    }
  });

  it("a call whose ID arrives late runs once, under that ID", async () => {
    const { ran, calls } = await loop(
      "stream",
      deltas(piece({ index: 0 }, { name: "add", arguments: '{"a": 1, "b": 2}' }), piece({ index: 0, id: "late" }, {})),
    );
    expect(ran).toEqual([sum]);
    expect(calls[0]?.id).toBe("late");
  });
});

describe.each(modes)("tool calls, with %s", (mode) => {
  it("a missing, empty or repeated ID is replaced consistently in the transcript, and a valid one is kept", async () => {
    const tool_calls = [
      { type: "function", index: 0, function: { name: "find", arguments: "{}" } },
      wireCall("", "find", {}, { index: 1 }),
      wireCall("theirs", "find", {}, { index: 2 }),
      wireCall("theirs", "find", {}, { index: 3 }),
    ];
    const { ran, calls, result } = await loop(mode, answer(mode, { tool_calls }, "tool_calls"));
    expect(ran).toHaveLength(4);
    const ids = calls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(ids[2]).toBe("theirs");
    expect(ids.filter((id) => id !== "theirs").every((id) => /^[a-zA-Z0-9]{9}$/.test(id))).toBe(true);
    expect(result.turns[0]?.toolResults.map(({ toolCallId }) => toolCallId)).toEqual(ids);
    expect(local.sentMessages().flatMap((message) => (message.role === "tool" ? [message.tool_call_id] : []))).toEqual(ids);
  });

  it.each([[undefined], [""]])("a call of type %j is a function call", async (type) => {
    const { ran, calls } = await loop(mode, answer(mode, { tool_calls: [wireCall("c", "add", sum[1], { type })] }));
    expect(ran).toEqual([sum]);
    expect(calls[0]?.type).toBe("function");
  });

  it("arguments that are an object are used unchanged, and sent back as a string", async () => {
    const tool_calls = [{ id: "c", type: "function", function: { name: "add", arguments: { a: 1, b: 2 } } }];
    const { ran, calls } = await loop(mode, answer(mode, { tool_calls }));
    expect(ran).toEqual([sum]);
    expect(calls[0]?.function.arguments).toBe('{"a":1,"b":2}');
  });

  it("empty arguments mean {}", async () => {
    const { ran, calls } = await loop(mode, answer(mode, { tool_calls: [wireCall("c", "find", "")] }));
    expect(ran).toEqual([["find", {}]]);
    expect(calls[0]?.function.arguments).toBe("{}");
  });

  it("malformed arguments never run: the model gets them back with the error, and the transcript stays valid", async () => {
    const { ran, calls, result } = await loop(mode, answer(mode, { tool_calls: [wireCall("c", "find", '{"word": x}')] }));
    expect(ran).toEqual([]);
    expect(result.turns[0]?.toolCalls[0]?.args).toBe('{"word": x}');
    expect(result.turns[0]?.toolResults[0]).toMatchObject({ isError: true, args: '{"word": x}' });
    expect(local.sentMessages().at(-1)?.content).toMatch(
      /^The arguments are not valid JSON \(.*\)\. Call find again .* You wrote: \{"word": x\}$/,
    );
    expect(calls[0]?.function.arguments).toBe("{}");
  });

  it("calls run whether the finish reason is stop or tool_calls", async () => {
    const called = await loop(mode, answer(mode, { tool_calls: [wireCall("c", "add", sum[1])] }, "stop"));
    expect(called.ran).toEqual([sum]);
    expect(called.result.turns[0]).toMatchObject({ finishReason: "tool-calls", rawFinishReason: "stop" });
    local.reset();
    const { result } = await loop(mode, answer(mode, { content: "Just text." }, "tool_calls"));
    expect(result).toMatchObject({ text: "Just text.", finishReason: "stop", rawFinishReason: "tool_calls", toolCalls: [] });
    expect(local.requests).toHaveLength(1);
  });

  it.each([
    ["length", "length"],
    ["content_filter", "content-filter"],
  ])("calls that end with %s are not run, but still get a tool message", async (raw, finishReason) => {
    const { ran, result } = await loop(mode, answer(mode, { tool_calls: [wireCall("c", "add", sum[1])] }, raw));
    expect(ran).toEqual([]);
    expect(result).toMatchObject({
      finishReason,
      rawFinishReason: raw,
      toolCalls: [],
      turns: [{ toolCalls: [{ id: "c" }], toolResults: [] }],
    });
    expect(local.requests).toHaveLength(1);
  });

  it("a thought signature is sent back unchanged where it was received, on the call or on the message", async () => {
    const extra_content = { google: { thought_signature: "CiQB+/==" } };
    const onCall = await loop(
      mode,
      answer(mode, { tool_calls: [wireCall("c1", "add", sum[1], { extra_content }), wireCall("c2", "find", {})] }),
    );
    expect(onCall.calls.map((call) => (call as { extra_content?: unknown }).extra_content)).toEqual([extra_content, undefined]);
    local.reset();
    const onMessage = await loop(mode, answer(mode, { extra_content, tool_calls: [wireCall("c1", "add", sum[1])] }));
    expect(onMessage.assistant).toMatchObject({ extra_content });
    expect(onMessage.calls[0]).not.toHaveProperty("extra_content");
    expect(local.sentMessages()[1]).toMatchObject({ extra_content });
  });

  it("text and a call in one delta are both kept", async () => {
    const { ran, result } = await loop(
      mode,
      answer(mode, { content: "Let me add.", tool_calls: [wireCall("c", "add", sum[1])] }),
    );
    expect(ran).toEqual([sum]);
    expect(result.turns[0]?.text).toBe("Let me add.");
    expect(local.sentMessages()[1]?.content).toBe("Let me add.");
  });

  it.each([
    ["bare", { a: 1, b: 2 }],
    ["with name and arguments", { name: "add", arguments: { a: 1, b: 2 } }],
    ["with type, name and parameters", { type: "function", name: "add", parameters: { a: 1, b: 2 } }],
    ["with arguments as text", { name: "add", arguments: '{"a": 1, "b": 2}' }],
  ])("a forced call that leaked as JSON text, %s, is recognised", async (_, leaked) => {
    const reply = answer(mode, { content: JSON.stringify(leaked) });
    const { ran, result, calls } = await loop(mode, reply, { toolChoice: { tool: "add" } });
    expect(ran).toEqual([sum]);
    expect(result).toMatchObject({ text: "Done.", turns: [{ finishReason: "tool-calls", text: "" }, {}] });
    expect(calls).toHaveLength(1);
  });

  it("JSON text stays text when no tool, or not exactly one, was forced", async () => {
    for (const toolChoice of [undefined, "required"]) {
      const { ran, result } = await loop(mode, answer(mode, { content: '{"a": 1, "b": 2}' }), { toolChoice });
      expect(ran).toEqual([]);
      expect(result.text).toBe('{"a": 1, "b": 2}');
      local.reset();
    }
  });

  it("a replayed message holds only fields of a request message", async () => {
    const message = {
      role: "assistant",
      annotations: [],
      audio: null,
      provider_specific_fields: { x: 1 },
      tool_calls: [wireCall("c", "add", sum[1], { index: 0, x_extra: true })],
    };
    const { assistant } = await loop(mode, answer(mode, message));
    expect(assistant).toEqual({ role: "assistant", content: null, tool_calls: [wireCall("c", "add", '{"a":1,"b":2}')] });
  });

  it("the content is an empty string for a provider that rejects null next to calls", async () => {
    const model = "workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast";
    const { result } = await loop(mode, { toolCalls: [{ name: "add", args: sum[1] }] }, { model });
    expect(local.sentMessages()[1]?.content).toBe("");
    expect(result.messages[1]?.content).toBeNull();
  });

  it("a complete call in one delta, as Groq and Mistral send it, runs", async () => {
    for (const model of ["groq/llama-3.3-70b-versatile", "mistral/mistral-large-latest"]) {
      const { ran } = await loop(
        mode,
        {
          toolCalls: [
            { name: "add", args: sum[1] },
            { name: "find", args: { word: "x" } },
          ],
        },
        { model },
      );
      expect(ran).toEqual([sum, search]);
    }
  });

  it("a strict schema is sent closed and complete, without unsupported keywords, and its additions are removed from the result", async () => {
    const output = z.object({
      id: z.uuid(),
      note: z.string().optional(),
      inner: z.object({ n: z.number().nullish() }).optional(),
    });
    const id = "00000000-0000-4000-8000-000000000000";
    local.reply({ text: JSON.stringify({ id, note: null, inner: { n: null } }) });
    const result = await ask(mode, local.client(), { prompt: "Go.", output });
    expect(result.output).toEqual({ id, inner: { n: null } });
    const { json_schema } = local.requests[0]?.body.response_format ?? {};
    expect(json_schema.strict).toBe(true);
    expect(json_schema.schema).toMatchObject({
      required: ["id", "note", "inner"],
      additionalProperties: false,
      properties: { note: { type: ["string", "null"] } },
    });
    expect(JSON.stringify(json_schema)).not.toMatch(/"format":|\$schema|~standard/);
    local.reply({ text: JSON.stringify({ id: "not a uuid", note: null, inner: null }) });
    const refused = ask(mode, local.client(), { prompt: "Go.", output, outputRetries: 0 });
    await expect(refused).rejects.toMatchObject({ code: "output-validation", issues: [{ path: "/id" }] });
  });

  it("when tools and a schema are mutually exclusive, the tools come first and then a turn for the schema", async () => {
    const output = z.object({ answer: z.string() });
    const look = tool({ parameters: z.object({}), execute: () => "seen" });
    local.reply({ toolCalls: [{ name: "look", args: {} }] }, { text: "It was seen." }, { text: '{"answer": "seen"}' });
    const result = await ask(mode, local.client({ model: "google-ai-studio/gemini-2.5-flash" }), {
      prompt: "Go.",
      tools: { look },
      output,
    });
    expect(result).toMatchObject({ output: { answer: "seen" }, text: '{"answer": "seen"}', finishReason: "stop" });
    const shape = local.requests.map(({ body }) => [body.tools?.length, body.response_format?.type]);
    expect(shape).toEqual([
      [1, undefined],
      [1, undefined],
      [undefined, "json_schema"],
    ]);
    expect(result.turns).toHaveLength(3);
    expect(transcriptProblems(result.messages)).toEqual([]);
  });
});
