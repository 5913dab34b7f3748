import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Counts the promises and heap bytes of one call of a bench case, in a separate process, with this bundle of the package. */
export async function countCase(name: string, bundle: string, observer = ""): Promise<{ promises: number; kilobytes: number }> {
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
    { cwd: root, env: { ...process.env, BENCH_PACKAGE: bundle } },
  );
  return JSON.parse(stdout);
}
