import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { exitWithUsageError, readArguments } from "../command-line.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bench = join(root, "scripts/bench");

const usage = `
Usage: npm run bench [-- --quick] [--only <parts>] [--newest] [--node <binary>] [--json <file>]

Compares the package with raw fetch and with other clients. First counts, which are deterministic: promises and heap bytes per call with a
stubbed fetch. Then times, against a fixed-response server in its own process: each client runs each case in its own process, all take turns
round by round, and each ratio is relative to raw fetch in the same round (above 1 is faster than raw). Raw fetch runs twice; the
difference between the two is noise.

  --quick           5 rounds instead of 30
  --only <parts>    comma-separated: counts, timed cases (sequential, concurrent, loop, pieces, singles, first, output),
                    growth, memory, first-answer, types, size
  --newest          the newest versions of the other clients, on the newest Node (both installed from scripts/bench/newest/package.json)
  --node <binary>   another Node for the measured processes
  --json <file>     write the figures to a file as well
`;
const parts = "counts sequential concurrent loop pieces singles first output growth memory first-answer types size".split(" ");

const { values: given } = readArguments(usage, {
  quick: { type: "boolean" },
  only: { type: "string" },
  newest: { type: "boolean" },
  node: { type: "string" },
  json: { type: "string" },
});
const { quick = false, newest = false } = given;
const only = given.only?.split(",") ?? parts;
const unknown = only.find((part) => !parts.includes(part));
if (unknown !== undefined) exitWithUsageError(`--only must name some of ${parts.join(", ")}, got "${unknown}"`);
const rounds = quick ? 5 : 30;
const isSelected = (name: string) => only.includes(name);

/** The folder whose node_modules hold the peers; clients resolve them from where they lie, so those are copied there. */
const here = newest ? prepareNewest() : bench;
const node = resolve(given.node ?? (newest ? join(here, "node_modules/node/bin/node") : process.execPath));

// The clients import the package from here, wherever they are copied to.
process.env.BENCH_PACKAGE ??= join(root, "dist/index.js");

function prepareNewest(): string {
  const folder = join(bench, "newest");
  const shared = readdirSync(bench).filter((name) => name.endsWith(".js") || name === "clients" || name === "types");
  for (const name of shared) cpSync(join(bench, name), join(folder, name), { recursive: true });
  return folder;
}

interface Case {
  title: string;
  path: string;
  needs: string;
  count: number;
  characters?: number;
}

interface Sample {
  milliseconds: number;
  cpuMilliseconds: number;
}

interface Line {
  client: string;
  milliseconds: number;
  cpuMilliseconds: number;
  ratio: number;
  /** The same of the processor's time, which other work on the machine disturbs less. */
  cpuRatio: number;
  /** The middle half of the ratios. */
  spread: [number, number];
}

const clients = ["raw", "raw", "cf-ai-gateway", "openapi-fetch", "xsai", "openai", "ai-sdk"];
const labels = ["raw", "raw again", ...clients.slice(2)];

const pad = (text: string, width: number) => text.padStart(width);
const quantile = (values: number[], part: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
};
const median = (values: number[]) => quantile(values, 0.5);

const message = <T>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    const failed = (code: number | null) => reject(new Error(`a measured process exited with ${code}`));
    child.once("exit", failed);
    child.once("message", (value) => {
      child.off("exit", failed);
      resolve(value as T);
    });
  });

const start = (file: string, ...given: string[]) => fork(join(here, file), given, { execPath: node, execArgv: [], cwd: here });
const request = <T>(child: ChildProcess, count: number) => {
  const reply = message<T>(child);
  child.send(count);
  return reply;
};
const run = (nodeArguments: string[], environment: Record<string, string> = {}) =>
  JSON.parse(
    execFileSync(node, nodeArguments, {
      cwd: here,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...environment },
    }),
  ) as Record<string, number>;

/** Measures the clients that support the case, each in its own process. */
async function measureCase(name: string, { needs, count }: Case, origin: string): Promise<Line[]> {
  const able = await Promise.all(
    clients.map(async (client) => {
      const { create } = (await import(join(here, `clients/${client}.js`))) as { create(base: string): object };
      return needs in create(origin);
    }),
  );
  const taking = clients.map((client, index) => ({ client, label: labels[index] as string })).filter((_, index) => able[index]);
  const processes = taking.map(({ client }) => start("worker.js", client, name, origin));
  await Promise.all(processes.map((child) => message(child)));
  const samples: Sample[][] = taking.map(() => []);
  for (let round = -3; round < rounds; round++) {
    // The order rotates, so that no client always runs after the same one.
    for (let turn = 0; turn < taking.length; turn++) {
      const index = (turn + round + 3) % taking.length;
      const sample = await request<Sample>(processes[index] as ChildProcess, count);
      if (round >= 0) samples[index]?.push(sample);
    }
  }
  for (const child of processes) child.disconnect();
  const raw = samples[0] ?? [];
  return taking.map(({ label }, index) => {
    const own = samples[index] ?? [];
    const ratios = own.map(({ milliseconds }, round) => (raw[round]?.milliseconds ?? Number.NaN) / milliseconds);
    return {
      client: label,
      milliseconds: median(own.map(({ milliseconds }) => milliseconds)),
      cpuMilliseconds: median(own.map(({ cpuMilliseconds }) => cpuMilliseconds)),
      ratio: median(ratios),
      cpuRatio: median(own.map(({ cpuMilliseconds }, round) => (raw[round]?.cpuMilliseconds ?? Number.NaN) / cpuMilliseconds)),
      spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    };
  });
}

interface Count {
  promises?: number;
  kilobytes?: number;
}

const countedCases = {
  chat: "chat",
  loop: "loop of five turns with three tools",
  output: "structured output of 2 kB",
  "stream-10": "stream of 10 deltas",
  "stream-2000": "stream of 2,000 deltas",
};

/** Promises and heap bytes per call, by case and client. */
function count(): Record<string, Record<string, Count>> {
  const flags = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256"];
  const counting = ["raw", "openapi-fetch", "cf-ai-gateway", "xsai", "openai", "ai-sdk"];
  return Object.fromEntries(
    Object.keys(countedCases).map((name) => [
      name,
      Object.fromEntries(counting.map((client) => [client, run([...flags, "count.js", client, name]) as Count])),
    ]),
  );
}

/** How many times longer four times the work takes. */
async function measureGrowth(name: string, origin: string): Promise<number> {
  const child = start("worker.js", "cf-ai-gateway", name, origin);
  await message(child);
  const ratios: number[] = [];
  for (let round = -2; round < Math.min(rounds, 10); round++) {
    const { milliseconds } = await request<Sample>(child, 1);
    if (round >= 0) ratios.push(milliseconds);
  }
  child.disconnect();
  return median(ratios);
}

const streaming = ["raw", "cf-ai-gateway", "xsai", "openai", "ai-sdk"];

function measureMemory(origin: string): Record<string, number> {
  const held: Record<string, number> = {};
  for (const client of streaming) {
    const samples = Array.from(
      { length: quick ? 1 : 5 },
      () => run(["--expose-gc", "memory.js", client, origin, "1000"]).bytesPerStream ?? Number.NaN,
    );
    held[client] = median(samples) / 1000;
  }
  return held;
}

interface FirstAnswer {
  importMs: number;
  answerMs: number;
  /** The first structured answer, after a chat: what loads for it, one request, validation. Missing if the client has none. */
  structuredMs?: number;
}

function measureFirstAnswer(
  origin: string,
  environment?: Record<string, string>,
): Record<string, FirstAnswer & { more: number }> {
  const taking = ["bare", "cf-ai-gateway", "xsai", "openai", "ai-sdk"];
  const samples = taking.map((): FirstAnswer[] => []);
  for (let round = 0; round < (quick ? 5 : 15); round++) {
    for (const [index, client] of taking.entries())
      samples[index]?.push(run(["first-answer.js", client, origin], environment) as never);
  }
  return Object.fromEntries(
    taking.map((client, index) => {
      const own = samples[index] ?? [];
      const structured = own.flatMap(({ structuredMs }) => structuredMs ?? []);
      return [
        client,
        {
          importMs: median(own.map(({ importMs }) => importMs)),
          answerMs: median(own.map(({ answerMs }) => answerMs)),
          more: median(own.map(({ answerMs }, round) => answerMs - (samples[0]?.[round]?.answerMs ?? Number.NaN))),
          ...(structured.length > 0 && { structuredMs: median(structured) }),
        },
      ];
    }),
  );
}

function printFirstAnswers(title: string, found: Record<string, FirstAnswer & { more: number }>): void {
  console.log(`\n${title}`);
  for (const [client, { importMs, answerMs, more, structuredMs }] of Object.entries(found)) {
    const structured = structuredMs === undefined ? "" : `; then the first structured one in ${structuredMs.toFixed(1)} ms`;
    console.log(
      `  ${client.padEnd(14)} import ${pad(importMs.toFixed(1), 6)} ms, first response after ${pad(answerMs.toFixed(1), 6)} ms, ${more.toFixed(1)} ms above bare fetch${structured}`,
    );
  }
}

/** How long TypeScript takes to check a program of ten lines. */
function measureTypes(): Record<string, Record<string, number>> {
  const project = mkdtempSync(join(tmpdir(), "bench-types-"));
  const modules = join(project, "node_modules");
  execFileSync("mkdir", ["-p", modules]);
  for (const name of readdirSync(join(here, "node_modules")).filter((name) => !name.startsWith(".")))
    symlinkSync(join(here, "node_modules", name), join(modules, name));
  symlinkSync(root, join(modules, "cf-ai-gateway"));
  const times: Record<string, Record<string, number>> = {};
  for (const client of streaming) {
    writeFileSync(join(project, "consumer.ts"), readFileSync(join(here, `types/${client}.ts`)));
    const options = {
      target: "es2022",
      module: "nodenext",
      lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
      types: [],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      preserveSymlinks: false,
    };
    writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["consumer.ts"] }));
    const own: Record<string, number> = {};
    for (const compiler of ["typescript", "typescript7"]) {
      const { version } = JSON.parse(readFileSync(join(root, "node_modules", compiler, "package.json"), "utf8")) as {
        version: string;
      };
      const samples = Array.from({ length: quick ? 1 : 5 }, () => {
        const started = performance.now();
        execFileSync(process.execPath, [join(root, "node_modules", compiler, "bin/tsc"), "-p", project], { stdio: "inherit" });
        return performance.now() - started;
      });
      own[version] = median(samples);
    }
    times[client] = own;
  }
  rmSync(project, { recursive: true, force: true });
  return times;
}

/** Bytes of a minified and compressed bundle: what is loaded at startup, and with all that is loaded on first use. */
async function measureSize(): Promise<Record<string, { start: number; all: number }>> {
  const sizes: Record<string, { start: number; all: number }> = {};
  for (const client of ["cf-ai-gateway", "xsai", "openai", "ai-sdk"]) {
    const contents = readFileSync(join(here, `clients/${client}.js`), "utf8")
      .replace(/import \* as answers.*\n/, "const answers = globalThis.answers;\n")
      .replace(/const (\{.*\}) = await import\(process.env.BENCH_PACKAGE.*\n/, `import $1 from "${root}dist/index.js";\n`);
    const { outputFiles, metafile } = await build({
      stdin: { contents, resolveDir: here },
      bundle: true,
      minify: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      outdir: "/",
      write: false,
      metafile: true,
      external: ["@valibot/to-json-schema", "effect", "sury", "node:*", ...(client === "cf-ai-gateway" ? ["zod"] : [])],
      logLevel: "error",
    });
    const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
    const bytes = new Map(outputFiles.map(({ path, contents }) => [name(path), gzipSync(contents, { level: 9 }).length]));
    const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [name(path), output]));
    const reached = new Set<string>();
    const reach = (file: string) => {
      const output = outputs.get(file);
      if (output === undefined || reached.has(file)) return;
      reached.add(file);
      for (const { path, kind } of output.imports) if (kind === "import-statement") reach(name(path));
    };
    const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + (bytes.get(file) ?? 0), 0);
    reach("stdin.js");
    sizes[client] = { start: sum(reached), all: sum(bytes.keys()) };
  }
  return sizes;
}

execFileSync("npm", ["run", "build", "--silent"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
execFileSync("npm", ["ci", "--silent", "--no-audit", "--no-fund", "--prefer-offline"], {
  cwd: here,
  stdio: ["ignore", "ignore", "inherit"],
});
const { cases, growth } = (await import(join(here, "cases.js"))) as {
  cases: Record<string, Case>;
  growth: Record<string, { title: string }>;
};
const server = fork(join(here, "server.js"), [], { execArgv: [] });
const origin = `http://127.0.0.1:${await message<number>(server)}`;

const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as { dependencies: Record<string, string> };
const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: execFileSync(node, ["--version"], { encoding: "utf8" }).trim(),
  rounds,
  date: new Date().toISOString().slice(0, 10),
};
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, ${rounds} rounds`);
console.log(
  Object.entries(dependencies)
    .map((entry) => entry.join(" "))
    .join(", "),
);

const figures: Record<string, unknown> = { machine, versions: dependencies };

if (isSelected("counts")) {
  const found = count();
  figures.counts = found;
  for (const [name, title] of Object.entries(countedCases)) {
    console.log(`\n${title}: promises and heap kB per call`);
    for (const [client, { promises, kilobytes }] of Object.entries(found[name] ?? {})) {
      if (promises === undefined || kilobytes === undefined) continue;
      console.log(`  ${client.padEnd(14)} ${pad(String(promises), 8)} promises ${pad(kilobytes.toFixed(1), 9)} kB`);
    }
  }
}

for (const [name, each] of Object.entries(cases)) {
  if (!isSelected(name)) continue;
  const lines = await measureCase(name, each, origin);
  figures[name] = lines;
  console.log(`\n${each.title}`);
  for (const { client, milliseconds, cpuMilliseconds, ratio, cpuRatio, spread } of lines) {
    const perMillion =
      each.characters === undefined
        ? ""
        : `, ${((cpuMilliseconds / each.characters) * 1e6).toFixed(0)} ms of CPU per million characters`;
    const [low, high] = spread.map((value) => value.toFixed(3));
    console.log(
      `  ${client.padEnd(14)} ${pad(milliseconds.toFixed(3), 9)} ms  ratio ${ratio.toFixed(3)} (${low} to ${high}), CPU ${cpuMilliseconds.toFixed(3)} ms, ratio ${cpuRatio.toFixed(3)}${perMillion}`,
    );
  }
}

if (isSelected("growth")) {
  console.log("\ntime of four times the work, in multiples");
  const found: Record<string, number> = {};
  for (const [name, { title }] of Object.entries(growth)) {
    found[name] = await measureGrowth(name, origin);
    console.log(`  ${title.padEnd(16)} ${found[name].toFixed(2)}`);
  }
  figures.growth = found;
}
if (isSelected("memory")) {
  const held = measureMemory(origin);
  figures.memory = held;
  console.log("\nmemory of 1,000 streams, kB each");
  for (const [client, kilobytes] of Object.entries(held))
    console.log(
      `  ${client.padEnd(14)} ${pad(kilobytes.toFixed(1), 8)}  ratio ${(kilobytes / (held.raw ?? Number.NaN)).toFixed(2)}`,
    );
}
if (isSelected("first-answer")) {
  const found = measureFirstAnswer(origin);
  figures.firstAnswer = found;
  printFirstAnswers("first response in a new process", found);
  // Node 20 has no compile cache.
  if (Number.parseInt(machine.node.slice(1), 10) >= 22) {
    const cache = mkdtempSync(join(tmpdir(), "bench-compile-cache-"));
    const cached = measureFirstAnswer(origin, { NODE_COMPILE_CACHE: cache });
    rmSync(cache, { recursive: true, force: true });
    figures.cachedFirstAnswer = cached;
    printFirstAnswers("the same with a compile cache", cached);
  }
}
if (isSelected("types")) {
  const found = measureTypes();
  figures.types = found;
  console.log("\ntype check of a small program");
  for (const [client, times] of Object.entries(found))
    console.log(
      `  ${client.padEnd(14)} ${Object.entries(times)
        .map(([version, time]) => `TypeScript ${version}: ${Math.round(time)} ms`)
        .join(", ")}`,
    );
}
if (isSelected("size")) {
  const found = await measureSize();
  figures.size = found;
  console.log("\nsize of chat, stream and tool loop, minified and gzip");
  for (const [client, { start, all }] of Object.entries(found))
    console.log(
      `  ${client.padEnd(14)} ${(start / 1000).toFixed(1)} kB at the start${all > start ? `, ${(all / 1000).toFixed(1)} kB with all that is loaded on first use` : ""}`,
    );
}

server.disconnect();
if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(figures, null, 2)}\n`);
