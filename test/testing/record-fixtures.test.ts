import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigurationError, createGateway, type GatewayConfig, tool } from "cf-ai-gateway";
import { type RecordFixturesOptions, recordFixtures } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { issue } from "./issue.ts";

const local = useLocalGateway();
const accountId = "0123456789abcdef0123456789abcdef";
const token = "test-token";

let directory: string;
beforeEach(async () => {
  vi.stubEnv("CI", "");
  vi.stubEnv("CF_AI_GATEWAY_FIXTURES", "");
  directory = await mkdtemp(join(tmpdir(), "recorded-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A client whose requests pass through recordFixtures. */
const recording = (options: RecordFixturesOptions = {}, config: GatewayConfig = {}) =>
  local.client({
    accountId,
    gatewayId: "team-gateway",
    model: "openai/gpt-4o-mini",
    fetch: recordFixtures(directory, { fetch: local.gateway.fetch, ...options }),
    ...config,
  });

const files = async () => (await readdir(directory, { recursive: true })).filter((name) => name.includes(".")).sort();
const contents = async () =>
  (await Promise.all((await files()).map((name) => readFile(join(directory, name), "utf8")))).join("\n");
const offline = vi.fn(async () => {
  throw new TypeError("the network was asked");
});

describe("recordFixtures", () => {
  it("records requests without a fixture in auto mode, and serves them from the files afterwards", async () => {
    local.reply({ text: "Paris." });
    expect((await recording().chat({ prompt: "Capital of France?" })).text).toBe("Paris.");
    expect(await files()).toEqual([
      expect.stringMatching(/^openai\/capital-of-france-[0-9a-f]{6}\.meta\.json$/),
      expect.stringMatching(/\.request\.json$/),
      expect.stringMatching(/\.response\.json$/),
    ]);
    const replayed = await recording({ fetch: offline }).chat({ prompt: "Capital of France?" });
    expect(replayed.text).toBe("Paris.");
    expect(replayed.usage.inputTokens).toBeGreaterThan(0);
    expect(offline).not.toHaveBeenCalled();
  });

  it("replays a stream chunk by chunk, optionally with its original pauses", async () => {
    local.reply({ text: "One two three.", chunks: { size: 4, everyMs: 5 } });
    const recorded = await recording().stream({ prompt: "Count." }).result;
    expect(await files()).toContainEqual(expect.stringMatching(/\.sse$/));
    const timers = vi.spyOn(globalThis, "setTimeout");
    const stream = recording({ mode: "replay", timing: "recorded" }).stream({ prompt: "Count." });
    const deltas = [];
    for await (const text of stream.text) deltas.push(text);
    expect(deltas.join("")).toBe(recorded.text);
    expect(deltas.length).toBeGreaterThan(2);
    expect(timers.mock.calls.some(([, ms]) => ms !== undefined && ms >= 1 && ms < 1_000)).toBe(true);
    timers.mockRestore();
  });

  it("fails in replay mode without a fixture: a ConfigurationError with the differences, and no request", async () => {
    local.reply({ text: "Paris." });
    await recording().chat({ prompt: "Capital of France?" });
    const error = await recording({ mode: "replay", fetch: offline })
      .chat({ prompt: "Capital of Spain?" })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain("The nearest is openai/capital-of-france-");
    expect(error.message).toContain('/messages/0/content: sent "Capital of Spain?", the fixture has "Capital of France?"');
    expect(error.message).toContain("CF_AI_GATEWAY_FIXTURES=auto");
    expect(offline).not.toHaveBeenCalled();
  });

  it("treats repeated requests as a sequence whose last response repeats", async () => {
    local.reply({ error: { status: 429 } }, { text: "second" }, { text: "third" });
    const first = recording();
    await expect(first.chat({ prompt: "Again?" })).rejects.toMatchObject({ code: "rate-limit" });
    expect((await first.chat({ prompt: "Again?" })).text).toBe("second");
    expect((await first.chat({ prompt: "Again?" })).text).toBe("third");
    const replayed = recording({ mode: "replay" });
    await expect(replayed.chat({ prompt: "Again?" })).rejects.toMatchObject({ code: "rate-limit" });
    for (const text of ["second", "third", "third"]) expect((await replayed.chat({ prompt: "Again?" })).text).toBe(text);
    expect((await files()).filter((name) => name.endsWith("request.json"))).toHaveLength(3);
  });

  it("replays a complete tool loop, whatever the IDs of its calls", async () => {
    const tools = {
      weather: tool({
        parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        execute: () => "22 °C",
      }),
    };
    local.reply({ toolCalls: [{ name: "weather", args: { city: "Paris" } }] }, { text: "Warm." });
    expect((await recording().chat({ prompt: "Weather?", tools })).text).toBe("Warm.");
    const replayed = await recording({ mode: "replay" }).chat({ prompt: "Weather?", tools });
    expect(replayed.text).toBe("Warm.");
    expect(replayed.turns[0]?.toolResults[0]).toMatchObject({ name: "weather", args: { city: "Paris" }, result: "22 °C" });
  });

  it("uses the given names, and appends a number to those already in use", async () => {
    const seen: unknown[] = [];
    const gateway = recording({
      name: ({ provider, model, body }, n) => {
        seen.push([provider, model, body.messages[0].content, n]);
        return "chats/hello";
      },
    });
    await gateway.chat({ prompt: "one" });
    await gateway.chat({ prompt: "two" });
    expect(seen).toEqual([
      ["openai", "gpt-4o-mini", "one", 0],
      ["openai", "gpt-4o-mini", "two", 1],
    ]);
    expect((await files()).filter((name) => name.endsWith("request.json"))).toEqual([
      "chats/hello.2.request.json",
      "chats/hello.request.json",
    ]);
    expect((await recording({ mode: "replay" }).chat({ prompt: "two" })).text).toBe("two");
    await expect(recording({ name: "../outside" }).chat({ prompt: "three" })).rejects.toThrow(/path below the directory/);
  });

  it("rewrites the fixtures of repeated requests in update mode, under their names, and keeps the others", async () => {
    await recording({ name: "kept" }).chat({ prompt: "kept" });
    local.reply({ text: "old" }, { text: "older" });
    const first = recording({ name: "mine" });
    await first.chat({ prompt: "asked" });
    await first.chat({ prompt: "asked" });
    local.reply({ text: "new" });
    await recording({ mode: "update" }).chat({ prompt: "asked" });
    expect((await files()).filter((name) => name.endsWith("request.json"))).toEqual(["kept.request.json", "mine.request.json"]);
    const replayed = recording({ mode: "replay" });
    expect((await replayed.chat({ prompt: "asked" })).text).toBe("new");
    expect((await replayed.chat({ prompt: "kept" })).text).toBe("kept");
  });

  it("sends every request in record mode", async () => {
    local.reply({ text: "one" }, { text: "two" });
    await recording({ mode: "record" }).chat({ prompt: "x" });
    await recording({ mode: "record" }).chat({ prompt: "x" });
    expect(local.requests).toHaveLength(2);
    expect((await recording({ mode: "replay" }).chat({ prompt: "x" })).text).toBe("two");
  });

  it("reads its mode from CF_AI_GATEWAY_FIXTURES, and replays in CI", async () => {
    vi.stubEnv("CI", "true");
    await expect(recording().chat({ prompt: "x" })).rejects.toThrow(ConfigurationError);
    vi.stubEnv("CF_AI_GATEWAY_FIXTURES", "auto");
    expect((await recording().chat({ prompt: "x" })).text).toBe("x");
    vi.stubEnv("CF_AI_GATEWAY_FIXTURES", "lockdown");
    expect(() => recordFixtures(directory)).toThrow(
      /CF_AI_GATEWAY_FIXTURES:? must be one of record, replay, auto, update, got "lockdown"/,
    );
  });

  it("does not compare ignored fields", async () => {
    await recording().chat({ prompt: "x", seed: 1, extraBody: { metadata: { run: "a" } } });
    const later = recording({ mode: "replay", ignore: ["seed", "/metadata/*"] });
    expect((await later.chat({ prompt: "x", seed: 2, extraBody: { metadata: { run: "b" } } })).text).toBe("x");
    await expect(recording({ mode: "replay" }).chat({ prompt: "x", seed: 2 })).rejects.toThrow(
      "/seed: sent 2, the fixture has 1",
    );
  });

  it("writes neither the token nor account and gateway IDs, nor anything that identifies the request", async () => {
    local.reply({ text: `Account ${accountId}, gateway team-gateway, token ${token}, key sk-abcdefghijklmnop123456.` });
    await recording({}, { headers: { "x-api-key": "my-own-secret-key" } }).chat({
      prompt: `Is my token ${token}? My key is my-own-secret-key.`,
    });
    const written = await contents();
    for (const secret of [accountId, "team-gateway", token, "sk-abcdefghijklmnop123456", "my-own-secret-key"])
      expect(written).not.toContain(secret);
    expect(written).toContain("redacted");
    const again = recording({ mode: "replay" }, { headers: { "x-api-key": "my-own-secret-key" } });
    expect((await again.chat({ prompt: `Is my token ${token}? My key is my-own-secret-key.` })).text).toContain(
      "redacted-account",
    );
  });

  it("keeps URLs and IDs that are part of an answer", async () => {
    local.reply({ text: "Write to ada@example.com about 123e4567-e89b-42d3-a456-426614174000." });
    await recording().chat({ prompt: "Whom?" });
    expect((await recording({ mode: "replay" }).chat({ prompt: "Whom?" })).text).toBe(
      "Write to ada@example.com about 123e4567-e89b-42d3-a456-426614174000.",
    );
  });

  it("fails the chat rather than write a stream that contains a secret split across pieces", async () => {
    local.reply({ text: `It is ${token} indeed.`, chunks: { size: 3 } });
    await expect(recording().stream({ prompt: "Tell me." }).result).rejects.toThrow(/would spell out a secret \(token\)/);
    expect(await files()).toEqual([]);
  });

  it("applies the caller's redaction to files and before comparing", async () => {
    const redact = (text: string) => text.replaceAll("Ada", "somebody");
    local.reply({ text: "Hello Ada." });
    await recording({ redact }).chat({ prompt: "I am Ada." });
    expect(await contents()).not.toContain("Ada");
    expect((await recording({ redact, mode: "replay" }).chat({ prompt: "I am Ada." })).text).toBe("Hello somebody.");
  });

  it("does not store a stream that its reader cancelled", async () => {
    local.reply({ text: "A long answer that nobody reads to its end.", chunks: { size: 2 } });
    for await (const text of recording().stream({ prompt: "Long?" }).text) if (text) break;
    expect(await files()).toEqual([]);
  });

  it("does not store a truncated response", async () => {
    local.reply({ fault: "reset-mid-body", afterBytes: 40 });
    await expect(recording().chat({ prompt: "x" })).rejects.toMatchObject({ code: "network" });
    expect(await files()).toEqual([]);
  });

  it("records both endpoints and the logs", async () => {
    const config = { endpoint: "rest", apiToken: token, apiBaseUrl: local.gateway.apiUrl } as const;
    const logId = (await recording({}, config).chat({ prompt: "x" })).gateway.logId ?? "";
    const record = await recording({}, config).logs.get(logId);
    const replayed = recording({ mode: "replay" }, config);
    expect((await replayed.chat({ prompt: "x" })).text).toBe("x");
    expect(await replayed.logs.get(logId)).toMatchObject({ provider: record.provider, tokensOut: record.tokensOut });
    await expect(recording({ mode: "replay" }).chat({ prompt: "x" })).rejects.toThrow(
      'endpoint: sent "compat", the fixture has "rest"',
    );
  });

  it("reads fixtures that were written by hand", async () => {
    await writeFile(
      join(directory, "mine.request.json"),
      JSON.stringify({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "x" }] }),
    );
    await writeFile(
      join(directory, "mine.response.json"),
      JSON.stringify({ choices: [{ message: { content: "by hand" }, finish_reason: "stop" }] }),
    );
    const fetch = recordFixtures(pathToFileURL(`${directory}/`), { mode: "replay" });
    const gateway = createGateway({ accountId, gatewayId: "g", gatewayToken: token, model: "openai/gpt-4o-mini", fetch });
    expect((await gateway.chat({ prompt: "x" })).text).toBe("by hand");
  });

  it.each([
    [{ mode: "lockdown" }, 'mode must be one of record, replay, auto, update, got "lockdown"'],
    [{ timing: 2 }, 'timing must be "none" or "recorded"'],
    [{ ignor: [] }, "ignor is not an option of recordFixtures"],
    [{ redact: "x" }, "redact must be a function"],
  ])("rejects the options %j", (options, message) => {
    expect(() => recordFixtures(directory, options as RecordFixturesOptions)).toThrow(issue(message));
  });
});
