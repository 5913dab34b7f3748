import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
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
    include: ["test/**/*.test.ts"],
    testTimeout: 15_000,
    // By default Vitest leaves a core free, which on two halves the speed.
    maxWorkers: "100%",
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
