import { describe, expect, test, vi } from "vitest";
import { type LocalGateway, type ScriptedReply, startLocalGateway } from "../../src/testing/index.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { ask, chunks, expectSpec, post, prompt, restPath, spoken } from "./ask.ts";

const local = useLocalGateway();

const hello = prompt("Hello");
const getContent = async (body: object = hello, gateway: Pick<LocalGateway, "url"> = local) =>
  (await ask(gateway, body)).json.choices[0].message.content;

describe("the order of replies", () => {
  test("queued replies come first, then the script, then the built-in answer", async () => {
    await using scripted = await startLocalGateway({ script: [{ text: "script 1" }, { text: "script 2" }] });
    scripted.reply({ text: "queued 1" }, { text: "queued 2" });
    const texts = [];
    for (let at = 0; at < 5; at++) texts.push(await getContent(hello, scripted));
    expect(texts).toEqual(["queued 1", "queued 2", "script 1", "script 2", "Hello"]);
  });

  test("a script function gets the request and the count of those that passed the checks", async () => {
    const seen: unknown[] = [];
    await using scripted = await startLocalGateway({
      script: async (request, n) => {
        seen.push([n, request.provider, request.model, request.body.messages[0].content, request.headers.get("x-mine")]);
        return { text: `answer ${n}` };
      },
    });
    await ask(scripted, "{");
    expect(await getContent(hello, scripted)).toBe("answer 0");
    await ask(scripted, prompt("Again", { model: "groq/llama" }), { headers: { "x-mine": "yes" } });
    expect(seen).toEqual([
      [0, "openai", "gpt-4o-mini", "Hello", null],
      [1, "groq", "llama", "Again", "yes"],
    ]);
  });

  test("the error of a script that throws is reported in a 500", async () => {
    await using scripted = await startLocalGateway({
      script: () => {
        throw new Error("no answer for this");
      },
    });
    const { status, text } = await ask(scripted, hello);
    expect(status).toBe(500);
    expect(text).toContain("no answer for this");
  });

  test("a reset clears requests and the queue, and restarts the script", async () => {
    await using scripted = await startLocalGateway({ script: [{ text: "one" }] });
    expect(await getContent(hello, scripted)).toBe("one");
    scripted.reply({ text: "queued" });
    scripted.reset();
    expect(scripted.requests).toEqual([]);
    expect(await getContent(hello, scripted)).toBe("one");
    expect(scripted.requests).toHaveLength(1);
  });
});

describe("a scripted answer", () => {
  test("has the reply's text, reasoning, calls, finish reason and usage", async () => {
    local.reply({
      text: "Hm.",
      reasoning: "Thinking.",
      toolCalls: [{ name: "look", args: { at: 1 } }],
      finishReason: "length",
      usage: { prompt_tokens: 5 },
    });
    const { json } = await ask(local, hello);
    await expectSpec("ChatCompletion", json);
    expect(json).toMatchObject({
      choices: [
        {
          message: {
            content: "Hm.",
            reasoning_content: "Thinking.",
            tool_calls: [{ type: "function", function: { name: "look", arguments: '{"at":1}' } }],
          },
          finish_reason: "length",
        },
      ],
      usage: { prompt_tokens: 5 },
    });
    expect(json.usage).toEqual({ prompt_tokens: 5 });
  });

  test("has the same content when streamed, in several writes", async () => {
    local.reply({ text: "One two three.", toolCalls: [{ name: "look", args: { at: "here" } }], usage: { total_tokens: 9 } });
    const { text, headers } = await ask(local, { ...hello, stream: true, stream_options: { include_usage: true } });
    expect(headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(spoken(text)).toBe("One two three.");
    expect(text.match(/"content":"[^"]/g)?.length).toBeGreaterThan(2);
    expect(chunks(text).at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 9 } });
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  test("arrives piece by piece: the first can be read while the others are held back", async () => {
    local.reply({ fault: "stall", afterBytes: 400 });
    const response = await post(local, { ...prompt("Tell me a story."), stream: true });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toContain("data: ");
    await reader?.cancel();
  });

  test("has no usage with usage: null, and broken arguments unchanged", async () => {
    local.reply({ text: "x", usage: null }, { text: "x", usage: null }, { toolCalls: [{ name: "look", args: '{"at": ' }] });
    expect((await ask(local, hello)).json).not.toHaveProperty("usage");
    const stream = await ask(local, { ...hello, stream: true, stream_options: { include_usage: true } });
    expect(chunks(stream.text).every((chunk) => !chunk.usage)).toBe(true);
    expect((await ask(local, hello)).json.choices[0].message.tool_calls[0].function.arguments).toBe('{"at": ');
  });

  test("has the built-in content when the reply only sets its format", async () => {
    local.reply({ dialect: "mistral", finishReason: "model_length" });
    const { json } = await ask(local, prompt("Capital of France?"));
    expect(json.choices[0]).toMatchObject({
      finish_reason: "model_length",
      message: { tool_calls: null, content: "Capital of France?" },
    });
  });

  test("starts after delayMs", async () => {
    const timeout = vi.spyOn(globalThis, "setTimeout");
    local.reply({ text: "late", delayMs: 30 });
    expect(await getContent()).toBe("late");
    expect(timeout.mock.calls.map(([, ms]) => ms)).toContain(30);
    timeout.mockRestore();
  });

  test("with an unknown dialect is an error that lists the known ones", async () => {
    local.reply({ text: "x", dialect: "klingon" });
    const { status, text } = await ask(local, hello);
    expect(status).toBe(500);
    expect(text).toMatch(/no dialect \\"klingon\\".*openai, anthropic/);
  });
});

describe("a scripted error", () => {
  const answerTo = async (reply: ScriptedReply, body: object = hello, path?: string) => {
    local.reply(reply);
    return ask(local, body, path ? { path } : {});
  };

  test.each([
    [2003, 429],
    [2005, 502],
    [2016, 424],
    [2017, 424],
    [2018, 429],
    [2029, 400],
    [2030, 400],
    [2036, 403],
    [2041, 429],
    [7013, 503],
  ])("with the gateway's code %i has status %i and the endpoint's format", async (gatewayCode, status) => {
    const compat = await answerTo({ error: { gatewayCode } });
    expect(compat).toMatchObject({ status, json: { success: false, error: [{ code: gatewayCode }] } });
    await expectSpec("ErrorBody", compat.json);
    const rest = await answerTo({ error: { gatewayCode } }, hello, restPath);
    expect(rest).toMatchObject({ status, json: { success: false, errors: [{ code: gatewayCode }] } });
    await expectSpec("ApiErrorBody", rest.json);
  });

  test("with a status overrides the code's own", async () => {
    expect((await answerTo({ error: { gatewayCode: 2009, status: 400 } })).status).toBe(400);
  });

  test.each([
    [
      "openai",
      { error: { message: "Rate limit reached for requests", type: "requests", param: null, code: "rate_limit_exceeded" } },
    ],
    ["anthropic", { type: "error", error: { type: "rate_limit_error", message: "Rate limit reached for requests" } }],
    ["google-ai-studio", [{ error: { code: 429, message: "Rate limit reached for requests", status: "RESOURCE_EXHAUSTED" } }]],
    ["openrouter", { error: { message: "Rate limit reached for requests", code: 429 } }],
    ["mistral", { object: "error", message: "Rate limit reached for requests", type: "rate_limited", param: null, code: null }],
    ["cohere", { message: "Rate limit reached for requests" }],
    ["grok", { code: "Some resource has been exhausted", error: "Rate limit reached for requests" }],
    ["deepseek", { error: { code: "rate_limit_exceeded" } }],
    ["workers-ai", { success: false, errors: [{ code: 3040 }] }],
  ])("with a status alone has the format of %s", async (provider, body) => {
    const { status, json } = await answerTo({ error: { status: 429 } }, prompt("x", { model: `${provider}/model` }));
    expect(status).toBe(429);
    expect(json).toMatchObject(body);
    await expectSpec("ErrorBody", json);
  });

  test("names the invalid fields in Mistral's 422", async () => {
    const { json } = await answerTo({ error: { status: 422 } }, prompt("x", { model: "mistral/m" }));
    expect(json.detail[0]).toMatchObject({ loc: ["body"] });
    await expectSpec("MistralErrorBody", json);
  });

  test("of Cloudflare's edge (502, 520 to 524) is an HTML page", async () => {
    for (const status of [502, 522]) {
      const answer = await answerTo({ error: { status } });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("content-type")).toContain("text/html");
    }
  });

  test("with a body is sent with that body, whatever its format", async () => {
    expect(
      await answerTo({ error: { status: 403, body: { success: false, error: { message: "Access denied by policy" } } } }),
    ).toMatchObject({
      status: 403,
      json: { error: { message: "Access denied by policy" } },
    });
    expect(await answerTo({ error: { status: 500, body: "oops" } })).toMatchObject({ status: 500, text: "oops" });
  });

  test("with status 200 is an error inside a successful response: a body, or an event", async () => {
    const error = { status: 200, body: { error: { message: "overloaded" } } };
    expect(await answerTo({ error })).toMatchObject({ status: 200, json: { error: { message: "overloaded" } } });
    const stream = await answerTo({ error }, { ...hello, stream: true });
    expect(stream).toMatchObject({ status: 200, text: 'data: {"error":{"message":"overloaded"}}\n\n' });
  });
});

test("a raw reply is sent byte for byte, with the gateway's headers and a guessed content type", async () => {
  const bodies: [string, string][] = [
    ['{"a": 1}', "application/json"],
    ["data: {}\r\n\r\ndata: [DONE]", "text/event-stream"],
    [": comment\n\n", "text/event-stream"],
    ["<html></html>", "text/html"],
    ["plain\n\n\ntext", "text/plain"],
  ];
  for (const [body, type] of bodies) {
    local.reply({ status: 207, body });
    const answer = await ask(local, hello);
    expect(answer).toMatchObject({ status: 207, text: body });
    expect(answer.headers.get("content-type")).toContain(type);
    expect(answer.headers.get("cf-aig-log-id")).toBeTruthy();
  }
});

test("a raw reply's own headers take precedence", async () => {
  local.reply({ status: 429, headers: { "Retry-After": "7", "Content-Type": "text/x", "cf-aig-step": "2" }, body: "" });
  const { headers } = await ask(local, hello);
  expect([headers.get("retry-after"), headers.get("content-type"), headers.get("cf-aig-step")]).toEqual(["7", "text/x", "2"]);
});
