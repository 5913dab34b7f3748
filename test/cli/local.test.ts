import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { createGateway } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { type CliRun, cli, startCli } from "./terminal.ts";

/** Runs the command until `use` is done with it. */
async function withLocal(argv: string[], use: (run: CliRun) => Promise<void>): Promise<void> {
  const run = startCli(["local", "--port", "0", ...argv]);
  await run.until("stderr", "Ctrl-C");
  await use(run);
  run.interrupt();
  expect(await run.done).toBe(0);
}

const createClient = (env: Record<string, string | undefined>) =>
  createGateway({
    baseUrl: env.CLOUDFLARE_GATEWAY_URL,
    accountId: env.CLOUDFLARE_ACCOUNT_ID,
    gatewayId: env.CLOUDFLARE_GATEWAY_ID,
    gatewayToken: env.CLOUDFLARE_GATEWAY_TOKEN,
    model: "openai/gpt-4o-mini",
  });

describe("local", () => {
  it("prints a .env that a client can use unchanged, and serves the inspector page", async () => {
    await withLocal([], async (run) => {
      const env = parseEnv(run.stdout);
      expect(Object.keys(env)).toHaveLength(5);
      expect(run.stderr).toContain(`Local gateway at ${env.CLOUDFLARE_GATEWAY_URL}`);
      expect((await createClient(env).chat({ prompt: "Hello" })).text).toBe("Hello");
      const page = await fetch(env.CLOUDFLARE_GATEWAY_URL ?? "");
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(await page.text()).toContain("<title>Local gateway</title>");
    });
  });

  it("prints what the command logs needs to read its logs", async () => {
    await withLocal([], async (run) => {
      const env = Object.fromEntries(Object.entries(parseEnv(run.stdout)).map(([name, value]) => [name, value ?? ""]));
      const { gateway } = await createClient(env).chat({ prompt: "Hello" });
      const { code, stdout } = await cli(["logs", "--json"], { env });
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ id: gateway.logId, provider: "openai", success: true });
    });
  });

  it("prints JSON with --json", async () => {
    await withLocal(["--json"], async (run) => {
      const { url, apiUrl, env } = JSON.parse(run.stdout);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(apiUrl).toBe(`${url}/client/v4`);
      expect((await createClient(env).chat({ prompt: "Hello" })).text).toBe("Hello");
    });
  });

  it("serves the fixtures of a directory", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-command-"));
    const body = { model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Recorded?" }] };
    const completion = { choices: [{ index: 0, message: { role: "assistant", content: "Recorded." }, finish_reason: "stop" }] };
    writeFileSync(join(folder, "chat.request.json"), JSON.stringify(body));
    writeFileSync(join(folder, "chat.response.json"), JSON.stringify(completion));
    try {
      await withLocal(["--fixtures", folder], async (run) => {
        const gateway = createClient(parseEnv(run.stdout));
        expect((await gateway.chat({ prompt: "Recorded?" })).text).toBe("Recorded.");
        await expect(gateway.chat({ prompt: "Not recorded?", maxRetries: 0 })).rejects.toMatchObject({ status: 501 });
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("reports a port that is in use, with a suggestion", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    try {
      const { code, stdout, stderr } = await cli(["local", "--port", String(port)]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(`Port ${port} is in use.`);
      expect(stderr).toContain("--port 0");
    } finally {
      other.close();
    }
  });

  it.each(["70000", "-1", "80.5", "http"])("rejects the port %s", async (port) => {
    const { code, stderr } = await cli(["local", `--port=${port}`]);
    expect(code).toBe(2);
    expect(stderr).toContain(`--port must be an integer between 0 and 65535, got "${port}"`);
  });

  it("reports a missing fixture directory", async () => {
    const { code, stderr } = await cli(["local", "--port", "0", "--fixtures", "/no/such/directory"]);
    expect(code).toBe(2);
    expect(stderr).toContain("/no/such/directory");
  });
});
