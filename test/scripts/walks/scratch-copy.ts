import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Hunk } from "./read-walks.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const copied = [
  ...["package.json", "tsconfig.json", "tsdown.config.ts", "vitest.config.ts", "biome.json", "README.md", "CHANGELOG.md"],
  ...["CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs", "spec", "generated", "scripts", "src", "test"],
];

/** The files covered by the type checks of single steps; checking the whole project takes three times as long. */
const part = {
  extends: "./tsconfig.json",
  include: ["src", "generated", "test/*.test-d.ts", "test/request/*.test-d.ts"],
};

export interface Outcome {
  ok: boolean;
  output: string;
}

/** A copy of the project that a test may change; it shares the project's installed packages. */
export class ScratchCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<ScratchCopy> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "scratch-copy-")));
    const isOwn = (path: string) => !path.includes("node_modules");
    await Promise.all(copied.map((name) => cp(join(root, name), join(folder, name), { recursive: true, filter: isOwn })));
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, "tsconfig.part.json"), JSON.stringify(part));
    return new ScratchCopy(folder);
  }

  /** Runs a program in the copy, without the environment variables that the test runner sets. */
  run(program: string, parameters: readonly string[]): Promise<Outcome> {
    const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|SLOW_TESTS|NODE_ENV|FORCE_COLOR|npm_)/.test(name));
    const env = { ...Object.fromEntries(own), NO_COLOR: "1" };
    return new Promise((resolve) => {
      execFile(program, parameters, { cwd: this.folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
        resolve({ ok: error === null, output: stdout + stderr }),
      );
    });
  }

  npm(command: string): Promise<Outcome> {
    return this.run("npm", ["run", "-s", ...command.replace(/^npm run /, "").split(" ")]);
  }

  /** The errors of `npm run typecheck`, except those in tests and scripts. */
  async sourceErrors(): Promise<string[]> {
    const { ok, output } = await this.run(process.execPath, [
      "node_modules/typescript7/bin/tsc",
      "--project",
      "tsconfig.part.json",
    ]);
    return ok ? [] : output.split(/^(?=\S+\(\d+,\d+\): error)/m);
  }

  vitest(files: readonly string[]): Promise<Outcome> {
    return this.run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...files]);
  }

  async edit(file: string, hunks: readonly Hunk[]): Promise<void> {
    const path = join(this.folder, file);
    let text = await readFile(path, "utf8");
    for (const { from, to } of hunks) {
      const parts = text.split(from);
      if (from === "" || parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} places like this:\n${from}`);
      text = parts.join(to);
    }
    await writeFile(path, text);
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), text);
  }

  /** A digest of each file, by its path. */
  async files(): Promise<Map<string, string>> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Map(
      await Promise.all(
        files.map(async (entry): Promise<[string, string]> => {
          const path = join(entry.parentPath, entry.name);
          return [
            relative(this.folder, path),
            createHash("sha256")
              .update(await readFile(path))
              .digest("hex"),
          ];
        }),
      ),
    );
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
