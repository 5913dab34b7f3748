import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createMcpHandler, isLegacyRequest, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import { createServer1 } from "./sdk1.ts";
import { createServer2 } from "./sdk2.ts";
import type { Place } from "./tools.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Sessions of SDK 1, each with its own server. */
function serve1(place: Place): Handler {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  return async (request, response) => {
    let transport = sessions.get(String(request.headers["mcp-session-id"]));
    if (!transport) {
      const opened = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void sessions.set(id, opened),
      });
      await createServer1(place).connect(opened as Parameters<ReturnType<typeof createServer1>["connect"]>[0]);
      transport = opened;
    }
    await transport.handleRequest(request, response);
  };
}

/** The web handler of SDK 2, and sessions for clients with older protocols. */
function serve2(place: Place): Handler {
  const handler = createMcpHandler(() => createServer2(place), { legacy: "reject" });
  place.onGrown = () => handler.notify.toolsChanged();
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  async function serveSession(request: Request): Promise<Response> {
    let transport = sessions.get(request.headers.get("mcp-session-id") ?? "");
    if (!transport) {
      const opened = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void sessions.set(id, opened),
      });
      await createServer2(place).connect(opened);
      transport = opened;
    }
    return transport.handleRequest(request);
  }
  return async (incoming, response) => {
    const request = toWebRequest(incoming, response);
    const answer = await ((await isLegacyRequest(request.clone())) ? serveSession(request) : handler.fetch(request));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.flushHeaders();
    if (answer.body)
      Readable.fromWeb(answer.body as WebStream)
        .on("error", () => response.destroy())
        .pipe(response);
    else response.end();
  };
}

/** The request is aborted when the client disconnects. */
function toWebRequest(request: IncomingMessage, response: ServerResponse): Request {
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  const { method = "GET", url = "/", headers } = request;
  const body = method === "POST" ? { body: Readable.toWeb(request) as ReadableStream, duplex: "half" } : {};
  const init = { method, headers: headers as Record<string, string>, signal: leaving.signal, ...body };
  return new Request(`http://127.0.0.1${url}`, init as RequestInit);
}

/** An MCP server over Streamable HTTP. The tool `die` ends all its connections. */
export async function startHttpServer(major: "1" | "2"): Promise<{ url: URL; close(): Promise<void> }> {
  const place = { die: () => server.closeAllConnections(), isGrown: false };
  const handle = major === "1" ? serve1(place) : serve2(place);
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
