/** The fixed-answer server, in a process of its own. The first step of a path names what is answered; bodies are not parsed. */
import { createServer } from "node:http";
import * as answers from "./answers.js";

const wholeStream = Buffer.from(answers.streamEvents.join(""));
const events = answers.streamEvents.map((event) => Buffer.from(event));
const pieceSize = 16 * 1024;
const json = { "content-type": "application/json", "cf-aig-log-id": "01JADMCQQQBWH3NXZ5GCRN98DP", "cf-aig-cache-status": "MISS" };
const sse = { "content-type": "text/event-stream", "cf-aig-log-id": "01JADMCQQQBWH3NXZ5GCRN98DP", "cf-aig-cache-status": "MISS" };
const grown = new Map();
const held = new Set();

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

async function writeAll(response, pieces) {
  response.writeHead(200, sse);
  response.socket?.setNoDelay(true);
  for (const piece of pieces) {
    if (!response.write(piece)) await new Promise((resolve) => response.once("drain", resolve));
    // Each piece leaves on its own.
    await nextTask();
    if (response.destroyed) return;
  }
  response.end();
}

function splitIntoPieces(buffer) {
  const pieces = [];
  for (let at = 0; at < buffer.length; at += pieceSize) pieces.push(buffer.subarray(at, at + pieceSize));
  return pieces;
}
const bigPieces = splitIntoPieces(wholeStream);

const server = createServer(async (request, response) => {
  const [, scenario, size] = request.url.split("/");
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = (body) => response.writeHead(200, { ...json, "content-length": Buffer.byteLength(body) }).end(body);
  switch (scenario) {
    case "chat":
      return answer(answers.chat);
    case "output":
      return answer(answers.structured);
    case "loop": {
      const results = Buffer.concat(chunks).toString("latin1").split('"role":"tool"').length - 1;
      return answer(answers.loopAnswer(results / answers.toolNames.length));
    }
    case "pieces":
      return writeAll(response, bigPieces);
    case "singles":
      return writeAll(response, events);
    case "first": {
      // The first text, and the rest when the client has had time to show it.
      response.writeHead(200, sse);
      response.write(Buffer.concat(events.slice(0, 2)));
      setTimeout(() => response.end(Buffer.concat([...events.slice(2, 10), ...events.slice(-3)])), 5);
      return;
    }
    case "held":
      response.writeHead(200, sse);
      response.write(Buffer.concat(events.slice(0, 11)));
      held.add(response);
      response.once("close", () => held.delete(response));
      return;
    case "release":
      for (const waiting of held) waiting.end(Buffer.concat(events.slice(-3)));
      return answer("{}");
    case "text":
    case "arguments":
    case "partial": {
      const make = { text: answers.longText, arguments: answers.longArguments, partial: answers.longOutput }[scenario];
      const key = `${scenario}/${size}`;
      if (!grown.has(key)) grown.set(key, splitIntoPieces(Buffer.from(make(Number(size)))));
      return writeAll(response, grown.get(key));
    }
    default:
      response.writeHead(404).end();
  }
});
server.keepAliveTimeout = 60_000;
server.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
