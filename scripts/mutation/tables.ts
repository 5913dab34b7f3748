/** A source that is a table, or reads one, and the tests that must notice each change to it. */
export interface Table {
  file: string;
  tests: readonly string[];
  /** Changes that change nothing anyone could notice. */
  equivalent?: readonly Equivalent[];
}

export interface Equivalent {
  was: string;
  now: string;
  why: string;
}

const checkTests = ["test/options/validate-options.test.ts"];

export const tables: readonly Table[] = [
  { file: "src/request/providers.ts", tests: ["test/request/providers.test.ts", "test/request/model-id.test.ts"] },
  { file: "src/request/model-id.ts", tests: ["test/request/model-id.test.ts"] },
  {
    file: "src/request/gateway-headers.ts",
    tests: ["test/request/gateway-headers.test.ts", "test/options/validate-options.test.ts"],
  },
  {
    file: "src/response/usage.ts",
    tests: ["test/response/usage.test.ts"],
    equivalent: [{ was: "sum > total", now: "sum >= total", why: "Where they are equal, either is the total." }],
  },
  { file: "src/options/validate-options.ts", tests: checkTests },
  { file: "src/options/validators.ts", tests: [...checkTests, "test/request/gateway-headers.test.ts"] },
  { file: "src/options/validate-headers.ts", tests: checkTests },
  { file: "src/options/validate-providers.ts", tests: checkTests },
  { file: "src/options/validate-call.ts", tests: checkTests },
  { file: "src/request/build-request.ts", tests: ["test/request/build-request.test.ts"] },
  { file: "src/options/token-problem.ts", tests: ["test/options/resolve-config.test.ts"] },
  { file: "src/response/finish-reason.ts", tests: ["test/response/finish-reason.test.ts"] },
  { file: "src/response/gateway-metadata.ts", tests: ["test/response/gateway-metadata.test.ts"] },
  { file: "src/errors/error-table.ts", tests: ["test/errors/from-response.test.ts", "test/errors/error-table.test.ts"] },
  { file: "src/errors/client-failures.ts", tests: ["test/errors/error-table.test.ts", "test/errors/errors.test.ts"] },
  { file: "src/errors/create-error.ts", tests: ["test/errors/errors.test.ts", "test/errors/error-table.test.ts"] },
  {
    file: "src/errors/from-response.ts",
    tests: ["test/errors/from-response.test.ts"],
    equivalent: [
      { was: "known >= 500", now: "known > 500", why: "500 has a row of its own." },
      { was: "500", now: "501", why: "500 has a row of its own." },
    ],
  },
];
