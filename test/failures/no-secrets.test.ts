import { inspect } from "node:util";
import { createGateway, GatewayError } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expectNoToken, failureOf, gatewayAt, token, ways } from "./failing-calls.ts";
import { chunk, completion, frame, jsonHead, type RawExchange, rawServer, streamHead, textFrame } from "./raw-server.ts";

const prompt = "Hi";
afterEach(() => void vi.restoreAllMocks());

const answer =
  (status: string, body: string, headers = "") =>
  ({ socket }: RawExchange) =>
    void socket.write(`HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`);
const metadata = `cf-aig-log-id: ${token}\r\ncf-aig-model: m-${token}\r\ncf-aig-dlp: {"action":"BLOCK","findings":["${token}"]}\r\n`;

/** Servers that say the token back in every place that ends up in an error. */
const echoes: [string, (exchange: RawExchange) => void][] = [
  ["a JSON error body", answer("400 Bad", JSON.stringify({ error: { message: `No ${token}`, code: token } }), metadata)],
  ["the gateway's error body", answer("401 No", JSON.stringify({ success: false, error: [{ code: 2009, message: token }] }))],
  ["deep in the body", answer("422 No", JSON.stringify({ detail: [{ loc: [token], msg: token, [token]: { a: [token] } }] }))],
  ["an error page", answer("502 Bad", `<html><title>${token}</title>`, "content-type: text/html\r\n")],
  ["a plain error", answer("500 Oops", token, metadata)],
  ["escaped JSON", answer("400 Bad", JSON.stringify({ error: { message: token } }).replaceAll("-", "\\u002d"))],
  ["a page in place of an answer", answer("200 OK", `<html><title>${token}</title>`, "content-type: text/html\r\n")],
  ["an answer that is no JSON", answer("200 OK", `Hello ${token}`, `content-type: application/json\r\n${metadata}`)],
  ["an answer without choices", answer("200 OK", JSON.stringify({ [token]: token }), "content-type: application/json\r\n")],
  [
    "an error in a 200",
    answer("200 OK", JSON.stringify({ error: { message: token, type: token } }), `content-type: application/json\r\n${metadata}`),
  ],
  ["a broken frame", ({ socket }) => socket.end(`${streamHead}${chunk(`data: {"a":"${token}\n\n`)}0\r\n\r\n`)],
  ["an error frame", ({ socket }) => socket.end(`${streamHead}${chunk(frame({ error: { message: token } }))}0\r\n\r\n`)],
  [
    "text, and then an error",
    ({ socket }) => socket.end(`${streamHead}${chunk(textFrame(token) + frame({ error: { message: token } }))}0\r\n\r\n`),
  ],
  ["text, and then an end", ({ socket }) => socket.end(`${streamHead}${chunk(textFrame(`say ${token}`))}0\r\n\r\n`)],
  ["a redirect", answer("302 Found", "", `location: https://elsewhere.example/${token}\r\n`)],
  ["a body that is cut", ({ socket }) => socket.end(jsonHead(5000, metadata) + token)],
];

describe.each(ways)("%s, when the server says the token back", (_, call) => {
  it.each(echoes)("in %s: no look at the error, the hooks or the gateway shows it", async (_what, serve) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    await using server = await rawServer(serve);
    const told: unknown[] = [];
    const gateway = gatewayAt(server.url, { maxRetries: 1, onRetry: (retry) => told.push(retry) });
    const error = await failureOf(call(gateway, { prompt }));
    for (const { error: each } of told as { error: GatewayError }[]) expectNoToken(each);
    expectNoToken({ ...error });
    expectNoToken(error.partial);
    expectNoToken(told);
  });
});

describe("a gateway", () => {
  it("shows no token, however it is looked at", () => {
    const gateway = createGateway({
      accountId: "acc",
      gatewayId: "gw",
      gatewayToken: token,
      apiToken: `api-${token}`,
      model: "openai/gpt-4o",
    });
    expectNoToken(gateway);
    expectNoToken(gateway.with({ temperature: 1 }));
    expectNoToken(gateway.logs);
    expectNoToken(gateway.stream({ prompt }));
  });

  it("whose token can't be sent refuses it without a character of it", () => {
    expect.assertions(2);
    try {
      createGateway({ accountId: "acc", gatewayId: "gw", gatewayToken: `${token}\r\nx: y`, model: "openai/gpt-4o" });
    } catch (error) {
      expect(GatewayError.is(error)).toBe(true);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token.slice(0, 6));
    }
  });

  it("keeps the tokens of other headers out of errors as well: those of Cloudflare Access", async () => {
    const secret = "access-jwt.5ecret-value";
    for (const [name, value] of [
      ["cf-access-token", secret],
      ["CF-Access-Client-Secret", secret],
      ["cookie", `theme=dark; CF_Authorization=${secret}`],
    ] as const) {
      await using server = await rawServer(answer("403 No", JSON.stringify({ error: { message: `Not with ${secret}` } })));
      const error = await failureOf(gatewayAt(server.url, { headers: { [name]: value } }).chat({ prompt }));
      expect(error.message).toContain("Not with [redacted]");
      expectNoToken(error, secret);
      expect(server.requests[0]?.head).toContain(secret);
    }
  });

  it("shows no token in a custom transport's error, which may hold the whole request", async () => {
    const gateway = gatewayAt("https://gateway.example", {
      fetch: (_url, init) =>
        Promise.reject(
          Object.assign(new Error(`failed with ${JSON.stringify([...new Headers(init.headers)])}`), { config: init }),
        ),
    });
    const error = await failureOf(gateway.chat({ prompt }));
    expect(error.code).toBe("network");
    expect(error.message).toContain("[redacted]");
  });

  it("sends the token in its own header, and nowhere else", async () => {
    const body = completion("Hello");
    await using server = await rawServer(({ socket }) => void socket.write(jsonHead(body.length) + body));
    await gatewayAt(server.url).chat({ prompt });
    const { head, body: sent } = server.requests[0] as RawExchange;
    const lines = head.split("\r\n").filter((line) => line.includes(token));
    expect(lines).toEqual([`cf-aig-authorization: Bearer ${token}`]);
    expect(head).not.toMatch(/^authorization:/im);
    expect(sent).not.toContain(token);
  });
});
