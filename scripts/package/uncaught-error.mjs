/** Fails in the way that its argument names, and catches nothing. */
import { createGateway, tool } from "cf-ai-gateway";

const long = "The provider's own words. ".repeat(500);
const config = {
  accountId: "acc",
  gatewayId: "gw",
  gatewayToken: "test-token-0123",
  provider: "openai",
  model: "gpt-4o-mini",
  maxRetries: 0,
};
const wrong = { temprature: 1, maxTokens: -1, stop: [], topP: 7, seed: "x", maxTurns: 0, timeout: 5, gateway: "x", tools: [] };
const gatewayWith = (fetch, options = {}) => createGateway({ ...config, fetch, ...options });
const responding = (body, status = 200) => gatewayWith(async () => new Response(JSON.stringify(body), { status }));
const streaming = (...frames) =>
  gatewayWith(async () => {
    const body = frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join("");
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
const unanswered = () => new Promise((resolve) => setTimeout(resolve, 60_000).unref());
const refused = { error: { message: long } };
const text = (content) => ({ choices: [{ delta: { content }, message: { content }, finish_reason: null }] });
const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

const failures = {
  "chat() that is refused": () => responding(refused, 401).chat({ prompt: "Hi" }),
  "stream.text that is refused": async () => {
    for await (const _ of responding(refused, 401).stream({ prompt: "Hi" }).text);
  },
  "stream() that is refused": async () => {
    for await (const _ of responding(refused, 401).stream({ prompt: "Hi" }));
  },
  "stream.result of a stream that reports an error": () => streaming(text(long), refused).stream({ prompt: "Hi" }).result,
  "stream.result of a stream that is truncated": () => streaming(text(long)).stream({ prompt: "Hi" }).result,
  "structured output without JSON": () =>
    responding({ choices: [{ message: { content: long }, finish_reason: "stop" }] }).chat({ prompt: "Hi", output: schema }),
  "an HTML page": () => responding(`<html>${long}`, 502).chat({ prompt: "Hi" }),
  "a connection that fails": () => {
    const cause = Object.assign(new Error(long), { code: "ECONNRESET", request: { body: long } });
    const broken = gatewayWith(() => Promise.reject(new TypeError("fetch failed", { cause })));
    return broken.chat({ prompt: "Hi" });
  },
  "a time-out": () => gatewayWith(unanswered, { timeout: { total: 10 } }).chat({ prompt: "Hi" }),
  "a hook that fails": () =>
    responding(text("Hi")).chat({ prompt: "Hi", onTurn: () => responding(refused, 401).chat({ prompt: "Hi" }) }),
  "wrong options of chat()": () => createGateway(config).chat({ prompt: "Hi", ...wrong }),
  "wrong options of createGateway()": () => createGateway({ ...wrong, baseUrl: "x", accountId: "a b", gatewayId: "c d" }),
  "wrong options of with()": () => createGateway(config).with(wrong),
  "wrong fields of tool()": () => tool({ inputSchema: schema, handler: () => "sunny" }),
  "logs.get() of an unknown id": () =>
    responding({ success: false, errors: [{ code: 7002, message: "Log not found" }] }, 404).logs.get("abc", { waitMs: 0 }),
  "logs.list() that is refused": async () => {
    for await (const _ of responding({ success: false, errors: [{ code: 10_000, message: long }] }, 403).logs.list());
  },
};

/** The function whose line must be among the first frames. */
async function failAsNamed(name) {
  const fail = failures[name];
  await fail();
}

const [name] = process.argv.slice(2);
if (name === undefined) console.log(JSON.stringify(Object.keys(failures)));
else await failAsNamed(name);
