import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendLine } from "../../src/cli/batch/output-file.ts";
import { useLocalGateway } from "../local-gateway.ts";
import { cli, startCli } from "./terminal.ts";

const local = useLocalGateway();
let folder = "";
let out = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cf-ai-gateway-batch-"));
  out = join(folder, "out.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const env = { CLOUDFLARE_ACCOUNT_ID: "acc", CLOUDFLARE_GATEWAY_ID: "gw", CLOUDFLARE_GATEWAY_TOKEN: "test-token" };

async function input(content: string | object[], name = "in.jsonl"): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" ? content : content.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}
const jobs = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `job-${n}`, prompt: `Question ${n}` }));
const argumentsFor = (path: string, argv: string[]) => [
  "batch",
  path,
  out,
  "--base-url",
  local.url,
  "--model",
  "openai/gpt-4o-mini",
  "--set",
  "maxRetries=0",
  ...argv,
];
const batch = (path: string, argv: string[] = [], isTTY = false) => cli(argumentsFor(path, argv), { env, stdin: "", isTTY });
const answers = async () =>
  (await readFile(out, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const listIds = (lines: { custom_id: string }[]) => lines.map(({ custom_id }) => custom_id).sort();

describe("batch", () => {
  it("appends one line for each answer, with its ID and a hash of the request, and prints a summary on stderr", async () => {
    const { code, stdout, stderr } = await batch(await input(jobs(3)));
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^✔ 3 answered · \d+ tokens · \d+\.\d s\n$/);
    const lines = await answers();
    expect(listIds(lines)).toEqual(["job-0", "job-1", "job-2"]);
    for (const line of lines)
      expect(line).toMatchObject({ text: `Question ${line.custom_id.slice(4)}`, hash: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it("reads chat options from each line, whose model takes precedence over the command's", async () => {
    await batch(
      await input([{ id: "a", prompt: "Hi", model: "anthropic/claude-sonnet-4-5", system: "Be brief.", temperature: 0 }]),
    );
    expect(local.requests.at(-1)?.body).toMatchObject({ model: "anthropic/claude-sonnet-4-5", temperature: 0 });
  });

  it("reads OpenAI's batch format, and writes results in it", async () => {
    const tools = [{ type: "function", function: { name: "look_up", parameters: { type: "object", properties: {} } } }];
    const messages = [{ role: "user", content: "Hi" }];
    const body = { model: "gpt-4o-mini", messages, max_tokens: 5, tools, user: "u-1", stream: true };
    const path = await input([{ custom_id: "a", method: "POST", url: "/v1/chat/completions", body }]);
    expect((await batch(path, ["--provider", "openai"])).code).toBe(0);
    expect(local.requests.at(-1)?.body).toMatchObject({ model: "openai/gpt-4o-mini", max_tokens: 5, tools, user: "u-1" });
    const [line] = await answers();
    expect(line).toMatchObject({
      custom_id: "a",
      error: null,
      response: { status_code: 200, body: { object: "chat.completion" } },
    });
  });

  it("reads CSV with a template", async () => {
    const path = await input('id,text,lang\n1,"Hello, you",fr\n2,"Good ""day""",de\n', "in.csv");
    await batch(path, ["--prompt", "To {{lang}}: {{ text }}", "--system", "Translate."]);
    expect((await answers()).map(({ custom_id, text }) => `${custom_id} ${text}`).sort()).toEqual([
      "1 To fr: Hello, you",
      '2 To de: Good "day"',
    ]);
    expect(local.requests.at(-1)?.body.messages[0]).toEqual({ role: "system", content: "Translate." });
  });

  it("writes answers that match a schema", async () => {
    const schema = { type: "object", properties: { n: { type: "integer", minimum: 3 } }, required: ["n"] };
    await batch(await input(jobs(1)), ["--schema", JSON.stringify(schema)]);
    expect((await answers())[0].output).toEqual({ n: 3 });
  });

  it("records failures with their code, counts them by code, and exits with 5", async () => {
    local.when({ user: "Question 1" }, { error: { status: 400 } });
    const { code, stderr } = await batch(await input(jobs(3)));
    expect(code).toBe(5);
    expect(stderr).toMatch(/^! 2 answered · 1 failed · .*\n {2}bad-request {2}1\n$/);
    expect((await answers()).find(({ custom_id }) => custom_id === "job-1").error).toMatchObject({
      code: "bad-request",
      status: 400,
    });
  });

  it("stops immediately, with exit code 4, when the gateway rejects the token", async () => {
    const { code } = await cli(argumentsFor(await input(jobs(50)), ["--concurrency", "2"]), {
      env: { ...env, CLOUDFLARE_GATEWAY_TOKEN: "wrong" },
      stdin: "",
    });
    expect(code).toBe(4);
    expect(local.requests.length).toBeLessThan(10);
  });

  it("stops at a cost limit, keeps its answers, and resumes from there", async () => {
    local.when({}, { text: "Hi", usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 1 } });
    const path = await input(jobs(6));
    const { code, stderr } = await batch(path, ["--max-cost", "3", "--concurrency", "1"]);
    expect(code).toBe(1);
    expect(stderr).toContain("reaches --max-cost ($3)");
    expect(await answers()).toHaveLength(3);
    expect((await batch(path)).code).toBe(0);
    expect(listIds(await answers())).toEqual(jobs(6).map(({ id }) => id));
  });

  it("prints its plan with --dry-run, and sends and writes nothing", async () => {
    const { stdout, code } = await batch(await input(jobs(4)), ["--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("4 of 4 requests to send, about 10 tokens of input.");
    expect(stdout).toContain('"prompt": "Question 0"');
    expect(local.requests).toEqual([]);
    await expect(readFile(out)).rejects.toThrow("ENOENT");
  });

  it("prints its summary as JSON with --json", async () => {
    local.when({ user: "Question 1" }, { error: { status: 400 } });
    const { stdout, stderr, code } = await batch(await input(jobs(2)), ["--json"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 5 });
    expect(JSON.parse(stdout)).toMatchObject({ total: 2, skipped: 0, answered: 1, failed: 1, errors: { "bad-request": 1 } });
  });

  it("shows progress on a terminal: rate, tokens, failures, and the remaining time", async () => {
    local.when({ user: "Question 0" }, { error: { status: 400 } });
    const { stderr } = await batch(await input(jobs(12)), ["--concurrency", "1"], true);
    const plain = stderr.replace(/\u001b\[\d+m/g, "");
    expect(plain).toMatch(/━+ 6\/12 · 1 failed · \d+\.\d\/s · \d+ tokens · .* left/);
    expect(plain).toMatch(/\r\u001b\[2K! 11 answered · 1 failed/);
  });
});

describe("batch, run again", () => {
  it("skips jobs that succeeded or failed, and runs new or changed ones", async () => {
    local.when({ user: "Question 1" }, { error: { status: 400 } });
    await batch(await input(jobs(3)));
    local.requests.length = 0;
    const changed = [...jobs(4).slice(0, 2), { id: "job-2", prompt: "Another question" }, { id: "job-3", prompt: "Question 3" }];
    const { code, stderr } = await batch(await input(changed));
    expect(code).toBe(5);
    expect(stderr).toContain("Resuming: 1 of 4 are done, 1 failed before (--retry-failed runs them again).");
    expect(local.requests.map(({ body }) => body.messages[0].content).sort()).toEqual(["Another question", "Question 3"]);
  });

  it("reruns failed jobs with --retry-failed", async () => {
    local.reply({ error: { status: 400 } });
    const path = await input(jobs(1));
    expect((await batch(path)).code).toBe(5);
    expect((await batch(path, ["--retry-failed"])).code).toBe(0);
    expect((await batch(path)).stderr).toBe("Resuming: 1 of 1 are done.\nNothing is left to do.\n");
  });

  it("reruns every job for another model or another option", async () => {
    const path = await input(jobs(2));
    await batch(path);
    await batch(path, ["--set", "temperature=0"]);
    expect(await answers()).toHaveLength(4);
  });

  it("removes an incomplete last line, however long, and runs its job", async () => {
    const path = await input(jobs(2));
    await batch(path);
    const [first = ""] = (await readFile(out, "utf8")).split("\n");
    await writeFile(out, `${first}\n`);
    await appendFile(out, `{"custom_id":"job-x","text":"${"x".repeat(200_000)}`);
    expect((await batch(path)).code).toBe(0);
    expect(listIds(await answers())).toEqual(["job-0", "job-1"]);
  });

  it.each([
    ["nowhere/out.jsonl", /^error Can't write .*: its folder doesn't exist\.\n$/],
    [".", /^error Can't write .*: it is a folder\.\n$/],
  ])("names the output file %s, which can't be written", async (path, message) => {
    out = join(folder, path);
    const { code, stderr } = await batch(await input(jobs(1)));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  it("names the output file when the disk is full", async () => {
    const full = { appendFile: () => Promise.reject(new Error("ENOSPC: no space left on device")) };
    const write = appendLine(full as never, "out.jsonl", "{}");
    await expect(write).rejects.toThrow("Can't write out.jsonl: ENOSPC: no space left on device.");
  });

  it("rejects an output file that it did not write", async () => {
    await writeFile(out, '{"name":"precious"}\n');
    const { code, stderr } = await batch(await input(jobs(1)));
    expect(code).toBe(2);
    expect(stderr).toContain("holds lines that batch did not write");
    expect(await readFile(out, "utf8")).toBe('{"name":"precious"}\n');
  });
});

describe("batch, with invalid input", () => {
  it.each([
    ["a repeated id", '{"id":"a","prompt":"1"}\n{"id":"a","prompt":"2"}\n', 'The id "a" is there twice'],
    ["a line that is not JSON", '{"id":"a","prompt":"1"}\nnonsense\n', "in.jsonl:2 is not JSON"],
    ["a line that is no object", "[1]\n", "in.jsonl:1 must be an object"],
    ["a line without an id", '{"prompt":"1"}\n', "in.jsonl:1: id must be a non-empty string"],
    ["a line without a prompt", '{"id":"a"}\n', "in.jsonl:1: there is neither prompt nor messages"],
  ])("rejects %s before anything is sent", async (_, content, message) => {
    const { code, stderr } = await batch(await input(content));
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(local.requests).toEqual([]);
  });

  it.each([
    [[], "CSV needs a template"],
    [["--prompt", "{{txt}}"], 'There is no column "txt". Did you mean {{text}}?'],
    [["--prompt", "{{text}}", "--concurrency", "0"], "--concurrency must be an integer above 0, got 0."],
    [["--prompt", "{{text}}", "--max-cost", "much"], "--max-cost must be a number above 0, got much."],
  ])("rejects CSV with %j", async (argv, message) => {
    const { code, stderr } = await batch(await input("text\nHi\n", "in.csv"), argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("rejects a record with too few fields and a missing file", async () => {
    expect((await batch(await input("a,b\n1\n", "in.csv"), ["--prompt", "{{a}}"])).stderr).toContain("record 1 has 1 fields");
    expect(await batch(join(folder, "none.jsonl"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("there is no such file"),
    });
  });
});

describe("batch, on Ctrl-C", () => {
  const slow = (ms: number) => local.when({}, { text: "Hi", delayMs: ms });

  it("starts no more jobs, finishes the running ones, and exits with 130; the next run does the rest", async () => {
    slow(100);
    const path = await input(jobs(20));
    const run = startCli(argumentsFor(path, ["--concurrency", "2"]), { env, stdin: "", isTTY: true });
    await run.until("stderr", "/20");
    run.interrupt();
    expect(await run.done).toBe(130);
    const done = (await answers()).length;
    expect(done).toBeLessThan(10);
    local.reset();
    expect((await batch(path)).code).toBe(0);
    expect(listIds(await answers())).toEqual(
      jobs(20)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it("aborts the running jobs on the second Ctrl-C", async () => {
    local.when({ user: "Question 0" }, { text: "Hi" });
    local.when({ user: /Question [1-9]/ }, { text: "Hi", delayMs: 30_000 });
    const run = startCli(argumentsFor(await input(jobs(3)), []), { env, stdin: "", isTTY: true });
    await run.until("stderr", "1/3");
    run.interrupt();
    await run.until("stderr", "Finishing running requests");
    run.interrupt();
    expect(await run.done).toBe(130);
    expect(listIds(await answers())).toEqual(["job-0"]);
  });
});
