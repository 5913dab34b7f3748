import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway } from "cf-ai-gateway";
import { createLocalGateway, type LocalGatewayOptions, startLocalGateway } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "fixtures-"));
  const answer = (content: string) => JSON.stringify({ choices: [{ message: { content }, finish_reason: "stop" }] });
  const request = JSON.stringify({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Capital of France?" }] });
  const files = {
    "a.request.json": request,
    "a.response.json": answer("Paris."),
    "a.2.request.json": request,
    "a.2.response.json": answer("Paris, again."),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
});
afterEach(() => rm(directory, { recursive: true }));

async function chatWith(options: LocalGatewayOptions, prompts: string[]): Promise<string[]> {
  await using local = await startLocalGateway({ fixtures: directory, ...options });
  local.when({ user: "rule" }, { text: "by rule" });
  const { url: baseUrl, gatewayToken } = local;
  const gateway = createGateway({
    baseUrl,
    accountId: "a",
    gatewayId: "g",
    gatewayToken,
    model: "openai/gpt-4o-mini",
    maxRetries: 0,
  });
  const texts: string[] = [];
  for (const prompt of prompts)
    texts.push((await gateway.chat({ prompt }).catch((error: Error) => error)) instanceof Error ? "error" : "");
  texts.length = 0;
  for (const prompt of prompts) {
    texts.push(
      await gateway.chat({ prompt }).then(
        ({ text }) => text,
        (error: Error) => error.message,
      ),
    );
  }
  return texts;
}

describe("a local gateway with fixtures", () => {
  it("serves them after rules and before the script, and repeats a sequence's last response", async () => {
    const prompts = ["Capital of France?", "rule", "Capital of France?", "other"];
    expect(await chatWith({ script: () => ({ text: "by script" }) }, prompts)).toEqual([
      "Paris, again.",
      "by rule",
      "Paris, again.",
      "by script",
    ]);
  });

  it("responds 501 with the differences when neither a fixture nor a script applies", async () => {
    const [message] = await chatWith({}, ["Capital of Spain?"]);
    expect(message).toContain("No fixture has this request. The nearest is a:");
    expect(message).toContain('/messages/0/content: sent "Capital of Spain?", the fixture has "Capital of France?"');
  });

  it("keeps a sequence position for each session, and starts over after a reset", async () => {
    const local = createLocalGateway({ fixtures: directory });
    const ask = async ({ gatewayToken }: { gatewayToken: string }) => {
      const config = { accountId: "a", gatewayId: "g", gatewayToken, model: "openai/gpt-4o-mini", fetch: local.fetch };
      return (await createGateway(config).chat({ prompt: "Capital of France?" })).text;
    };
    const [one, two] = [local.session("one"), local.session("two")];
    expect([await ask(one), await ask(two), await ask(one), await ask(one)]).toEqual([
      "Paris.",
      "Paris.",
      "Paris, again.",
      "Paris, again.",
    ]);
    one.reset();
    expect([await ask(one), await ask(two)]).toEqual(["Paris.", "Paris, again."]);
  });
});
