/**
 * Measures the package beside raw fetch and its peers, on a fixed-answer server in a process of its own. Each client has a process of its own in
 * each case; all run the same work in turn, round by round, and a ratio is that to raw fetch in the same round (above 1: faster than raw).
 * Raw fetch takes part twice: what the two differ by is noise.
 *
 *   npm run bench                      everything, 30 rounds
 *   npm run bench -- --quick           5 rounds
 *   npm run bench -- --only pieces     one case (or memory, first-answer, types, size, growth)
 *   npm run bench -- --node <binary>   another Node for the measured processes
 *   npm run bench -- --json <file>     the figures as JSON too
 */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = join(root, "scripts/bench");
const argumentOf = (name: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const quick = process.argv.includes("--quick");
const rounds = quick ? 5 : 30;
const node = resolve(argumentOf("node") ?? process.execPath);
const only = argumentOf("only");
const wants = (name: string) => only === undefined || only === name;

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

const quantile = (values: number[], part: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
};
const median = (values: number[]) => quantile(values, 0.5);

const message = <T>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    const failed = (code: number | null) => reject(new Error(`a measured process ended with ${code}`));
    child.once("exit", failed);
    child.once("message", (value) => {
      child.off("exit", failed);
      resolve(value as T);
    });
  });

const start = (file: string, ...given: string[]) => fork(join(here, file), given, { execPath: node, execArgv: [], cwd: here });
const ask = <T>(child: ChildProcess, what: number) => {
  const answer = message<T>(child);
  child.send(what);
  return answer;
};
const run = (nodeArguments: string[]) =>
  JSON.parse(execFileSync(node, nodeArguments, { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })) as Record<
    string,
    number
  >;

/** The clients that can do the case, each in its process. */
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
    // Another order each time, so that nobody always comes after the same one.
    for (let turn = 0; turn < taking.length; turn++) {
      const index = (turn + round + 3) % taking.length;
      const sample = await ask<Sample>(processes[index] as ChildProcess, count);
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

/** How much longer four times the work takes. */
async function measureGrowth(name: string, origin: string): Promise<number> {
  const child = start("worker.js", "cf-ai-gateway", name, origin);
  await message(child);
  const ratios: number[] = [];
  for (let round = -2; round < Math.min(rounds, 10); round++) {
    const { milliseconds } = await ask<Sample>(child, 1);
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

function measureFirstAnswer(origin: string): Record<string, { importMs: number; answerMs: number; more: number }> {
  const taking = ["bare", "cf-ai-gateway", "xsai", "openai", "ai-sdk"];
  const samples = taking.map((): { importMs: number; answerMs: number }[] => []);
  for (let round = 0; round < (quick ? 5 : 15); round++) {
    for (const [index, client] of taking.entries()) samples[index]?.push(run(["first-answer.js", client, origin]) as never);
  }
  return Object.fromEntries(
    taking.map((client, index) => {
      const own = samples[index] ?? [];
      const more = median(own.map(({ answerMs }, round) => answerMs - (samples[0]?.[round]?.answerMs ?? Number.NaN)));
      return [
        client,
        { importMs: median(own.map(({ importMs }) => importMs)), answerMs: median(own.map(({ answerMs }) => answerMs)), more },
      ];
    }),
  );
}

/** What TypeScript takes for a program of ten lines. */
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

/** Minified and compressed, as a bundler makes it: what is loaded at once, and with it what a first chat loads. */
async function measureSize(): Promise<Record<string, { start: number; chat: number }>> {
  const sizes: Record<string, { start: number; chat: number }> = {};
  for (const client of ["cf-ai-gateway", "xsai", "openai", "ai-sdk"]) {
    const contents = readFileSync(join(here, `clients/${client}.js`), "utf8")
      .replace(/import \* as answers.*\n/, "const answers = globalThis.answers;\n")
      .replace("../../../dist/", `${root}dist/`);
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
      external: ["@valibot/to-json-schema", "effect", "sury", "node:*"],
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
    const total = () => [...reached].reduce((sum, file) => sum + (bytes.get(file) ?? 0), 0);
    reach("stdin.js");
    const atStart = total();
    for (const file of outputs.keys()) if (file.startsWith("calls-")) reach(file);
    sizes[client] = { start: atStart, chat: total() };
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
const pad = (text: string, width: number) => text.padStart(width);

for (const [name, each] of Object.entries(cases)) {
  if (!wants(name)) continue;
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

if (wants("growth")) {
  console.log("\nfour times the work takes, times as long");
  const found: Record<string, number> = {};
  for (const [name, { title }] of Object.entries(growth)) {
    found[name] = await measureGrowth(name, origin);
    console.log(`  ${title.padEnd(16)} ${found[name].toFixed(2)}`);
  }
  figures.growth = found;
}
if (wants("memory")) {
  const held = measureMemory(origin);
  figures.memory = held;
  console.log("\nmemory of 1,000 streams, kB each");
  for (const [client, kilobytes] of Object.entries(held))
    console.log(
      `  ${client.padEnd(14)} ${pad(kilobytes.toFixed(1), 8)}  ratio ${(kilobytes / (held.raw ?? Number.NaN)).toFixed(2)}`,
    );
}
if (wants("first-answer")) {
  const found = measureFirstAnswer(origin);
  figures.firstAnswer = found;
  console.log("\nfrom nothing to the first answer, in a new process");
  for (const [client, { importMs, answerMs, more }] of Object.entries(found))
    console.log(
      `  ${client.padEnd(14)} import ${pad(importMs.toFixed(1), 6)} ms, answer after ${pad(answerMs.toFixed(1), 6)} ms, ${more.toFixed(1)} ms more than bare fetch`,
    );
}
if (wants("types")) {
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
if (wants("size")) {
  const found = await measureSize();
  figures.size = found;
  console.log("\nsize of chat, stream and tool loop, minified and gzip");
  for (const [client, { start, chat }] of Object.entries(found))
    console.log(
      `  ${client.padEnd(14)} ${(start / 1000).toFixed(1)} kB at the start${chat > start ? `, ${(chat / 1000).toFixed(1)} kB with the first chat` : ""}`,
    );
}

server.disconnect();
const file = argumentOf("json");
if (file !== undefined) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
