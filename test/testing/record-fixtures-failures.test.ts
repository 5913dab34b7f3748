import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "cf-ai-gateway";
import { createLocalGateway, type RecordFixturesOptions, recordFixtures } from "cf-ai-gateway/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { issue } from "./issue.ts";

const local = useLocalGateway();

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "recorded-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A chat whose requests pass through recordFixtures, and the requests that were sent. */
const send = vi.fn((url: string, init: RequestInit) => local.gateway.fetch(url, init));
beforeEach(() => void send.mockClear());
const chat = (options: RecordFixturesOptions) =>
  local
    .client({ model: "openai/gpt-4o-mini", fetch: recordFixtures(directory, { fetch: send, ...options }) })
    .chat({ prompt: "x" });

test.each([
  ["an empty request", { "a.request.json": "" }, /a\.request\.json: Unexpected end of JSON input/],
  ["a request that is no object", { "a.request.json": "null" }, /a\.request\.json: it must contain a JSON object/],
  ["no response", { "a.response.json": undefined }, /a\.response\.json: ENOENT/],
  ["a status that is no number", { "a.meta.json": '{"status":"ok"}' }, /a\.meta\.json: status must be an integer/],
  ["pieces that are no pairs", { "a.meta.json": '{"pieces":"x"}' }, /a\.meta\.json: pieces must be pairs/],
])("a fixture with %s fails the chat with the name of the file, and is not sent instead", async (_, changed, message) => {
  const files: Record<string, string | undefined> = { "a.request.json": "{}", "a.response.json": "{}", ...changed };
  for (const [name, content] of Object.entries(files)) if (content !== undefined) await writeFile(join(directory, name), content);
  const error = await chat({ mode: "auto" }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error.message).toMatch(message);
  expect(send).not.toHaveBeenCalled();
});

test("a directory that can't be written is reported before a request is sent", async () => {
  await expect(chat({ mode: "record", name: "x".repeat(300) })).rejects.toThrow(/fixtures can't be written: .*ENAMETOOLONG/);
  expect(send).not.toHaveBeenCalled();
});

test("a file in place of the directory is reported before a request is sent", async () => {
  const file = join(directory, "file");
  await writeFile(file, "");
  const gateway = local.client({ model: "openai/gpt-4o-mini", fetch: recordFixtures(file, { mode: "auto", fetch: send }) });
  await expect(gateway.chat({ prompt: "x" })).rejects.toThrow(/fixtures can't be read: ENOTDIR/);
  expect(send).not.toHaveBeenCalled();
});

test("a stream whose fixture can't be written any more is reported on the console", async () => {
  const printed = vi.spyOn(console, "error").mockImplementation(() => {});
  const gateway = local.client({
    model: "openai/gpt-4o-mini",
    fetch: recordFixtures(directory, { mode: "record", name: "folder/case", fetch: send }),
  });
  local.reply({ text: "one two three", chunks: { size: 3, everyMs: 1 } });
  for await (const event of gateway.stream({ prompt: "x" })) {
    if (event.type !== "turn-start") continue;
    await rm(join(directory, "folder"), { recursive: true });
    await writeFile(join(directory, "folder"), "");
  }
  expect(printed).toHaveBeenCalledWith(expect.stringMatching(/fixtures can't be written: .*folder/));
  printed.mockRestore();
});

test.each<[string, RecordFixturesOptions, string]>([
  ["name throws", { name: () => JSON.parse("{") }, "name threw an error: "],
  ["redact throws", { redact: () => JSON.parse("{") }, "redact threw an error: "],
  ["redact returns nothing", { redact: (() => undefined) as never }, "redact must return a string, got undefined"],
  ["redact breaks the JSON", { redact: (text) => text.replaceAll('"', "") }, "redact must keep JSON valid"],
])("when %s, the chat fails with a ConfigurationError and is not retried", async (_, options, message) => {
  const error = await chat({ mode: "record", ...options }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error.message).toContain(message);
  expect(send).not.toHaveBeenCalled();
});

test("wrong arguments are rejected with a ConfigurationError", () => {
  expect(() => recordFixtures(directory, null as never)).toThrow(issue("options must be an object"));
  expect(() => recordFixtures(new URL("https://example.com/"))).toThrow(issue("directory must be a path or a file: URL"));
  expect(() => createLocalGateway({ fixtures: "" })).toThrow(issue("fixtures must be a path or a file: URL"));
});

test("recorders that write the same fixture at the same time don't disturb each other", async () => {
  await Promise.all(Array.from({ length: 8 }, () => chat({ mode: "record" })));
  send.mockClear();
  expect((await chat({ mode: "replay" })).text).toBe("x");
  expect(send).not.toHaveBeenCalled();
});
