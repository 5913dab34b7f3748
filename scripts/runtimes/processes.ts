import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { GatewayConfig } from "cf-ai-gateway";
import type { Outcome } from "./suite.ts";

const modules = fileURLToPath(new URL("./node_modules/", import.meta.url));

/** A runtime that runs a file of JavaScript; `arguments` come before the file's name. */
export interface Program {
  name: string;
  binary: string;
  arguments: string[];
}

export const programs: Program[] = [
  { name: "Node 20", binary: process.version.startsWith("v20.") ? process.execPath : "", arguments: [] },
  { name: "Node 22", binary: `${modules}node22/bin/node`, arguments: [] },
  { name: "Node 24", binary: `${modules}node24/bin/node`, arguments: [] },
  { name: "Node 26", binary: `${modules}node26/bin/node`, arguments: [] },
  { name: "Bun", binary: `${modules}@oven/bun-linux-x64/bin/bun`, arguments: ["run"] },
  // Only network permission: no access to the environment.
  {
    name: "Deno",
    binary: `${modules}@deno/linux-x64-glibc/deno`,
    arguments: ["run", "--no-prompt", "--allow-net=127.0.0.1", "--node-modules-dir=manual"],
  },
];

export const isInstalled = ({ binary }: Program): boolean => binary !== "" && existsSync(binary);

export async function readVersion({ binary }: Program): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, ["--version"]);
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim();
}

/** Runs the suite in a separate process in a project that has the package installed. */
export async function runProgram(
  { binary, arguments: given }: Program,
  project: string,
  config: GatewayConfig,
): Promise<Outcome[]> {
  const main = join(project, "main.js");
  writeFileSync(
    main,
    `import { runSuite } from "./suite.js";\nconsole.log(JSON.stringify(await runSuite(${JSON.stringify(config)})));\n`,
  );
  const { stdout } = await promisify(execFile)(binary, [...given, main], { cwd: project, timeout: 60_000, maxBuffer: 1e8 });
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n[") + 1)) as Outcome[];
}
