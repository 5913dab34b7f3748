import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type { ServerNotification, ServerRequest } from "@modelcontextprotocol/sdk/types.js";
import { type Place, registerTools, type ServedTool } from "./tools.ts";

/** A server made with SDK 1. */
export function createServer1(place: Place): McpServer {
  const server = new McpServer({ name: "test-1", version: "1.0.0" });
  const register = ({ name, config, run }: ServedTool) => {
    const serve = (args: Record<string, unknown>, extra: RequestHandlerExtra<ServerRequest, ServerNotification>) =>
      run(args, {
        signal: extra.signal,
        async progress(progress, message) {
          const progressToken = extra._meta?.progressToken;
          if (progressToken === undefined) return;
          await extra.sendNotification({ method: "notifications/progress", params: { progressToken, progress, message } });
        },
        addTool: () => addTool(),
        die: place.die,
      });
    const { inputSchema, ...others } = config;
    if (inputSchema) server.registerTool(name, { ...others, inputSchema }, async (args, extra) => serve(args, extra));
    else server.registerTool(name, others, async (extra) => serve({}, extra));
  };
  const addTool = registerTools(register, place);
  return server;
}
