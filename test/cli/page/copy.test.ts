import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createGateway } from "cf-ai-gateway";
import { createLocalGateway, type ScriptedReply } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { toCurl, toFixtureScript, toReply, toReplySource } from "../../../src/cli/page/browser/copy.ts";
import type { ExchangeDetails, FixtureFile } from "../../../src/cli/page/exchange.ts";
import { isRead, usePage } from "./page-server.ts";

const page = usePage();
const run = promisify(execFile);

/** Runs a command in a shell. */
const shell = (command: string, cwd = tmpdir()) =>
  run("sh", ["-c", command], { cwd, env: { ...process.env, CLOUDFLARE_GATEWAY_TOKEN: "test-token" } });

/** The details of the chat that was just sent. */
async function newest(): Promise<ExchangeDetails> {
  const { id } = await page.until(isRead);
  return page.details(id);
}

/** The replies that the pasted source queues. */
function pasted(source: string): ScriptedReply[] {
  const replies: ScriptedReply[] = [];
  new Function("local", source)({ reply: (...given: ScriptedReply[]) => replies.push(...given) });
  return replies;
}

describe("a copy as curl", () => {
  it("sends the same request from a shell, whatever the prompt contains, with the token as a variable", async () => {
    const prompt = 'It\'s a "test" of $HOME, `date`, \\n and\na second line: 東京 !';
    await page.client({ headers: { "x-title": 'A "title" of $HOME' } }).chat({ prompt });
    const command = toCurl(await newest(), page.url);
    expect(command).toContain('-H "cf-aig-authorization: Bearer $CLOUDFLARE_GATEWAY_TOKEN"');
    expect(command).not.toContain("test-token");
    const before = page.local.requests.length;
    const { stdout } = await shell(`${command} --silent --noproxy '*'`);
    expect(JSON.parse(stdout).choices[0].message.content).toBe(prompt);
    const [first, again] = [page.local.requests[0], page.local.requests[before]];
    expect(again?.body).toEqual(first?.body);
    expect(again?.headers.get("x-title")).toBe('A "title" of $HOME');
    expect(again?.answer?.status).toBe(200);
  });
});

describe("a copy as local.reply(…)", () => {
  it.each<[string, ScriptedReply]>([
    ["text", { text: 'Say "hi" to\nParis.' }],
    ["reasoning", { reasoning: "Think first.", text: "Then answer." }],
    ["tool calls", { toolCalls: [{ name: "get_weather", args: { city: "Paris", days: [1, 2] } }] }],
    ["text beside a tool call", { text: "Let me look.", toolCalls: [{ name: "get_weather", args: {} }] }],
    ["broken arguments", { toolCalls: [{ name: "get_weather", args: '{"city": ' }] }],
    ["a finish reason", { text: "Half of it", finishReason: "length" }],
    ["a gateway's error", { error: { gatewayCode: 2016 } }],
    ["a provider's error", { error: { status: 529 } }],
    ["an error inside a success", { error: { status: 200 } }],
    ["a page of HTML", { error: { status: 502 } }],
    ["a wait", { status: 429, headers: { "retry-after": "7" }, body: '{"error":{"message":"Slow down"}}' }],
    ["a broken connection", { fault: "reset-before-headers" }],
  ])("reproduces the same response: %s", async (_, reply) => {
    const outcome = () =>
      page
        .client({ model: "anthropic/claude-sonnet-4-5", toolMode: "return" })
        .chat({ prompt: "Go." })
        .then(({ text, reasoning, toolCalls, finishReason }) => ({
          ...{ text, reasoning, finishReason },
          calls: toolCalls.map(({ name, argsText }) => [name, argsText]),
        }))
        .catch(({ code, status, retryAfterMs }) => ({ code, status, retryAfterMs }));
    page.local.reply(reply);
    const first = await outcome();
    const { id } = await page.until(
      ({ durationMs, error, outputTokens }) => durationMs !== undefined && (error ?? outputTokens) !== undefined,
    );
    const again = pasted(toReplySource(toReply(await page.details(id))));
    page.local.reply(...again);
    expect(await outcome()).toEqual(first);
    // The shortest notation is used.
    if (!("status" in reply)) expect(JSON.stringify(again[0]).length).toBeLessThan(JSON.stringify(reply).length + 220);
  });

  it("truncates a stream at the same byte", async () => {
    page.local.reply({ fault: "reset-mid-body", afterBytes: 301 });
    await page
      .client()
      .stream({ prompt: "Tell me." })
      .result.catch(() => undefined);
    expect(pasted(toReplySource(toReply(await newest())))).toEqual([{ fault: "reset-mid-body", afterBytes: 301 }]);
  });
});

describe("a copy as a fixture", () => {
  it("is a script that writes fixtures that the local gateway serves", async () => {
    page.local.reply({ text: "It's 22 °C\\n in $PARIS.", chunks: { size: 4 } });
    const options = { prompt: "How warm is it in `Paris`?" };
    await page.client().stream(options).result;
    const { id } = await newest();
    const { files } = (await (await page.inspect(`requests/${id}/fixture`)).json()) as { files: FixtureFile[] };
    expect(JSON.stringify(files)).not.toContain("test-token");
    const folder = await mkdtemp(join(tmpdir(), "copied-fixture-"));
    try {
      await shell(toFixtureScript(files), folder);
      const local = createLocalGateway({ fixtures: join(folder, "fixtures") });
      const gateway = createGateway({
        fetch: local.fetch,
        accountId: "a",
        gatewayId: "g",
        gatewayToken: local.gatewayToken,
        model: "openai/gpt-4o-mini",
      });
      expect((await gateway.stream(options).result).text).toBe("It's 22 °C\\n in $PARIS.");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is rejected with the reason when the response was truncated", async () => {
    page.local.reply({ fault: "reset-mid-body" });
    await page
      .client()
      .stream({ prompt: "Tell me." })
      .result.catch(() => undefined);
    const { id } = await newest();
    const response = await page.inspect(`requests/${id}/fixture`);
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ error: { message: expect.stringContaining("closed before the response ended") } });
  });
});
