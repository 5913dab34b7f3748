import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { defineConfig, type UserConfig } from "tsdown";
import { pagePlugin } from "./scripts/page/plugin.ts";

const common: UserConfig = {
  format: "esm",
  platform: "neutral",
  target: "es2022",
  // Both kinds of maps lead to src/ and generated/, which the package holds: so the JavaScript's maps need no copy of them.
  dts: { sourcemap: true },
  sourcemap: true,
  outputOptions: { sourcemapExcludeSources: true },
  // A gateway is disposable, which a consumer's own `lib` need not know.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
};

/** V8 stores a file as UTF-16 because of one character beyond Latin-1, and then takes longer to load it. */
const asciiOnly = {
  name: "ascii-only",
  // Not in renderChunk: the code is printed once more after it.
  generateBundle(_: unknown, bundle: Record<string, { code?: string }>) {
    for (const [name, chunk] of Object.entries(bundle)) {
      if (chunk.code !== undefined && name.endsWith(".js")) chunk.code = chunk.code.replace(/[^\0-\x7f]/g, toEscape);
    }
  },
};

const toEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The copyright notices of what is bundled. */
const notices = (packages: readonly string[]) =>
  packages
    .map((name) => `/*\n${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim().replaceAll("*/", "* /")}\n*/`)
    .join("\n");

/** Leaves out what ajv is told not to use: its meta-schemas, since schemas are checked before it gets them, and its URI parser. */
const withoutUnusedAjv = {
  name: "without-unused-ajv",
  load(id: string) {
    if (!/[\\/]ajv[\\/]dist[\\/](?:refs[\\/]|runtime[\\/]uri\.js$)/.test(id)) return undefined;
    return id.endsWith(".json") ? "{}" : "module.exports = {};";
  },
};

/** A validator with its dependencies in one file, since each further file delays a first answer by a millisecond. */
const validator = (name: string, bundled: string[]): UserConfig => ({
  ...common,
  entry: { [name]: `src/output/${name}.ts` },
  clean: false,
  plugins: [withoutUnusedAjv],
  // The sources of its dependencies are not in the package.
  outputOptions: { sourcemapExcludeSources: false },
  deps: { alwaysBundle: [/^ajv/], onlyBundle: bundled },
  banner: { js: notices(bundled) },
});

/** msw is an optional peer of `cf-ai-gateway/testing`: without it, the types of the MSW handlers are `any`, and everything else type-checks. */
const optionalPeerTypes = {
  name: "optional-peer-types",
  renderChunk: (code: string, { fileName }: { fileName: string }) =>
    fileName.endsWith(".d.ts") ? code.replace(/^import [^;]* from "msw";$/gm, "// @ts-ignore: an optional peer\n$&") : null,
};

/** Dependencies that the core bundles. Their types stay imports. */
const coreDependencies = ["eventsource-parser", "openapi-fetch"];

/** Adds the sources of bundled dependencies to the maps, since they are not in the package. */
const embedDependencySources = {
  name: "embed-dependency-sources",
  generateBundle(_: unknown, bundle: Record<string, { type: string; source?: unknown }>) {
    for (const [name, file] of Object.entries(bundle)) {
      if (!name.endsWith(".js.map")) continue;
      const map = JSON.parse(String(file.source)) as { sources: string[]; sourcesContent?: (string | null)[] };
      map.sourcesContent = map.sources.map((source) =>
        source.startsWith("../node_modules/") ? readFileSync(resolve("dist", source), "utf8") : null,
      );
      file.source = JSON.stringify(map);
    }
  },
};

/** Whatever the package loads with itself in one file, and what schemas need in another: each further file delays a first answer by a millisecond. */
function staticCore(): Pick<UserConfig, "plugins" | "outputOptions"> {
  const core = new Set<string>();
  return {
    plugins: [
      {
        name: "static-core",
        buildEnd() {
          const add = (id: string) => {
            // Declarations are bundled in the same build.
            if (core.has(id) || id.endsWith(".d.ts")) return;
            core.add(id);
            this.getModuleInfo(id)?.importedIds.forEach(add);
          };
          for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) add(id);
        },
      },
      embedDependencySources,
    ],
    outputOptions: {
      ...common.outputOptions,
      banner: ({ name }) => (name === "core" ? notices(coreDependencies) : ""),
      codeSplitting: {
        groups: [
          { name: "core", test: (id) => core.has(id), priority: 1 },
          // What the first tool or output loads: the code for schemas, which both need, and structured output.
          { name: "tools-and-output", test: /[\\/]src[\\/](?:tools|output)[\\/][^.]+\.ts$/ },
        ],
      },
    },
  };
}

/** The files that further entries import from the package rather than copy. */
const shared: Readonly<Record<string, string>> = {
  "src/index.ts": "./index.js",
  "src/batch/index.ts": "./batch.js",
  "src/testing/index.ts": "./testing.js",
};

/** Further entries import the package itself, rather than a copy of it. */
const entry = (name: string, source: string, plugins: UserConfig["plugins"][] = []): UserConfig => ({
  ...common,
  entry: { [name]: source },
  clean: false,
  deps: { neverBundle: ["#validator", /^node:/] },
  plugins: [
    {
      name: "import-the-package",
      resolveId(specifier: string, importer: string | undefined) {
        const id = importer && shared[relative(".", resolve(dirname(importer), specifier)).replaceAll("\\", "/")];
        return id ? { id, external: true } : undefined;
      },
    },
    ...plugins,
  ],
});

const configs: UserConfig[] = [
  {
    ...common,
    ...staticCore(),
    entry: { index: "src/index.ts" },
    // Which validator is loaded is the consumer's choice, by export condition (package.json "imports").
    deps: {
      neverBundle: ["#validator", /^node:/],
      alwaysBundle: (id, importer) => coreDependencies.includes(id) && !importer?.endsWith(".d.ts"),
      onlyBundle: coreDependencies,
    },
  },
  entry("queues", "src/queues/index.ts"),
  entry("batch", "src/batch/index.ts"),
  entry("ui", "src/ui/index.ts"),
  entry("mcp", "src/mcp/index.ts"),
  entry("otel", "src/otel/index.ts"),
  entry("ai-sdk", "src/ai-sdk/index.ts"),
  entry("testing", "src/testing/index.ts", [optionalPeerTypes]),
  { ...entry("cli", "src/cli/main.ts", [pagePlugin]), dts: false },
  validator("validator-ajv", ["ajv", "ajv-formats", "fast-deep-equal", "json-schema-traverse"]),
  validator("validator-interpreting", ["ajv-formats"]),
];

export default defineConfig(configs.map((config) => ({ ...config, plugins: [config.plugins, asciiOnly] })));
