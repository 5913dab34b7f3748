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
  inputOptions: { preserveEntrySignatures: "allow-extension" },
  outputOptions: {
    // Pieces by what is used together: a bundler leaves out whole files more surely than parts of one.
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: "fetch-client", test: /src\/(fetch-client|errors|client-failures|token-problem|environment)\.ts$/ },
        // What a gateway is made of and shares with its calls: Node takes about a millisecond for each file.
        {
          name: "gateway",
          test: /src\/(index|client|load-part|chat-stream|abort|config|merge-options|schema|(request\/(check-|value-|gateway-|background-)|tools\/(run-t|background-)|output\/validate)[\w-]*|tools\/tool)\.ts$/,
        },
        {
          name: "calls",
          test: /src\/(calls|turn-[\w-]+|[\w-]+-turn|answer-calls|read-answer|pieces|call-result|transcript|usage|redact|result|gateway-metadata|output-by-model|(output\/json-schema|stream\/|tools\/(execute|function|leaked|run-all|tool-)|transport\/(http|timeout|retry|binding|fallbacks|load-|whole-)|request\/(providers|model-id|build-))[\w-]*)\.ts$/,
        },
      ],
    },
  },
});
