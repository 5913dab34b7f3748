import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { driftedFiles, generate } from "../../scripts/generate/run.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let copy: string;

/** Runs the script in the copy, so that a test may change what it checks. */
const runInCopy = (...flags: string[]): Promise<{ exitCode: number; stderr: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "scripts/generate/run.ts", ...flags],
      { cwd: copy },
      (_, __, stderr) => resolve({ exitCode: child.exitCode ?? -1, stderr }),
    );
  });

beforeAll(async () => {
  copy = await realpath(await mkdtemp(join(tmpdir(), "generate-")));
  for (const name of ["package.json", "spec", "generated", "scripts/generate", "scripts/command-line.ts"]) {
    await cp(join(root, name), join(copy, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rm(copy, { recursive: true }));

describe("npm run generate", () => {
  test("writes the same output every time", async () => {
    expect(await generate()).toEqual(await generate());
  }, 120_000);

  test("has been run since the last change of the spec", async () => {
    expect(await driftedFiles(await generate(), new URL("../../generated/", import.meta.url))).toEqual([]);
  }, 120_000);

  test("removes annotations, but not properties named like one", async () => {
    const schemas = (await generate())["schemas.ts"] ?? "";
    expect(schemas).toMatch(/"description": \{\s+"type": "string"/);
    expect(schemas).not.toMatch(/"description": "/);
    expect(schemas).not.toContain("#/components/");
  });

  test("treats a missing file as drift", async () => {
    expect(await driftedFiles({ "absent.ts": "" }, pathToFileURL(`${copy}/`))).toEqual(["absent.ts"]);
  });

  test("--check names the file that was edited by hand and changes nothing; a run restores it", async () => {
    const schemas = join(copy, "generated/schemas.ts");
    expect(await runInCopy("--check")).toMatchObject({ exitCode: 0, stderr: "" });

    await appendFile(schemas, "// by hand\n");
    const checked = await runInCopy("--check");
    expect(checked.exitCode).toBe(1);
    expect(checked.stderr).toContain("generated/schemas.ts");
    expect(checked.stderr).not.toContain("generated/openapi.ts");
    expect(await readFile(schemas, "utf8")).toContain("by hand");

    expect((await runInCopy()).exitCode).toBe(0);
    expect(await readFile(schemas, "utf8")).not.toContain("by hand");
  }, 120_000);

  test("--check names every file when the spec was changed", async () => {
    const spec = join(copy, "spec/openapi.yaml");
    const text = await readFile(spec, "utf8");
    await writeFile(spec, text.replace("    HtmlErrorPage:\n      type: string", "    HtmlErrorPage:\n      type: integer"));
    const checked = await runInCopy("--check");
    expect(checked.exitCode).toBe(1);
    expect(checked.stderr).toContain("generated/openapi.ts");
    expect(checked.stderr).toContain("generated/schemas.ts");
  }, 120_000);
});
