import type { Socket } from "node:net";
import { ProviderError, StreamError, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { captureError, chatMethods, gatewayAt } from "./capture-error.ts";
import {
  chunk,
  completion,
  doneFrame,
  finishFrame,
  frame,
  jsonHead,
  lastChunk,
  rawServer,
  streamHead,
  textFrame,
} from "./raw-server.ts";

const prompt = "Hi";
const megabyte = 1024 * 1024;

/** Writes the pieces with backpressure until they run out or the client disconnects. */
function pour(socket: Socket, pieces: Iterable<string>, then: () => void = () => {}): void {
  const rest = pieces[Symbol.iterator]();
  const write = () => {
    for (let step = rest.next(); !socket.destroyed; step = rest.next()) {
      if (step.done) return then();
      if (!socket.write(chunk(step.value))) return void socket.once("drain", write);
    }
  };
  write();
}

describe("5 MB of text", () => {
  const word = "lorem ipsum dolor 0123456789 ÄÖÜ ";
  const text = word.repeat(Math.ceil((5 * megabyte) / word.length));

  it("arrives complete in a JSON body", async () => {
    const body = completion(text);
    await using server = await rawServer(({ socket }) => void socket.write(jsonHead(Buffer.byteLength(body)) + body));
    const result = await gatewayAt(server.url).chat({ prompt });
    expect(result.text === text).toBe(true);
  });

  it("arrives complete in a stream", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead);
      const frames = text.match(/[\s\S]{1,4000}/g) ?? [];
      pour(socket, [...frames.map(textFrame), finishFrame, doneFrame], () => socket.write(lastChunk));
    });
    const stream = gatewayAt(server.url).stream({ prompt });
    let received = "";
    for await (const piece of stream.text) received += piece;
    expect(received === text).toBe(true);
    expect((await stream.result).text === text).toBe(true);
  });

  it("arrives complete in a single frame", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead);
      pour(socket, (textFrame(text) + finishFrame + doneFrame).match(/[\s\S]{1,65536}/g) ?? [], () => socket.write(lastChunk));
    });
    expect((await gatewayAt(server.url).stream({ prompt }).result).text === text).toBe(true);
  });
});

/** Copying the accumulated arguments on each delta would copy 500 GB and time out. */
it("1 MB of tool arguments, streamed one character at a time, is accumulated in linear time", async () => {
  const args = { text: "x".repeat(megabyte) };
  const json = JSON.stringify(args);
  const delta = (call: object) => frame({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...call }] } }] });
  await using server = await rawServer(({ socket }) => {
    socket.write(streamHead);
    function* pieces() {
      yield delta({ id: "call_1", type: "function", function: { name: "save", arguments: "" } });
      // A thousand frames per packet, so that the server is not the bottleneck.
      for (let at = 0; at < json.length; at += 1000) {
        yield Array.from(json.slice(at, at + 1000), (character) => delta({ function: { arguments: character } })).join("");
      }
      yield frame({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] }) + doneFrame;
    }
    pour(socket, pieces(), () => socket.write(lastChunk));
  });
  const save = tool({ parameters: { type: "object", properties: { text: { type: "string" } }, required: ["text"] } });
  const stream = gatewayAt(server.url).stream({ prompt, tools: { save } });
  let deltaLength = 0;
  for await (const event of stream) if (event.type === "tool-call-delta") deltaLength += event.argsText.length;
  const result = await stream.result;
  expect(deltaLength).toBe(json.length);
  expect(result.finishReason).toBe("tool-calls");
  expect((result.toolCalls[0]?.args as typeof args | undefined)?.text === args.text).toBe(true);
});

describe("a frame that never ends", () => {
  it("is cancelled at 16 MB with a StreamError, and the socket is closed", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead);
      function* pieces() {
        yield textFrame("Once");
        yield "data: ";
        for (;;) yield "x".repeat(65_536);
      }
      pour(socket, pieces());
    });
    const error = await captureError(gatewayAt(server.url).stream({ prompt }).result);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "stream", reason: "malformed", origin: "provider", retryable: false });
    expect(error.message).toContain("16 MB");
    expect(error.partial?.text).toBe("Once");
    await (await server.request(0)).closed;
  });

  it("of many lines is cancelled too", async () => {
    await using server = await rawServer(({ socket }) => {
      socket.write(streamHead);
      function* pieces() {
        for (;;) yield `data: ${"x".repeat(65_536)}\n`;
      }
      pour(socket, pieces());
    });
    const error = await captureError(gatewayAt(server.url).stream({ prompt }).result);
    expect(error).toMatchObject({ code: "stream", reason: "malformed" });
  });
});

it.each(chatMethods)("a JSON body that never ends is cancelled at 64 MB (%s), and the socket is closed", async (_, call) => {
  await using server = await rawServer(({ socket }) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
    function* pieces() {
      yield '{"choices":[{"message":{"content":"';
      for (;;) yield "x".repeat(1_000_000);
    }
    pour(socket, pieces());
  });
  const error = await captureError(call(gatewayAt(server.url), { prompt }));
  expect(error).toBeInstanceOf(ProviderError);
  expect(error).toMatchObject({ code: "provider", origin: "provider", retryable: false });
  expect(error.message).toContain("64 MB");
  await (await server.request(0)).closed;
});

it("an error body that never ends is cancelled, and the error is built from the status", async () => {
  await using server = await rawServer(({ socket }) => {
    socket.write("HTTP/1.1 500 Oops\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n");
    function* pieces() {
      for (;;) yield "x".repeat(65_536);
    }
    pour(socket, pieces());
  });
  const error = await captureError(gatewayAt(server.url).chat({ prompt }));
  expect(error).toBeInstanceOf(ProviderError);
  expect(error).toMatchObject({ status: 500, retryable: true });
  await (await server.request(0)).closed;
});
