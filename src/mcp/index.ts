export { type McpToolsOptions, mcpTools } from "./mcp-tools.ts";
