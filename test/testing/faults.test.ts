import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createLocalGateway, type Fault, startLocalGateway } from "../../src/testing/index.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { ask, chunks, compatPath, post, prompt } from "./ask.ts";

const local = useLocalGateway();

const story = prompt("Tell me a story.", { stream: true });
const plain = prompt("Capital of France?");

const whole = async (body: object) => (await ask(local, body)).text;

/** The bytes received before the end or the failure, in the pieces that they arrived in. */
async function arrived(body: object, fault: Fault, afterBytes?: number) {
  local.reply({ fault, afterBytes });
  const response = await post(local, body);
  const pieces: string[] = [];
  let failure: unknown;
  try {
    for await (const piece of response.body ?? []) pieces.push(new TextDecoder().decode(piece));
  } catch (error) {
    failure = error;
  }
  return { response, pieces, text: pieces.join(""), failure };
}

/** What a raw socket receives of a fault, until the server closes it. */
function onSocket(body: object): Promise<{ text: string; failed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(local.url).port), "127.0.0.1");
    const content = JSON.stringify(body);
    let text = "";
    let failed = false;
    socket.on("data", (data) => {
      text += data.toString();
    });
    socket.on("error", () => {
      failed = true;
    });
    socket.on("close", () => resolve({ text, failed }));
    socket.write(
      `POST ${compatPath} HTTP/1.1\r\nhost: x\r\ncf-aig-authorization: Bearer test-token\r\ncontent-length: ${content.length}\r\nconnection: close\r\n\r\n${content}`,
    );
  });
}

test("reset-before-headers resets the connection before the first byte", async () => {
  local.reply({ fault: "reset-before-headers" }, { fault: "reset-before-headers" });
  await expect(post(local, plain)).rejects.toThrow("fetch failed");
  expect(await onSocket(plain)).toEqual({ text: "", failed: true });
});

describe.each([
  ["a stream", story],
  ["a JSON body", plain],
])("of %s", (_, body) => {
  test("reset-mid-body sends afterBytes (by default half the body), then resets the connection", async () => {
    const length = (await whole(body)).length;
    const given = await arrived(body, "reset-mid-body", 100);
    expect(given.response.status).toBe(200);
    expect(given.text.length).toBe(100);
    expect(given.failure).toBeInstanceOf(Error);
    const half = await arrived(body, "reset-mid-body");
    expect(Math.abs(half.text.length - length / 2)).toBeLessThan(10);
    expect(half.failure).toBeInstanceOf(Error);
  });

  test("stall sends headers and afterBytes, then nothing until the client disconnects", async () => {
    for (const afterBytes of [0, 100]) {
      local.reply({ fault: "stall", afterBytes });
      const response = await post(local, body);
      expect(response.status).toBe(200);
      const reader = response.body?.getReader();
      let text = "";
      while (text.length < afterBytes) text += new TextDecoder().decode((await reader?.read())?.value);
      expect(text.length).toBe(afterBytes);
      const nothing = await Promise.race([reader?.read().then(() => "more"), turns(20).then(() => "nothing")]);
      expect(nothing).toBe("nothing");
      await reader?.cancel();
    }
  });

  test("truncate ends cleanly, without a finish reason", async () => {
    const text = await whole(body);
    const given = await arrived(body, "truncate", 100);
    expect([given.text.length, given.failure]).toEqual([100, undefined]);
    const short = await arrived(body, "truncate");
    expect(short.failure).toBeUndefined();
    expect(short.text.length).toBeGreaterThan(100);
    expect(short.text.length).toBeLessThan(text.length);
    expect(short.text).not.toMatch(/"finish_reason":"/);
  });

  test("html is an HTML page with status 200", async () => {
    const { response, text } = await arrived(body, "html");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(text).toMatch(/^<!DOCTYPE html>/);
  });

  test("empty is status 200 without a body", async () => {
    const { response, text, failure } = await arrived(body, "empty");
    expect([response.status, text, failure]).toEqual([200, "", undefined]);
  });

  test("slow-bytes is the complete response, one byte at a time", async () => {
    const text = await whole(body);
    local.reply({ fault: "slow-bytes" });
    const { pieces, sizes } = await chunkSizes(body);
    expect(pieces).toBe(text.length);
    expect(sizes).toEqual(new Set([1]));
  });
});

test("stall without afterBytes sends nothing at all, and closing the gateway ends it", async () => {
  const other = await startLocalGateway({ script: [{ fault: "stall" }] });
  const waiting = post(other, plain).then(
    () => "answered",
    () => "ended",
  );
  expect(await Promise.race([waiting, turns(30).then(() => "nothing")])).toBe("nothing");
  await other.close();
  expect(await waiting).toBe("ended");
});

test("malformed inserts a frame that is not JSON into a stream, after the first frame or after afterBytes", async () => {
  const { text } = await arrived(story, "malformed");
  const frames = text.split("\n\n").filter(Boolean);
  expect(() => JSON.parse(frames[0]?.slice(6) ?? "")).not.toThrow();
  expect(frames[1]).toMatch(/^data: \{/);
  expect(() => JSON.parse(frames[1]?.slice(6) ?? "")).toThrow();
  expect(() => chunks(text)).toThrow();
  const later = (await arrived(story, "malformed", 1000)).text;
  expect(later.indexOf("chatcmpl-broken")).toBeGreaterThan(600);
});

test("malformed without a stream is truncated JSON", async () => {
  const { text, failure } = await arrived(plain, "malformed");
  expect(failure).toBeUndefined();
  expect(text).toMatch(/^\{"id"/);
  expect(() => JSON.parse(text)).toThrow();
});

test("aborting a request ends its response only", async () => {
  const controller = new AbortController();
  local.reply({ text: "late", delayMs: 60_000 });
  const waiting = fetch(local.url + compatPath, {
    method: "POST",
    headers: { "cf-aig-authorization": "Bearer test-token" },
    body: JSON.stringify(plain),
    signal: controller.signal,
  });
  while (local.requests.length === 0) await turns(1);
  controller.abort();
  await expect(waiting).rejects.toThrow("aborted");
  expect((await ask(local, plain)).status).toBe(200);
});

test("a gateway listens on the given port, and closes when its scope ends", async () => {
  let url: string;
  {
    await using scoped = await startLocalGateway();
    url = scoped.url;
    expect(scoped.apiUrl).toBe(`${url}/client/v4`);
    expect((await ask(scoped, plain)).status).toBe(200);
  }
  await expect(post({ url }, plain)).rejects.toThrow("fetch failed");
  await using again = await startLocalGateway({ port: Number(new URL(url).port) });
  expect(again.url).toBe(url);
  await expect(startLocalGateway({ port: Number(new URL(url).port) })).rejects.toThrow("EADDRINUSE");
});

/** Runs turns of the event loop, so that pending data can arrive. */
async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await new Promise((resolve) => setImmediate(resolve));
}

/** The sizes of the server's writes: each is one chunk of HTTP's chunked encoding. */
function chunkSizes(body: object): Promise<{ pieces: number; sizes: Set<number> }> {
  return new Promise((resolve, reject) => {
    const sizes = new Set<number>();
    let pieces = 0;
    const request = httpRequest(
      local.url + compatPath,
      { method: "POST", headers: { "cf-aig-authorization": "Bearer test-token" } },
      (response) => {
        response.on("data", (piece: Uint8Array) => {
          pieces++;
          sizes.add(piece.length);
        });
        response.on("end", () => resolve({ pieces, sizes }));
      },
    );
    request.on("error", reject);
    request.end(JSON.stringify(body));
  });
}

test("an abort ends a request of the gateway's fetch while its script is running", async () => {
  const gateway = createLocalGateway({ script: () => new Promise(() => {}) });
  const init = {
    method: "POST",
    headers: { "cf-aig-authorization": `Bearer ${gateway.gatewayToken}` },
    body: JSON.stringify({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "x" }] }),
    signal: AbortSignal.timeout(10),
  };
  await expect(gateway.fetch("https://x.com/compat/chat/completions", init)).rejects.toThrow(/timeout/);
});

test("a path that is no URL gets the gateway's 404", async () => {
  const { fetch } = createLocalGateway();
  expect((await fetch("https://x.com//", {})).status).toBe(404);
});
