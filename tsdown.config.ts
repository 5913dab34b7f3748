import { readFileSync } from "node:fs";
import { defineConfig, type UserConfig } from "tsdown";

const common: UserConfig = {
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  // A gateway is disposable, which a consumer's own `lib` need not know.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
};

/** The copyright notices of what is bundled. */
const notices = (packages: readonly string[]) =>
  packages
    .map((name) => `/*!\n${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim().replaceAll("*/", "* /")}\n*/`)
    .join("\n");

/** A validator with its dependencies in one file, since each further file delays a first answer by a millisecond. */
const validator = (name: string, bundled: string[]): UserConfig => ({
  ...common,
  entry: { [name]: `src/output/${name}.ts` },
  clean: false,
  deps: { alwaysBundle: [/^ajv/], onlyBundle: bundled },
  banner: { js: notices(bundled) },
});

/** msw is an optional peer of `cf-ai-gateway/testing`: without it, the types of the MSW handlers are `any`, and everything else type-checks. */
const optionalPeerTypes = {
  name: "optional-peer-types",
  renderChunk: (code: string, { fileName }: { fileName: string }) =>
    fileName.endsWith(".d.ts") ? code.replace(/^import [^;]* from "msw";$/gm, "// @ts-ignore: an optional peer\n$&") : null,
};

export default defineConfig([
  {
    ...common,
    plugins: [optionalPeerTypes],
    entry: { index: "src/index.ts", queues: "src/queues/index.ts", testing: "src/testing/index.ts" },
    // Which validator is loaded is the consumer's choice, by export condition (package.json "imports").
    deps: { neverBundle: ["#validator", /^node:/] },
  },
  validator("validator-ajv", ["ajv", "ajv-formats", "fast-deep-equal", "fast-uri", "json-schema-traverse"]),
  validator("validator-interpreting", ["ajv-formats"]),
]);
