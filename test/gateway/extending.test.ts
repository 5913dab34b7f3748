import { type ChatOptions, type ChatResult, createGateway, type Gateway } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { captureError, chatMethods } from "../failures/capture-error.ts";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();
afterEach(() => void vi.unstubAllGlobals());

describe.each(chatMethods)("a custom fetch, with %s", (_, call) => {
  it("gets an absolute URL and a string body, and may add a header", async () => {
    const seen: { url: string; body: unknown }[] = [];
    const gateway = local.client({
      fetch: (url, init) => {
        seen.push({ url, body: init.body });
        const headers = new Headers(init.headers);
        headers.set("x-team", "blue");
        return fetch(url, { ...init, headers });
      },
    });
    await call(gateway, { prompt: "Hi" });
    expect(seen[0]?.url).toBe(`${local.url}/v1/acc/gw/compat/chat/completions`);
    expect(JSON.parse(seen[0]?.body as string)).toMatchObject({ model: "openai/gpt-4o-mini" });
    expect(local.requests[0]?.headers.get("x-team")).toBe("blue");
  });

  it("is called again for a retry", async () => {
    local.reply({ status: 503, headers: { "retry-after": "0" }, body: "{}" });
    const own = vi.fn((url: string, init: RequestInit) => fetch(url, init));
    await call(local.client({ fetch: own, maxRetries: 1 }), { prompt: "Hi" });
    expect(own).toHaveBeenCalledTimes(2);
  });

  it("that throws is a NetworkError", async () => {
    const own = () => {
      throw new Error("no route");
    };
    const error = await captureError(call(local.client({ fetch: own }), { prompt: "Hi" }));
    expect(error).toMatchObject({ code: "network", origin: "network", retryable: true });
    expect(error.message).toContain("no route");
  });

  it("may return its own response", async () => {
    const body = {
      id: "c-1",
      choices: [{ index: 0, message: { role: "assistant", content: "Made up" }, finish_reason: "stop" }],
    };
    const result = await call(local.client({ fetch: async () => Response.json(body) }), { prompt: "Hi" });
    expect(result.text).toBe("Made up");
    expect(local.requests).toHaveLength(0);
  });
});

it("the global fetch is looked up for each request, and called without this", async () => {
  const gateway = local.client();
  const real = fetch;
  let receiver: unknown = "not called";
  vi.stubGlobal("fetch", function (this: unknown, url: string, init: RequestInit) {
    receiver = this;
    return real(url, init);
  });
  await gateway.chat({ prompt: "Hi" });
  expect(receiver === undefined || receiver === globalThis).toBe(true);
});

describe("a custom provider", () => {
  const providers = {
    acme: { compat: "custom-acme", unsupported: ["temperature"], maxTokensField: "max_completion_tokens" as const },
    openai: { unsupported: ["seed"] },
  };

  it("gets its slug and its limits from the configuration", async () => {
    const gateway = local.client({ providers, provider: "acme", model: "rocket-1", temperature: 1, maxTokens: 5 });
    const result = await gateway.chat({ prompt: "Hi" });
    expect(local.requests[0]?.body).toMatchObject({ model: "custom-acme/rocket-1", max_completion_tokens: 5 });
    expect(local.requests[0]?.body).not.toHaveProperty("temperature");
    expect(result.warnings.map(({ option }) => option).sort()).toEqual(["maxTokens", "temperature"]);
    expect(result.usage).toMatchObject({ provider: "acme", model: "custom-acme/rocket-1" });
  });

  it("may override a built-in profile", async () => {
    const result = await local.client({ providers, seed: 7 }).chat({ prompt: "Hi" });
    expect(local.requests[0]?.body).not.toHaveProperty("seed");
    expect(result.warnings).toMatchObject([{ code: "option-dropped", option: "seed" }]);
  });

  it("needs no profile: unknown provider names are sent unchanged", async () => {
    local.reply({ text: "Hello" });
    await local.client({ provider: "custom-newcomer", model: "m" }).chat({ prompt: "Hi" });
    expect(local.requests[0]?.body.model).toBe("custom-newcomer/m");
  });
});

/** Wraps a gateway to add behaviour to every chat, by composition instead of a subclass. */
function withAudit(gateway: Gateway, record: (line: string) => void): Pick<Gateway, "chat" | "stream"> {
  return {
    chat: (async (options: ChatOptions) => {
      record(`chat ${options.prompt}`);
      const result: ChatResult = await gateway.chat(options);
      record(`${result.finishReason} ${result.usage.model}`);
      return result;
    }) as Gateway["chat"],
    stream: ((options: ChatOptions) => {
      record(`stream ${options.prompt}`);
      const stream = gateway.stream(options);
      return {
        ...stream,
        get text() {
          return stream.text;
        },
        get result() {
          return stream.result;
        },
        async *[Symbol.asyncIterator]() {
          for await (const event of stream) {
            if (event.type === "finish") record(`${event.result.finishReason} ${event.result.usage.model}`);
            yield event;
          }
        },
      };
    }) as Gateway["stream"],
  };
}

describe("a wrapper around a gateway", () => {
  it("adds its behaviour to chat and stream", async () => {
    const lines: string[] = [];
    const audited = withAudit(local.client(), (line) => void lines.push(line));
    const result = await audited.chat({ prompt: "Hello" });
    let text = "";
    for await (const event of audited.stream({ prompt: "Hello" })) if (event.type === "text-delta") text += event.text;
    expect([result.text, text]).toEqual(["Hello", "Hello"]);
    expect(lines).toEqual(["chat Hello", "stop openai/gpt-4o-mini", "stream Hello", "stop openai/gpt-4o-mini"]);
  });

  it("still cancels the request when its consumer stops", async () => {
    local.reply({ fault: "stall", afterBytes: 900 });
    const audited = withAudit(local.client(), () => {});
    const stream = audited.stream({ prompt: "Tell me a story." });
    for await (const event of stream) if (event.type === "text-delta") break;
    await expect(stream.result).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a gateway derived from another", () => {
  it("uses another provider, and leaves the first gateway unchanged", async () => {
    const gateway = local.client({ temperature: 0, gateway: { cacheTtl: 60 } });
    const claude = gateway.with({ provider: "anthropic", model: "claude-sonnet-4-5", temperature: undefined });
    await claude.chat({ prompt: "Hi" });
    await gateway.chat({ prompt: "Hi" });
    expect(local.requests.map(({ body }) => [body.model, body.temperature])).toEqual([
      ["anthropic/claude-sonnet-4-5", undefined],
      ["openai/gpt-4o-mini", 0],
    ]);
    expect(local.requests.map(({ headers }) => headers.get("cf-aig-cache-ttl"))).toEqual(["60", "60"]);
  });

  it("is validated like any other", () => {
    expect(() =>
      local.client().with({ endpoint: "rest", binding: { gateway: () => ({ run: async () => new Response() }) } }),
    ).toThrow(/binding/);
    expect(() => createGateway({ accountId: "acc", gatewayId: "gw", gatewayToken: "t" }).with({ maxTurns: 0 })).toThrow(
      /maxTurns/,
    );
  });
});
