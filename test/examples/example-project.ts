import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "../../scripts/package/pack.ts";

const compiler = fileURLToPath(new URL("../../node_modules/typescript7/bin/tsc", import.meta.url));
const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

export interface Packed {
  /** Copies an example and installs its dependencies, with the package from the tarball. Returns its folder. */
  install(example: string, options?: { without?: string[] }): string;
  remove(): void;
}

/** Packs the package as a release would. */
export function packForExamples(): Packed {
  const place = mkdtempSync(join(tmpdir(), "cf-ai-gateway-examples-"));
  const tarball = join(place, pack(place).filename);
  return {
    install(example, { without = [] } = {}) {
      const folder = join(place, example);
      cpSync(join(examples, example), folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      manifest.dependencies["cf-ai-gateway"] = `file:${tarball}`;
      for (const name of ["typescript", ...without]) delete manifest.devDependencies[name];
      writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
      run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--silent");
      return folder;
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** Runs a command until it exits; a failure throws with everything that it printed. */
export function run(folder: string, command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: "utf8", env: environment, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed.\n${stdout}${stderr}`);
  }
}

/** Does the same as the example's `npm run typecheck`, with the fastest supported compiler. */
export const typeCheck = (folder: string): void => void run(folder, process.execPath, compiler, "-p", ".");

/** A user's environment, without the test runner's variables. */
const environment = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1" };

export interface Running {
  printed(): string;
  /** Resolves when the program has printed a match. */
  untilPrinted(pattern: RegExp): Promise<RegExpExecArray>;
  write(line: string): void;
  /** Closes its input, and resolves with its exit code. */
  end(): Promise<number | null>;
  /** Ends the program and its child processes. */
  stop(): Promise<void>;
}

/** Starts a long-running program. */
export function start(folder: string, command: string, ...args: string[]): Running {
  const child = spawn(command, args, { cwd: folder, env: environment, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const closed = once(child, "close");
  const listeners = new Set<() => void>();
  let printed = "";
  for (const output of [child.stdout, child.stderr])
    output.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      for (const listener of listeners) listener();
    });
  return {
    printed: () => printed,
    untilPrinted: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(printed);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void closed.then(() => reject(new Error(`It ended without printing ${pattern}:\n${printed}`)));
      }),
    write: (line) => void child.stdin.write(`${line}\n`),
    async end() {
      child.stdin.end();
      const [code] = await closed;
      return code;
    },
    async stop() {
      // Kill the process group, since npm starts the program in a shell.
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await closed;
    },
  };
}
