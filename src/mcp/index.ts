/**
 * Tools of MCP servers.
 *
 * @module cf-ai-gateway/mcp
 */

export { type McpToolsOptions, mcpTools } from "./mcp-tools.ts";
