import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { afterAll, describe, expect, test } from "vitest";
import { checkFixtures, specVersion } from "../../scripts/fixtures/check.ts";
import { type FixtureFiles, readFixtureFiles, writeFixture } from "../../scripts/fixtures/fixture-files.ts";
import { type Recording, record } from "../../scripts/fixtures/fixture-recorder.ts";

const accountId = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const gatewayId = "prod";
const gatewayToken = "Gw7_tokenOfTheGateway-0123456789abcdefXYZ";
const apiToken = "Ap1_tokenOfTheApi.0123456789/abc+def==";
const known = { accountId, gatewayId, tokens: [gatewayToken, apiToken] };

/** Assembled at runtime, so that no secret scanner flags this file. */
const made = (...parts: string[]) => parts.join("");

/** Secrets that no fixture may contain. */
const planted: Record<string, string> = {
  "gateway token": gatewayToken,
  "API token": apiToken,
  "account id": accountId,
  "another account's id": "ffeeddccbbaa99887766554433221100",
  "OpenAI key": made("sk", "-proj-Ab12Cd34Ef56Gh78Ij90Kl12"),
  "Anthropic key": made("sk", "-ant-api03-Zy98Xw76Vu54Ts32Rq10"),
  "OpenRouter key": made("sk", "-or-v1-0123456789abcdef0123456789abcdef"),
  "Groq key": made("gsk", "_Q1w2E3r4T5y6U7i8O9p0A1s2D3f4"),
  "Google key": made("AIza", "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q"),
  "xAI key": made("xai", "-Pp0Oo9Ii8Uu7Yy6Tt5Rr4Ee3Ww2Qq1"),
  "Perplexity key": made("pplx", "-1a2b3c4d5e6f7g8h9i0j1k2l3m4n"),
  "AWS key id": made("AKIA", "IOSFODNN7EXAMPLEX"),
  "GitHub token": made("ghp", "_16C7e42F292c6912E7710c838347Ae178B4a"),
  "bearer token": "opaque.bearer~value/0987654321+zz",
  "JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
  "private key": `-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----`,
  "request id": "req_011CSHoEeqs5C35K2UUqR7Fy",
  "request id of a header": "5b7c1e02-9a64-4d6f-8f0e-77d1f0aa9c31",
  "completion id": "chatcmpl-7QyqpwdfhqwajicIEznoc6Q47XAyW",
  "organization id": "org-N0tForYourEyes123",
  "organization name": "Zürcher Geheimbank AG",
  "project id": "proj_S3cr3tPr0j3ct99",
  "user id": "user_2yZabCdEf3GhIjKl",
  email: "ada.lovelace@geheimbank.example",
  "session cookie": "c00kie.monster-4711-abcdef",
  "Cloudflare cookie": "bm7fK2pQ9sXyZ1",
  ray: "8f0c2b1d4e6a7788-ZRH",
  "log id": "01JCXZ8K3M5N7P9Q2R4S6T8V0W",
  "IPv4 address": "203.0.113.77",
  "IPv6 address": "2001:db8:85a3:8d3:1319:8a2e:370:7348",
  "password in an address": "admin:hunter2hunter2",
  "signature in an address": "Zm9vYmFyLXNpZ25hdHVyZQ",
  "trace id": "4bf92f3577b34da6a3ce929d0e0e4736",
  "team name": "Blackbox Research",
};
const text = (name: string) => planted[name] as string;

/** Each secret in a separate sentence. */
const prose = [
  ...Object.entries(planted)
    .filter(([name]) => !/password|signature|bearer|cookie|account's id/.test(name))
    .map(([name, secret]) => `The ${name} is ${secret}.`),
  `Use Bearer ${text("bearer token")} or basic auth.`,
  `See https://${text("password in an address")}@db.example/x?sig=${text("signature in an address")}&page=2`,
  `GET https://gateway.example/v1/${text("another account's id")}/prod/compat?api_key=${text("Google key")}`,
  `Encoded: ${encodeURIComponent(gatewayToken)} ${Buffer.from(apiToken).toString("base64")}`,
  `cookie: session=${text("session cookie")}; __cf_bm=${text("Cloudflare cookie")}`,
].join("\n");

const fields = {
  id: text("completion id"),
  request_id: text("request id"),
  organization: text("organization name"),
  organization_id: text("organization id"),
  project: text("project id"),
  user_id: text("user id"),
  team: { name: "kept", team_name: text("team name") },
  trace_id: text("trace id"),
  client_ip: text("IPv6 address"),
  metadata: { raw: JSON.stringify({ error: { organization: text("organization name"), message: prose } }) },
  debug: { headers: { authorization: `Bearer ${gatewayToken}`, cookie: `session=${text("session cookie")}` }, prose },
  account: { account_id: accountId, gateway: "prod" },
};

const headers: OutgoingHttpHeaders = {
  "x-request-id": text("request id of a header"),
  "request-id": text("request id"),
  "openai-organization": text("organization name"),
  "x-team-name": text("team name"),
  "openai-project": text("project id"),
  "cf-ray": text("ray"),
  "cf-aig-log-id": text("log id"),
  "set-cookie": [`session=${text("session cookie")}; Path=/; HttpOnly`, `__cf_bm=${text("Cloudflare cookie")}; Secure`],
  "x-debug": gatewayToken,
  authorization: `Bearer ${apiToken}`,
  via: `1.1 ${text("IPv4 address")}`,
  location: `https://${text("password in an address")}@x.example/`,
  // Headers that are kept.
  "cache-control": `private, x="${text("OpenAI key")}"`,
  "cf-aig-model": `gpt-4o-mini/${text("email")}`,
  "x-ratelimit-limit-requests": "100",
};

type Answer = (streaming: boolean) => { status: number; type: string; body: string };

/** A server whose packets may end anywhere, even within a secret. */
async function serve(answer: Answer): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const { status, type, body: sent } = answer(body.includes('"stream":true'));
    response.writeHead(status, { ...headers, "content-type": type });
    const bytes = Buffer.from(sent);
    for (let at = 0; at < bytes.length; at += 97)
      await new Promise<void>((done) => response.write(bytes.subarray(at, at + 97), () => done()));
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const folder = await mkdtemp(join(tmpdir(), "recorded-"));
const folderUrl = pathToFileURL(`${folder}/`);
afterAll(() => rm(folder, { recursive: true }));

const chat: Recording = {
  case: "chat",
  scenario: "chat",
  stream: false,
  provider: "openai",
  model: "gpt-4o-mini",
  target: "local",
};

async function recordAt(baseUrl: string, recording: Recording) {
  const fixtures = await record(recording, { baseUrl, accountId, gatewayId, gatewayToken }, known);
  for (const fixture of fixtures) await writeFixture(fixture, folderUrl);
  return fixtures;
}

/** The content and names of all files written so far. */
async function written(): Promise<string> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(names.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
  return names.map((entry, at) => `${entry.parentPath}/${entry.name}\n${texts[at]}`).join("\n");
}

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const call = {
  id: "call_1",
  type: "function",
  function: { name: "weather", arguments: JSON.stringify({ city: "Paris", note: prose }) },
};

const answers: Record<string, Answer> = {
  body: () => ({
    status: 200,
    type: "application/json",
    body: JSON.stringify({
      ...fields,
      object: "chat.completion",
      created: 1,
      model: "gpt-4o-mini",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: prose, reasoning_content: prose, tool_calls: [call] },
          finish_reason: "stop",
        },
      ],
      usage,
    }),
  }),
  stream: () => {
    const chunk = (delta: object, finish_reason: string | null = null) => ({
      ...fields,
      object: "chat.completion.chunk",
      created: 1,
      model: "gpt-4o-mini",
      choices: [{ index: 0, delta, finish_reason }],
    });
    const frames = [
      `: ${text("request id")} ${text("email")}`,
      `id: ${text("request id")}\nevent: message\ndata: ${JSON.stringify(chunk({ content: prose }))}`,
      `data: ${JSON.stringify(chunk({ tool_calls: [{ index: 0, ...call }] }))}`,
      `data: ${JSON.stringify({ ...chunk({}, "stop"), usage })}`,
      "data: [DONE]",
    ];
    return { status: 200, type: "text/event-stream", body: `${frames.join("\r\n\r\n")}\r\n\r\n` };
  },
  error: () => ({
    status: 401,
    type: "application/json",
    body: JSON.stringify({
      error: { message: prose, type: "invalid_request_error", code: "invalid_api_key", param: null },
      ...fields,
    }),
  }),
  "error-frame": () => ({
    status: 200,
    type: "text/event-stream",
    body: `event: error\ndata: ${JSON.stringify({ error: { message: prose, ...fields } })}\n\n`,
  }),
  page: () => ({
    status: 502,
    type: "text/html",
    body: `<html><head><title>502</title></head><body><pre>${prose}</pre></body></html>`,
  }),
};

describe("a recording", () => {
  test("plants more than twenty kinds of secrets", () => {
    expect(Object.keys(planted).length).toBeGreaterThan(20);
    expect(new Set(Object.values(planted)).size).toBe(Object.keys(planted).length);
  });

  test.each(Object.keys(answers))("of a server that plants secrets everywhere contains none of them (%s)", async (name) => {
    const url = await serve(answers[name] as Answer);
    const stream = name === "stream" || name === "error-frame";
    await recordAt(url, { ...chat, case: name, stream, scenario: name === "body" ? "tool-call" : "chat" });
    const files = await written();
    expect(files).toContain("redacted-");
    const left = Object.entries(planted).filter(([, secret]) =>
      [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString("base64")].some(
        (form) => files.includes(form),
      ),
    );
    expect(left.map(([kind]) => kind)).toEqual([]);
    expect(files).not.toMatch(/set-cookie|x-request-id|"openai-organization"|cf-ray|x-debug|127\.0\.0\.1/);
  });

  test("with redacted secrets is still a fixture: it matches the spec and is read the same", async () => {
    const lines: string[] = [];
    expect({
      wrong: await checkFixtures(folderUrl, ["openai/body", "openai/stream", "openai/error"], (line) => lines.push(line)),
      lines,
    }).toEqual({
      wrong: 0,
      lines: [expect.stringMatching(/^3 fixtures: 0 wrong/)],
    });
  });

  test("keeps the headers that describe the response", async () => {
    const [fixture] = await recordAt(await serve(answers.body as Answer), { ...chat, case: "headers" });
    expect(fixture?.meta.headers).toEqual({
      "cache-control": expect.stringContaining("private"),
      "cf-aig-model": expect.stringContaining("gpt-4o-mini/redacted-email"),
      "content-type": "application/json",
      "x-ratelimit-limit-requests": "100",
    });
  });

  test("replaces a secret with the same name everywhere, and two secrets with different names", async () => {
    const [fixture] = await recordAt(await serve(answers.stream as Answer), { ...chat, case: "names", stream: true });
    const body = new TextDecoder().decode(fixture?.body);
    const ids = [...body.matchAll(/"id":"(redacted-id-\d+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(1);
    expect(new Set(body.match(/redacted-api-key-\d+/g)).size).toBeGreaterThan(5);
  });

  test("is not written when a secret is split across the pieces of an answer", async () => {
    const pieces = [gatewayToken.slice(0, 9), gatewayToken.slice(9, 20), gatewayToken.slice(20)];
    const frames = [
      ...pieces.map((content) => ({ choices: [{ index: 0, delta: { content } }] })),
      { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
    ];
    const url = await serve(() => ({
      status: 200,
      type: "text/event-stream",
      body: frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join(""),
    }));
    await expect(recordAt(url, { ...chat, case: "spelt", stream: true })).rejects.toThrow(
      "openai/spelt was not written: the answer contains a secret (token).",
    );
    expect(await written()).not.toContain("spelt");
  });
});

describe("a recording from the local gateway", () => {
  const exchange = async (
    recording: Recording,
    reply?: Parameters<Awaited<ReturnType<typeof startLocalGateway>>["reply"]>[0],
  ) => {
    await using local = await startLocalGateway();
    if (reply) local.reply(reply);
    return await record(
      recording,
      { baseUrl: local.url, accountId: "local-account", gatewayId: "local-gateway", gatewayToken: "test-token" },
      { accountId: "local-account", gatewayId: "local-gateway", tokens: ["test-token"] },
    );
  };

  test("is verbatim, including its framing, and has the time of each piece", async () => {
    const body = `: hello\r\n\r\ndata:{"choices":[{"index":0,"delta":{"content":"Zürich 🏔"},"finish_reason":"stop"}]}\r\n\r\nretry: 3\r\n\r\ndata: [DONE]\n\n`;
    const [fixture, ...others] = await exchange(
      { ...chat, case: "verbatim", stream: true },
      { status: 200, headers: { "content-type": "text/event-stream" }, body },
    );
    expect(others).toEqual([]);
    expect(new TextDecoder().decode(fixture?.body)).toBe(body);
    const pieces = fixture?.meta.pieces ?? [];
    expect(pieces.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(fixture?.body.length);
    expect(pieces.every(([ms, bytes]) => ms >= 0 && bytes > 0)).toBe(true);
    expect(pieces.map(([ms]) => ms)).toEqual(pieces.map(([ms]) => ms).sort((a, b) => a - b));
  });

  test("states its date, target, client and spec", async () => {
    const before = Date.now();
    const [fixture] = await exchange(chat);
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(fixture?.meta).toMatchObject({
      provenance: "recorded",
      target: "local",
      client: version,
      spec: await specVersion(),
      scenario: "chat",
      provider: "openai",
      model: "gpt-4o-mini",
    });
    expect(Date.parse(fixture?.meta.recordedAt ?? "")).toBeGreaterThanOrEqual(before);
    expect(fixture?.meta.result).toMatchObject({ text: "What is the capital of France?", finishReason: "stop" });
  });

  test("of a call with two requests is one fixture for each, and can be replayed", async () => {
    const refused = { error: { status: 400, body: { message: "parameter 'stream_options' is not a valid field" } } };
    const fixtures = await exchange({ ...chat, case: "twice", provider: "cohere", model: "command-a", stream: true }, refused);
    expect(fixtures.map(({ name, meta }) => [name, meta.status, meta.after])).toEqual([
      ["cohere/twice-before-1", 400, undefined],
      ["cohere/twice", 200, ["cohere/twice-before-1"]],
    ]);
    for (const fixture of fixtures) await writeFixture(fixture, folderUrl);
    expect(await checkFixtures(folderUrl, ["cohere"], () => {})).toBe(0);
  });

  test("without a response is an error", async () => {
    const nowhere = { baseUrl: "http://127.0.0.1:9", accountId, gatewayId, gatewayToken };
    await expect(record(chat, nowhere, known)).rejects.toThrow(/127\.0\.0\.1|refused|failed/);
  });
});

const script = fileURLToPath(new URL("../../scripts/fixtures/record.ts", import.meta.url));

/** Runs `npm run record` without an account in the environment. */
async function recordCommand(...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const { CLOUDFLARE_ACCOUNT_ID: _, CLOUDFLARE_GATEWAY_ID: __, CLOUDFLARE_GATEWAY_TOKEN: ___, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, ["--import", "tsx", script, ...args], { env });
  return run.then(
    (output) => ({ ...output, code: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, code }),
  );
}

describe("npm run record", { timeout: 60_000 }, () => {
  test("writes a fixture from the local gateway when no account is set, prints that gateway, and keeps an authored fixture", async () => {
    const [authored] = (await readFixtureFiles()).filter(({ name }) => name === "groq/tool-call-stream");
    await writeFixture(authored as FixtureFiles, folderUrl);
    const model = ["--provider", "groq", "--model", "llama-3.3-70b-versatile"];
    const { stdout, stderr } = await recordCommand("--case", "tool-call", ...model, "--stream", "--out", folder);
    const paths = stdout.trim().split("\n");
    expect(paths.map((path) => path.slice(folder.length))).toEqual([
      "/groq/tool-call-stream-recorded.request.json",
      "/groq/tool-call-stream-recorded.sse",
      "/groq/tool-call-stream-recorded.meta.json",
    ]);
    expect(stderr).toContain("the local gateway");
    expect(await readFile(paths[1] ?? "", "utf8")).toContain("Zürich");
    expect(await checkFixtures(folderUrl, ["groq"], () => {})).toBe(0);
  });

  test.each([
    [["--case", "no-such-case"], 'Unknown case "no-such-case"; the cases are chat, error,'],
    [["--case", "mine", "--scenario", "nope"], 'Unknown scenario "nope"; the scenarios are chat,'],
    [["--cas", "chat"], "Unknown option '--cas'"],
    [["--case", "chat", "--options", "[1]"], "--options must be a JSON object"],
    [[], "--case is missing"],
  ])("rejects %j in one line", async (args, message) => {
    const { code, stdout, stderr } = await recordCommand(...args);
    expect([code, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toContain(message);
  });

  test("prints help", async () => {
    expect((await recordCommand("--help")).stdout).toContain("Usage: npm run record -- --case CASE");
  });
});
