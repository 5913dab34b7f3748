import { inspect } from "node:util";
import { type ChatOptions, createGateway, type Gateway, type GatewayConfig, GatewayError } from "cf-ai-gateway";
import { expect } from "vitest";

/** A distinctive token, so that a leak shows up in any output. */
export const token = "tok_5ecret-Canary.42";

export const gatewayAt = (baseUrl: string, config: GatewayConfig = {}): Gateway =>
  createGateway({
    baseUrl,
    accountId: "acc",
    gatewayId: "gw",
    gatewayToken: token,
    provider: "openai",
    model: "gpt-4o-mini",
    maxRetries: 0,
    ...config,
  });

/** The GatewayError that the promise rejects with. Checks that it has a hint and doesn't leak the token. */
export async function captureError(call: Promise<unknown>): Promise<GatewayError> {
  const error = await captureRejection(call);
  if (!GatewayError.is(error)) throw new Error(`Not a GatewayError: ${inspect(error)}`);
  expectNoToken(error);
  expect(error.hint).not.toBe("");
  if (error.code !== "configuration") expect(error.message).toContain(error.hint);
  return error;
}

export async function captureRejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => {
      throw new Error(`Expected a rejection, got ${inspect(value)}`);
    },
    (error: unknown) => error,
  );
}

/** Fails if the token appears in any printed form of the value. */
export function expectNoToken(value: unknown, secret = token): void {
  for (const printed of printedForms(value)) expect(printed).not.toContain(secret);
}

function printedForms(value: unknown): string[] {
  const forms = [
    String(value),
    JSON.stringify(value) ?? "",
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ];
  if (value instanceof Error) forms.push(value.message, value.stack ?? "", ...printedForms(value.cause));
  return forms;
}

/** Tests that run with `chat` and with the result of `stream`: both must fail alike. */
export const chatMethods = [
  ["chat", (gateway: Gateway, options: ChatOptions) => gateway.chat(options)],
  ["stream", (gateway: Gateway, options: ChatOptions) => gateway.stream(options).result],
] as const;
