import { createGateway, type GatewayError, StreamError } from "cf-ai-gateway";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { toBody } from "../contract/pieces.ts";
import { captureError } from "../failures/capture-error.ts";
import { collect, reasoningOf, recordingTools, textOf, useScriptedChats } from "./scripted-chats.ts";
import { answered, calling, chunk, completion, done, eventStream, frame, json, streamed } from "./wire.ts";

const { chat, stream, local, client, sent } = useScriptedChats();
afterEach(() => vi.restoreAllMocks());

const stop = chunk({}, "stop");
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const paris = '{"city":"Paris"}';
const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);

describe("a failure that an answer reports", () => {
  const failures: [string, object, string][] = [
    ["object: error", { object: "error", message: "Context too long", type: "BadRequestError", code: 400 }, "Context too long"],
    ["type: error", { type: "error", message: "The upstream is gone" }, "The upstream is gone"],
    ["detail", { detail: "Model overloaded" }, "Model overloaded"],
    ["a list of details", { detail: [{ loc: ["body"], msg: "Field required" }] }, "Field required"],
    ["code and message", { code: 20_012, message: "Model does not exist", data: null }, "Model does not exist"],
    ["a list of errors", { errors: [{ code: 7009, message: "Upstream unavailable" }] }, "Upstream unavailable"],
    ["status and message", { status: 503, message: "Overloaded" }, "Overloaded"],
  ];

  test.each(failures)(
    "a failure reported as %s, without an error field, is an error with its message",
    async (_, payload, words) => {
      for (const reply of [streamed(payload), eventStream(frame(payload)), json(payload)]) {
        const error = await captureError(stream(reply));
        expect(error.message).toContain(words);
      }
      expect((await captureError(chat(json(payload)))).message).toContain(words);
    },
  );

  test.each(failures)("after content, %s is an error with the partial answer", async (_, payload, words) => {
    const error = await captureError(stream(streamed(chunk({ content: "Hel" }), payload)));
    expect(error).toMatchObject({ code: "stream", reason: "error-event", partial: { text: "Hel" } });
    expect(error.message).toContain(words);
  });

  test("MiniMax's base_resp is an error unless its code is 0", async () => {
    const outOfCredit = { code: "insufficient-credits", origin: "provider", retryable: false };
    for (const status_code of [1008, "1008"]) {
      const failed = { id: "", choices: null, base_resp: { status_code, status_msg: "no" } };
      expect(await captureError(stream(streamed(failed)))).toMatchObject(outOfCredit);
      expect(await captureError(chat(json(failed)))).toMatchObject(outOfCredit);
    }
    const fine = { base_resp: { status_code: 0, status_msg: "" } };
    expect((await stream(streamed(chunk({ content: "Hi" }, null, fine), stop))).result.text).toBe("Hi");
  });

  test("provider-specific data with or without choices is not an error", async () => {
    const notices = [
      { type: "ping" },
      { status: "processing", message: "Queued" },
      { choices: [], detail: "x", usage },
      { code: 0, message: "ok" },
    ];
    const { result } = await stream(
      streamed(...notices, chunk({ content: "Hi", detail: "x" }, null, { message: "m", code: 1 }), stop),
    );
    expect(result.text).toBe("Hi");
  });

  test("an error before any content is retried", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    local.reply(streamed({ type: "error", message: "The upstream is gone" }), streamed(chunk({ content: "Hi" }), stop));
    const { result } = await collect(client(), { prompt: "Hi", maxRetries: 1 });
    expect(result).toMatchObject({ text: "Hi", failedAttempts: [{ provider: "openai" }] });
  });
});

describe("an answer without content", () => {
  const nothing: [string, string][] = [
    ["[DONE] alone", done],
    ["comments and [DONE]", `: OPENROUTER PROCESSING\n\n:\n\n${done}`],
    ["an empty object and [DONE]", `${frame({})}${done}`],
    ["an empty object", frame({})],
    ["usage alone", `${frame({ choices: [], usage })}${done}`],
    ["choices that say nothing", `${frame({ choices: [{}, null] })}${done}`],
  ];

  test.each(nothing)("a stream of %s is a retryable empty-stream error", async (_, text) => {
    const error = await captureError(stream(eventStream(text)));
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ reason: "empty", retryable: true });
  });

  test("an empty stream is retried, then falls back", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    local.reply(eventStream(done), eventStream(done), streamed(chunk({ content: "Hi" }), stop));
    const fallbacks = [{ provider: "mistral", model: "mistral-small-latest" }];
    const { result } = await collect(client(), { prompt: "Hi", maxRetries: 1, fallbacks });
    expect(result).toMatchObject({ text: "Hi", turns: [{ provider: "mistral" }] });
    expect(result.failedAttempts).toHaveLength(2);
  });

  test("the error message quotes what the stream contained instead", async () => {
    const error = await captureError(stream(streamed({ note: "Model is warming up" })));
    expect(error.message).toContain("Model is warming up");
  });

  test("a body whose choices are all empty is a ProviderError", async () => {
    for (const choices of [[], [{}], [null], null]) {
      expect(await captureError(chat(json({ ...completion({}), choices })))).toMatchObject({ code: "provider" });
    }
  });
});

describe("uncommon finish reasons", () => {
  const call = { id: "a", type: "function", function: { name: "weather", arguments: paris } };

  test.each([
    ["model_context_window_exceeded", "length"],
    ["PROHIBITED_CONTENT", "content-filter"],
    ["content_filter: SAFETY", "content-filter"],
    ["sensitive", "content-filter"],
    ["maxTokens", "length"],
  ])("the finish reason %s is mapped to %s, and the calls do not run", async (raw, finishReason) => {
    const { executed, tools } = recordingTools();
    const reply = streamed(chunk({ content: "Half" }), calling({ index: 0, ...call }), chunk({}, raw));
    const { result } = await stream(reply, { tools });
    expect(result).toMatchObject({ finishReason, rawFinishReason: raw });
    expect(codes(result)).toEqual([]);
    expect(executed).toEqual([]);
  });

  test.each(["MALFORMED_FUNCTION_CALL", "abort", "network_error", "some_new_word"])(
    "calls of an answer with the unknown finish reason %s do not run, and a warning says so",
    async (raw) => {
      const { executed, tools } = recordingTools();
      const viaStream = await stream(streamed(calling({ index: 0, ...call }), chunk({}, raw)), { tools });
      const result = await chat(answered({ content: null, tool_calls: [call] }, raw), { tools });
      for (const each of [viaStream.result, result]) {
        expect(each).toMatchObject({ finishReason: "other", rawFinishReason: raw });
        expect(codes(each)).toEqual(["unknown-finish-reason"]);
      }
      expect(executed).toEqual([]);
    },
  );

  test("a later stop does not hide that the answer was truncated", async () => {
    const { result } = await stream(streamed(chunk({ content: "Half" }, "length"), stop));
    expect(result.finishReason).toBe("length");
  });
});

describe("arguments that are sent more than once", () => {
  const part = (args: unknown, head: object = {}, finish: string | null = null) => {
    const { name, ...rest } = head as { name?: string };
    return chunk({ tool_calls: [{ index: 0, ...rest, function: { ...(name && { name }), arguments: args } }] }, finish);
  };
  const head = { id: "c1", type: "function", name: "weather" };
  const cases: [string, object[]][] = [
    ["an empty object before the arguments", [part("{}", head), part(paris)]],
    ["an empty object before pieces", [part("{}", head), part('{"ci'), part('ty":"Paris"}')]],
    ["an empty object, id and name repeated", [part("{}", head), part(paris, head)]],
    ["null before the arguments", [part("null", head), part(paris)]],
    ["an empty object before the arguments, in one piece", [part(`{}${paris}`, head)]],
    ["null before a part of the arguments, in one piece", [part('null{"ci', head), part('ty":"Paris"}')]],
    ["the whole, twice in one piece", [part(`${paris}${paris}`, head)]],
    [
      "a call in the old field too",
      [
        chunk({
          function_call: { name: "weather", arguments: paris },
          tool_calls: [{ id: "c1", function: { name: "weather", arguments: paris } }],
        }),
      ],
    ],
    ["the whole, twice", [part("", head), part(paris), part(paris)]],
    ["everything so far with each piece", [part("", head), part('{"city":'), part('{"city":"Par'), part(paris)]],
    ["everything so far, with id and name", [part('{"city":', head), part('{"city":"Par', head), part(paris, head)]],
    ["pieces, then the whole call", [part("", head), part('{"city":'), part('"Paris"}'), part(paris, head)]],
    ["pieces, then the whole in other white space", [part('{"city":', head), part('"Paris"}'), part('{ "city": "Paris" }')]],
    ["the whole call again in the last chunk", [part(paris, head), part(paris, head, "tool_calls")]],
    ["the whole call again, without an id", [part(paris, { name: "weather" }), part(paris, { name: "weather" })]],
    ["objects in place of text", [part({ city: "Paris" }, head), part({ city: "Paris" }, head)]],
    [
      "the whole message at the end",
      [
        part('{"city":', head),
        part('"Paris"}'),
        {
          choices: [
            {
              message: { tool_calls: [{ id: "c1", function: { name: "weather", arguments: paris } }] },
              finish_reason: "tool_calls",
            },
          ],
        },
      ],
    ],
    [
      "the whole message at the end, its ids replaced",
      [
        part(paris, head),
        { choices: [{ message: { tool_calls: [{ id: "x", function: { name: "weather", arguments: paris } }] } }] },
      ],
    ],
  ];

  test.each(cases)("arguments sent as %s are one call, run once", async (_, frames) => {
    const { executed, tools } = recordingTools();
    const { events, result } = await stream(streamed(...frames, chunk({}, "tool_calls")), { tools });
    expect(executed).toEqual([{ name: "weather", args: { city: "Paris" } }]);
    const deltas = events.map((event) => (event.type === "tool-call-delta" ? event.argsText : "")).join("");
    expect(JSON.parse(deltas)).toEqual({ city: "Paris" });
    expect(events.filter(({ type }) => type === "tool-call-start")).toHaveLength(1);
    expect(result.turns[0]?.toolCalls).toHaveLength(1);
  });

  test("two equal calls with different ids are two calls", async () => {
    const { executed, tools } = recordingTools();
    const call = (index: number, id: string) => calling({ index, id, function: { name: "weather", arguments: paris } });
    await stream(streamed(call(0, "a"), call(1, "b"), chunk({}, "tool_calls")), { tools });
    expect(executed).toHaveLength(2);
  });

  test("a nested value that starts like the outer one is not a repetition", async () => {
    const { executed, tools } = recordingTools();
    await stream(streamed(part('{"a":', head), part('{"a":'), part("1}}"), chunk({}, "tool_calls")), { tools });
    expect(executed).toEqual([{ name: "weather", args: { a: { a: 1 } } }]);
  });

  test("different concatenated arguments are invalid rather than guessed", async () => {
    const { executed, tools } = recordingTools();
    await stream(streamed(part(paris, head), part('{"city":"Rome"}'), chunk({}, "tool_calls")), { tools });
    expect(executed).toEqual([]);
  });
});

test("an id that changes with each delta is one call", async () => {
  const { executed, tools } = recordingTools();
  const pieces = [
    calling({ index: 0, id: "a1", function: { name: "weather", arguments: "" } }),
    calling({ index: 0, id: "a2", function: { arguments: '{"city":' } }),
    calling({ index: 0, id: "a3", function: { arguments: '"Paris"}' } }),
  ];
  await stream(streamed(...pieces, chunk({}, "tool_calls")), { tools });
  const unnumbered = pieces.map((piece) => JSON.parse(JSON.stringify(piece).replace('"index":0,"id":"a', '"id":"b')));
  await stream(streamed(...unnumbered, chunk({}, "tool_calls")), { tools });
  expect(executed).toEqual([
    { name: "weather", args: { city: "Paris" } },
    { name: "weather", args: { city: "Paris" } },
  ]);
});

describe("IDs and names that cannot be sent back", () => {
  test.each([7, 0, { a: 1 }, ["x"], true, "a b", "\u0000", "x".repeat(5_000)])(
    "the ID %j is replaced by one that can be sent",
    async (id) => {
      const { executed, tools } = recordingTools();
      const call = { id, type: "function", function: { name: "weather", arguments: paris } };
      await chat(answered({ content: null, tool_calls: [call] }, "tool_calls"), { tools });
      await stream(streamed(calling({ index: 0, ...call }), chunk({}, "tool_calls")), { tools });
      expect(executed).toHaveLength(2);
      for (const number of [1, 3]) {
        const [, assistant, answer] = sent(number).messages;
        expect(assistant.tool_calls[0].id).toMatch(/^[\x21-\x7e]{1,64}$/);
        expect(answer.tool_call_id).toBe(assistant.tool_calls[0].id);
      }
    },
  );

  test.each(["", "get.weather", "weather<|channel|>commentary", "a b", 7, null])(
    "the name %j is sent back in an accepted form, and the tool result says that the tool is unknown",
    async (name) => {
      const { executed, tools } = recordingTools();
      const call = { id: "a", type: "function", function: { name, arguments: paris } };
      await chat(answered({ content: null, tool_calls: [call] }, "tool_calls"), { tools });
      const [, assistant, answer] = sent(1).messages;
      expect(assistant.tool_calls[0].function.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(answer.content).toContain("weather");
      expect(executed).toEqual([]);
    },
  );
});

test("choices whose index grows with every chunk are one answer", async () => {
  const pieces = ["Par", "is", "."].map((content, index) => ({ choices: [{ index, delta: { content }, finish_reason: null }] }));
  const last = { choices: [{ index: 3, delta: {}, finish_reason: "stop" }] };
  expect((await stream(streamed(...pieces, last))).result).toMatchObject({ text: "Paris.", finishReason: "stop" });
});

test("with n > 1 the first choice is the answer", async () => {
  const piece = (index: number, content: string) => ({ choices: [{ index, delta: { content }, finish_reason: null }] });
  const pieces = [piece(0, "Par"), piece(1, "Ro"), piece(0, "is."), piece(1, "me."), stop];
  const { result } = await stream(streamed(...pieces), { extraBody: { n: 2 } });
  expect(result.text).toBe("Paris.");
  expect(result.raw).toMatchObject({ choices: [{ message: { content: "Paris." } }, { message: { content: "Rome." } }] });
});

describe("a complete message next to the deltas", () => {
  const begun = [chunk({ role: "assistant", reasoning_content: "Hm." }), chunk({ content: "Par" }), chunk({ content: "is." })];
  const whole = (message: object) => ({ object: "chat.completion", choices: [{ index: 0, message, finish_reason: "stop" }] });

  test.each([
    ["the same message", whole({ role: "assistant", content: "Paris.", reasoning_content: "Hm." })],
    ["the message in parts", whole({ content: [{ type: "text", text: "Paris." }] })],
    ["another spelling of it", whole({ content: " Paris. " })],
    ["the whole text as a last delta", chunk({ role: "assistant", content: "Paris." }, "stop")],
  ])("%s after the deltas adds no text", async (_, last) => {
    const { events, result } = await stream(streamed(...begun, last));
    expect(result).toMatchObject({ text: "Paris.", reasoning: "Hm.", finishReason: "stop" });
    expect([textOf(events), reasoningOf(events)]).toEqual(["Paris.", "Hm."]);
  });

  test("message fields that were missing from the deltas are read", async () => {
    const { events, result } = await stream(streamed(...begun, whole({ content: "Paris. It is.", refusal: "No." })));
    expect(result).toMatchObject({ text: "Paris. It is.", refusal: "No." });
    expect(textOf(events)).toBe("Paris. It is.");
  });

  test("cumulative messages are one text, and so are incremental ones", async () => {
    const messages = (...texts: string[]) => [...texts.map((content) => ({ choices: [{ message: { content } }] })), stop];
    expect((await stream(streamed(...messages("Par", "Paris", "Paris.")))).result.text).toBe("Paris.");
    expect(await stream(streamed(...messages("Par", "is.")))).toMatchObject({ result: { text: "Paris." } });
  });
});

describe("trailing data after a complete answer", () => {
  const head = frame(chunk({ content: "Paris." }));
  const end = frame(stop) + frame({ choices: [], usage });
  const tails: [string, string][] = [
    ["frames without data:", `${head}${JSON.stringify(stop)}\n\n${frame({ choices: [], usage })}[DONE]\n\n`],
    ["a frame that is not JSON", `${head}${end}data: {"id":"x","cho\n\n${done}`],
    ["an error about bookkeeping", `${head}${end}${frame({ error: { message: "usage could not be stored" } })}${done}`],
    ["an event named error", `${head}${end}event: error\ndata: oops\n\n`],
    ["a page", `${head}${end}<html><body>504</body></html>\n\n`],
    ["a cut frame", `${head}${end}data: {"cho`],
  ];

  test.each(tails)("%s after a complete answer keeps the answer, with a warning", async (_, text) => {
    const { result } = await stream(eventStream(text));
    expect(result).toMatchObject({ text: "Paris.", finishReason: "stop", usage: { totalTokens: 15 } });
    expect(codes(result)).toEqual(["broken-tail"]);
  });

  test("trailing data after a JSON body keeps the answer, with a warning", async () => {
    const result = await chat({ ...json({}), body: `${JSON.stringify(completion({ content: "Paris." }))}\n<html>504</html>` });
    expect(result.text).toBe("Paris.");
    expect(codes(result)).toEqual(["broken-tail"]);
  });

  test("chunks in a JSON array are an error, not an answer that ends with the first of them", async () => {
    const chunks = [chunk({ content: "Par" }), chunk({ content: "is." }, "stop")];
    for (const failed of [chat(json(chunks)), stream(json(chunks))])
      expect(await captureError(failed)).toMatchObject({ code: "provider", message: expect.stringContaining("starts with") });
    const failure = { error: { message: "Overloaded", code: 503 } };
    expect(await captureError(chat({ ...json({}), body: `${JSON.stringify(failure)}\n<html>` }))).toMatchObject({
      message: expect.stringContaining("Overloaded"),
    });
  });

  test("an error after the finish reason of an empty answer is thrown", async () => {
    const error = await captureError(stream(streamed(stop, { error: { message: "Overloaded" } })));
    expect(error.message).toContain("Overloaded");
  });
});

describe("a connection that stays open after the answer", () => {
  /** A client whose response body stays open after the text; with `beat`, it sends a heartbeat every `beat` ms. */
  function heldOpen(text: string, beat?: number) {
    let heartbeat: ReturnType<typeof setInterval> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        if (beat) heartbeat = setInterval(() => controller.enqueue(new TextEncoder().encode(": beat\n\n")), beat);
      },
      cancel: () => clearInterval(heartbeat),
    });
    return createGateway({
      accountId: "account",
      gatewayId: "gateway",
      gatewayToken: "test-token",
      fetch: async () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
    });
  }
  const answer = frame(chunk({ content: "Paris." }, "stop"));
  const options = { provider: "openai", model: "gpt-4o-mini", prompt: "Hi" };

  test.each([
    ["2 s without heartbeats after usage arrived", answer + frame({ choices: [], usage }), undefined, 2_000],
    ["2 s with heartbeats after usage arrived", answer + frame({ choices: [], usage }), 300, 2_000],
    ["5 s without heartbeats before usage arrived", answer, undefined, 5_000],
    ["5 s with heartbeats before usage arrived", answer, 300, 5_000],
  ])("an open connection is kept for %s", async (_, text, beat, expected) => {
    vi.useFakeTimers();
    try {
      let settledAt: number | undefined;
      const startedAt = performance.now();
      const result = heldOpen(text, beat).stream(options).result;
      result.finally(() => {
        settledAt = performance.now() - startedAt;
      });
      await vi.advanceTimersByTimeAsync(expected - 50);
      expect(settledAt).toBeUndefined();
      await vi.advanceTimersByTimeAsync(400);
      expect(settledAt).toBeGreaterThanOrEqual(expected);
      expect(await result).toMatchObject({ text: "Paris.", warnings: [] });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("usage in unusual places", () => {
  const expected = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

  test("usage on the choice is read", async () => {
    const choice = { index: 0, delta: {}, finish_reason: "stop", usage };
    expect((await stream(streamed(chunk({ content: "Hi" }), { choices: [choice] }))).result.usage).toMatchObject(expected);
    const body = {
      ...completion({}),
      usage: undefined,
      choices: [{ index: 0, message: { content: "Hi" }, finish_reason: "stop", usage }],
    };
    expect((await chat(json(body))).usage).toMatchObject(expected);
  });

  test("counts in different chunks are merged", async () => {
    const { result } = await stream(
      streamed(chunk({ content: "Hi" }, null, { usage: { prompt_tokens: 10 } }), stop, {
        choices: [],
        usage: { completion_tokens: 5 },
      }),
    );
    expect(result.usage).toMatchObject(expected);
  });

  test("the total of an earlier chunk does not outlive its parts", async () => {
    const first = { usage: { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 } };
    const last = { usage: { prompt_tokens: 10, completion_tokens: 5 } };
    expect((await stream(streamed(chunk({ content: "Hi" }, null, first), chunk({}, "stop", last)))).result.usage).toMatchObject(
      expected,
    );
  });
});

describe("reasoning without an opening tag", () => {
  const r1 = { provider: "workers-ai", model: "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b" };
  const pieces = ["The user wants ", "a sum.\n", "</think>", "\n\nIt is 4."];
  const chunks = (texts: string[]) => [...texts.map((content) => chunk({ content })), stop];

  test("a model known to reason first needs no opening tag, in the deltas either", async () => {
    const { events, result } = await stream(streamed(...chunks(pieces)), r1);
    expect(result).toMatchObject({ text: "It is 4.", reasoning: "The user wants a sum.", warnings: [] });
    expect([textOf(events), reasoningOf(events)]).toEqual(["It is 4.", "The user wants a sum."]);
    expect(await chat(answered({ content: pieces.join("") }), r1)).toMatchObject({
      text: "It is 4.",
      reasoning: "The user wants a sum.",
    });
  });

  test("without an opening tag, the result of other models is right, and a warning says that the deltas were wrong", async () => {
    const { events, result } = await stream(streamed(...chunks(pieces)));
    expect(result).toMatchObject({ text: "It is 4.", reasoning: "The user wants a sum." });
    expect(codes(result)).toEqual(["reasoning-in-text"]);
    expect(textOf(events)).toContain("The user wants");
    expect(await chat(answered({ content: pieces.join("") }))).toMatchObject({ text: "It is 4.", warnings: [] });
  });

  test("a model known to reason first keeps its answer when it does not reason", async () => {
    const { result } = await stream(streamed(...chunks(["It ", "is 4."])), r1);
    expect(result).toMatchObject({ text: "It is 4." });
    expect(result).not.toHaveProperty("reasoning");
    const separate = await stream(streamed(chunk({ reasoning_content: "Hm." }), ...chunks(["It ", "is 4."])), r1);
    expect(separate.result).toMatchObject({ text: "It is 4.", reasoning: "Hm.", warnings: [] });
    expect(textOf(separate.events)).toBe("It is 4.");
  });

  test.each([
    ["<thinking>", "<thinking>Hm.</thinking>\n\nIt is 4.", "It is 4.", "Hm."],
    ["a closing tag at the start", "</think>\n\nIt is 4.", "It is 4.", undefined],
    ["a second block on a line of its own", "<think>Hm.</think>Well.\n<think>So.</think>\nIt is 4.", "Well.\nIt is 4.", "Hm.So."],
  ])("%s is not text, however it is split", async (_, content, text, reasoning) => {
    for (const size of [1, 3, 100]) {
      const texts = content.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
      const { events, result } = await stream(streamed(...chunks(texts)));
      expect([result.text, result.reasoning, result.warnings]).toEqual([text, reasoning, []]);
      expect([textOf(events), reasoningOf(events)]).toEqual([text, reasoning ?? ""]);
    }
  });

  test("a closing tag behind reasoning in a field of its own is not text", async () => {
    const pieces = [chunk({ reasoning_content: "Hm." }), ...chunks(["</thi", "nk>\n\n", "It is 4."])];
    for (const model of ["gpt-4o-mini", "deepseek-r1"]) {
      const { result, events } = await stream(streamed(...pieces), { model });
      expect(result).toMatchObject({ text: "It is 4.", reasoning: "Hm.", warnings: [] });
      expect(textOf(events)).toBe("It is 4.");
    }
  });

  test.each([
    ["a closing tag within a line", "Close it with </think> please."],
    ["a closing tag in a code block", "Like this:\n```\n</think>\n```\nDone."],
    ["an opening tag on a line, where nothing was thought", "A tag:\n<think>\nor so."],
  ])("%s stays text", async (_, content) => {
    const { result } = await stream(streamed(...chunks(content.split(/(?<=\n)/))));
    expect(result.text).toBe(content);
    expect((await chat(answered({ content }))).text).toBe(content);
  });

  test("structured output is never taken from the reasoning", async () => {
    local.reply(answered({ content: 'Perhaps {"a": 2}?\n</think>\n\n{"a": 4}' }));
    const { output } = await client().chat({ prompt: "2+2?", output: z.object({ a: z.number() }), outputStrategy: "prompt" });
    expect(output).toEqual({ a: 4 });
  });
});

describe("images, audio and annotations", () => {
  const image = (n: number) => ({ type: "image_url", image_url: { url: `data:image/png;base64,IMG${n}` }, index: n });
  const images = [0, 1].map((n) => ({ url: `data:image/png;base64,IMG${n}`, mediaType: "image/png" }));
  const router = { provider: "openrouter", model: "google/gemini-2.5-flash-image" };

  test("generated images are on the result, in events and in the stored message", async () => {
    const frames = [chunk({ content: "Here: " }), chunk({ images: [image(0)] }), chunk({ images: [image(0), image(1)] }), stop];
    const viaStream = await stream(streamed(...frames), router);
    const result = await chat(answered({ content: "Here: ", images: [image(0), image(1)] }), router);
    expect(viaStream.events.flatMap((event) => (event.type === "image" ? [event.image] : []))).toEqual(images);
    for (const each of [viaStream.result, result]) {
      expect(each.images).toEqual(images);
      expect(each.messages.at(-1)).toMatchObject({ content: "Here: ", images: [image(0), image(1)] });
    }
  });

  test("image parts of the content are on the result too", async () => {
    const content = [{ type: "text", text: "Here" }, image(0)];
    const { result } = await stream(streamed(chunk({ content: [content[0]] }), chunk({ content: [content[1]] }), stop));
    for (const each of [result, await chat(answered({ content }))])
      expect(each).toMatchObject({ text: "Here", images: [images[0]], warnings: [] });
  });

  test("an image alone is not an empty answer", async () => {
    expect((await chat(answered({ content: "", images: [image(0)] }))).warnings).toEqual([]);
  });

  test("audio is on the result and in events, with empty text and no warning", async () => {
    const pieces = [
      { id: "audio_1", data: "UklG" },
      { transcript: "Par" },
      { data: "Rg==", transcript: "is." },
      { expires_at: 1_770_003_600 },
    ];
    const { events, result } = await stream(streamed(...pieces.map((audio) => chunk({ audio })), stop));
    const audio = { id: "audio_1", data: "UklGRg==", transcript: "Paris.", expiresAt: new Date(1_770_003_600_000) };
    expect(result).toMatchObject({ text: "", audio, warnings: [] });
    expect(events.flatMap((event) => (event.type === "audio-delta" ? [event] : []))).toEqual([
      { type: "audio-delta", data: "UklG" },
      { type: "audio-delta", transcript: "Par" },
      { type: "audio-delta", data: "Rg==", transcript: "is." },
    ]);
    const whole = await chat(
      answered({ content: null, audio: { id: "audio_1", data: "UklGRg==", transcript: "Paris.", expires_at: 1_770_003_600 } }),
    );
    expect(whole).toMatchObject({ text: "", audio, warnings: [] });
  });

  test("annotations are not duplicated, and those on files are sent back", async () => {
    const file = { type: "file", file: { hash: "h", name: "a.pdf", content: [] } };
    const url = { type: "url_citation", url_citation: { url: "https://example.com/" } };
    const { result } = await stream(
      streamed(chunk({ content: "Hi", annotations: [file] }), chunk({ annotations: [file, url] }), stop),
    );
    expect(result.citations).toEqual([file, url]);
    expect(result.messages.at(-1)).toMatchObject({ annotations: [file] });
  });

  test("audio tokens and cost are on the usage", async () => {
    const spent = {
      ...usage,
      prompt_tokens_details: { audio_tokens: 4 },
      completion_tokens_details: { audio_tokens: 3 },
      cost: 0.25,
    };
    const result = await chat(answered({ content: "Hi" }, "stop", { usage: spent }));
    expect(result.usage).toMatchObject({ audioInputTokens: 4, audioOutputTokens: 3, cost: 0.25 });
  });
});

test("a surrogate pair split between deltas is one character in one event", async () => {
  const texts = ["a\ud83d", "\ude00b", "\ud83d"];
  for (const field of ["content", "reasoning_content"]) {
    const frames = texts.map((text) => chunk({ [field]: text }));
    const { events, result } = await stream(streamed(...frames, chunk({ content: field === "content" ? "" : "x" }, "stop")));
    const deltas = events.flatMap((event) => ("text" in event ? [event.text] : []));
    for (const text of deltas) expect(text).not.toMatch(/\p{Surrogate}/u);
    expect(field === "content" ? result.text : result.reasoning).toBe("a😀b\ufffd");
  }
});

describe("an empty answer", () => {
  test.each([
    ["nothing", {}],
    ["an empty text", { content: "" }],
    ["white space", { content: " \n" }],
    ["only reasoning", { reasoning_content: "Hm." }],
  ])("%s with the finish reason stop is a result with a warning", async (_, message) => {
    const { result } = await stream(streamed(chunk(message), stop));
    for (const each of [result, await chat(answered(message))]) {
      expect(each.finishReason).toBe("stop");
      expect(codes(each)).toEqual(["empty-answer"]);
    }
  });

  test("a call, a refusal or a truncated answer is not empty", async () => {
    expect((await chat(answered({ content: null, refusal: "No." }))).warnings).toEqual([]);
    expect((await chat(answered({ content: "" }, "length"))).warnings).toEqual([]);
  });
});

describe("reasoning details", () => {
  const detail = (fields: object) => chunk({ reasoning_details: [{ type: "reasoning.text", index: 0, ...fields }] });
  const router = { provider: "openrouter", model: "anthropic/claude-sonnet-4.5" };

  test("blocks that share an index but not an id, and text after a signature, stay separate", async () => {
    const { result } = await stream(
      streamed(
        detail({ id: "r1", text: "One" }),
        detail({ id: "r1", text: " two.", signature: "s1" }),
        detail({ text: "Three." }),
        detail({ id: "r2", text: "Four." }),
        chunk({ content: "Hi" }, "stop"),
      ),
      router,
    );
    const message = result.messages.at(-1) as { reasoning_details?: object[] };
    expect(message.reasoning_details).toMatchObject([
      { text: "One two.", signature: "s1" },
      { text: "Three." },
      { id: "r2", text: "Four." },
    ]);
  });

  test("a call id that was replaced is replaced in the details as well", async () => {
    const { tools } = recordingTools();
    const call = { index: 0, id: "tool_1", function: { name: "weather", arguments: paris } };
    const reply = streamed(
      chunk({ reasoning_details: [{ type: "reasoning.encrypted", id: "tool_1", data: "x", index: 0 }] }),
      calling(call),
      chunk({}, "tool_calls"),
    );
    local.reply(reply, reply);
    const { result } = await collect(client(), { prompt: "Hi", tools, ...router });
    const messages = result.messages.filter(({ role }) => role === "assistant") as {
      tool_calls?: { id: string }[];
      reasoning_details?: { id: string }[];
    }[];
    const [first, second] = messages;
    expect(second?.tool_calls?.[0]?.id).not.toBe(first?.tool_calls?.[0]?.id);
    for (const message of [first, second]) expect(message?.reasoning_details?.[0]?.id).toBe(message?.tool_calls?.[0]?.id);
  });
});

test("a body nested too deeply is a GatewayError", async () => {
  const deep = "[".repeat(20_000) + "]".repeat(20_000);
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "test-token",
    fetch: async () => new Response(toBody([new TextEncoder().encode(`{"choices":[{"message":{"content":${deep}}}]}`)])),
  });
  const error: GatewayError = await captureError(gateway.chat({ provider: "openai", model: "gpt-4o-mini", prompt: "Hi" }));
  expect(error.code).toBe("provider");
});
