import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { LocalGateway } from "../../src/testing/index.ts";
import { loadSchemas } from "../../src/wire.ts";

export const compatPath = "/v1/account/gateway/compat/chat/completions";
export const restPath = "/client/v4/accounts/account/ai/v1/chat/completions";
export const logsPath = "/client/v4/accounts/account/ai-gateway/gateways/gateway/logs";

/** Any JSON value. */
// biome-ignore lint/suspicious/noExplicitAny: tests read any field of the JSON.
export type Json = any;

export interface ReceivedResponse {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

export interface AskOptions {
  path?: string;
  headers?: Record<string, string>;
}

export const prompt = (content: string, more: object = {}): object => ({
  model: "openai/gpt-4o-mini",
  messages: [{ role: "user", content }],
  ...more,
});

/** Sends a chat request with a valid token. A string body is sent unchanged. */
export function post(
  local: Pick<LocalGateway, "url">,
  body: object | string,
  { path = compatPath, headers = {} }: AskOptions = {},
): Promise<Response> {
  const token =
    path === restPath
      ? { authorization: "Bearer test-token", "cf-aig-gateway-id": "gateway" }
      : { "cf-aig-authorization": "Bearer test-token" };
  return fetch(local.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...token, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

export async function read(response: Response): Promise<ReceivedResponse> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

export const ask = async (
  local: Pick<LocalGateway, "url">,
  body: object | string,
  options?: AskOptions,
): Promise<ReceivedResponse> => read(await post(local, body, options));

export const api = async (local: Pick<LocalGateway, "url">, path: string, init: RequestInit = {}): Promise<ReceivedResponse> =>
  read(await fetch(local.url + path, { ...init, headers: { authorization: "Bearer test-token", ...init.headers } }));

/** The `data:` payloads of an event stream, except `[DONE]`. */
export const chunks = (text: string): Json[] =>
  text
    .split("\n\n")
    .filter((frame) => frame.startsWith("data: ") && frame !== "data: [DONE]")
    .map((frame) => JSON.parse(frame.slice(6)));

export const deltas = (text: string): Json[] => chunks(text).flatMap(({ choices }) => choices.map(({ delta }: Json) => delta));

/** The concatenated content of a stream's deltas. */
export const spoken = (text: string): string =>
  deltas(text)
    .map(({ content }) => (typeof content === "string" ? content : (content ?? []).map((part: Json) => part.text ?? "").join("")))
    .join("");

const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
const validators = new Map<string, ValidateFunction>();

/** Throws if the value does not match the spec's schema with this name. */
export async function expectSpec(name: string, value: unknown): Promise<void> {
  const validate = validators.get(name) ?? ajv.compile({ ...(await loadSchemas()), $ref: `#/$defs/${name}` });
  validators.set(name, validate);
  if (!validate(value)) throw new Error(`${name}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
