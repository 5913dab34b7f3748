import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { imports } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  imports: Record<string, Record<string, string>>;
};

const entries: Readonly<Record<string, string>> = {
  "cf-ai-gateway": "src/index.ts",
  "cf-ai-gateway/queues": "src/queues/index.ts",
};

/** Resolves the package's names from its sources; `#validator` by the conditions of package.json, in their order. */
const fromSources = (conditions: readonly string[]): Plugin => ({
  name: "from-sources",
  setup(build) {
    build.onResolve({ filter: /^cf-ai-gateway(\/.*)?$/ }, ({ path }) => {
      const entry = entries[path];
      return entry === undefined ? undefined : { path: root + entry };
    });
    build.onResolve({ filter: /^#validator$/ }, ({ path }) => {
      const target = Object.entries(imports[path] ?? {}).find(
        ([condition]) => condition === "default" || conditions.includes(condition),
      );
      const built = target?.[1];
      return built === undefined ? undefined : { path: built.replace("./dist/", `${root}src/output/`).replace(/\.js$/, ".ts") };
    });
  },
});

/** Bundles a program with these export conditions. */
export async function bundle(
  program: string,
  conditions: readonly string[],
): Promise<{ code: string; files: string[]; meta: Metafile }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    conditions: [...conditions, "import"],
    external: ["node:*"],
    tsconfigRaw: {},
    logLevel: "silent",
    plugins: [fromSources(conditions)],
  });
  return { code: outputFiles[0]?.text ?? "", files: Object.keys(metafile.inputs), meta: metafile };
}
