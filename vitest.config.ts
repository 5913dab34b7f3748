import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { pagePlugin } from "./scripts/page/plugin.ts";

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests that start processes or servers of others, compile, send megabytes, or try every pair of providers; `npm run test:slow` runs them. */
const slow = [
  "test/bench/observers.test.ts",
  "test/cli/batch-kill.test.ts",
  "test/cli/closed-pipe.test.ts",
  "test/cli/page/page.test.ts",
  "test/contract/aimock.test.ts",
  "test/contract/record.test.ts",
  "test/editor.test.ts",
  "test/examples/examples.test.ts",
  "test/failures/large-answers.test.ts",
  "test/mcp/http.test.ts",
  "test/mcp/stdio.test.ts",
  "test/output/validator-memory.test.ts",
  "test/output/workerd-bundle.test.ts",
  "test/queues/bulk.test.ts",
  "test/request/switching-providers.test.ts",
  "test/response/spec-drift-workerd.test.ts",
  "test/scripts/demo.test.ts",
  "test/scripts/spec-changes.test.ts",
  "test/scripts/walks.test.ts",
  "test/spec/generate.test.ts",
];

export default defineConfig({
  plugins: [pagePlugin],
  resolve: {
    alias: [
      { find: /^cf-ai-gateway$/, replacement: local("src/index.ts") },
      { find: /^cf-ai-gateway\/testing$/, replacement: local("src/testing/index.ts") },
      { find: /^cf-ai-gateway\/queues$/, replacement: local("src/queues/index.ts") },
      { find: /^cf-ai-gateway\/(batch|ui|mcp|otel|ai-sdk)$/, replacement: local("src/$1/index.ts") },
      { find: "#validator", replacement: local("src/output/validator-ajv.ts") },
    ],
  },
  test: {
    include: process.env.SLOW_TESTS ? slow : ["test/**/*.test.ts"],
    exclude: process.env.SLOW_TESTS ? configDefaults.exclude : [...configDefaults.exclude, ...slow],
    testTimeout: 60_000,
    // By default Vitest leaves a core free, which on two halves the speed.
    maxWorkers: "100%",
    // Importing the sources anew for each file takes as long as a third of the tests.
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
