import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** The tests of the pure rooms alone, which are what the mutants of those rooms must fail. */
export default defineConfig({
  resolve: base.resolve ?? {},
  test: {
    include: ["test/response/finish-reason.test.ts", "test/errors/gateway-metadata.test.ts", "test/request/model-id.test.ts"],
  },
});
