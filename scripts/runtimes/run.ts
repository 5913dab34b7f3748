import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { readArguments } from "../command-line.ts";
import { binary as chromiumBinary, runInPage } from "./chromium.ts";
import { bundleSuite, installPacked } from "./packed.ts";
import { isInstalled, programs, readVersion, runProgram } from "./processes.ts";
import { scriptOfPrompt } from "./script.ts";
import type { Outcome } from "./suite.ts";
import { runInWorker } from "./workerd.ts";

const usage = `
Usage: npm run test:runtimes [-- [--strict] [<runtime> ...]]

Runs one suite against the packed package in Node 20 to 26, Bun, Deno, workerd and Chromium, each with a local gateway in this process.
Runtimes are installed from scripts/runtimes/package.json; Chromium must be installed on the system.

  <runtime>   run only runtimes whose name contains this string, such as "bun"
  --strict    fail if a runtime is missing; otherwise it is skipped
`;

const { values, positionals: wanted } = readArguments(usage, { strict: { type: "boolean" } }, true);
const { strict = false } = values;
const isWanted = (name: string) => wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part.toLowerCase()));

const here = fileURLToPath(new URL("./", import.meta.url));
execFileSync("npm", ["ci", "--silent", "--no-audit", "--no-fund", "--prefer-offline"], {
  cwd: here,
  stdio: ["ignore", "inherit", "inherit"],
});

const project = installPacked();
await bundleSuite(project);
const local = await startLocalGateway({ script: scriptOfPrompt });
const config = { baseUrl: local.url, apiBaseUrl: local.apiUrl, accountId: "test", gatewayId: "test", gatewayToken: "test-token" };

let failed = 0;
let skipped = 0;

async function report(name: string, run: (() => Promise<{ version: string; outcomes: Outcome[] }>) | undefined): Promise<void> {
  if (!isWanted(name)) return;
  if (run === undefined) {
    skipped++;
    console.log(`skip  ${name}: no binary for this platform`);
    return;
  }
  const started = performance.now();
  try {
    const { version, outcomes } = await run();
    const problems = outcomes.filter(({ problem }) => problem !== undefined);
    if (problems.length > 0 || outcomes.length === 0) failed++;
    const verdict = problems.length > 0 || outcomes.length === 0 ? "FAIL " : "ok   ";
    const time = `${Math.round(performance.now() - started)} ms`;
    console.log(
      `${verdict} ${name} (${version}): ${outcomes.length - problems.length} of ${outcomes.length} checks passed in ${time}`,
    );
    for (const { name, problem } of problems) console.log(`      ${name}: ${problem}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}: ${error instanceof Error ? error.stack : error}`);
  }
}

for (const program of programs) {
  const run = async () => ({ version: await readVersion(program), outcomes: await runProgram(program, project, config) });
  await report(program.name, isInstalled(program) ? run : undefined);
}
const { version: workerdVersion } = createRequire(import.meta.url)("miniflare/package.json") as { version: string };
await report("workerd", async () => ({ version: `miniflare ${workerdVersion}`, outcomes: await runInWorker(project, config) }));
const page = chromiumBinary;
await report(
  "Chromium, with a strict content security policy",
  page === undefined ? undefined : () => runInPage(project, config, page),
);

await local.close();
rmSync(project, { recursive: true, force: true });
if (skipped > 0) console.log(`${skipped} skipped${strict ? ", which --strict treats as a failure" : ""}`);
process.exitCode = failed > 0 || (strict && skipped > 0) ? 1 : 0;
