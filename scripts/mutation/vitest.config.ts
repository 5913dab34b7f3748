import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** The tests of the pure rooms alone, which are what the mutants of those rooms must fail. */
export default defineConfig({
  resolve: base.resolve ?? {},
  test: {
    include: ["test/response/{finish-reason,usage,reasoning-tags}.test.ts", "test/errors/*.test.ts", "test/request/*.test.ts"],
    exclude: ["test/request/switching-providers.test.ts"],
  },
});
