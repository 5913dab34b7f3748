import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** Only the tests of the pure modules, which mutants of those modules must fail. Static mutants, such as those of tables, are left out: each takes a process of its own. */
export default defineConfig({
  resolve: base.resolve ?? {},
  test: {
    include: [
      "test/errors/gateway-metadata.test.ts",
      "test/request/{complete-conversation,fit-options,gateway-headers,model-id,providers,write-messages}.test.ts",
      "test/response/{finish-reason,usage}.test.ts",
    ],
    isolate: false,
  },
});
