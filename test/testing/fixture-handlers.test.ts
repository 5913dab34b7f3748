import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { setupServer } from "msw/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fieldDifferences } from "../../src/testing/fixtures/field-differences.ts";
import { type FixtureHandlersOptions, fixtureHandlers } from "../../src/testing/index.ts";
import { ask, prompt, restPath } from "./ask.ts";

const cloudflare = { url: "https://gateway.ai.cloudflare.com" };
const chat = prompt("Capital of France?");
const streamed = prompt("Capital of France?", { stream: true });
const frames = '\uFEFFdata: {\r\ndata: "a": 1}\r\n\r\n: bye';

let directory: string;
let server: ReturnType<typeof setupServer>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "fixtures-"));
  const files: Record<string, unknown> = {
    "openai/chat.request.json": chat,
    "openai/chat.response.json": { id: "chat" },
    "openai/stream.request.json": { body: streamed },
    "openai/stream.sse": frames,
    "groq/error.request.json": { endpoint: "rest", headers: { "cf-aig-metadata": '{"a":1}' }, body: prompt("fail") },
    "groq/error.response.json": { error: { message: "slow down" } },
    "groq/error.meta.json": {
      provenance: "authored",
      status: 429,
      headers: { "retry-after": "3", "content-type": "application/problem+json" },
    },
  };
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), typeof content === "string" ? content : JSON.stringify(content));
  }
});

afterEach(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

function replay(from: string | URL = directory, options?: FixtureHandlersOptions): void {
  server = setupServer(...fixtureHandlers(from, options));
  server.listen({ onUnhandledRequest: "error" });
}

test("a request gets the response of the fixture with the same body, whatever the order of its fields", async () => {
  replay();
  const { model, messages } = chat as { model: string; messages: unknown };
  const { status, headers, json } = await ask(cloudflare, { messages, model });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("application/json");
  expect(json).toEqual({ id: "chat" });
});

test("a stream is replayed verbatim", async () => {
  replay(pathToFileURL(`${directory}/`));
  const response = await ask(cloudflare, streamed);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.text).toBe(frames.slice(1));
});

test("status and headers come from the meta file", async () => {
  replay();
  const answer = await ask({ url: "https://api.cloudflare.com" }, prompt("fail"), {
    path: restPath,
    headers: { "cf-aig-metadata": '{"a":1}' },
  });
  expect(answer).toMatchObject({ status: 429, json: { error: { message: "slow down" } } });
  expect([answer.headers.get("retry-after"), answer.headers.get("content-type")]).toEqual(["3", "application/problem+json"]);
});

test("a request without a fixture is a 501 that names the closest fixture and each difference", async () => {
  replay();
  const { status, json } = await ask(cloudflare, { ...chat, model: "openai/gpt-5", temperature: 0 });
  expect(status).toBe(501);
  expect(json.error.message.split("\n")).toEqual([
    "No fixture has this request. The nearest is openai/chat:",
    '  /model: sent "openai/gpt-5", the fixture has "openai/gpt-4o-mini"',
    "  /temperature: sent 0, the fixture has nothing",
  ]);
});

test("a different endpoint or header is a difference too", async () => {
  replay(directory, { cases: ["groq/error"] });
  const { status, json } = await ask(cloudflare, prompt("fail"));
  expect(status).toBe(501);
  expect(json.error.message).toContain('endpoint: sent "compat", the fixture has "rest"');
  expect(json.error.message).toContain("header cf-aig-metadata: sent nothing");
});

test("the option cases selects fixtures by name, with or without the folder", async () => {
  replay(directory, { cases: ["stream"] });
  expect((await ask(cloudflare, streamed)).status).toBe(200);
  expect((await ask(cloudflare, chat)).status).toBe(501);
});

test("a missing case and a missing directory are reported", async () => {
  replay(directory, { cases: ["openai/nope"] });
  expect((await ask(cloudflare, chat)).json.error.message).toContain("No fixture openai/nope in");
  server.close();
  replay(join(directory, "nowhere"));
  expect((await ask(cloudflare, chat)).json.error.message).toContain("ENOENT");
});

test("differences name the deepest field, and distinguish arrays from objects", () => {
  expect(fieldDifferences({ a: [1, { b: null }] }, { a: [1, { b: 0 }, 3] })).toEqual([
    { path: "/a/1/b", sent: null, expected: 0 },
    { path: "/a/2", sent: undefined, expected: 3 },
  ]);
  expect(fieldDifferences({ "x/y": [] }, { "x/y": {} })).toEqual([{ path: "/x~1y", sent: [], expected: {} }]);
  expect(fieldDifferences({ a: 1 }, { a: 1 })).toEqual([]);
});
