import { fileURLToPath } from "node:url";
import { Client as Client2, StreamableHTTPClientTransport as Http2 } from "@modelcontextprotocol/client";
import { StdioClientTransport as Stdio2 } from "@modelcontextprotocol/client/stdio";
import { Client as Client1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as Stdio1 } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as Http1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { startHttpServer } from "./servers/http.ts";

export type Major = "1" | "2";

/** A client connected to its own server, and a function that closes both. */
export interface Connection {
  client: Client1 | Client2;
  close(): Promise<void>;
}

const info = { name: "test", version: "1.0.0" };
type Options = ConstructorParameters<typeof Client1>[1] & ConstructorParameters<typeof Client2>[1];

/** `onToolsChanged` is called when the server's list of tools has changed. */
const clientOptions = (onToolsChanged?: () => void): Options => ({
  ...(onToolsChanged ? { listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: onToolsChanged } } } : {}),
});

export async function connectHttp(server: Major, client: Major, onToolsChanged?: () => void): Promise<Connection> {
  const { url, close } = await startHttpServer(server);
  const options = clientOptions(onToolsChanged);
  const connected = client === "1" ? await connect1(new Http1(url), options) : await connect2(new Http2(url), options);
  return {
    client: connected,
    async close() {
      await connected.close();
      await close();
    },
  };
}

const program = fileURLToPath(new URL("./servers/stdio.ts", import.meta.url));

/** Connects to a server in a separate process. */
export async function connectStdio(server: Major, client: Major, onToolsChanged?: () => void): Promise<Connection> {
  const parameters = { command: process.execPath, args: ["--import", "tsx", program, server], stderr: "inherit" as const };
  const options = clientOptions(onToolsChanged);
  const connected =
    client === "1" ? await connect1(new Stdio1(parameters), options) : await connect2(new Stdio2(parameters), options);
  return { client: connected, close: () => connected.close() };
}

async function connect1(transport: object, options: Options): Promise<Client1> {
  const client = new Client1(info, options);
  await client.connect(transport as Parameters<Client1["connect"]>[0]);
  return client;
}

async function connect2(transport: object, options: Options): Promise<Client2> {
  // Negotiates the newest protocol that the server supports.
  const client = new Client2(info, { ...options, versionNegotiation: { mode: "auto" } });
  await client.connect(transport as Parameters<Client2["connect"]>[0]);
  return client;
}
