import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

/** What telemetry and the diagnostics channels cost, as promises per call: exact numbers, which repeat. */

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cf-ai-gateway-observers-"));
const observed = join(folder, "observed.mjs");
const unobservable = join(folder, "unobservable.mjs");

/** Leaves the seam out, so that the loop calls its work directly. */
const withoutSeam: Plugin = {
  name: "without-seam",
  setup({ onLoad }) {
    onLoad({ filter: /src\/chat\/telemetry\.ts$/ }, () => ({
      contents: "export const observe = (_telemetry, _kind, _attributes, work) => work(undefined);",
    }));
  },
};

const bundle = (outfile: string, plugins: Plugin[]) =>
  build({
    entryPoints: [join(root, "src/index.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    alias: { "#validator": join(root, "src/output/validator-ajv.ts") },
    external: ["@valibot/to-json-schema"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    plugins,
    logLevel: "error",
  });

beforeAll(() => Promise.all([bundle(observed, []), bundle(unobservable, [withoutSeam])]), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function promisesOf(name: string, file: string, observer = ""): Promise<number> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--expose-gc",
      "--min-semi-space-size=256",
      "--max-semi-space-size=256",
      "scripts/bench/count.js",
      "cf-ai-gateway",
      name,
      observer,
    ],
    { cwd: root, env: { ...process.env, BENCH_PACKAGE: file } },
  );
  return (JSON.parse(stdout) as { promises: number }).promises;
}

/** Operations of a call: the chat, its turns and its tools. */
test.each([
  { name: "chat", operations: 1 + 1 },
  { name: "loop", operations: 1 + 5 + 4 * 3 },
  { name: "stream-10", operations: 1 + 1 },
])(
  "observing a call of the case $name costs nothing unless somebody listens, and then two promises an operation",
  async ({ name, operations }) => {
    const bare = await promisesOf(name, unobservable);
    expect(await promisesOf(name, observed)).toBe(bare);
    expect(await promisesOf(name, observed, "left-channel")).toBe(bare);
    expect(await promisesOf(name, observed, "telemetry")).toBe(bare + 2 * operations);
    expect(await promisesOf(name, observed, "channel")).toBe(bare + 2 * operations);
  },
  120_000,
);
