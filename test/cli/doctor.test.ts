import { createServer as createHttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { type LocalGateway, type LocalGatewayOptions, startLocalGateway } from "cf-ai-gateway/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { selfSigned } from "../failures/self-signed.ts";
import { cli } from "./terminal.ts";

const accountId = "0123456789abcdef0123456789abcdef";
const token = "gateway-token-1234";
const env = {
  CLOUDFLARE_ACCOUNT_ID: accountId,
  CLOUDFLARE_GATEWAY_ID: "support-bot",
  CLOUDFLARE_GATEWAY_TOKEN: token,
  CLOUDFLARE_API_TOKEN: token,
};

interface Result {
  id: string;
  status: string;
  detail: string;
  advice?: string;
  durationMs: number;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});

async function start(options: LocalGatewayOptions = {}): Promise<LocalGateway> {
  const local = await startLocalGateway({ token, ...options });
  closing.push(() => local.close());
  return local;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => void server.close(resolve)));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const at = ({ url, apiUrl }: { url: string; apiUrl?: string }) => [
  "--base-url",
  url,
  ...(apiUrl ? ["--api-base-url", apiUrl] : []),
];

/** The doctor's results by check ID, and its exit code. */
async function examine(argv: string[], environment: Record<string, string> = env) {
  const { code, stdout, stderr } = await cli(["doctor", "--json", ...argv], { env: environment });
  const report = JSON.parse(stdout) as { ok: boolean; checks: Result[] };
  expect(stderr).toBe("");
  return { code, ok: report.ok, checks: Object.fromEntries(report.checks.map((check) => [check.id, check])), stdout };
}

const only = (checks: Record<string, Result>, status: string) =>
  Object.keys(checks).filter((id) => checks[id]?.status === status);

describe("doctor", () => {
  it("passes every check of a healthy gateway, and costs nothing without --live", async () => {
    const local = await start();
    const { code, ok, checks } = await examine([...at(local), "--provider", "openai"]);
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(only(checks, "skip")).toEqual(["cache", "stream"]);
    expect([...only(checks, "fail"), ...only(checks, "warn")]).toEqual([]);
    const models = local.requests.filter(({ method }) => method === "POST").map(({ body }) => body.model);
    expect(new Set(models)).toEqual(new Set(["cf-ai-gateway-doctor", "openai/cf-ai-gateway-doctor"]));
  });

  it("with --live verifies that the cache and streaming work", async () => {
    const local = await start();
    local.when({ user: "Count" }, { text: "1 2 3 4 5 6", chunks: { firstMs: 5, everyMs: 5 } });
    const { code, checks } = await examine([...at(local), "--live"]);
    expect(code).toBe(0);
    expect(checks.cache).toMatchObject({ status: "ok", detail: "MISS, then HIT" });
    expect(checks.stream?.detail).toMatch(/^\d+ pieces over \d+ ms/);
  });

  it("reports missing variables by name, sends nothing, and skips checks that depend on them", async () => {
    const { code, checks } = await examine([], {});
    expect(code).toBe(1);
    expect(checks.environment).toMatchObject({ status: "fail" });
    for (const name of ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_GATEWAY_ID", "CLOUDFLARE_GATEWAY_TOKEN"])
      expect(checks.environment?.advice).toContain(name);
    for (const id of ["network", "token", "gateway", "authenticated", "clock", "logs"])
      expect(checks[id]?.detail).toBe("not asked: see Environment");
  });

  it.each([
    [{ CLOUDFLARE_ACCOUNT_ID: "my-company" }, "warn", "32 hexadecimal digits"],
    [{ CLOUDFLARE_GATEWAY_TOKEN: "sk-proj-1234567890" }, "warn", "looks like a provider's key"],
    [{ CLOUDFLARE_GATEWAY_TOKEN: '"quoted"' }, "warn", "quote"],
    [{ CLOUDFLARE_GATEWAY_ID: "my gateway" }, "fail", "CLOUDFLARE_GATEWAY_ID must be 1 to 64 letters"],
    [{ CLOUDFLARE_GATEWAY_TOKEN: "two words" }, "fail", "CLOUDFLARE_GATEWAY_TOKEN must not contain line breaks, spaces"],
  ])("reports the suspicious format of %j", async (wrong, status, words) => {
    const { checks, stdout } = await examine(["environment"], { ...env, ...wrong });
    expect(checks.environment?.status).toBe(status);
    expect(checks.environment?.detail).toContain(words);
    expect(stdout).not.toMatch(/sk-proj|two words/);
  });

  it("says that the token is wrong, with exit code 4, and skips checks that require a valid one", async () => {
    const { code, checks } = await examine(at(await start()), { ...env, CLOUDFLARE_GATEWAY_TOKEN: "wrong-token" });
    expect(code).toBe(4);
    expect(checks.token).toMatchObject({ status: "fail", detail: "rejected (HTTP 401, code 2009)" });
    expect(checks.gateway).toMatchObject({ status: "skip", detail: "the token was rejected: see Token" });
    expect(checks.network?.status).toBe("ok");
  });

  it("says that the gateway does not exist", async () => {
    const { code, checks } = await examine(at(await start({ gateways: ["other"] })));
    expect(code).toBe(1);
    expect(checks.gateway).toMatchObject({ status: "fail", detail: 'there is no gateway "support-bot" in the account' });
    expect(checks.token?.status).toBe("ok");
  });

  it("says that Authenticated Gateway is off", async () => {
    const { code, checks } = await examine(at(await start({ authenticated: false })));
    expect(code).toBe(1);
    expect(checks.authenticated).toMatchObject({ status: "fail", detail: expect.stringContaining("off") });
  });

  it("reports for each provider whether a key is stored and accepted", async () => {
    const local = await start({ storedKeys: { openai: ["default"], mistral: ["default"] } });
    local.when({ provider: "mistral" }, { error: { status: 401 } });
    const providers = ["openai", "mistral", "anthropic", "workers-ai", "nonsense"].flatMap((name) => ["--provider", name]);
    const { code, checks } = await examine([...at(local), ...providers]);
    expect(code).toBe(4);
    expect(checks["key:openai"]).toMatchObject({ status: "ok" });
    expect(checks["key:mistral"]).toMatchObject({ status: "fail", detail: expect.stringContaining("stored, but rejected") });
    expect(checks["key:anthropic"]).toMatchObject({ status: "fail", detail: expect.stringContaining("none is stored") });
    expect(checks["key:workers-ai"]).toMatchObject({ status: "ok", detail: "needs no key" });
    expect(checks["key:nonsense"]?.detail).toContain('knows no provider "nonsense"');
  });

  it("treats a provider's unknown-model error as a working key", async () => {
    const local = await start();
    local.when({ provider: "openai" }, { error: { status: 404 } });
    expect((await examine([...at(local), "--provider", "openai", "key:openai"])).checks["key:openai"]?.status).toBe("ok");
  });

  it("warns about a key without credit and an unknown alias", async () => {
    const local = await start({ storedKeys: { openai: ["default"] } });
    local.when({ provider: "openai" }, { error: { status: 402 } });
    const argv = [...at(local), "--provider", "openai", "key:openai"];
    expect((await examine(argv)).checks["key:openai"]).toMatchObject({ status: "warn" });
    const alias = await examine([...argv, "--set", "gateway.byokAlias=team-b"]);
    expect(alias.checks["key:openai"]?.detail).toContain("no BYOK credential named 'team-b'");
  });

  it.each([
    [true, "would have been billed by Unified Billing"],
    [false, "Unified Billing would not have paid either"],
  ])("with --live says who would have paid for a provider without a key (Unified Billing: %s)", async (unifiedBilling, words) => {
    const local = await start({ storedKeys: {}, unifiedBilling });
    const { checks } = await examine([...at(local), "--provider", "openai", "--live", "key:openai"]);
    expect(checks["key:openai"]?.detail).toContain(words);
  });

  it("warns when a repeated request is not served from the cache", async () => {
    const { code, checks } = await examine([...at(await start({ cache: false })), "--live", "cache"]);
    expect(code).toBe(0);
    expect(checks.cache).toMatchObject({ status: "warn", detail: "MISS, then MISS for the same request" });
  });

  it.each([
    ["held back and then sent at once", { text: "1 2 3", delayMs: 400 }, "came at once"],
    [
      "answered with one whole response",
      {
        status: 200,
        body: JSON.stringify({
          id: "1",
          object: "chat.completion",
          created: 1,
          model: "m",
          choices: [{ index: 0, message: { role: "assistant", content: "1 2 3" }, finish_reason: "stop" }],
        }),
      },
      "the response was not one",
    ],
  ])("warns about a stream that is %s", async (_, reply, words) => {
    const local = await start();
    local.reply(reply);
    const { checks } = await examine([...at(local), "--live", "stream"]);
    expect(checks.stream).toMatchObject({ status: "warn", detail: expect.stringContaining(words) });
    expect(checks.stream?.advice).toContain("Guardrails");
  });

  it("distinguishes a model that can't be reached from a cache or stream that doesn't work", async () => {
    const local = await start();
    local.when({}, { error: { status: 404 } });
    const { checks } = await examine([...at(local), "--live", "--model", "openai/gone", "cache", "stream"]);
    for (const id of ["cache", "stream"]) expect(checks[id]?.detail).toContain("the request to the model failed");
  });

  it("distinguishes a rejected API token, a missing one, and an account without the logs API", async () => {
    const local = await start();
    const refused = await examine([...at(local), "logs"], { ...env, CLOUDFLARE_API_TOKEN: "wrong-api-token" });
    expect({ code: refused.code, logs: refused.checks.logs }).toMatchObject({ code: 4, logs: { status: "fail" } });
    const { CLOUDFLARE_API_TOKEN: _, ...without } = env;
    expect((await examine([...at(local), "logs"], without)).checks.logs?.status).toBe("skip");
    const newer = await examine([...at(await start({ logs: false })), "logs"]);
    expect(newer.checks.logs).toMatchObject({ status: "warn", advice: expect.stringContaining("Workers Observability") });
  });

  it("warns about a wrong system clock", async () => {
    const local = await start();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 600_000 });
    expect((await examine([...at(local), "clock"])).checks.clock).toMatchObject({
      status: "warn",
      detail: expect.stringMatching(/^60[01] s fast$/),
    });
  });

  it("warns about proxy variables that Node's fetch ignores, without printing their values", async () => {
    const environment = { ...env, HTTPS_PROXY: "http://user:secret-password@proxy.example" };
    const { checks, stdout } = await examine(["proxy"], environment);
    expect(checks.proxy).toMatchObject({ status: "warn", detail: expect.stringContaining("HTTPS_PROXY") });
    expect(stdout).not.toContain("secret-password");
  });

  it("warns about timeouts longer than those of Node's fetch", async () => {
    const { checks } = await examine(["--set", "timeout.firstByte=600000", "timeouts"]);
    expect(checks.timeouts).toMatchObject({ status: "warn", detail: expect.stringContaining("timeout.firstByte") });
  });
});

describe("doctor, with network problems", () => {
  const tellsApart = (checks: Record<string, Result>, words: RegExp) => {
    expect(checks.network).toMatchObject({ status: "fail", detail: expect.stringMatching(words) });
    for (const id of ["token", "gateway", "authenticated", "clock"])
      expect(checks[id]).toMatchObject({ status: "skip", detail: "not reached: see Name and TLS" });
  };

  it("says that nothing listens at the address", async () => {
    const host = await listen(createHttpServer());
    for (const close of closing.splice(0)) await close();
    tellsApart((await examine(["--base-url", `http://${host}`])).checks, /ECONNREFUSED/);
  });

  it("says that the host name can't be resolved", async () => {
    tellsApart((await examine(["--base-url", "https://gateway.invalid"])).checks, /ENOTFOUND|EAI_AGAIN/);
  });

  it("says that the certificate is not trusted", async () => {
    const host = await listen(createTlsServer(selfSigned(), (_, response) => response.end()));
    tellsApart((await examine(["--base-url", `https://${host}`])).checks, /self.signed/i);
  });

  it("says that the address redirects, without sending the token to the new location", async () => {
    const host = await listen(
      createHttpServer((_, response) => response.writeHead(302, { location: "https://elsewhere.example/" }).end()),
    );
    tellsApart((await examine(["--base-url", `http://${host}`])).checks, /redirects to elsewhere.example/);
  });

  it("says that an HTML page was returned instead of the gateway's response", async () => {
    const page = "<!doctype html><title>Sign in</title>";
    const host = await listen(
      createHttpServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(page)),
    );
    tellsApart((await examine(["--base-url", `http://${host}`])).checks, /answered with a page/);
  });
});

describe("doctor's output", () => {
  it("has one line for each check, then the fixes, then a summary", async () => {
    const local = await start({ gateways: [] });
    const { stdout } = await cli(["doctor", ...at(local)], { env });
    expect(stdout).toContain("✔ Token                  accepted\n");
    expect(stdout).toContain('✖ Account and gateway    there is no gateway "support-bot" in the account\n');
    expect(stdout).toMatch(/\n✖ Account and gateway\n {2}Check CLOUDFLARE_GATEWAY_ID and CLOUDFLARE_ACCOUNT_ID/);
    expect(stdout).toMatch(/\n\d+ of 13 checks passed, 1 failed, \d+ skipped \(\d+\.\d s\)\n$/);
  });

  it("with --report is Markdown without a token, an ID, a host or a path", async () => {
    const local = await start();
    local.when(
      {},
      {
        status: 400,
        body: JSON.stringify({
          error: { message: "Organization org-AbC123xyz of ada@example.com has no access to /home/ada/x" },
        }),
      },
    );
    const argv = ["doctor", "--report", "--live", "--provider", "openai", ...at(local)];
    const { stdout } = await cli(argv, { env: { ...env, HTTPS_PROXY: "http://proxy.internal:8080" } });
    expect(stdout).toContain("| check | status | seen | ms |");
    const { host } = new URL(local.url);
    for (const secret of [
      token,
      accountId,
      "support-bot",
      host,
      "127.0.0.1",
      "org-AbC123xyz",
      "ada@example.com",
      "/home/ada",
      "proxy.internal",
    ])
      expect(stdout).not.toContain(secret);
  });

  it("lists the checks, and can be limited to named ones", async () => {
    const { stdout } = await cli(["doctor", "--list-checks", "--provider", "openai"]);
    expect(stdout).toMatch(/^token +the gateway accepts the token/m);
    expect(stdout).toMatch(/^key:openai +/m);
    expect(Object.keys((await examine(["node", "proxy"])).checks)).toEqual(["node", "proxy"]);
    expect(await cli(["doctor", "tokens"])).toMatchObject({ code: 2, stderr: expect.stringContaining('Unknown check "tokens"') });
    expect((await cli(["doctor", "key:openai"])).stderr).toContain("Add --provider openai.");
  });

  it("includes times and details with --verbose", async () => {
    const { stdout } = await cli(["doctor", "network", "--verbose", ...at(await start())], { env });
    expect(stdout).toMatch(/network, \d+ ms, status 400, ms \d+, ray \w+-LOC/);
  });

  it("reports options that the client rejects, with exit code 2", async () => {
    const { code, stderr } = await cli(["doctor", "--set", "temprature=1"], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean "temperature"?');
  });
});
