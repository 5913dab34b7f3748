import { createGateway, NetworkError, ProviderError, RateLimitError, StreamError } from "cf-ai-gateway";
import { describe, expect, test, vi } from "vitest";
import { byteByByte, toBody } from "../contract/pieces.ts";
import { captureError } from "../failures/capture-error.ts";
import { startByteServer } from "./byte-server.ts";
import { collect, recordingTools, textOf, useScriptedChats } from "./scripted-chats.ts";
import { answered, calling, chunk, completion, done, eventStream, frame, json, streamed } from "./wire.ts";

const { chat, stream, local, client } = useScriptedChats();
const server = await startByteServer();
const account = { accountId: "account", gatewayId: "gateway", gatewayToken: "test-token", maxRetries: 0 };
const router = { ...account, provider: "openrouter", model: "openai/gpt-4o-mini" };
const overBytes = createGateway({ ...router, baseUrl: server.url });

const stop = chunk({}, "stop");
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const encode = (text: string) => new TextEncoder().encode(text);

describe("the framing of a stream", () => {
  const payloads = [chunk({ role: "assistant", content: "" }), chunk({ content: "Zürich " }), chunk({ content: "🏔 日本" }), stop];
  const withLines = (end: string) =>
    [...payloads.map((payload) => JSON.stringify(payload)), "[DONE]"].map((data) => `data: ${data}${end}${end}`);
  const framings: [string, string][] = [
    ["comments", `: OPENROUTER PROCESSING\n\n:\n\n${withLines("\n").join(": keep-alive\n\n")}`],
    ["CRLF", withLines("\r\n").join("")],
    ["lone CR", withLines("\r").join("")],
    [
      "mixed line ends",
      withLines("\r\n").slice(0, 2).join("") + withLines("\n").slice(2, 4).join("") + (withLines("\r")[4] ?? ""),
    ],
    ["no space behind data:", withLines("\n").join("").replaceAll("data: ", "data:")],
    ["a BOM", `\uFEFF${withLines("\n").join("")}`],
    [
      "event, id and retry fields",
      `retry: 3000\n\n${withLines("\n")
        .map((text, at) => `id: ${at}\nevent: message\n${text}`)
        .join("")}`,
    ],
    [
      "data over several lines",
      payloads.map((payload) => `data: ${JSON.stringify(payload, null, 1).replaceAll("\n", "\ndata: ")}\n\n`).join("") + done,
    ],
    ["no blank lines between events", `${withLines("").join("\n")}\n\n`],
    ["[DONE] in lower case", withLines("\n").join("").replace("[DONE]", "[done]")],
    ["empty data as a sign of life", `data:\n\ndata: \n\n${withLines("\n").join("")}`],
  ];

  test.each(framings)("a stream with %s is parsed", async (_, text) => {
    server.send([encode(text)]);
    const { result, events } = await collect(overBytes, { prompt: "Hi" });
    expect(result).toMatchObject({ text: "Zürich 🏔 日本", finishReason: "stop", warnings: [] });
    expect(textOf(events)).toBe("Zürich 🏔 日本");
  });

  test.each(framings)("a stream with %s is parsed one byte at a time, even inside a character", async (_, text) => {
    // A socket may coalesce bytes; this transport does not.
    const headers = { "content-type": "text/event-stream" };
    const oneByOne = createGateway({ ...router, fetch: async () => new Response(toBody(byteByByte(encode(text))), { headers }) });
    const { result } = await collect(oneByOne, { prompt: "Hi" });
    expect(result).toMatchObject({ text: "Zürich 🏔 日本", finishReason: "stop", warnings: [] });
  });

  test("a stream is parsed whatever its content type: missing, another text type or in upper case", async () => {
    for (const contentType of ["", "text/plain; charset=utf-8", "Text/Event-Stream"]) {
      server.send([encode(withLines("\n").join(""))], contentType);
      expect((await collect(overBytes, { prompt: "Hi" })).result.text).toBe("Zürich 🏔 日本");
    }
  });
});

describe("a last event without its blank line", () => {
  test.each([
    ["without its blank line", "\n"],
    ["without a line end", ""],
    ["with half a CRLF", "\r"],
  ])("the last event %s is delivered", async (_, end) => {
    const { result } = await stream(
      eventStream(
        `${frame(chunk({ content: "Par" }))}data: ${JSON.stringify(chunk({ content: "is." }, "stop", { usage }))}${end}`,
      ),
    );
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop", usage: { totalTokens: 15 } });
  });

  test("a final [DONE] without a newline is recognised", async () => {
    const { result } = await stream(eventStream(`${frame(chunk({ content: "Paris." }))}data: [DONE]`));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "other" });
  });
});

describe("a missing finish reason or [DONE]", () => {
  test("a stream with a finish reason and without [DONE] is a success", async () => {
    const { result } = await stream(eventStream(frame(chunk({ content: "Paris." })) + frame(stop)));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop", warnings: [] });
  });

  test("a stream with [DONE] and without a finish reason is a success with a warning", async () => {
    const { result } = await stream(streamed(chunk({ content: "Paris." })));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "other", warnings: [{ code: "no-finish-reason" }] });
    expect(result).not.toHaveProperty("rawFinishReason");
  });

  test("a JSON body without a finish reason is a success with a warning", async () => {
    const result = await chat(answered({ content: "Paris." }, null));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "other", warnings: [{ code: "no-finish-reason" }] });
  });

  test("calls run without a finish reason", async () => {
    const { executed, tools } = recordingTools();
    await stream(streamed(calling({ index: 0, id: "a", function: { name: "weather", arguments: "{}" } })), { tools });
    expect(executed).toEqual([{ name: "weather", args: {} }]);
  });
});

describe("a truncated stream", () => {
  const begun = [chunk({ reasoning_content: "Hm." }), chunk({ content: "The capital" }), chunk({ content: " is" })];

  test("a stream that ends with neither finish reason nor [DONE] is truncated, and the error carries the partial answer", async () => {
    const error = await captureError(stream(eventStream(begun.map(frame).join(""))));
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", reason: "truncated", partial: { text: "The capital is", reasoning: "Hm." } });
  });

  test("a stream that ends inside a frame is truncated", async () => {
    const whole = begun.map(frame).join("") + frame(chunk({ content: " Paris" }));
    for (const cut of [3, 8, 30, whole.length - begun.map(frame).join("").length - 4]) {
      const error = await captureError(stream(eventStream(whole.slice(0, begun.map(frame).join("").length + cut))));
      expect(error).toMatchObject({ reason: "truncated", partial: { text: "The capital is", reasoning: "Hm." } });
    }
  });

  test("a stream that ends inside its first frame is truncated", async () => {
    const error = await captureError(stream(eventStream(frame(begun[0]).slice(0, 40))));
    expect(error).toMatchObject({ reason: "truncated", partial: { text: "" } });
  });

  test("a stream that ends inside the usage after a finish reason loses only the usage", async () => {
    const cut = frame({ choices: [], usage }).slice(0, 25);
    const { result } = await stream(eventStream(frame(chunk({ content: "Paris." })) + frame(stop) + cut));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop" });
    expect(result.usage.totalTokens).toBeUndefined();
  });
});

describe("repeated ends", () => {
  test("repeated finish frames and two [DONE] are tolerated", async () => {
    const { result, events } = await stream(
      eventStream([chunk({ content: "Paris." }), stop, stop].map(frame).join("") + done + done + frame(chunk({ content: "!" }))),
    );
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop", warnings: [] });
    expect(events.filter(({ type }) => type === "finish")).toHaveLength(1);
  });

  test("a second finish frame does not discard the tool calls", async () => {
    const { executed, tools } = recordingTools();
    const call = calling({ index: 0, id: "a", function: { name: "weather", arguments: "{}" } });
    await stream(streamed(call, chunk({}, "tool_calls"), stop), { tools });
    expect(executed).toHaveLength(1);
  });

  test("usage that follows a finish reason is read, [DONE] or not", async () => {
    const last = { choices: [], usage };
    for (const end of ["", done]) {
      const { result } = await stream(eventStream([chunk({ content: "Paris." }), stop, last].map(frame).join("") + end));
      expect(result.usage).toMatchObject({ inputTokens: 10, outputTokens: 5, totalTokens: 15 });
    }
  });
});

describe("a JSON body instead of a stream, and the reverse", () => {
  test("a JSON body instead of a stream is one turn", async () => {
    const { events, result } = await stream(answered({ content: "Paris.", reasoning_content: "Hm." }));
    expect(result).toMatchObject({ text: "Paris.", reasoning: "Hm.", finishReason: "stop", usage: { totalTokens: 15 } });
    expect(events.map(({ type }) => type)).toEqual([
      "turn-start",
      "response",
      "text-delta",
      "reasoning-delta",
      "turn-end",
      "finish",
    ]);
  });

  test("the tool calls of a JSON body run", async () => {
    const { executed, tools } = recordingTools();
    const call = { id: "a", type: "function", function: { name: "weather", arguments: '{"city":"Paris"}' } };
    const { events } = await stream(answered({ content: null, tool_calls: [call] }, "tool_calls"), { tools });
    expect(executed).toEqual([{ name: "weather", args: { city: "Paris" } }]);
    expect(events.map(({ type }) => type)).toContain("tool-call-start");
  });

  test.each(["text/event-stream", "text/plain", "application/octet-stream"])(
    "a JSON body is read with the content type %s",
    async (type) => {
      const { result } = await stream({
        status: 200,
        headers: { "content-type": type },
        body: JSON.stringify(completion({ content: "Paris." }), null, 2),
      });
      expect(result).toMatchObject({ text: "Paris.", finishReason: "stop" });
    },
  );

  test.each(["application/json", "text/event-stream", "text/plain"])("an empty body of type %s is an error", async (type) => {
    for (const body of ["", "\n"]) {
      const error = await captureError(stream({ status: 200, headers: { "content-type": type }, body }));
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ code: "stream", reason: "empty" });
    }
  });

  test("a stream instead of a JSON body is read", async () => {
    expect(await chat(streamed(chunk({ content: "Par" }), chunk({ content: "is." }), stop))).toMatchObject({
      text: "Paris.",
      finishReason: "stop",
    });
  });
});

describe("a frame that is not a chunk", () => {
  const begun = frame(chunk({ content: "The capital" }));

  test.each([
    ["broken JSON", 'data: {"choices":[{"delta":{"content":" is"}\n\n', '{"choices":[{"delta":{"content":" is"}'],
    ["text", "data: upstream connect error\n\n", "upstream connect error"],
    ["a number", "data: 502\n\n", "502"],
    ["bare JSON without data:", `${JSON.stringify(chunk({ content: " is" }))}\n\n`, '{"id":"chatcmpl-8f2c"'],
  ])("a frame that is %s is an error with an excerpt and the partial answer", async (_, text, start) => {
    const error = await captureError(stream(eventStream(begun + text + frame(stop) + done)));
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ reason: "malformed", partial: { text: "The capital" } });
    expect(error.message).toContain(start);
  });

  test("an HTML page in the middle of a stream is an error", async () => {
    const error = await captureError(stream(eventStream(`${begun}<html><head><title>502 Bad Gateway</title></head></html>\n\n`)));
    expect(error).toMatchObject({ code: "provider", partial: { text: "The capital" } });
  });
});

describe("an error inside a stream", () => {
  const overloaded = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
  const shapes: [string, string][] = [
    ["event: error", `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`],
    ["event: error without the word in its data", 'event: error\ndata: {"type":"overloaded_error","message":"Overloaded"}\n\n'],
    ["event: error with text", "event: error\ndata: Overloaded\n\n"],
    ["an error object", frame({ error: { message: "Overloaded", type: "server_error", code: 503 } })],
    ["an error text", frame({ error: "Overloaded" })],
    ["an error beside choices", frame({ ...chunk({ content: "" }, "error"), error: { code: 502, message: "Overloaded" } })],
    [
      "an error on the choice",
      frame({
        choices: [{ index: 0, delta: { content: "" }, finish_reason: "error", error: { code: 502, message: "Overloaded" } }],
      }),
    ],
    ["Google's array", frame([{ error: { code: 503, message: "Overloaded", status: "UNAVAILABLE" } }])],
    ["Cloudflare's envelope", frame({ success: false, errors: [{ code: 3040, message: "Overloaded" }], result: null })],
  ];

  test.each(shapes)("%s before any content is a failed request, and is retried", async (_, text) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    local.reply(eventStream(text), streamed(chunk({ content: "Paris." }), stop));
    const { result } = await collect(client(), { prompt: "Hi", maxRetries: 1 });
    expect(result).toMatchObject({ text: "Paris.", failedAttempts: [{ provider: "openai" }] });
    expect(local.requests).toHaveLength(2);
    const [failed] = result.failedAttempts;
    expect(failed?.error).toBeInstanceOf(ProviderError);
    expect(failed?.error.message).toContain("Overloaded");
  });

  test.each(shapes)("%s after content is an error with the partial answer", async (_, text) => {
    const error = await captureError(stream(eventStream(frame(chunk({ content: "The capital" })) + text), { maxRetries: 3 }));
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", reason: "error-event", retryable: true, partial: { text: "The capital" } });
    expect(error.message).toContain("Overloaded");
    expect(local.requests).toHaveLength(1);
  });

  test("an error after content is as retryable as the error that it reports", async () => {
    const refused = frame({ error: { message: "Your key is wrong", type: "invalid_request_error", code: "invalid_api_key" } });
    const error = await captureError(stream(eventStream(frame(chunk({ content: "The" })) + refused)));
    expect(error).toMatchObject({ reason: "error-event", retryable: false });
  });

  test("an error that is null or an empty string is ignored", async () => {
    const { result } = await stream(streamed(chunk({ content: "Paris." }, null, { error: null }), { ...stop, error: "" }));
    expect(result.text).toBe("Paris.");
  });
});

describe("an error in a response with status 200", () => {
  test("a 200 whose first frame is an error is that error", async () => {
    const limited = { error: { message: "Rate limit reached", type: "rate_limit_error", code: "rate_limit_exceeded" } };
    const error = await captureError(stream(eventStream(`: OPENROUTER PROCESSING\n\n${frame(limited)}${done}`)));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryable: true, body: limited });
    expect(error).not.toBeInstanceOf(NetworkError);
  });

  test("a role and empty content before the error don't count as content", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const begun = chunk({ role: "assistant", content: "" });
    local.reply(streamed(begun, { error: { message: "Overloaded", code: 529 } }), streamed(chunk({ content: "Paris." }), stop));
    const { result, events } = await collect(client(), { prompt: "Hi", maxRetries: 1 });
    expect(result.text).toBe("Paris.");
    expect(events.filter(({ type }) => type === "turn-start")).toHaveLength(1);
  });

  test("a 200 whose body is an error is that error, streamed or not", async () => {
    const body = { error: { message: "Overloaded", code: 529 } };
    for (const call of [stream, chat]) expect(await captureError(call(json(body)))).toBeInstanceOf(ProviderError);
  });
});
