import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway } from "cf-ai-gateway";
import { recordFixtures } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../src/cli/record/cases.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { cli } from "./terminal.ts";

const token = "gateway-token-of-the-test";
const local = useLocalGateway({ token });
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cf-ai-gateway-record-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const env = { CLOUDFLARE_ACCOUNT_ID: "my-account", CLOUDFLARE_GATEWAY_ID: "my-gateway", CLOUDFLARE_GATEWAY_TOKEN: token };
const record = (argv: string[]) =>
  cli(["record", "--base-url", local.url, "--out", folder, "-m", "openai/gpt-4o-mini", ...argv], { env });
const written = async () =>
  (await readdir(folder, { recursive: true, encoding: "utf8" })).filter((name) => name.includes(".")).sort();

describe("record", () => {
  it("writes the request and the response, and prints the gateway and the files", async () => {
    const { code, stdout, stderr } = await record(["chat", "chat-stream"]);
    expect(code).toBe(0);
    expect(stderr).toContain(`Asking gateway my-gateway of account my-account at ${new URL(local.url).host}.`);
    expect(await written()).toEqual([
      "openai/chat-stream.meta.json",
      "openai/chat-stream.request.json",
      "openai/chat-stream.sse",
      "openai/chat.meta.json",
      "openai/chat.request.json",
      "openai/chat.response.json",
    ]);
    expect(stdout.trim().split("\n").sort()).toEqual((await written()).map((name) => join(folder, name)));
    for (const name of await written()) {
      const content = await readFile(join(folder, name), "utf8");
      for (const secret of [token, "my-account", "my-gateway"]) expect(content).not.toContain(secret);
    }
  });

  it("records fixtures that a client replays", async () => {
    local.reply({ text: "Hello there." });
    await record(["greeting", "--prompt", "Say hello.", "--stream"]);
    const fetch = recordFixtures(folder, { mode: "replay" });
    const gateway = createGateway({ accountId: "a", gatewayId: "g", gatewayToken: "t", model: "openai/gpt-4o-mini", fetch });
    expect((await gateway.stream({ prompt: "Say hello." }).result).text).toBe("Hello there.");
  });

  it.each(Object.keys(cases))("records the case %s", async (name) => {
    const { code, stdout } = await record([name, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).recordings[0].files).toHaveLength(3);
  });

  it("records an error response, and says so", async () => {
    local.when({}, { error: { status: 404 } });
    expect(await record(["error"])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("the response is an error: not-found"),
    });
  });

  it("rejects a response that contains the token, and writes nothing", async () => {
    local.reply({ text: `It is ${token}.`, chunks: { size: 5 } });
    const { code, stderr } = await record(["chat-stream"]);
    expect(code).not.toBe(0);
    expect(stderr).not.toContain(token);
    expect(await written()).toEqual([]);
  });

  it.each([
    [["chta"], 'Unknown case "chta". The cases are chat, chat-stream'],
    [["../../etc", "--prompt", "Hi"], "it names a file"],
    [["chat", "--stream"], "--stream needs --prompt"],
    [[], "CASE… is missing"],
  ])("rejects %j before anything is sent", async (argv, message) => {
    const { code, stderr } = await record(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(local.requests).toEqual([]);
  });
});
