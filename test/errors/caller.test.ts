import { inspect } from "node:util";
import { type ConfigurationError, createGateway, GatewayError, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";

const refusal = { error: { message: `No. ${"x".repeat(5000)}`, type: "invalid_request_error" } };
const gateway = createGateway({
  accountId: "account",
  gatewayId: "gateway",
  gatewayToken: "secret-token",
  provider: "openai",
  model: "gpt-4o-mini",
  maxRetries: 0,
  fetch: async () => Response.json(refusal, { status: 400 }),
});

async function catchError(run: () => Promise<unknown>): Promise<GatewayError> {
  try {
    await run();
  } catch (error) {
    if (GatewayError.is(error)) return error;
  }
  throw new Error("It did not fail with a GatewayError.");
}

function thrownBy(run: () => unknown): GatewayError {
  try {
    run();
  } catch (error) {
    if (GatewayError.is(error)) return error;
  }
  throw new Error("It did not throw a GatewayError.");
}

const firstFrames = (error: Error) =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 3)
    .join("\n");

describe("an error's stack", () => {
  it("shows the line that called chat() within its first frames", async () => {
    const askTheModel = async () => gateway.chat({ prompt: "Hello" });
    expect(firstFrames(await catchError(askTheModel))).toContain("askTheModel");
  });

  it("shows the line that called stream() within its first frames", async () => {
    const readTheStream = async () => {
      for await (const _ of gateway.stream({ prompt: "Hello" }));
    };
    expect(firstFrames(await catchError(readTheStream))).toContain("readTheStream");
  });

  it.each<[string, () => unknown]>([
    ["createGateway()", () => createGateway({ accountId: "not an id" })],
    ["with()", () => gateway.with({ temperature: 9 })],
    ["tool()", () => tool({ parameters: null } as never)],
    ["chat() with wrong options", () => gateway.chat({ prompt: "" })],
    ["logs.get()", () => gateway.logs.get("log-id", { waitMs: 0 })],
    ["logs.feedback()", () => gateway.logs.feedback("log-id", {})],
    ["logs.list()", () => gateway.logs.list()[Symbol.asyncIterator]().next()],
  ])("starts with the line that called %s", async (_, call) => {
    const callingFunction = async () => call();
    const error = await catchError(callingFunction);
    const [first, second] = firstFrames(error).split("\n");
    expect(first).toContain("caller.test.ts");
    expect(second).toContain("callingFunction");
  });

  it("starts with the error's name and message", async () => {
    const error = await catchError(() => gateway.chat({ prompt: "Hello" }));
    expect(error.stack?.startsWith(`BadRequestError: ${error.message}\n`)).toBe(true);
  });
});

describe("a printed error", () => {
  it("stays short, whatever the provider's response", async () => {
    const error = await catchError(() => gateway.chat({ prompt: "Hello" }));
    expect(inspect(error).length).toBeLessThan(2000);
    expect(error.body).toEqual(refusal);
    expect(error.partial).toMatchObject({ messages: [{ role: "user", content: "Hello" }] });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ body: refusal, partial: { text: "" } });
  });

  it("stays short with a long answer from the model", async () => {
    const content = "no JSON ".repeat(1000);
    const fetch = async () => Response.json({ choices: [{ message: { content }, finish_reason: "stop" }] });
    const error = await catchError(() => gateway.with({ fetch }).chat({ prompt: "Hello", output: { type: "object" } }));
    expect(inspect(error).length).toBeLessThan(2000);
    expect(error).toHaveProperty("text", content);
    expect(JSON.parse(JSON.stringify(error)).text).toBe(content);
  });

  it("stays short with a long cause, which keeps its name, code and first frames", async () => {
    const cause = Object.assign(new Error("x".repeat(5000)), { code: "ECONNRESET" });
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    const error = await catchError(() => gateway.with({ fetch }).chat({ prompt: "Hello" }));
    expect(inspect(error).length).toBeLessThan(2000);
    expect(error.cause).toMatchObject({ name: "TypeError", message: "fetch failed", cause: { code: "ECONNRESET" } });
    expect((error.cause as Error).stack).toContain("caller.test.ts");
  });

  it("stays short with many problems, all of which are in issues", () => {
    const options = ["maxTokens", "topP", "seed", "maxTurns", "stop", "timeout", "headers", "gateway", "fallbacks", "maxRetries"];
    const wrong = Object.fromEntries(options.map((option) => [option, { toString: 1 }]));
    const create = () => gateway.with({ ...wrong, ...Object.fromEntries([...Array(30)].map((_, n) => [`unknown${n}`, 1])) });
    const error = thrownBy(create);
    expect(error.message.length).toBeLessThan(1200);
    expect(error.message).toMatch(/^40 problems with the configuration:\n[\s\S]*\n… and \d+ more: see error\.issues$/);
    expect((error as ConfigurationError).issues.length).toBeGreaterThan(30);
  });

  it("quotes the provider's message truncated and with control characters escaped", async () => {
    const text = `no \u001b[31mred\u001b[0m\n2026-11-25 INFO forged log line\n${"x".repeat(500_000)}`;
    const forging = gateway.with({ fetch: async () => Response.json({ error: { message: text } }, { status: 400 }) });
    const { message } = await catchError(() => forging.chat({ prompt: "Hello" }));
    expect(message).toContain("no \\u001b[31mred\\u001b[0m\\n2026-11-25 INFO forged log line\\n");
    expect(message.length).toBeLessThan(1000);
  });
});
