import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    queues: "src/queues/index.ts",
    testing: "src/testing/index.ts",
    "validator-ajv": "src/output/validator-ajv.ts",
    "validator-interpreting": "src/output/validator-interpreting.ts",
  },
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  // A gateway is disposable, which a consumer's own `lib` need not know.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  // Which validator is loaded is the consumer's choice, by export condition (package.json "imports").
  deps: { neverBundle: ["#validator", /^node:/] },
});
