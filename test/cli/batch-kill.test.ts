import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LocalGateway, startLocalGateway } from "cf-ai-gateway/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/testing/samples/choices.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const jobs = Array.from({ length: 150 }, (_, n) => ({ id: `job-${n}`, prompt: `Question ${n}` }));

let folder = "";
let local: LocalGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cf-ai-gateway-kill-"));
  await writeFile(join(folder, "in.jsonl"), jobs.map((job) => `${JSON.stringify(job)}\n`).join(""));
  local = await startLocalGateway();
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command in a separate process, and kills it once the gateway has received this many more requests. */
async function runUntil(out: string, requests: number): Promise<number | null> {
  const argv = [
    "batch",
    join(folder, "in.jsonl"),
    out,
    "--base-url",
    local.url,
    "-m",
    "openai/gpt-4o-mini",
    "--concurrency",
    "4",
  ];
  const child = spawn(process.execPath, ["--import", "tsx", main, ...argv], {
    stdio: "ignore",
    env: {
      PATH: process.env.PATH ?? "",
      CLOUDFLARE_ACCOUNT_ID: "acc",
      CLOUDFLARE_GATEWAY_ID: "gw",
      CLOUDFLARE_GATEWAY_TOKEN: "test-token",
    },
  });
  const limit = local.requests.length + requests;
  local.when(() => {
    if (local.requests.length >= limit) child.kill("SIGKILL");
    return false;
  }, {});
  return new Promise((resolve) => child.once("close", resolve));
}

describe("batch", () => {
  it.each([1, 2, 3])("loses nothing and writes nothing twice when it is killed repeatedly (seed %i)", async (seed) => {
    const random = createRandom(seed);
    const out = join(folder, `out-${seed}.jsonl`);
    local.reset();
    for (let kill = 0; kill < 3; kill++) {
      expect(await runUntil(out, 1 + Math.floor(random() * 40))).toBeNull();
      local.reset();
    }
    expect(await runUntil(out, Number.POSITIVE_INFINITY)).toBe(0);
    const lines = (await readFile(out, "utf8")).split("\n");
    expect(lines.pop()).toBe("");
    const answers = lines.map((line) => JSON.parse(line) as { custom_id: string; text: string });
    expect(answers.map(({ custom_id }) => custom_id).sort()).toEqual(jobs.map(({ id }) => id).sort());
    for (const { custom_id, text } of answers) expect(text).toBe(`Question ${custom_id.slice(4)}`);
  });
});
