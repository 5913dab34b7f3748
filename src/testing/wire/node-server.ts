import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { ReceivedRequest } from "../received-request.ts";
import type { WireReply } from "./wire-reply.ts";

/** Serves requests on a loopback port. node:http is only loaded here, so that the rest runs without it. */
export async function serve(
  port: number,
  answer: (request: ReceivedRequest) => Promise<WireReply>,
): Promise<{ port: number; close(): Promise<void> }> {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    receive(request)
      .then(answer)
      .then((reply) => send(reply, response))
      // The client has disconnected.
      .catch(() => response.destroy());
  });
  // A connection closed for being idle may be one that a client is about to reuse.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The local gateway has no port.");
  return { port: address.port, close: () => close(server) };
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const headers = new Headers();
  for (let at = 0; at < request.rawHeaders.length; at += 2)
    headers.append(request.rawHeaders[at] ?? "", request.rawHeaders[at + 1] ?? "");
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return { method: request.method ?? "GET", path: request.url ?? "/", headers, body: Buffer.concat(chunks).toString("utf8") };
}

async function send(reply: WireReply, response: ServerResponse): Promise<void> {
  const gone = new Promise<void>((resolve) => response.once("close", resolve));
  if (reply.delayMs > 0) await Promise.race([delay(reply.delayMs, gone), gone]);
  if (response.destroyed) return;
  if (reply.stopsAt === "before-headers") {
    if (reply.ending === "reset") reset(response);
    return;
  }
  response.writeHead(reply.status, reply.headers);
  response.flushHeaders();
  for (const [at, piece] of reply.pieces.entries()) {
    const pauseMs = reply.pauses[at] ?? 0;
    if (pauseMs > 0) await Promise.race([delay(pauseMs, gone), gone]);
    if (response.destroyed) return;
    await Promise.race([write(response, piece), gone]);
  }
  if (reply.ending === "close") response.end();
  if (reply.ending !== "reset") return;
  // A client that receives the reset together with the last bytes discards them.
  await delay(settleMs, gone);
  reset(response);
}

const settleMs = 25;

/** Resolves when the piece has been written to the socket, so that pieces are separate packets and a slow client slows down the server. */
const write = (response: ServerResponse, piece: Uint8Array) =>
  new Promise<void>((resolve) => response.write(piece, () => resolve()));

const reset = (response: ServerResponse) => response.socket?.resetAndDestroy();

/** Clears its timer when the client disconnects. */
function delay(ms: number, gone: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void gone.then(() => clearTimeout(timer));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
