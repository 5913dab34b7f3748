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

const checkTests = ["test/request/check-options.test.ts"];

export const tables: readonly Table[] = [
  { file: "src/request/providers.ts", tests: ["test/request/providers.test.ts", "test/request/model-id.test.ts"] },
  { file: "src/request/model-id.ts", tests: ["test/request/model-id.test.ts"] },
  {
    file: "src/request/gateway-headers.ts",
    tests: ["test/request/gateway-headers.test.ts", "test/request/check-options.test.ts"],
  },
  {
    file: "src/usage.ts",
    tests: ["test/usage.test.ts"],
    equivalent: [{ was: "sum > total", now: "sum >= total", why: "Where they are equal, either is the total." }],
  },
  { file: "src/request/check-options.ts", tests: checkTests },
  { file: "src/request/value-checks.ts", tests: [...checkTests, "test/request/gateway-headers.test.ts"] },
  { file: "src/request/check-headers.ts", tests: checkTests },
  { file: "src/request/check-providers.ts", tests: checkTests },
  { file: "src/request/check-call.ts", tests: checkTests },
  { file: "src/request/build-request.ts", tests: ["test/request/build-request.test.ts"] },
  { file: "src/token-problem.ts", tests: ["test/config.test.ts"] },
  { file: "src/stream/finish-reason.ts", tests: ["test/stream/finish-reason.test.ts"] },
  { file: "src/gateway-metadata.ts", tests: ["test/gateway-metadata.test.ts"] },
  { file: "src/error-table.ts", tests: ["test/transport/read-error.test.ts", "test/error-table.test.ts"] },
  { file: "src/client-failures.ts", tests: ["test/error-table.test.ts", "test/errors.test.ts"] },
  { file: "src/make-error.ts", tests: ["test/errors.test.ts", "test/error-table.test.ts"] },
  {
    file: "src/transport/read-error.ts",
    tests: ["test/transport/read-error.test.ts"],
    equivalent: [
      { was: "known >= 500", now: "known > 500", why: "500 has a row of its own." },
      { was: "500", now: "501", why: "500 has a row of its own." },
    ],
  },
];
