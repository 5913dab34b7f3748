import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export interface ByteServer {
  url: string;
  /** Sends these packets in response to the next request. */
  send(packets: readonly Uint8Array[], contentType?: string): void;
}

/** A loopback server that sends arbitrary bytes, each packet as a separate write. */
export async function startByteServer(): Promise<ByteServer> {
  const answers: { packets: readonly Uint8Array[]; contentType: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    request.resume();
    const { packets, contentType } = answers.shift() ?? { packets: [], contentType: undefined };
    response.writeHead(200, contentType === undefined ? {} : { "content-type": contentType });
    response.flushHeaders();
    for (const packet of packets) await new Promise<void>((sent) => response.write(packet, () => sent()));
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    send: (packets, contentType = "text/event-stream") => void answers.push({ packets, contentType: contentType || undefined }),
  };
}
