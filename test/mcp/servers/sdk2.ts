import { McpServer, type ServerContext } from "@modelcontextprotocol/server";
import { type Place, registerTools, type ServedTool } from "./tools.ts";

/** A server made with SDK 2. */
export function createServer2(place: Place): McpServer {
  const server = new McpServer({ name: "test-2", version: "1.0.0" });
  const register = ({ name, config, run }: ServedTool) => {
    const serve = (args: Record<string, unknown>, { mcpReq }: ServerContext) =>
      run(args, {
        signal: mcpReq.signal,
        async progress(progress, message) {
          const progressToken = mcpReq._meta?.progressToken;
          if (progressToken === undefined) return;
          await mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, message } });
        },
        addTool: () => addTool(),
        die: place.die,
      });
    const { inputSchema, ...others } = config;
    if (inputSchema) server.registerTool(name, { ...others, inputSchema }, async (args, context) => serve(args, context));
    else server.registerTool(name, others, async (context) => serve({}, context));
  };
  const addTool = registerTools(register, place);
  return server;
}
