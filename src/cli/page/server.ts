import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { InProcessGateway } from "../../testing/index.ts";
import { answerPage, failure, type PageSetup } from "./api.ts";
import { createJournal } from "./journal.ts";
import { observe } from "./observe.ts";
import { readResponse } from "./read-response.ts";

export interface PageServer {
  /** `http://127.0.0.1:{port}`: the page, and the client's `baseUrl`. */
  url: string;
  close(): Promise<void>;
}

/** Serves a local gateway on a loopback port, with a page at `/` that shows its requests. */
export async function servePage(local: InProcessGateway, html: string, port: number): Promise<PageServer> {
  const journal = createJournal();
  const send = observe(local.fetch, journal, (entry) => readResponse(entry, local.fetch, local.gatewayToken));
  const setup: PageSetup = { local, journal, send, html };
  const server = createServer((request, response) => {
    const closed = new AbortController();
    response.once("close", () => closed.abort());
    answer(request, setup, closed.signal)
      .then((answered) => sendResponse(answered, response))
      // The gateway closed the connection on purpose, or the client disconnected.
      .catch(() => response.socket?.resetAndDestroy());
  });
  // A connection closed for being idle may be one that a client is about to reuse.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => close(server) };
}

async function answer(request: IncomingMessage, setup: PageSetup, signal: AbortSignal): Promise<Response> {
  const { method = "GET", url: path = "/" } = request;
  const own = `http://${request.headers.host}`;
  if (!isLoopback(own)) return failure(421, "This server answers to 127.0.0.1 and localhost alone.");
  // A path may start with two slashes, which a relative URL would read as a host.
  const address = path.startsWith("/") ? own + path : path;
  if (!URL.canParse(address)) return failure(400, "The path of this request is not a URL.");
  const { href, pathname } = new URL(address);
  const isForPage = pathname.startsWith("/_inspect/");
  if (isForPage && !isFromPage(request, own)) return failure(403, "Only the page of this server may do this.");
  if (browserRequests.has(pathname)) return new Response(null, { status: 404 });
  const body = await read(request);
  const page = await answerPage({ method, pathname, body }, setup);
  if (page) return page;
  return setup.send(href, {
    method,
    headers: readHeaders(request),
    signal,
    ...(body === "" || method === "GET" || method === "HEAD" ? {} : { body }),
  });
}

/** What browsers request on their own. */
const browserRequests = new Set(["/favicon.ico", "/.well-known/appspecific/com.chrome.devtools.json"]);

/** Rejects other host names, which could point to 127.0.0.1 and give another site access to this server (DNS rebinding). */
function isLoopback(origin: string): boolean {
  const host = URL.canParse(origin) ? new URL(origin).hostname : "";
  return host === "127.0.0.1" || host === "localhost";
}

/** Other sites have no access; programs, which send no origin, do. */
function isFromPage({ headers }: IncomingMessage, own: string): boolean {
  const site = headers["sec-fetch-site"] ?? "none";
  return (site === "same-origin" || site === "none") && (headers.origin === undefined || headers.origin === own);
}

function readHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  return headers;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function sendResponse({ status, headers, body }: Response, to: ServerResponse): Promise<void> {
  to.writeHead(status, Object.fromEntries(headers));
  to.flushHeaders();
  const reader = body?.getReader();
  const gone = new Promise<void>((resolve) => to.once("close", resolve));
  void gone.then(() => reader?.cancel().catch(() => undefined));
  try {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      await Promise.race([new Promise<void>((resolve) => to.write(next.value, () => resolve())), gone]);
    }
  } catch (error) {
    // A client that receives the reset together with the last bytes discards them.
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    throw error;
  }
  to.end();
}

const settleMs = 25;

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
