import { Client as Client2 } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import type { StreamEvent } from "cf-ai-gateway";
import { type McpToolsOptions, mcpTools } from "cf-ai-gateway/mcp";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();
let cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp) await close();
  cleanUp = [];
});

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function createServer(): McpServer {
  const server = new McpServer({ name: "test", version: "1.0.0" });
  server.registerTool(
    "weather.now",
    { description: "Weather.", inputSchema: { city: z.string() }, annotations: { readOnlyHint: true } },
    ({ city }) => ({
      content: [{ type: "text", text: `Sunny in ${city}` }],
    }),
  );
  server.registerTool("delete", { description: "Deletes." }, () => ({ content: [{ type: "text", text: "deleted" }] }));
  server.registerTool("draw", {}, () => ({
    content: [
      { type: "text", text: "Here." },
      { type: "image", data: pixel, mimeType: "image/png" },
    ],
  }));
  server.registerTool("fail", {}, () => ({ isError: true, content: [{ type: "text", text: "disk full" }] }));
  server.registerTool("count", {}, async ({ _meta, sendNotification }) => {
    const progressToken = _meta?.progressToken ?? "";
    await sendNotification({ method: "notifications/progress", params: { progressToken, progress: 1, total: 2 } });
    return { content: [{ type: "text", text: "2" }] };
  });
  return server;
}

async function connect(kind: "SDK 1" | "SDK 2", server = createServer()): Promise<object> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const client = kind === "SDK 1" ? new Client({ name: "t", version: "1" }) : new Client2({ name: "t", version: "1" });
  await Promise.all([server.connect(serverSide), client.connect(clientSide as never)]);
  cleanUp.push(() => client.close());
  return client;
}

const lastToolMessage = () => local.requests.at(-1)?.body.messages.findLast(({ role }: { role: string }) => role === "tool");

describe.each(["SDK 1", "SDK 2"] as const)("mcpTools with a client of MCP %s", (kind) => {
  it("provides the server's tools under names that providers accept", async () => {
    const tools = await mcpTools(await connect(kind), { prefix: "t_" });
    expect(Object.keys(tools)).toEqual(["t_weather_now", "t_delete", "t_draw", "t_fail", "t_count"]);
    expect(tools.t_weather_now).toMatchObject({ description: "Weather.", parameters: { type: "object", required: ["city"] } });
    expect(tools.t_weather_now?.parameters).not.toHaveProperty("$schema");
  });

  it("reads every page of the tool list", async () => {
    const server = createServer();
    server.server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
      const page = Number(params?.cursor ?? 0);
      const tools = [{ name: `tool-${page}`, inputSchema: { type: "object" as const } }];
      return page < 2 ? { tools, nextCursor: String(page + 1) } : { tools };
    });
    expect(Object.keys(await mcpTools(await connect(kind, server)))).toEqual(["tool-0", "tool-1", "tool-2"]);
  });

  it("runs a call on the server and sends its text to the model", async () => {
    local.reply({ toolCalls: [{ name: "weather_now", args: { city: "Oslo" } }] }, { text: "Sunny." });
    await local.client().chat({ prompt: "Weather?", tools: await mcpTools(await connect(kind)) });
    expect(lastToolMessage()).toMatchObject({ content: "Sunny in Oslo" });
  });

  it("lets the server validate the arguments", async () => {
    local.reply({ toolCalls: [{ name: "weather_now", args: { town: 1 } }] }, { text: "Sorry." });
    const { turns } = await local.client().chat({ prompt: "Weather?", tools: await mcpTools(await connect(kind)) });
    expect(turns[0]?.toolResults[0]).toMatchObject({ isError: true, result: expect.stringMatching(/city/) });
  });

  it("turns a result that the server marks as an error into a tool error", async () => {
    local.reply({ toolCalls: [{ name: "fail", args: {} }] }, { text: "Sorry." });
    const { turns } = await local.client().chat({ prompt: "Fail", tools: await mcpTools(await connect(kind)) });
    expect(turns[0]?.toolResults[0]).toMatchObject({ isError: true, result: expect.stringContaining("disk full") });
  });

  it("emits the server's progress as tool-progress events", async () => {
    local.reply({ toolCalls: [{ name: "count", args: {} }] }, { text: "Two." });
    const events: StreamEvent[] = [];
    for await (const event of local.client().stream({ prompt: "Count", tools: await mcpTools(await connect(kind)) }))
      events.push(event);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "tool-progress", value: expect.objectContaining({ progress: 1, total: 2 }) }),
    );
  });

  it("sends images to the model", async () => {
    local.reply({ toolCalls: [{ name: "draw", args: {} }] }, { text: "Nice." });
    await local.client().chat({ prompt: "Draw", tools: await mcpTools(await connect(kind)) });
    expect(JSON.stringify(local.requests.at(-1)?.body.messages)).toContain(`data:image/png;base64,${pixel}`);
  });

  it("requires approval for calls that may be destructive", async () => {
    local.reply({ toolCalls: [{ name: "delete", args: {} }] });
    const tools = await mcpTools(await connect(kind), { needsApproval: "destructive" });
    const { finishReason, toolCalls } = await local.client().chat({ prompt: "Delete it", tools });
    expect(finishReason).toBe("tool-calls");
    expect(toolCalls).toMatchObject([{ name: "delete", needsApproval: true }]);
  });

  it("rejects an included tool that the server does not have", async () => {
    const client = await connect(kind);
    await expect(mcpTools(client, { include: ["drop"] })).rejects.toThrow(
      'include names "drop", but the server has: weather.now, delete',
    );
    expect(Object.keys(await mcpTools(client, { include: ["draw"] }))).toEqual(["draw"]);
  });
});

describe("mcpTools", () => {
  it("reads every page of a list, and rejects an endless list", async () => {
    const page = (cursor = "0") => ({ tools: [{ name: `tool${cursor}`, inputSchema: { type: "object" } }] });
    const paged = {
      listTools: async ({ cursor }: { cursor?: string }) =>
        cursor === "2" ? page(cursor) : { ...page(cursor), nextCursor: String(Number(cursor ?? 0) + 1) },
      callTool: async () => ({ content: [] }),
    };
    expect(Object.keys(await mcpTools(paged))).toEqual(["tool0", "tool1", "tool2"]);
    const endless = { ...paged, listTools: async () => ({ ...page(), nextCursor: "0" }) };
    await expect(mcpTools(endless)).rejects.toThrow("lists its tools without end");
  });

  it("rejects a value that is not a client", async () => {
    await expect(mcpTools({})).rejects.toThrow("client must be a connected MCP client");
  });

  it.each([
    [{ include: "weather.now" }, "include must be an array of tool names"],
    [{ includes: ["weather.now"] }, "includes is not an option of mcpTools"],
    [{ prefix: "with space" }, "prefix must be at most 32 letters, digits, _ and -"],
    [{ needsApproval: "always" }, 'needsApproval must be a boolean or "destructive"'],
    [{ signal: {} }, "signal must be an AbortSignal"],
  ])("rejects the options %j", async (options, message) => {
    const client = { listTools: async () => ({ tools: [] }), callTool: async () => ({}) };
    await expect(mcpTools(client, options as McpToolsOptions)).rejects.toThrow(message);
  });

  it("stops waiting for the list on abort, even if the client ignores the signal", async () => {
    const client = { listTools: () => new Promise(() => {}), callTool: async () => ({}) };
    await expect(mcpTools(client, { signal: AbortSignal.timeout(5) })).rejects.toThrow("timeout");
    await expect(mcpTools(client, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
  });

  it("keeps names unique and within 64 characters, the same in every process", async () => {
    const names = ["a.b", "a_b", "x".repeat(100)];
    const client = {
      listTools: async () => ({ tools: names.map((name) => ({ name, inputSchema: {} })) }),
      callTool: async () => ({}),
    };
    const found = Object.keys(await mcpTools(client));
    expect(found[0]).toBe("a_b");
    expect(found[1]).toMatch(/^a_b_[0-9a-f]{8}$/);
    expect(found[2]).toHaveLength(64);
    expect(Object.keys(await mcpTools(client))).toEqual(found);
  });
});
