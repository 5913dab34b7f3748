import { createCloudflareGateway } from "cf-ai-gateway/ai-sdk";
import type { ScriptedReply, ScriptRequest } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { useLocalGateway } from "../local-gateway.ts";
import { answered, chunk, done, eventStream, frame, json, streamed, type WireReply } from "../quirks/wire.ts";
import { sdks } from "./sdks.ts";

/** Responses as providers really send them, through the AI SDK: its users benefit from everything that this package corrects. */

let answer: (request: ScriptRequest, n: number) => ScriptedReply = () => ({ text: "unasked" });
const local = useLocalGateway({ script: (request, n) => answer(request, n) });
const createModel = (id = "openai/gpt-4o-mini") =>
  createCloudflareGateway(local.client({ provider: undefined, model: undefined }))(id);

const usageChunk = {
  ...chunk({}),
  choices: [],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};
const call = (id: string, name: string, args: string | object, more: object = {}) => ({
  id,
  type: "function",
  function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) },
  ...more,
});
/** The message as a stream with one delta per field, or as a JSON body. */
function answerAs({ body }: ScriptRequest, message: Record<string, unknown>, finish = "stop"): WireReply {
  if (!body.stream) return answered(message, finish);
  const { tool_calls: calls = [], ...rest } = message as { tool_calls?: object[] };
  const deltas = calls.map((each, index) => chunk({ tool_calls: [{ index, ...each }] }));
  return streamed(chunk({ role: "assistant", ...rest }), ...deltas, chunk({}, finish), usageChunk);
}
const hasResult = ({ body }: ScriptRequest): boolean =>
  body.messages.some(({ role, content }: { role: string; content: unknown }) => role === "tool" && content !== undefined);
/** Calls the tools first, and answers once there is a result. */
const callThenAnswer =
  (message: { tool_calls: object[]; [field: string]: unknown }, text = "done") =>
  (request: ScriptRequest): WireReply =>
    hasResult(request) ? answerAs(request, { content: text }) : answerAs(request, message, "tool_calls");
const isAssistant = ({ role }: { role: string }) => role === "assistant";
const refuse = (message: string) => json({ error: { message, type: "invalid_request_error" } }, 400);

interface Answer {
  text: string;
  reasoningText: string | undefined;
  finishReason: string;
  rawFinishReason: string | undefined;
  files: { mediaType: string; base64: string }[];
  steps: { text: string; reasoningText: string | undefined }[];
  /** What all steps added to the conversation. */
  responseMessages: unknown[];
}

/** Reads the fields of a result of `generateText`, or of `streamText`, where they are promises. */
async function readAnswer(result: object): Promise<Answer> {
  const members = result as { [K in keyof Answer]: Answer[K] | PromiseLike<Answer[K]> } & { response: { messages: unknown[] } };
  return {
    text: await members.text,
    reasoningText: await members.reasoningText,
    finishReason: await members.finishReason,
    rawFinishReason: await members.rawFinishReason,
    files: await members.files,
    steps: await members.steps,
    // In AI SDK 6, the last response has the messages of all steps.
    responseMessages: (await members.responseMessages) ?? (await members.response).messages,
  };
}

describe.each(sdks)("through AI SDK %s,", (_, ai) => {
  const { generateText, streamText, stepCountIs, tool } = ai;
  const stopWhen = stepCountIs(4);

  /** A weather tool that counts its runs. */
  function weatherTools() {
    const ran: unknown[] = [];
    const run = (args: unknown) => {
      ran.push(args);
      return "sunny";
    };
    const inputSchema = z.object({ city: z.string() });
    const tools = {
      weather: tool({ description: "w", inputSchema, execute: run }),
      now: tool({ description: "n", inputSchema: z.object({}), execute: run }),
    };
    return { ran, tools };
  }
  type Tools = ReturnType<typeof weatherTools>["tools"];

  /** Runs `generateText` or `streamText`; resolves with its outcome or the error that ended it. */
  async function run(form: "generate" | "stream", options: { id?: string; tools?: Tools; messages?: unknown }): Promise<Answer> {
    const { id, tools, messages } = options;
    const given = {
      model: createModel(id),
      stopWhen,
      maxRetries: 0,
      ...(tools ? { tools } : {}),
      ...(messages ? { messages: messages as [] } : { prompt: "x" }),
    };
    if (form === "generate") return readAnswer(await generateText(given as Parameters<typeof generateText>[0]));
    const errors: unknown[] = [];
    const onError = ({ error }: { error: unknown }) => void errors.push(error);
    const streaming = streamText({ ...given, onError } as Parameters<typeof streamText>[0]);
    await streaming.consumeStream();
    if (errors.length > 0) throw errors[0];
    return readAnswer(streaming);
  }

  describe("an error in a stream is an error, whatever its shape:", () => {
    it.each([
      ["object: error", { object: "error", message: "token count exceeds the context", type: "BadRequestError", code: 400 }],
      ["type: error", { type: "error", message: "upstream is gone" }],
      ["detail", { detail: "Model overloaded" }],
      ["code and message", { code: 20012, message: "Model does not exist", data: null }],
      ["a list of errors", { errors: [{ code: 7009, message: "Upstream service unavailable" }] }],
      ["base_resp", { id: "", choices: null, base_resp: { status_code: 1008, status_msg: "insufficient balance" } }],
    ])("%s", async (_name, shape) => {
      const words =
        /token count exceeds|upstream is gone|Model overloaded|Model does not exist|service unavailable|insufficient balance/;
      for (const reply of [
        streamed(shape),
        eventStream(frame(shape)),
        eventStream(frame(chunk({ role: "assistant", content: "Hel" })) + frame(shape) + done),
      ]) {
        answer = () => reply;
        const error = await run("stream", {}).catch((thrown: unknown) => thrown);
        expect(ai.APICallError.isInstance(error)).toBe(true);
        expect(String(error)).toMatch(words);
      }
    });
  });

  describe("finish reasons are unified, the provider's own is kept, and calls of a truncated answer do not run:", () => {
    it.each([
      ["model_context_window_exceeded", "length"],
      ["PROHIBITED_CONTENT", "content-filter"],
      ["content_filter: RECITATION", "content-filter"],
      ["sensitive", "content-filter"],
      ["guardrail_intervened", "content-filter"],
      ["network_error", "other"],
      ["abort", "other"],
      ["MALFORMED_FUNCTION_CALL", "other"],
    ])("%s is %s", async (raw, unified) => {
      for (const form of ["generate", "stream"] as const) {
        answer = (request) => answerAs(request, { content: "half an ans" }, raw);
        expect(await run(form, {})).toMatchObject({ finishReason: unified, rawFinishReason: raw });
      }
    });
  });

  describe("arguments that are sent again make one call:", () => {
    const whole = '{"city":"Paris"}';
    const part = (args: string, head: object = {}, finish: string | null = null) =>
      chunk(
        { tool_calls: [{ index: 0, ...head, function: { ...(head as { function?: object }).function, arguments: args } }] },
        finish,
      );
    const head = { id: "c1", type: "function", function: { name: "weather" } };
    it.each([
      ["`{}` first, then the arguments", [part("{}", head), part(whole)]],
      ["`{}` first, then fragments", [part("{}", head), part('{"ci'), part('ty":"Paris"}')]],
      ["empty, whole, whole", [part("", head), part(whole), part(whole)]],
      ["everything so far in each chunk", [part("", head), part('{"city":'), part('{"city":"Par'), part(whole)]],
      ["everything so far, with id and name", [part('{"city":', head), part('{"city":"Par', head), part(whole, head)]],
      ["fragments, then the whole call", [part("", head), part('{"city":'), part('"Paris"}'), part(whole, head)]],
      ["the whole call again in the finish chunk", [part(whole, head), part(whole, head, "tool_calls")]],
    ])("%s", async (_name, chunks) => {
      const { ran, tools } = weatherTools();
      answer = (request) =>
        hasResult(request) ? answerAs(request, { content: "done" }) : streamed(...chunks, chunk({}, "tool_calls"), usageChunk);
      expect((await run("stream", { tools })).text).toBe("done");
      expect(ran).toEqual([{ city: "Paris" }]);
    });
  });

  it.each(["", "weather<|channel|>commentary", "get weather", "functions.weather", "default_api:weather", "x".repeat(70)])(
    "a call named %j is sent back under a name that providers accept",
    async (name) => {
      for (const form of ["generate", "stream"] as const) {
        const { tools } = weatherTools();
        const next = callThenAnswer({ content: null, tool_calls: [call("c1", name, { city: "Paris" })] });
        answer = (request) => {
          const calls = request.body.messages.flatMap(
            (each: { tool_calls?: { function: { name: string } }[] }) => each.tool_calls ?? [],
          );
          if (calls.some((each: { function: { name: string } }) => !/^[a-zA-Z0-9_-]{1,64}$/.test(each.function.name)))
            return refuse("Invalid 'messages[1].tool_calls[0].function.name'");
          return next(request);
        };
        expect((await run(form, { tools })).text).toBe("done");
      }
    },
  );

  it("a conversation with calls can continue with Mistral, whose IDs have nine letters and digits", async () => {
    for (const form of ["generate", "stream"] as const) {
      const { tools } = weatherTools();
      const calls = [call("call_AbCdEfGhIjKlMnOpQrStUvWx", "weather", { city: "Paris" })];
      answer = callThenAnswer({ content: null, tool_calls: calls }, "first");
      const { responseMessages } = await run(form, { tools });
      answer = (request) => {
        const ids = request.body.messages.flatMap((each: { tool_calls?: { id: string }[]; tool_call_id?: string }) => [
          ...(each.tool_calls ?? []).map(({ id }) => id),
          ...(each.tool_call_id === undefined ? [] : [each.tool_call_id]),
        ]);
        expect(ids).toHaveLength(2);
        return ids.every((id: string) => /^[a-zA-Z0-9]{9}$/.test(id))
          ? answerAs(request, { content: "done" })
          : refuse("Tool call id must be a-z, A-Z, 0-9, with a length of 9.");
      };
      const messages = [{ role: "user", content: "x" }, ...responseMessages, { role: "user", content: "and now?" }];
      expect((await run(form, { id: "mistral/mistral-large-latest", tools, messages })).text).toBe("done");
    }
  });

  it.each([
    ["an empty reasoning_content (Kimi)", "custom-moonshot/kimi-k2.5", { reasoning_content: "" }, { reasoning_content: "" }],
    ["reasoning_content (DeepSeek)", "deepseek/deepseek-v4-pro", { reasoning_content: "plan" }, { reasoning_content: "plan" }],
    ["reasoning (vLLM)", "custom-vllm/glm-4.7", { reasoning: "plan" }, { reasoning: "plan" }],
    [
      "reasoning_details (OpenRouter)",
      "openrouter/anthropic/claude-sonnet-4.5",
      { reasoning: "plan", reasoning_details: [{ type: "reasoning.text", text: "plan", signature: "S", index: 0 }] },
      { reasoning_details: [{ type: "reasoning.text", text: "plan", signature: "S", index: 0 }] },
    ],
  ])("%s is sent back in the next step", async (_name, id, thinking, expected) => {
    for (const form of ["generate", "stream"] as const) {
      const { tools } = weatherTools();
      answer = callThenAnswer({ content: null, ...thinking, tool_calls: [call("c1", "weather", { city: "Paris" })] });
      expect((await run(form, { id, tools })).text).toBe("done");
      expect(local.requests.at(-1)?.body.messages.find(isAssistant)).toMatchObject(expected);
    }
  });

  it("MiniMax's reasoning, which is part of the content, is read as reasoning and sent back", async () => {
    for (const form of ["generate", "stream"] as const) {
      const { tools } = weatherTools();
      const content = "<think>\nthe plan\n</think>\n\n";
      answer = callThenAnswer({ content, tool_calls: [call("c1", "weather", { city: "Paris" })] });
      const { steps } = await run(form, { id: "custom-minimax/MiniMax-M2", tools });
      expect(steps[0]).toMatchObject({ text: "", reasoningText: expect.stringContaining("the plan") });
      expect(JSON.stringify(local.requests.at(-1)?.body.messages.find(isAssistant))).toContain("the plan");
    }
  });

  it("fields that Groq rejects are not sent to it", async () => {
    const signed = call("c1", "weather", { city: "Paris" }, { extra_content: { google: { thought_signature: "sig" } } });
    const { tools } = weatherTools();
    answer = (request) =>
      hasResult(request)
        ? answerAs(request, { content: "first" })
        : answerAs(request, { content: null, reasoning_content: "think", tool_calls: [signed] }, "tool_calls");
    const { responseMessages } = await run("generate", { id: "google-ai-studio/gemini-3-pro-preview", tools });
    answer = (request) => answerAs(request, { content: "done" });
    const messages = [{ role: "user", content: "x" }, ...responseMessages, { role: "user", content: "and now?" }];
    await run("generate", { id: "groq/llama-3.3-70b-versatile", tools, messages });
    const sent = local.requests.at(-1)?.body.messages.find(isAssistant);
    expect(Object.keys(sent).sort()).toEqual(["content", "role", "tool_calls"]);
    expect(sent.tool_calls[0]).not.toHaveProperty("extra_content");
  });

  it("generated images are files, and are sent back with the message", async () => {
    const images = [0, 1].map((index) => ({ type: "image_url", image_url: { url: `data:image/png;base64,AA${index}=` }, index }));
    for (const form of ["generate", "stream"] as const) {
      answer = (request) => answerAs(request, { content: "Here: ", images });
      const { files, responseMessages } = await run(form, { id: "openrouter/google/gemini-2.5-flash-image" });
      expect(files.map(({ mediaType, base64 }) => [mediaType, base64])).toEqual([
        ["image/png", "AA0="],
        ["image/png", "AA1="],
      ]);
      const messages = [{ role: "user", content: "x" }, ...responseMessages, { role: "user", content: "make it bluer" }];
      await run(form, { id: "openrouter/google/gemini-2.5-flash-image", messages });
      expect(JSON.stringify(local.requests.at(-1)?.body.messages).match(/AA\d=/g)).toHaveLength(2);
    }
  });

  it("an empty assistant message is not sent to a provider that rejects it", async () => {
    answer = (request) => {
      const isEmpty = (each: { role: string; content?: unknown }) => isAssistant(each) && (each.content ?? "") === "";
      if (request.body.messages.some(isEmpty)) return refuse("Assistant message must have either content or tool_calls.");
      return answerAs(request, { content: "done" });
    };
    const messages = [
      { role: "user", content: "x" },
      { role: "assistant", content: [{ type: "reasoning", text: "thought only" }] },
      { role: "user", content: "go on" },
    ];
    expect((await run("generate", { id: "mistral/magistral-small-latest", messages })).text).toBe("done");
  });

  it("gpt-5.6 accepts tools, with a warning about its reasoning effort", async () => {
    const { tools } = weatherTools();
    answer = (request) => {
      if (request.body.tools && request.body.reasoning_effort !== "none") return refuse("Function tools with reasoning_effort");
      return hasResult(request)
        ? answerAs(request, { content: "done" })
        : answerAs(request, { content: null, tool_calls: [call("c1", "weather", { city: "Paris" })] }, "tool_calls");
    };
    const { text, warnings } = await generateText({ model: createModel("openai/gpt-5.6"), prompt: "x", tools, stopWhen });
    expect(text).toBe("done");
    expect(warnings?.[0]).toMatchObject({ type: "unsupported", feature: "reasoningEffort" });
  });

  it("trailing data after a complete answer does not invalidate it", async () => {
    const hello = frame(chunk({ role: "assistant", content: "Hello" }));
    const stop = frame(chunk({}, "stop"));
    for (const body of [
      `${hello}${JSON.stringify(chunk({}, "stop"))}\n\n${frame(usageChunk)}[DONE]\n\n`,
      `${hello}${stop}${frame(usageChunk)}data: {"id":"x","cho\n\n${done}`,
      `${hello}${stop}${frame(usageChunk)}${frame({ error: { message: "usage could not be stored", code: 500 } })}`,
      `${hello}${stop}${frame(usageChunk)}<html><body>504</body></html>\n\n`,
    ]) {
      answer = () => eventStream(body);
      expect(await run("stream", {})).toMatchObject({ text: "Hello", finishReason: "stop" });
    }
  });

  it("reasoning in the text is separated from it, also without an opening tag", async () => {
    for (const form of ["generate", "stream"] as const) {
      answer = (request) => answerAs(request, { content: "The user wants a sum.\n</think>\n\nThe answer is 4." });
      expect(await run(form, { id: "workers-ai/@cf/deepseek-ai/deepseek-r1-distill-qwen-32b" })).toMatchObject({
        text: "The answer is 4.",
        reasoningText: "The user wants a sum.",
      });
    }
  });

  it.each([
    ["now", "null", {}],
    ["now", '""', {}],
    ["now", "", {}],
    ["weather", JSON.stringify('{"city":"Paris"}'), { city: "Paris" }],
  ] as const)("the arguments of %s are read from %j", async (name, args, expected) => {
    for (const form of ["generate", "stream"] as const) {
      const { ran, tools } = weatherTools();
      answer = (request) =>
        hasResult(request)
          ? answerAs(request, { content: "done" })
          : answerAs(request, { content: null, tool_calls: [call("c1", name, args)] }, "tool_calls");
      expect((await run(form, { tools })).text).toBe("done");
      expect(ran).toEqual([expected]);
    }
  });

  it("truncated arguments do not run, and valid JSON is sent back", async () => {
    for (const form of ["generate", "stream"] as const) {
      const { ran, tools } = weatherTools();
      answer = (request) =>
        hasResult(request)
          ? answerAs(request, { content: "done" })
          : answerAs(request, { content: null, tool_calls: [call("c1", "weather", '{"city":"Par')] }, "tool_calls");
      expect((await run(form, { tools })).text).toBe("done");
      expect(ran).toEqual([]);
      const sent = local.requests.at(-1)?.body.messages.find(isAssistant).tool_calls[0].function.arguments;
      expect(JSON.parse(sent)).toEqual({});
    }
  });

  it("a call that DeepSeek writes into its text is run", async () => {
    const text =
      '<｜DSML｜function_calls>\n<｜DSML｜invoke name="weather">\n<｜DSML｜parameter name="city" string="true">Paris</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>';
    for (const form of ["generate", "stream"] as const) {
      const { ran, tools } = weatherTools();
      answer = (request) => answerAs(request, { content: hasResult(request) ? "It is sunny." : text });
      expect((await run(form, { id: "deepseek/deepseek-chat", tools })).text).toBe("It is sunny.");
      expect(ran).toEqual([{ city: "Paris" }]);
    }
  });

  it("parallel calls that share an index, or an ID in each round, stay separate", async () => {
    const { ran, tools } = weatherTools();
    const piece = (id: string | null, name: string | null, args: string) =>
      chunk({ tool_calls: [{ index: 0, id, type: "function", function: { name, arguments: args } }] });
    answer = (request, n) => {
      if (n > 1) return answerAs(request, { content: "done" });
      return streamed(
        piece("a", "weather", ""),
        piece("", null, '{"city":"A"}'),
        piece("b", "weather", ""),
        piece("", null, '{"city":"B"}'),
        chunk({}, "tool_calls"),
      );
    };
    expect((await run("stream", { tools })).text).toBe("done");
    expect(ran).toEqual([{ city: "A" }, { city: "B" }, { city: "A" }, { city: "B" }]);
    const ids = local.requests.at(-1)?.body.messages.flatMap((each: { tool_calls?: { id: string }[] }) => each.tool_calls ?? []);
    expect(new Set(ids.map(({ id }: { id: string }) => id)).size).toBe(4);
  });

  it("fifteen parallel calls with the caller's abort signal cause no listener warning", async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => void warnings.push(warning.name);
    process.on("warning", note);
    const { ran, tools } = weatherTools();
    answer = (request) =>
      hasResult(request)
        ? answerAs(request, { content: "done" })
        : answerAs(
            request,
            { content: null, tool_calls: Array.from({ length: 15 }, (_each, index) => call(`c${index}`, "now", {})) },
            "tool_calls",
          );
    await run("generate", { tools });
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    expect(ran).toHaveLength(15);
    expect(warnings).toEqual([]);
  });
});
