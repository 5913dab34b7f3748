import { inspect } from "node:util";
import { type ChatOptions, createGateway, type Gateway, type GatewayConfig, GatewayError } from "cf-ai-gateway";
import { expect } from "vitest";

/** Unlike anything else, so that it is found wherever it leaks. */
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

/** What a call rejects with, which must be an error of the package's own. Everything that was told on the way is checked for the token. */
export async function failureOf(call: Promise<unknown>): Promise<GatewayError> {
  const error = await rejection(call);
  if (!GatewayError.is(error)) throw new Error(`Not a GatewayError: ${inspect(error)}`);
  expectNoToken(error);
  expect(error.hint).not.toBe("");
  if (error.code !== "configuration") expect(error.message).toContain(error.hint);
  return error;
}

export async function rejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => {
      throw new Error(`It succeeded: ${inspect(value)}`);
    },
    (error: unknown) => error,
  );
}

/** Fails when any way of looking at the value shows the token. */
export function expectNoToken(value: unknown, secret = token): void {
  for (const look of looksAt(value)) expect(look).not.toContain(secret);
}

function looksAt(value: unknown): string[] {
  const looks = [
    String(value),
    JSON.stringify(value) ?? "",
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ];
  if (value instanceof Error) looks.push(value.message, value.stack ?? "", ...looksAt(value.cause));
  return looks;
}

/** Both ways of calling: what fails in one fails in the other. */
export const ways = [
  ["chat", (gateway: Gateway, options: ChatOptions) => gateway.chat(options)],
  ["stream", (gateway: Gateway, options: ChatOptions) => gateway.stream(options).result],
] as const;
