import { inspect } from "node:util";
import { createGateway, GatewayError } from "cf-ai-gateway";
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

async function failureOf(run: () => Promise<unknown>): Promise<GatewayError> {
  try {
    await run();
  } catch (error) {
    if (GatewayError.is(error)) return error;
  }
  throw new Error("It did not fail with a GatewayError.");
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
    expect(firstFrames(await failureOf(askTheModel))).toContain("askTheModel");
  });

  it("shows the line that called stream() within its first frames", async () => {
    const readTheStream = async () => {
      for await (const _ of gateway.stream({ prompt: "Hello" }));
    };
    expect(firstFrames(await failureOf(readTheStream))).toContain("readTheStream");
  });

  it("starts with the error's name and message", async () => {
    const error = await failureOf(() => gateway.chat({ prompt: "Hello" }));
    expect(error.stack?.startsWith(`BadRequestError: ${error.message}\n`)).toBe(true);
  });
});

describe("a printed error", () => {
  it("stays short, whatever the provider answered", async () => {
    const error = await failureOf(() => gateway.chat({ prompt: "Hello" }));
    expect(inspect(error).length).toBeLessThan(2000);
    expect(error.body).toEqual(refusal);
    expect(error.partial).toMatchObject({ messages: [{ role: "user", content: "Hello" }] });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ body: refusal, partial: { text: "" } });
  });

  it("quotes the provider's words cut and with control characters escaped", async () => {
    const text = `no \u001b[31mred\u001b[0m\n2026-11-25 INFO forged log line\n${"x".repeat(500_000)}`;
    const forging = gateway.with({ fetch: async () => Response.json({ error: { message: text } }, { status: 400 }) });
    const { message } = await failureOf(() => forging.chat({ prompt: "Hello" }));
    expect(message).toContain("no \\u001b[31mred\\u001b[0m\\n2026-11-25 INFO forged log line\\n");
    expect(message.length).toBeLessThan(1000);
  });
});
