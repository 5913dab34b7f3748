import { readFileSync } from "node:fs";
import type { LogRecord } from "cf-ai-gateway";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { createTable } from "../../src/cli/logs/log-table.ts";
import { createStyle } from "../../src/cli/style.ts";
import { type RawExchange, rawServer } from "../failures/raw-server.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { type CliOptions, cli, startCli } from "./terminal.ts";

const token = "api-token-of-the-test";
const local = useLocalGateway({ token });

const env = (apiUrl: string): Record<string, string> => ({
  CLOUDFLARE_ACCOUNT_ID: "acc",
  CLOUDFLARE_GATEWAY_ID: "gw",
  CLOUDFLARE_API_TOKEN: token,
  CLOUDFLARE_GATEWAY_API_URL: apiUrl,
});
const logs = (argv: string[], options: CliOptions = {}) => cli(["logs", ...argv], { env: env(local.apiUrl), ...options });
const start = (argv: string[], apiUrl: string, isTTY = false) => startCli(["logs", ...argv], { env: env(apiUrl), isTTY });

/** Logs one chat, and returns the log's id. */
async function ask(prompt: string, model = "openai/gpt-4o-mini", cacheTtl?: number): Promise<string> {
  const gateway = { metadata: { user: prompt }, ...(cacheTtl === undefined ? {} : { cacheTtl }) };
  const result = await local.client({ model }).chat({ prompt, gateway });
  return result.gateway.logId ?? "";
}

async function askInVain(prompt: string): Promise<void> {
  local.reply({ error: { status: 500 } });
  await local
    .client()
    .chat({ prompt, gateway: { metadata: { user: prompt } } })
    .catch(() => {});
}

/** Lists logs with `--json`. */
async function list(...argv: string[]): Promise<LogRecord[]> {
  const { code, stdout, stderr } = await logs([...argv, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return parseLines(stdout);
}

const parseLines = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

const listRequests = () => local.requests.filter(({ path }) => /\/logs(\?|$)/.test(path));

const id = "019a7c52-4e1b-7c1a-9d7e-000000000001";
const reply =
  (body: object, status = "200 OK") =>
  ({ socket }: RawExchange) => {
    const text = JSON.stringify(body);
    const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}`;
    socket.write(`${head}\r\n\r\n${text}`);
  };
const missing = reply(
  { success: false, errors: [{ code: 7002, message: "Log not found" }], messages: [], result: null },
  "404 Not Found",
);
const found = reply({ success: true, result: { id, provider: "openai", model: "gpt-4o-mini", cost: 0.01 } });

describe("logs", () => {
  it("lists the newest logs first, as a table that fits the terminal", async () => {
    const first = await ask("One");
    const second = await ask("Two", "anthropic/claude-sonnet-4-5");
    await askInVain("Three");
    const { code, stdout } = await logs(["--no-color"], { isTTY: true });
    expect(code).toBe(0);
    const [head, failed, ...others] = stdout.trimEnd().split("\n");
    expect(head).toMatch(/^time \(UTC\) +model +status +cost +id$/);
    expect(failed).toMatch(/^\d\d-\d\d \d\d:\d\d:\d\d {2}openai\/gpt-4o-m… +500 +\$0 /);
    expect(others.map((line) => line.split(/ +/).at(-1))).toEqual([second, first]);
  });

  it("prints the table that docs/command-line.md shows, and fewer columns in a narrow terminal", () => {
    const log = { provider: "openai", model: "gpt-4o-mini", tokensIn: 31, tokensOut: 12, statusCode: 200, success: true };
    const overloaded = { model: "claude-sonnet-4-5", tokensIn: 0, tokensOut: 0, cost: 0, statusCode: 529, success: false };
    const at = (time: string, last: string) => ({
      id: `01JADMCQQQBWH3NXZ5GCRN98D${last}`,
      createdAt: new Date(`2026-11-25T${time}Z`),
    });
    const records: LogRecord[] = [
      { ...log, ...at("23:41:12", "R"), cost: 0.0000118, cached: false, durationMs: 812 },
      { ...overloaded, ...at("23:41:09", "Q"), provider: "anthropic", cached: false, durationMs: 304 },
      { ...log, ...at("23:40:57", "P"), cost: 0, cached: true, durationMs: 21 },
    ];
    const render = (width: number) => {
      const table = createTable(records, width);
      return [table.head(createStyle(false)), ...records.map((each) => table.row(each, createStyle(false)))];
    };
    const page = readFileSync(new URL("../../docs/command-line.md", import.meta.url), "utf8");
    expect(page).toContain(render(120).join("\n"));
    for (const width of [80, 100]) for (const line of render(width)) expect(line.length).toBeLessThanOrEqual(width);
    expect(render(80)[1]).toMatch(/openai\/gpt-4o-mi… +200 +\$0.000012 +01JADMCQQQBWH3NXZ5GCRN98DR$/);
    expect(render(100)[0]).toMatch(/model +status +in +out +cost +took +id$/);
  });

  it("separates complete columns by tabs, without a head, if stdout is not a terminal", async () => {
    const logId = await ask("One");
    const { stdout } = await logs([]);
    const [time = "", ...cells] = stdout.trimEnd().split("\t");
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const [model, status, tokensIn, tokensOut, cost, cache, duration, printedId] = cells;
    expect([model, status, cache, printedId]).toEqual(["openai/gpt-4o-mini", "200", "", logId]);
    for (const number of [tokensIn, tokensOut, cost, duration]) expect(Number(number)).toBeGreaterThanOrEqual(0);
  });

  it("lists 20 logs unless --limit says otherwise, and requests no page beyond it", async () => {
    for (let n = 0; n < 52; n++) await ask(`Number ${n}`);
    expect(await list()).toHaveLength(20);
    expect(await list("--limit", "50")).toHaveLength(50);
    expect(listRequests()).toHaveLength(2);
    const all = await list("--limit", "1000");
    expect(all).toHaveLength(52);
    expect(all[0]?.metadata).toEqual({ user: "Number 51" });
    expect(listRequests()).toHaveLength(4);
  });

  it("filters by provider, model, failure, cache and conditions, all of which a log must meet", async () => {
    await ask("One");
    await ask("Two", "anthropic/claude-sonnet-4-5");
    await ask("Three", "workers-ai/@cf/meta/llama-3.1-8b-instruct");
    await ask("Four", "openai/gpt-4o", 60);
    await ask("Four", "openai/gpt-4o", 60);
    await askInVain("Five");
    const users = async (...argv: string[]) => (await list(...argv)).map(({ metadata }) => metadata?.user);
    expect(await users("--provider", "anthropic")).toEqual(["Two"]);
    expect(await users("--provider", "openai", "--model", "gpt-4o-mini")).toEqual(["Five", "One"]);
    expect(await users("--model", "openai/gpt-4o")).toEqual(["Four", "Four"]);
    expect(await users("-m", "@cf/meta/llama-3.1-8b-instruct")).toEqual(["Three"]);
    expect(await users("--failed")).toEqual(["Five"]);
    expect(await users("--cached")).toEqual(["Four"]);
    expect(await users("--filter", "metadata.value eq Two")).toEqual(["Two"]);
    expect(await users("--filter", "model contains gpt-4o", "--filter", "status_code lt 500")).toEqual(["Four", "Four", "One"]);
    expect(await users("--filter", "tokens gt 0", "--filter", "provider neq openai")).toEqual(["Three", "Two"]);
    expect(local.requests.at(-1)?.path).not.toContain("provider=");
  });

  it("says on stderr that no log matches", async () => {
    expect(await logs([])).toMatchObject({ code: 0, stdout: "", stderr: expect.stringContaining("There are no logs.") });
    expect(await logs(["--failed"])).toEqual({ code: 0, stdout: "", stderr: "No log matches.\n" });
    expect(await logs(["--failed", "--json"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("streams JSON lines while later pages are still to come", async () => {
    const page = (ids: string[]) =>
      reply({ success: true, result: ids.map((each) => ({ id: each })), result_info: { total_count: 3 } });
    await using server = await rawServer(page(["a", "b"]), () => {});
    const run = start(["--json"], server.url);
    await run.until("stdout", '"id":"b"');
    await server.request(1);
    expect(parseLines(run.stdout).map((log) => log.id)).toEqual(["a", "b"]);
    run.interrupt();
    expect(await run.done).toBe(130);
    expect(run.stderr).toBe("");
  });

  it("shows the logs with the given ids in full", async () => {
    const first = await ask("One");
    const second = await ask("Two");
    const { code, stdout } = await logs([first, second]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^id +${first}\ntime +\\S+Z\nprovider +openai\nmodel +gpt-4o-mini\nstatus +200\n`));
    expect(stdout).toContain(`\n\nid          ${second}\n`);
    expect(stdout).toMatch(/\nmetadata +\{"user":"Two"\}\n$/);
    const json = parseLines((await logs([second, first, "--json"])).stdout);
    expect(json).toMatchObject([{ id: second, success: true, tokensIn: expect.any(Number) }, { id: first }]);
  });

  it("reports an unknown id, with the same exit code as with --json", async () => {
    const plain = await logs([id, "--wait", "0"]);
    expect(plain).toMatchObject({ code: 1, stdout: "" });
    expect(plain.stderr).toMatch(new RegExp(`^error There is no log ${id}\\..*see --wait`));
    const json = await logs([id, "--wait", "0", "--json"]);
    expect(json).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(json.stdout).error.code).toBe("not-found");
  });

  it("waits for a log that has not appeared yet, and says for how long", async () => {
    await using server = await rawServer(missing, found);
    const run = start([id, "--wait", "30", "--no-color"], server.url, true);
    await run.until("stderr", `Waiting up to 30 s for log ${id} …`);
    expect(await run.done).toBe(0);
    expect(run.stdout).toContain("cost        $0.0100\n");
    expect(run.stderr).toMatch(/\r\u001b\[2K$/);
    expect(server.requests).toHaveLength(2);
  });

  it("stops waiting at Ctrl-C, and clears its status line", async () => {
    await using server = await rawServer(missing);
    const run = start([id], server.url, true);
    await server.request(0);
    run.interrupt();
    expect(await run.done).toBe(130);
    expect(run.stdout).toBe("");
    expect(run.stderr).toMatch(/Waiting up to 90 s .*\r\u001b\[2K$/);
  });

  it("rates answers", async () => {
    const first = await ask("One");
    const second = await ask("Two");
    expect(await logs([first, second, "--feedback", "up", "--score", "90"])).toEqual({
      code: 0,
      stdout: "",
      stderr: `✔ Rated ${first}.\n✔ Rated ${second}.\n`,
    });
    expect(await list("--filter", "feedback eq 1", "--filter", "score gt 80")).toHaveLength(2);
    const { stdout } = await logs([first, "--feedback", "none", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ id: first, feedback: null });
    expect((await list("--filter", "feedback eq 1")).map((log) => log.id)).toEqual([second]);
    expect(await logs([id, "--feedback", "down"])).toMatchObject({ code: 1, stderr: expect.stringContaining("There is no log") });
  });

  it.each([
    [["--feedback", "up"], "--feedback needs the ids of the logs to rate. Pass them: logs ID --feedback up."],
    [["--score", "1"], "--score needs the ids"],
    [["--wait", "5"], "--wait needs the ids"],
    [[id, "--failed"], "--failed is for the list of logs, and can't be combined with ids."],
    [[id, "--feedback", "up", "--wait", "5"], "--wait is for showing logs, and can't be combined with --feedback."],
    [[id, "--feedback", "good"], '--feedback must be up, down or none, got "good".'],
    [[id, "--score", "101"], '--score must be a number between 0 and 100, or none, got "101".'],
    [[id, "--wait", "soon"], '--wait must be a number of seconds, 0 or more, got "soon".'],
    [["--limit", "0"], '--limit must be an integer, 1 or more, got "0".'],
    [["--filter", "cost > 1"], "--filter needs 'KEY OPERATOR VALUE', got \"cost > 1\"."],
    [["a/b"], "must be a log's id"],
  ])("rejects %j with exit code 2", async (argv, message) => {
    const { code, stdout, stderr } = await logs(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(local.requests).toHaveLength(0);
  });

  it("finds the API of a local gateway at its address, which no other proxy is assumed to have", async () => {
    const logId = await ask("One");
    const { CLOUDFLARE_GATEWAY_API_URL: _, ...ids } = env(local.apiUrl);
    const byEnvironment = await logs(["--json"], { env: { ...ids, CLOUDFLARE_GATEWAY_URL: local.url } });
    expect(JSON.parse(byEnvironment.stdout).id).toBe(logId);
    const byOption = await logs(["--json", "--base-url", `${local.url}/`], { env: env("http://127.0.0.1:1") });
    expect(JSON.parse(byOption.stdout).id).toBe(logId);
    const elsewhere = await logs(["--base-url", "https://proxy.example.com"]);
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining("--api-base-url") });
  });

  it("names the missing API token and ids", async () => {
    const { code, stderr } = await logs([], { env: { CLOUDFLARE_GATEWAY_API_URL: local.apiUrl } });
    expect(code).toBe(2);
    for (const name of ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"]) expect(stderr).toContain(name);
    expect(stderr).not.toContain("CLOUDFLARE_GATEWAY_TOKEN");
  });

  it("reports a rejected token with exit code 4 and without the token, and an account without a logs API", async () => {
    const wrong = { ...env(local.apiUrl), CLOUDFLARE_API_TOKEN: "wrong-api-token-1234" };
    for (const json of [[], ["--json"]]) {
      const { code, stdout, stderr } = await logs(json, { env: wrong });
      expect(code).toBe(4);
      expect(stdout + stderr).toContain("CLOUDFLARE_API_TOKEN");
      expect(stdout + stderr).not.toContain("wrong-api-token-1234");
    }
    await using other = await startLocalGateway({ token, logs: false });
    const { code, stderr } = await logs([], { env: env(other.apiUrl) });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("Workers Observability") });
  });
});
