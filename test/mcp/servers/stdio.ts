/** An MCP server over this process's stdio. Argument: the major version of the SDK that serves it. */
const [, , major] = process.argv;
const place = { die: () => process.exit(1), isGrown: false };
if (major === "1") {
  const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
  const { createServer1 } = await import("./sdk1.ts");
  await createServer1(place).connect(new StdioServerTransport());
} else {
  const { serveStdio } = await import("@modelcontextprotocol/server/stdio");
  const { createServer2 } = await import("./sdk2.ts");
  serveStdio(() => createServer2(place));
}

export {};
