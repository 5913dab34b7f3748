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
        { name: "errors", test: /src\/(errors|client-failures|load-part|token-problem)\.ts$/ },
        { name: "fetch-client", test: /src\/fetch-client\.ts$/ },
        { name: "client", test: /src\/(client|chat-stream)\.ts$/ },
        // What a gateway and its calls share, and what every call needs: Node takes about a millisecond for each file.
        {
          name: "shared",
          test: /src\/(abort|config|merge-options|schema|(request\/(check-|value-|gateway-|background-)|tools\/(run-tool|background-)|output\/validate)[\w-]*)\.ts$/,
        },
        {
          name: "calls",
          test: /src\/(calls|turn-[\w-]+|[\w-]+-turn|answer-calls|read-answer|pieces|call-result|transcript|usage|redact|result|gateway-metadata|output-by-model|(output\/json-schema|stream\/|tools\/(execute|function|leaked|run-all|tool-)|transport\/(http|timeout|retry|binding|fallbacks|load-|whole-)|request\/(providers|model-id|build-))[\w-]*)\.ts$/,
        },
      ],
    },
  },
});
