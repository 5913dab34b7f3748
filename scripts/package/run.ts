import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { readArguments } from "../command-line.ts";
import { installInto, pack } from "./pack.ts";
import { checkSourceMaps } from "./source-maps.ts";
import { checkWorkerBundle } from "./worker-bundle.ts";

readArguments(`
Usage: npm run test:package

Packs the package as for a release and checks what users install: files, entry points, types, and the quick start in an empty project.
`);

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = (name: string) => join(root, "node_modules/.bin", name);
const script = (name: string) => join(root, "scripts/package", name);
const place = mkdtempSync(join(tmpdir(), "cf-ai-gateway-"));
const project = join(place, "project");
const installed = join(project, "node_modules/cf-ai-gateway");

/** Runs a command and returns its standard output; a failure throws with everything it printed. */
function run(command: string, args: string[], cwd: string, environment: Record<string, string> = {}): string {
  try {
    const env = { ...process.env, ...environment };
    return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed.\n${stdout ?? ""}${stderr ?? ""}`);
  }
}

function expect(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

function readText(path: string): string {
  return readFileSync(join(installed, path), "utf8");
}

function listImports(path: string): string[] {
  return [...readText(path).matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g)].map(([, specifier]) => specifier as string);
}

/** The files that a file imports, statically or dynamically, and the packages that they import. */
function collectImports(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string) => {
    if (files.has(path)) return;
    files.add(path);
    for (const specifier of listImports(path)) {
      if (!specifier.startsWith(".")) packages.add(specifier);
      else visit(posix.join(posix.dirname(path), specifier.replace(/(\.d)?\.[jt]s$/, path.endsWith(".d.ts") ? ".d.ts" : ".js")));
    }
  };
  visit(entry);
  return { files, packages };
}

const checks: [name: string, check: () => string | Promise<string>][] = [
  [
    "npm install into an empty project",
    () => {
      installInto(project, join(place, packed.filename));
      const packages = readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."));
      return `node_modules holds ${packages.join(", ")}`;
    },
  ],
  [
    "the tarball contains every needed file and no other",
    () => {
      const manifest = JSON.parse(readText("package.json")) as { exports: object; imports: object; bin: object };
      const { exports, imports, bin } = manifest;
      const entries = [...JSON.stringify([exports, imports, bin]).matchAll(/"(?:\.\/)?(dist\/[^"]+)"/g)].map(
        ([, file]) => file as string,
      );
      const needed = new Set(["package.json", "LICENSE", "README.md", "CHANGELOG.md", "spec/openapi.yaml"]);
      const declarations = entries
        .filter((entry) => !Object.values(bin).includes(entry))
        .map((entry) => entry.replace(/\.js$/, ".d.ts"));
      for (const entry of [...entries, ...declarations]) for (const file of collectImports(entry).files) needed.add(file);
      const paths = packed.files.map(({ path }) => path);
      const surplus = paths.filter((path) => !needed.has(path.replace(/\.map$/, "")) && !/^(?:src|generated)\//.test(path));
      expect(surplus.length === 0, `no entry point leads to ${surplus.join(", ")}`);
      const missing = [...needed].filter((path) => !paths.includes(path) && path !== "CHANGELOG.md");
      expect(missing.length === 0, `missing: ${missing.join(", ")}`);
      return `${paths.length} files, ${(packed.size / 1000).toFixed()} kB packed, ${(packed.unpackedSize / 1000).toFixed()} kB unpacked`;
    },
  ],
  ["source maps lead to sources", () => checkSourceMaps(installed)],
  ["a Worker's bundle", () => checkWorkerBundle(project)],
  [
    "publint",
    () => run(bin("publint"), ["run", "--strict", join(place, packed.filename)], root).match(/All good!/)?.[0] ?? "no errors",
  ],
  [
    "are the types wrong?",
    () => {
      run(
        bin("attw"),
        [
          "--profile",
          "esm-only",
          "--no-emoji",
          "--no-color",
          "--exclude-entrypoints",
          "./spec/openapi.yaml",
          "--",
          join(place, packed.filename),
        ],
        root,
      );
      return "no problems, profile esm-only";
    },
  ],
  [
    "the main entry loads only ASCII files, no dependency and no Node module",
    () => {
      // Only users of Valibot and of zod/mini have these.
      const allowed = ["#validator", "@valibot/to-json-schema", "zod"];
      const { files, packages } = collectImports("dist/index.js");
      const others = [...packages].filter((name) => !allowed.some((known) => name === known || name.startsWith(`${known}/`)));
      expect(others.length === 0, `it imports ${others.join(", ")}`);
      const wide = [...files].filter((file) => /[^\0-\x7f]/.test(readText(file)));
      expect(wide.length === 0, `it is not ASCII: ${wide.join(", ")}`);
      return `${files.size} files, importing ${[...packages].sort().join(", ")}`;
    },
  ],
  [
    "importing it has no side effects",
    () => run(process.execPath, [script("silent-import.mjs")], project, { PACKAGE: installed }).trim(),
  ],
  ...["bundler", "nodenext"].flatMap((resolution) =>
    ["typescript", "typescript6", "typescript7"].map((compiler): (typeof checks)[number] => {
      const { version } = JSON.parse(readFileSync(join(root, "node_modules", compiler, "package.json"), "utf8")) as {
        version: string;
      };
      return [
        `a consumer's types with TypeScript ${version}, ${resolution}`,
        () => {
          cpSync(script("consumer.ts"), join(project, "consumer.ts"));
          const options = {
            target: "es2022",
            lib: ["es2022", "dom", "dom.iterable"],
            module: resolution === "bundler" ? "esnext" : "nodenext",
            moduleResolution: resolution,
            types: [],
            strict: true,
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            skipLibCheck: false,
            noEmit: true,
          };
          writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["consumer.ts"] }));
          const started = performance.now();
          run(process.execPath, [join(root, "node_modules", compiler, "bin/tsc"), "-p", "."], project);
          return `strict, exactOptionalPropertyTypes, no skipLibCheck, in ${Math.round(performance.now() - started)} ms`;
        },
      ];
    }),
  ),
  [
    "an uncaught error is short, and shows the caller's line first",
    () => {
      cpSync(script("uncaught-error.mjs"), join(project, "uncaught-error.mjs"));
      const names = JSON.parse(run(process.execPath, ["uncaught-error.mjs"], project)) as string[];
      const lengths = names.map((name) => {
        const { stderr, status } = spawnSync(process.execPath, ["uncaught-error.mjs", name], { cwd: project, encoding: "utf8" });
        expect(status === 1, `${name}: exited with ${status} and printed ${stderr}`);
        expect(stderr.length < 2_000, `${name}: printed ${stderr.length} characters: ${stderr}`);
        const [frame = ""] = /^ +at .*$/m.exec(stderr) ?? [];
        expect(frame.includes("uncaught-error.mjs"), `${name}: the first frame is ${frame.trim()} in ${stderr}`);
        return stderr.length;
      });
      return `${names.length} failures, at most ${Math.max(...lengths)} characters`;
    },
  ],
  [
    "the README's quick start",
    async () => {
      const readme = readText("README.md");
      const [, code] = /## Quick start[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme) ?? [];
      if (code === undefined) throw new Error("README.md has no quick start");
      writeFileSync(join(project, "quick-start.ts"), code);
      cpSync(script("to-local-gateway.mjs"), join(project, "to-local-gateway.mjs"));
      const options = { target: "es2022", module: "nodenext", lib: ["es2022", "dom"], types: [], strict: true, outDir: "out" };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["quick-start.ts"] }));
      run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], project);
      const local = await startLocalGateway({ script: () => ({ text: "The capital of France is Paris." }) });
      try {
        const child = spawn(process.execPath, ["--import", "./to-local-gateway.mjs", "out/quick-start.js"], {
          cwd: project,
          stdio: ["ignore", "pipe", "inherit"],
          env: {
            PATH: process.env.PATH ?? "",
            LOCAL_GATEWAY: local.url,
            CLOUDFLARE_ACCOUNT_ID: "test",
            CLOUDFLARE_GATEWAY_ID: "test",
            CLOUDFLARE_GATEWAY_TOKEN: "test-token",
          },
        });
        let printed = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          printed += text;
        });
        const code = await new Promise((resolve) => child.once("close", resolve));
        expect(code === 0, `it exited with ${code} and printed ${printed}`);
        expect(/Paris/.test(printed) && /\d+ \S+/.test(printed), `it printed ${printed}`);
        return `compiled, and printed ${JSON.stringify(printed.trim())}`;
      } finally {
        await local.close();
      }
    },
  ],
];

const packed = pack(place);
let failed = 0;
for (const [name, check] of checks) {
  try {
    console.log(`ok    ${name}: ${await check()}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}: ${error instanceof Error ? error.message : error}`);
  }
}
rmSync(place, { recursive: true, force: true });
console.log(`${checks.length - failed} of ${checks.length} checks passed`);
process.exitCode = failed > 0 ? 1 : 0;
