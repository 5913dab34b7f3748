import { createServer, type Server, type Socket } from "node:net";

/** One raw request, and the socket to write the response to. */
export interface RawExchange {
  socket: Socket;
  head: string;
  body: string;
  /** Resolves when the connection is closed by either side. */
  closed: Promise<void>;
}

export interface RawServer {
  url: string;
  requests: RawExchange[];
  /** Resolves with the nth request (from 0) once it has arrived. */
  request(n: number): Promise<RawExchange>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A TCP server that doesn't enforce HTTP: each responder writes raw bytes. The nth one serves the nth request; the last one also serves the rest. */
export async function rawServer(...responders: ((exchange: RawExchange) => void)[]): Promise<RawServer> {
  const requests: RawExchange[] = [];
  const arrivals = new Map<number, (exchange: RawExchange) => void>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const closed = new Promise<void>((resolve) => {
      socket.once("close", () => {
        sockets.delete(socket);
        resolve();
      });
    });
    socket.on("error", () => {});
    let received = "";
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      const end = received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = received.slice(0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      const exchange: RawExchange = { socket, head, body: received.slice(end + 4, end + 4 + length), closed };
      received = received.slice(end + 4 + length);
      const n = requests.push(exchange) - 1;
      responders[Math.min(n, responders.length - 1)]?.(exchange);
      arrivals.get(n)?.(exchange);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    request: (n) =>
      new Promise((resolve) => {
        const arrived = requests[n];
        if (arrived) resolve(arrived);
        else arrivals.set(n, resolve);
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export const streamHead =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncf-aig-log-id: log-1\r\ntransfer-encoding: chunked\r\n\r\n";
/** One HTTP chunk. With chunked encoding the client can detect a truncated body. */
export const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
export const lastChunk = "0\r\n\r\n";
export const jsonHead = (length: number, headers = "") =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncf-aig-log-id: log-1\r\ncontent-length: ${length}\r\n${headers}\r\n`;

export const frame = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
export const textFrame = (content: string) => frame({ id: "c-1", choices: [{ index: 0, delta: { content } }] });
export const finishFrame = frame({ id: "c-1", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
export const doneFrame = "data: [DONE]\n\n";
export const completion = (content: string) =>
  JSON.stringify({ id: "c-1", choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }] });

/** Sends a complete JSON completion. */
export const sendCompletion =
  (content: string) =>
  ({ socket }: RawExchange) => {
    const body = completion(content);
    socket.write(jsonHead(Buffer.byteLength(body)) + body);
  };

/** Sends a complete event stream. */
export const sendStream =
  (...contents: string[]) =>
  ({ socket }: RawExchange) =>
    void socket.write(
      streamHead + contents.map((content) => chunk(textFrame(content))).join("") + chunk(finishFrame + doneFrame) + lastChunk,
    );

/** Closes the connection with a TCP reset (RST). */
export const resetConnection = (socket: Socket) => void socket.resetAndDestroy();
