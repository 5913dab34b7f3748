import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

it.each([
  ["with --json", ["--json"]],
  ["without --json", []],
])("logs %s ends quietly when the reader closes the pipe, and requests no more pages", async (_, argv) => {
  let pages = 0;
  const result = Array.from({ length: 50 }, (_, n) => ({ id: `log-${n}`, provider: "openai", model: "m".repeat(200) }));
  const body = JSON.stringify({ success: true, result, result_info: { total_count: 1_000_000 } });
  const server = createServer((_, response) => {
    pages++;
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const child = spawn(process.execPath, ["--import", "tsx", main, "logs", "--limit", "1000000", ...argv], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH ?? "",
        CLOUDFLARE_ACCOUNT_ID: "acc",
        CLOUDFLARE_GATEWAY_ID: "gw",
        CLOUDFLARE_API_TOKEN: "test-token",
        CLOUDFLARE_GATEWAY_API_URL: `http://127.0.0.1:${port}`,
      },
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    await once(child.stdout, "readable");
    child.stdout.destroy();
    const [code] = await once(child, "close");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(pages).toBeLessThan(1_000);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
