import { inspect } from "node:util";
import { createGateway, GatewayError } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { captureError, chatMethods, expectNoToken, gatewayAt, token } from "./capture-error.ts";
import { chunk, completion, frame, jsonHead, type RawExchange, rawServer, streamHead, textFrame } from "./raw-server.ts";

const prompt = "Hi";
afterEach(() => void vi.restoreAllMocks());

const respond =
  (status: string, body: string, headers = "") =>
  ({ socket }: RawExchange) =>
    void socket.write(`HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`);
const metadata = `cf-aig-log-id: ${token}\r\ncf-aig-model: m-${token}\r\ncf-aig-dlp: {"action":"BLOCK","findings":["${token}"]}\r\n`;

/** Servers that echo the token in every place that can end up in an error. */
const echoes: [string, (exchange: RawExchange) => void][] = [
  ["a JSON error body", respond("400 Bad", JSON.stringify({ error: { message: `No ${token}`, code: token } }), metadata)],
  ["the gateway's error body", respond("401 No", JSON.stringify({ success: false, error: [{ code: 2009, message: token }] }))],
  ["deep in the body", respond("422 No", JSON.stringify({ detail: [{ loc: [token], msg: token, [token]: { a: [token] } }] }))],
  ["an error page", respond("502 Bad", `<html><title>${token}</title>`, "content-type: text/html\r\n")],
  ["a plain error", respond("500 Oops", token, metadata)],
  ["escaped JSON", respond("400 Bad", JSON.stringify({ error: { message: token } }).replaceAll("-", "\\u002d"))],
  ["an HTML page with status 200", respond("200 OK", `<html><title>${token}</title>`, "content-type: text/html\r\n")],
  ["a 200 that is not JSON", respond("200 OK", `Hello ${token}`, `content-type: application/json\r\n${metadata}`)],
  ["a 200 without choices", respond("200 OK", JSON.stringify({ [token]: token }), "content-type: application/json\r\n")],
  [
    "an error in a 200",
    respond(
      "200 OK",
      JSON.stringify({ error: { message: token, type: token } }),
      `content-type: application/json\r\n${metadata}`,
    ),
  ],
  ["a broken frame", ({ socket }) => socket.end(`${streamHead}${chunk(`data: {"a":"${token}\n\n`)}0\r\n\r\n`)],
  ["an error frame", ({ socket }) => socket.end(`${streamHead}${chunk(frame({ error: { message: token } }))}0\r\n\r\n`)],
  [
    "text, then an error",
    ({ socket }) => socket.end(`${streamHead}${chunk(textFrame(token) + frame({ error: { message: token } }))}0\r\n\r\n`),
  ],
  ["text, then the end of the stream", ({ socket }) => socket.end(`${streamHead}${chunk(textFrame(`say ${token}`))}0\r\n\r\n`)],
  ["a redirect", respond("302 Found", "", `location: https://elsewhere.example/${token}\r\n`)],
  ["a truncated body", ({ socket }) => socket.end(jsonHead(5000, metadata) + token)],
];

describe.each(chatMethods)("%s, when the server echoes the token", (_, call) => {
  it.each(echoes)("in %s: neither the error nor the hooks leak it", async (_what, serve) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    await using server = await rawServer(serve);
    const retries: unknown[] = [];
    const gateway = gatewayAt(server.url, { maxRetries: 1, onRetry: (retry) => retries.push(retry) });
    const error = await captureError(call(gateway, { prompt }));
    for (const { error: each } of retries as { error: GatewayError }[]) expectNoToken(each);
    expectNoToken({ ...error });
    expectNoToken(error.partial);
    expectNoToken(retries);
  });
});

describe("a gateway", () => {
  it("contains no token when it is printed or serialized", () => {
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

  it("rejects a token with illegal characters without printing any of it", () => {
    expect.assertions(2);
    try {
      createGateway({ accountId: "acc", gatewayId: "gw", gatewayToken: `${token}\r\nx: y`, model: "openai/gpt-4o" });
    } catch (error) {
      expect(GatewayError.is(error)).toBe(true);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token.slice(0, 6));
    }
  });

  it("redacts Cloudflare Access tokens from other headers in errors", async () => {
    const secret = "access-jwt.5ecret-value";
    for (const [name, value] of [
      ["cf-access-token", secret],
      ["CF-Access-Client-Secret", secret],
      ["cookie", `theme=dark; CF_Authorization=${secret}`],
    ] as const) {
      await using server = await rawServer(respond("403 No", JSON.stringify({ error: { message: `Not with ${secret}` } })));
      const error = await captureError(gatewayAt(server.url, { headers: { [name]: value } }).chat({ prompt }));
      expect(error.message).toContain("Not with [redacted]");
      expectNoToken(error, secret);
      expect(server.requests[0]?.head).toContain(secret);
    }
  });

  it("redacts the token from a custom transport's error that contains the request", async () => {
    const gateway = gatewayAt("https://gateway.example", {
      fetch: (_url, init) =>
        Promise.reject(
          Object.assign(new Error(`failed with ${JSON.stringify([...new Headers(init.headers)])}`), { config: init }),
        ),
    });
    const error = await captureError(gateway.chat({ prompt }));
    expect(error.code).toBe("network");
    expect(error.message).toContain("[redacted]");
  });

  it("sends the token in cf-aig-authorization only", async () => {
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
