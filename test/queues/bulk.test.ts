import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Miniflare } from "miniflare";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { codeBlocks } from "../scripts/code-blocks/extract.ts";
import { bundle } from "../workerd-bundle.ts";

/** The gateway part of the binding `env.AI`, backed by the local gateway. */
const aiBinding = `
  export default ({ GATEWAY_URL }) => ({
    gateway: (id) => ({
      run: ({ endpoint, headers, query }) =>
        fetch(GATEWAY_URL + "/v1/account/" + id + "/compat/" + endpoint, {
          method: "POST",
          headers: { ...headers, "cf-aig-authorization": "Bearer test-token" },
          body: JSON.stringify(query),
        }),
    }),
  });
`;

interface Job {
  id: string;
  chat: { prompt: string };
}
interface Result {
  id: string;
  text?: string;
  error?: { code: string };
}

let program: string;
const local = useLocalGateway();
let folder: string;
let platform: Miniflare;

/** The Worker of docs/bulk.md, on Cloudflare's Queues and R2. */
const startPlatform = () =>
  new Miniflare({
    r2Persist: folder,
    handleRuntimeStdio(output: Readable, errors: Readable) {
      output.resume();
      errors.resume();
    },
    workers: [
      {
        name: "bulk",
        modules: true,
        script: program,
        compatibilityDate: "2026-07-01",
        bindings: { GATEWAY_ID: "gw", MODEL: "openai/gpt-4o-mini", RETRY_DELAY: 0 },
        wrappedBindings: { AI: { scriptName: "ai", bindings: { GATEWAY_URL: local.url } } },
        r2Buckets: { BUCKET: "bulk" },
        queueProducers: { JOBS: "bulk" },
        queueConsumers: {
          bulk: { maxBatchSize: 10, maxBatchTimeout: 0, maxRetries: 3, deadLetterQueue: "bulk-dead-letters" },
          "bulk-dead-letters": { maxBatchSize: 10, maxBatchTimeout: 0 },
        },
      },
      { name: "ai", modules: true, script: aiBinding },
    ],
  });

beforeAll(async () => {
  const [worker] = codeBlocks("docs/bulk.md", await readFile(new URL("../../docs/bulk.md", import.meta.url), "utf8")).slice(-1);
  program = (await bundle(worker?.code ?? "", ["workerd", "worker"])).code;
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bulk-"));
  platform = startPlatform();
  return async () => {
    await platform.dispose();
    await rm(folder, { recursive: true, force: true });
  };
});

interface Bucket {
  put(key: string, value: string): Promise<unknown>;
  list(options: { prefix: string }): Promise<{ objects: unknown[] }>;
}
const bucket = async () => (await platform.getR2Bucket("BUCKET", "bulk")) as unknown as Bucket;
const store = async (name: string, text: string) => (await bucket()).put(name, text);

/** Resolves when the bucket contains this many answers and failures. */
async function stored(answers: number, failures = 0): Promise<void> {
  const count = async (prefix: string) => (await (await bucket()).list({ prefix })).objects.length;
  const counted = async () => expect([await count("answers/"), await count("failed/")]).toEqual([answers, failures]);
  await vi.waitFor(counted, { timeout: 50_000, interval: 100 });
}

const storeJobs = (jobs: readonly Job[], ending = "\n") =>
  store("jobs.jsonl", jobs.map((job) => JSON.stringify(job)).join("\n") + ending);

async function start(input = "jobs.jsonl"): Promise<{ jobs: number }> {
  const response = await platform.dispatchFetch(`http://bulk/start?input=${input}`, { method: "POST" });
  return (await response.json()) as { jobs: number };
}

async function results(): Promise<Result[]> {
  const text = await (await platform.dispatchFetch("http://bulk/results")).text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** The output, by ID. */
async function resultsById(): Promise<Map<string, Result>> {
  const found = await results();
  const byId = new Map(found.map((result) => [result.id, result]));
  expect(byId.size).toBe(found.length);
  return byId;
}

const createJobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, at) => ({ id: `job ${at}/ä`, chat: { prompt: `Prompt ${at}, 東京` } }));
const prompts = () => local.requests.map(({ body }) => body.messages[0].content as string);

describe("the bulk job in docs/bulk.md, on Queues and R2", () => {
  it("answers every job once, even if a line is larger than a queue message", async () => {
    const jobs = createJobs(250);
    jobs[7] = { id: "large", chat: { prompt: "x".repeat(200_000) } };
    await storeJobs(jobs, "");
    expect(await start()).toEqual({ jobs: 250 });
    await stored(250);
    const found = await resultsById();
    for (const { id, chat } of jobs) expect(found.get(id)?.text).toBe(chat.prompt);
    expect(prompts()).toHaveLength(250);
  });

  it("has each answer once in its output when every message is delivered twice, and runs no answered job again", async () => {
    const jobs = createJobs(40);
    await storeJobs(jobs);
    await Promise.all([start(), start()]);
    await stored(40);
    const found = await resultsById();
    for (const { id, chat } of jobs) expect(found.get(id)?.text).toBe(chat.prompt);
    await store("more.jsonl", JSON.stringify({ id: "last", chat: { prompt: "Last" } }));
    const before = prompts().length;
    await start();
    await start("more.jsonl");
    await stored(41);
    expect(prompts().slice(before)).toEqual(["Last"]);
  });

  it("loses nothing: temporary failures are retried, and permanent ones are in the output with the reason", async () => {
    local.when({ user: "Busy" }, { error: { status: 429 } }, { error: { status: 503 } }, { text: "At last." });
    local.when({ user: "Down" }, { error: { status: 503 } });
    local.when({ user: "Refused" }, { error: { gatewayCode: 2016 } });
    const troubled = ["Busy", "Down", "Refused"].map((prompt) => ({ id: prompt, chat: { prompt } }));
    await storeJobs([...createJobs(20), ...troubled]);
    await start();
    const producer = await platform.getQueueProducer<unknown>("JOBS", "bulk");
    await producer.send({ hello: "no job" });
    await stored(21, 3);
    const found = await resultsById();
    expect(found.size).toBe(24);
    expect(found.get("Busy")).toMatchObject({ text: "At last." });
    expect(found.get("Down")).toMatchObject({ error: { code: "dead-letter" }, message: { toolCallId: "Down" } });
    expect(found.get("Refused")).toMatchObject({ error: { code: "guardrail" } });
    expect([...found.values()]).toContainEqual(expect.objectContaining({ message: { hello: "no job" } }));
    const count = (wanted: string) => prompts().filter((prompt) => prompt === wanted).length;
    expect([count("Busy"), count("Down"), count("Refused")]).toEqual([3, 4, 1]);

    // When the job is started again without the fault, the failures become answers.
    local.reset();
    await start();
    await stored(23, 3);
    const later = await resultsById();
    expect([later.size, later.get("Down")?.text, later.get("Refused")?.text]).toEqual([24, "Down", "Refused"]);
    expect(prompts().sort()).toEqual(["Down", "Refused"]);
  });

  it("continues after it was killed midway", async () => {
    const jobs = createJobs(60);
    await storeJobs(jobs);
    await start();
    await vi.waitFor(() => expect(prompts().length).toBeGreaterThan(10), { interval: 5 });
    await platform.dispose();
    platform = startPlatform();
    const before = new Set((await results()).map(({ id }) => id));
    expect(before.size).toBeLessThan(60);
    local.reset();
    await start();
    await stored(60);
    const found = await resultsById();
    for (const { id, chat } of jobs) expect(found.get(id)?.text).toBe(chat.prompt);
    const again = new Set(prompts());
    for (const { id, chat } of jobs) if (before.has(id)) expect(again.has(chat.prompt)).toBe(false);
  });
});
