import { TimeoutError } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { networkError } from "../../src/errors/from-network.ts";
import { captureError, gatewayAt } from "../failures/capture-error.ts";
import { rawServer, streamHead } from "../failures/raw-server.ts";

const url = "https://gateway.example/v1/acc/gw/compat/chat/completions";
const asIs = <T>(value: T) => value;
const failed = (cause: unknown) => new TypeError("fetch failed", { cause });
const coded = (message: string, code: string) => Object.assign(new Error(message), { code });

describe("a runtime's error for a failed request", () => {
  it.each([
    [failed(coded("getaddrinfo ENOTFOUND gateway.example", "ENOTFOUND")), "DNS"],
    [failed(coded("getaddrinfo EAI_AGAIN gateway.example", "EAI_AGAIN")), "DNS"],
    [new TypeError("error sending request: dns error: failed to lookup address information"), "DNS"],
    [failed(coded("connect ECONNREFUSED 127.0.0.1:1", "ECONNREFUSED")), "port"],
    [failed(new AggregateError([coded("connect ECONNREFUSED ::1:1", "ECONNREFUSED")])), "port"],
    [
      Object.assign(new Error("Unable to connect. Is the computer able to access the url?"), { code: "ConnectionRefused" }),
      "port",
    ],
    [failed(coded("self-signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT")), "certificate"],
    [new TypeError("invalid peer certificate: UnknownIssuer"), "certificate"],
    [failed(coded("read ECONNRESET", "ECONNRESET")), "error.partial"],
    [
      failed(coded("Client network socket disconnected before secure TLS connection was established", "ECONNRESET")),
      "error.partial",
    ],
    [failed(coded("other side closed", "UND_ERR_SOCKET")), "error.partial"],
    [new TypeError("Failed to fetch"), "baseUrl"],
    ["a text", "baseUrl"],
  ])("%o: the hint mentions %s", (error, word) => {
    const { hint, message, code, origin } = networkError(error, url, asIs, "connect");
    expect(hint).toContain(word);
    expect(message).toContain("gateway.example");
    expect({ code, origin }).toEqual({ code: "network", origin: "network" });
  });

  it("is retryable unless it is about certificates", () => {
    const retryable = (code: string) => networkError(failed(coded("it failed", code)), url, asIs, "connect").retryable;
    expect(["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "UND_ERR_CONNECT_TIMEOUT", "EHOSTUNREACH"].map(retryable)).toEqual(
      Array(5).fill(true),
    );
    expect(retryable("CERT_HAS_EXPIRED")).toBe(false);
  });

  it("is a non-retryable timeout when the transport's own limits caused it", () => {
    const headers = networkError(failed(coded("Headers Timeout Error", "UND_ERR_HEADERS_TIMEOUT")), url, asIs, "connect");
    const body = networkError(failed(coded("Body Timeout Error", "UND_ERR_BODY_TIMEOUT")), url, asIs, "body");
    const signal = networkError(new DOMException("The operation timed out.", "TimeoutError"), url, asIs, "connect");
    expect([headers, body, signal].map((error) => error instanceof TimeoutError && error.phase)).toEqual([
      "first-byte",
      "idle",
      "first-byte",
    ]);
    expect([headers, body, signal].map(({ retryable }) => retryable)).toEqual([false, false, false]);
  });

  it("keeps the cause's message, but not the fields in which libraries attach requests", () => {
    const cause = Object.assign(new Error("it broke"), { request: { headers: { authorization: "Bearer secret" } } });
    const error = networkError(failed(cause), url, (value) => value, "connect");
    expect((error.cause as Error).cause).toMatchObject({ message: "it broke" });
    expect(JSON.stringify((error.cause as Error).cause)).toBe("{}");
  });
});

/** Node's fetch with its Agent's limits lowered from 300 seconds to a few milliseconds. */
async function fetchWithin(limits: { headersTimeout?: number; bodyTimeout?: number }) {
  await using server = await rawServer(({ socket }) => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
  await fetch(server.url);
  const { constructor } = (globalThis as Record<symbol, unknown>)[Symbol.for("undici.globalDispatcher.1")] as {
    constructor: new (options: object) => unknown;
  };
  const dispatcher = new constructor(limits);
  return (address: string, init: RequestInit) => fetch(address, { ...init, dispatcher } as RequestInit);
}

describe("a timeout of Node's own fetch", () => {
  it("before the headers is a TimeoutError, and not retried", async () => {
    await using server = await rawServer(() => {});
    const gateway = gatewayAt(server.url, { fetch: await fetchWithin({ headersTimeout: 50 }), maxRetries: 3 });
    const error = await captureError(gateway.chat({ prompt: "Hi" }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ code: "timeout", phase: "first-byte", retryable: false, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("within the body is a TimeoutError, and not retried", async () => {
    await using server = await rawServer(({ socket }) => void socket.write(streamHead));
    const gateway = gatewayAt(server.url, { fetch: await fetchWithin({ bodyTimeout: 50 }), maxRetries: 3 });
    const error = await captureError(gateway.stream({ prompt: "Hi" }).result);
    expect(error).toMatchObject({ code: "timeout", phase: "idle", retryable: false, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });
});
