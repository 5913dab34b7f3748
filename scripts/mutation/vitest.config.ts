import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** Only the tests of the pure modules, which mutants of those modules must fail. */
export default defineConfig({
  resolve: base.resolve ?? {},
  test: {
    include: ["test/response/{finish-reason,usage,reasoning-tags}.test.ts", "test/errors/*.test.ts", "test/request/*.test.ts"],
    exclude: ["test/request/switching-providers.test.ts"],
  },
});
