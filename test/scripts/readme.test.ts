import { execFile, fork } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CodeBlock, codeBlocks } from "./code-blocks/extract.ts";
import type { RunReport } from "./code-blocks/run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function documentedBlocks(): Promise<CodeBlock[]> {
  const docs = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).sort();
  const files = ["README.md", ...docs.map((name) => `docs/${name}`)];
  const all = await Promise.all(files.map(async (file) => codeBlocks(file, await readFile(join(root, file), "utf8"))));
  return all.flat();
}

const blocks = await documentedBlocks();

/** A user's project, in which the package and its peer dependencies can be imported by name. */
async function createProject(codes: readonly string[]): Promise<{ directory: string; files: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), "code-blocks-"));
  await symlink(join(root, "node_modules"), join(directory, "node_modules"));
  await writeFile(join(directory, "package.json"), JSON.stringify({ type: "module" }));
  const paths = {
    "cf-ai-gateway": [join(root, "src/index.ts")],
    "cf-ai-gateway/*": [join(root, "src/*/index.ts")],
    "#validator": [join(root, "src/output/validator-ajv.ts")],
  };
  const compilerOptions = { paths, typeRoots: [join(root, "node_modules/@types")] };
  await writeFile(
    join(directory, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, include: ["*.ts"], exclude: [] }),
  );
  const files = codes.map((_, index) => join(directory, `block-${String(index).padStart(2, "0")}.ts`));
  await Promise.all(codes.map((code, index) => writeFile(files[index] ?? "", `${code}\nexport {};\n`)));
  return { directory, files };
}

/** The compiler's errors for the project. */
async function typeErrors(directory: string): Promise<string[]> {
  const compiler = join(root, "node_modules/typescript7/bin/tsc");
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [compiler, "--noEmit", "-p", directory], { cwd: directory }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  return output.split("\n").filter(Boolean);
}

async function run(files: readonly string[]): Promise<RunReport[]> {
  const runner = fork(join(root, "test/scripts/code-blocks/run.ts"), files, {
    cwd: root,
    execArgv: ["--import", "tsx"],
    env: { PATH: process.env.PATH, TSX_TSCONFIG_PATH: join(root, "tsconfig.json") },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const reports: RunReport[] = [];
  let complaint = "";
  runner.on("message", (report) => reports.push(report as RunReport));
  runner.stderr?.on("data", (data) => {
    complaint += data;
  });
  await new Promise((resolve) => runner.once("close", resolve));
  if (reports.length < files.length) throw new Error(`The blocks stopped at ${files[reports.length]}: ${complaint}`);
  return reports;
}

/** Blocks that the check must reject, except the last. */
const checks = [
  'import { createGateway } from "cf-ai-gateway";\ncreateGateway({ temperature: "warm" });',
  'void Promise.reject(new Error("nobody looks"));',
  'await fetch("https://example.com/");',
  'console.log("all well");',
];

let directory: string;
let types: string[];
let reports: RunReport[];

beforeAll(async () => {
  const project = await createProject([...blocks.map(({ code }) => code), ...checks]);
  directory = project.directory;
  [types, reports] = await Promise.all([typeErrors(directory), run(project.files)]);
}, 120_000);
afterAll(() => rm(directory, { recursive: true }));

/** The index of the block that a compiler error is about. */
const getBlock = (line: string) => Number(/^block-(\d+)\.ts/.exec(line)?.[1]);

describe("the code blocks of the README and the docs", () => {
  it("are found in the README and the docs", () => {
    expect(blocks.length).toBeGreaterThan(20);
    expect(blocks.map(({ place }) => place.split(":")[0])).toContain("docs/errors.md");
  });

  it("compile under the strictest settings", () => {
    const typeErrors = types.filter((line) => !(getBlock(line) >= blocks.length));
    expect(typeErrors.map((line) => `${blocks[getBlock(line)]?.place} ${line}`)).toEqual([]);
  });

  it.each(blocks.map((block, index) => ({ ...block, index })))(
    "$place runs, and prints what its comments promise",
    ({ index, prints }) => {
      const { error, printed } = reports[index] as RunReport;
      expect(error).toBeUndefined();
      const lines = printed.split("\n");
      for (const line of prints) expect(lines).toContain(line);
    },
  );
});

describe("the check of the code blocks", () => {
  it("detects a type error, a throw, an unhandled rejection, and a request to another machine", () => {
    const detected = types.filter((line) => getBlock(line) >= blocks.length);
    expect(detected).toEqual([expect.stringContaining(`block-${blocks.length}.ts(2,17)`)]);
    const own = reports.slice(blocks.length);
    expect(own.map(({ error }) => error?.split("\n")[0])).toEqual([
      expect.stringContaining("temperature must be a number between 0 and 2"),
      "Error: nobody looks",
      expect.stringContaining("https://example.com/, which is not the local gateway"),
      undefined,
    ]);
    expect(own.at(-1)?.printed).toBe("all well\n");
  });

  it("reads the promised output of a block from the comments after its console.log calls", () => {
    const markdown = '```ts\nconsole.log(a, f(b)); // 1 2\nconsole.log("c");\n```\n```sh\nconsole.log(d) // no\n```\n';
    expect(codeBlocks("x.md", markdown)).toEqual([
      { place: "x.md:1", code: 'console.log(a, f(b)); // 1 2\nconsole.log("c");', prints: ["1 2"] },
    ]);
  });
});
