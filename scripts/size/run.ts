import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { readArguments } from "../command-line.ts";
import { table } from "../docs/generated-part.ts";
import { parts } from "./parts.ts";

readArguments(`
Usage: npm run size:parts

Prints a Markdown table of what each part of createGateway adds to a minified bundle, before and after gzip: the difference when the part's
code is removed. Code that is loaded on first use is excluded.
`);

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The static code with shortened names, file by file. */
async function bundleByFile(): Promise<Map<string, string>> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: 'export { createGateway } from "./src/index.ts"', resolveDir: root, loader: "ts" },
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    external: ["#validator", "zod", "@valibot/to-json-schema", "node:*"],
    minifyIdentifiers: true,
    minifySyntax: true,
    metafile: true,
    outdir: "out",
    write: false,
    plugins: [
      {
        // With code splitting, esbuild would distribute the static code over several files.
        name: "lazy-imports-are-external",
        setup: ({ onResolve }) => {
          onResolve({ filter: /^\./ }, ({ kind, path }) => (kind === "dynamic-import" ? { path, external: true } : undefined));
        },
      },
    ],
  });
  const code = outputFiles[0]?.text ?? "";
  // esbuild writes the path of a file in front of its code.
  const byFile = new Map<string, string>();
  for (const [, file = "", text = ""] of code.matchAll(
    /^\/\/ ([\w-]+\/\S+|<stdin>)\n([\s\S]*?)(?=^\/\/ (?:[\w-]+\/\S+|<stdin>)\n|(?![\s\S]))/gm,
  ))
    byFile.set(file, text);
  const missing = Object.keys(metafile.inputs).filter(
    (file) => (Object.values(metafile.outputs)[0]?.inputs[file]?.bytesInOutput ?? 0) > 0 && !byFile.has(file),
  );
  if (missing.length > 0) throw new Error(`No code was found of ${missing.join(", ")}.`);
  return byFile;
}

async function measureSizes(files: ReadonlyMap<string, string>): Promise<{ minified: number; gzipped: number }> {
  // Only whitespace: any other minification would differ between the whole and its parts.
  const { code } = await transform([...files.values()].join("\n"), { minifyWhitespace: true, treeShaking: false, format: "esm" });
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

const files = await bundleByFile();
const whole = await measureSizes(files);
const findPart = (file: string) => parts.find((part) => part.files.test(file));
const unassigned = [...files.keys()].filter((file) => !findPart(file) && !file.includes("stdin"));
if (unassigned.length > 0) throw new Error(`${unassigned.join(", ")} belong to no part. Add them to scripts/size/parts.ts.`);

const rows: { cells: string[]; gzipped: number }[] = [];
let sum = 0;
for (const part of parts) {
  const rest = await measureSizes(new Map([...files].filter(([file]) => findPart(file) !== part)));
  const gzipped = whole.gzipped - rest.gzipped;
  sum += gzipped;
  rows.push({
    cells: [part.name, kilobytes(whole.minified - rest.minified), kilobytes(gzipped), part.does, part.isStatic],
    gzipped,
  });
}
rows.sort((one, other) => other.gzipped - one.gzipped);
const shared = ["Shared by several parts", "", kilobytes(whole.gzipped - sum), "repetition that gzip finds between parts", ""];
const total = ["All", kilobytes(whole.minified), kilobytes(whole.gzipped), "", ""];
console.log(
  table(
    ["Part", "minified kB", "gzip kB", "what it does", "why it is loaded from the start"],
    [...rows.map(({ cells }) => cells), shared, total],
  ),
);
