import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { NetworkError } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { captureError, chatMethods, gatewayAt, token } from "./capture-error.ts";
import { rawServer, sendCompletion } from "./raw-server.ts";
import { selfSigned } from "./self-signed.ts";

const prompt = "Hi";
afterEach(() => void vi.restoreAllMocks());

async function listening(server: Server): Promise<{ port: number; [Symbol.asyncDispose](): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

describe.each(chatMethods)("%s, when the server is not the gateway", (_, call) => {
  it("sends nothing to a server with a self-signed certificate", async () => {
    const requests: unknown[] = [];
    await using server = await listening(createTlsServer(selfSigned(), (request) => void requests.push(request)));
    const error = await captureError(call(gatewayAt(`https://127.0.0.1:${server.port}`), { prompt }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "network", origin: "network", attempts: 1 });
    expect(error.message).toMatch(/self.signed/i);
    expect(error.hint).toContain("certificate");
    expect(requests).toEqual([]);
  });

  it("fails with a NetworkError when the server answers HTTPS with plain HTTP", async () => {
    await using server = await listening(
      createServer(
        (socket) => void socket.on("error", () => {}).once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
      ),
    );
    const error = await captureError(call(gatewayAt(`https://127.0.0.1:${server.port}`), { prompt }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "network", origin: "network" });
  });

  it("retries when the connection is reset during the TLS handshake", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const sockets: Socket[] = [];
    await using server = await listening(
      createServer((socket) => {
        sockets.push(socket);
        socket.on("error", () => {});
        socket.once("data", () => socket.resetAndDestroy());
      }),
    );
    const error = await captureError(call(gatewayAt(`https://127.0.0.1:${server.port}`, { maxRetries: 1 }), { prompt }));
    expect(error).toMatchObject({ code: "network", retryable: true, attempts: 2 });
    expect(sockets).toHaveLength(2);
  });

  it.each([301, 302, 303, 307, 308])("does not follow a redirect (%i) to another host with the token", async (status) => {
    await using elsewhere = await rawServer(sendCompletion("I have your token."));
    await using server = await rawServer(({ socket }) => {
      socket.write(
        `HTTP/1.1 ${status} Moved\r\nlocation: ${elsewhere.url}/v1/acc/gw?token=${token}\r\ncontent-length: 0\r\n\r\n`,
      );
    });
    const error = await captureError(call(gatewayAt(server.url, { maxRetries: 2 }), { prompt }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "network", origin: "network", retryable: false, status, attempts: 1 });
    expect(error.message).toContain(new URL(elsewhere.url).host);
    expect(error.hint).toContain("baseUrl");
    expect(elsewhere.requests).toHaveLength(0);
    expect(server.requests).toHaveLength(1);
  });
});
